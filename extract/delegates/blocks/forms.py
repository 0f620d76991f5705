"""Blocks of labels among the paragraphs: forms, and blocks that white space cut in two."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extract.delegates.blocks.labelled import NAMES, find_labels
from extract.delegates.blocks.paragraphs import Paragraph
from extract.language.normalise import main_script
from extract.layout.text_run import TextRun

if TYPE_CHECKING:
    from collections.abc import Iterable


def label_kinds(paragraph: Paragraph) -> set[str]:
    """What the labels of a paragraph announce."""
    run = paragraph.run
    return {label.kind for label in find_labels(run, 0, len(run.text))}


def names_by_label(paragraph: Paragraph) -> bool:
    """A label says where a name stands."""
    return not label_kinds(paragraph).isdisjoint(NAMES)


def is_form(paragraph: Paragraph) -> bool:
    """Many labelled lines, one or more for names, are no sentence whatever words are in them."""
    run = paragraph.run
    labels = find_labels(run, 0, len(run.text))
    starts = {label.start for label in labels}
    lines = [at for at in run.starts if any(at <= s <= at + 2 for s in starts)]
    named = any(label.kind in ("name", "family", "entry") for label in labels)
    return named and len(lines) >= 3 and 2 * len(lines) >= len(run.lines)


def merge_labelled(
    paragraphs: Iterable[Paragraph], skipped: frozenset[int]
) -> tuple[Paragraph, ...]:
    """Joins a block of labels that white space cut in two: only its first part has a name."""
    merged: list[Paragraph] = []
    for paragraph in paragraphs:
        last = merged[-1] if merged else None
        if last is not None and _goes_on(last, paragraph, skipped):
            run = TextRun(last.run.document, last.lines + paragraph.lines)
            merged[-1] = Paragraph(run, last.kind, last.begin, last.role)
        else:
            merged.append(paragraph)
    return tuple(merged)


def _goes_on(last: Paragraph, paragraph: Paragraph, skipped: frozenset[int]) -> bool:
    listed = ("entry", "item")
    return (
        paragraph.kind in listed
        and last.kind in listed
        and is_adjacent(last, paragraph, skipped)
        and _begins_with_label(paragraph)
        and not names_by_label(paragraph)
        and names_by_label(last)
        and not _begins_with_contact(paragraph)
    )


def _begins_with_contact(paragraph: Paragraph) -> bool:
    """``نقطة الاتصال: ...``; ``联系方式`` is the label of an address, too."""
    run = paragraph.run
    return main_script(run.text) == "arabic" and any(
        t.start == 0 for t in run.terms_in(0, len(run.text), "contact_not_delegate")
    )


def _begins_with_label(paragraph: Paragraph) -> bool:
    run = paragraph.run
    labels = find_labels(run, 0, len(run.text))
    return bool(labels) and labels[0].start <= paragraph.begin + 2


def is_adjacent(first: Paragraph, second: Paragraph, skipped: frozenset[int]) -> bool:
    """Nothing stands between them but the foot of a page."""
    return all(n in skipped for n in range(first.lines[-1] + 1, second.lines[0]))
