"""Blocks of labels among the paragraphs: forms, and blocks that white space cut in two."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from extract.delegates.blocks.labels import NAMES, Label, Learnt, find_labels
from extract.delegates.blocks.learnt_labels import learn_labels
from extract.delegates.blocks.paragraphs import Paragraph
from extract.delegates.parts.roles import ROLE_OF_LABEL
from extract.language.normalise import fold, main_script
from extract.layout.text_run import TextRun

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from extract.delegates.parts.columns import FieldKind
    from extract.layout.zones import Zones

LABELS_OF_FORM = 3  # labels of a form
NAMED = ("name", "family")  # kinds of labels of which a block has one
FEWEST_BLOCKS = 2  # blocks that show what each begins with
LISTED = ("entry", "item")
"""Kinds of paragraphs that are entries."""


def label_kinds(paragraph: Paragraph) -> set[FieldKind]:
    """What the labels of a paragraph announce."""
    return {label.kind for label in paragraph.labels}


def names_by_label(paragraph: Paragraph) -> bool:
    """A label says where a name stands."""
    return not label_kinds(paragraph).isdisjoint(NAMES)


def labels_below_name(paragraph: Paragraph) -> bool:
    """Lines below the first are labelled, one or more with a post, an office or a role."""
    text = paragraph.run.text
    sure = {x.kind for x in paragraph.labels if text[x.start : x.end].rstrip()[-1:] != ";"}
    if sure.isdisjoint(("title", "organization", "role")):
        return False
    above = text[paragraph.begin : paragraph.labels[0].start]
    return "\n" in above and not above.isspace()


def is_form(paragraph: Paragraph) -> bool:
    """Many labels, one or more for names, are no sentence whatever words are in them.

    They begin lines, or the first begins the paragraph: ``Name: Mr. X; Position: Judge; ...``.
    """
    run, labels = paragraph.run, paragraph.labels
    starts = {label.start for label in labels}
    lines = [at for at in run.starts if any(at <= s <= at + 2 for s in starts)]
    named = any(label.kind in ("name", "family") for label in labels)
    first = bool(labels) and labels[0].start <= paragraph.begin + 2
    begun = len(labels) if first else len(lines)
    return named and begun >= LABELS_OF_FORM and 2 * begun >= len(run.lines)


def with_labels(paragraphs: Sequence[Paragraph], zones: Zones) -> tuple[Paragraph, ...]:
    """The paragraphs with their labels.

    A block of labels that white space cut in two is joined: only its first part has a name.
    """
    skipped = zones.feet()
    learnt = learn_labels(p.run for p in paragraphs if p.kind in LISTED)
    merged: list[Paragraph] = []
    for paragraph in (_labelled(p, learnt) for p in paragraphs):
        last = merged[-1] if merged else None
        if last is not None and _goes_on(last, paragraph, skipped):
            run = TextRun(last.run.document, last.lines + paragraph.lines)
            merged[-1] = _labelled(replace(last, run=run), learnt)
        else:
            merged.append(paragraph)
    return _without_common_role(tuple(_cut_by_labels(merged, skipped, learnt)))


def _without_common_role(paragraphs: tuple[Paragraph, ...]) -> tuple[Paragraph, ...]:
    """``Delegate:`` before every name asks for the name, as beside ``Post:`` it may; no role.

    Beside ``Head of delegation: ...``, a label or not, it is one.
    """
    said = {_printed(p, x) for p in paragraphs for x in p.labels if x.kind in NAMES}
    begun = (t.label for p in paragraphs for t in p.run.terms if t.start == p.begin)
    roles = {p.role for p in paragraphs} | {ROLE_OF_LABEL.get(label) for label in begun}
    if len(said) != 1 or not roles <= {None, "member"}:
        return paragraphs
    return tuple(
        replace(p, labels=tuple(replace(x, says_role=x.kind not in NAMES) for x in p.labels))
        for p in paragraphs
    )


def _printed(paragraph: Paragraph, label: Label) -> str:
    return fold(paragraph.run.text[label.start : label.end])


def _labelled(paragraph: Paragraph, learnt: Learnt) -> Paragraph:
    run = paragraph.run
    return replace(paragraph, labels=tuple(find_labels(run, 0, len(run.text), learnt)))


def _cut_by_labels(
    paragraphs: Sequence[Paragraph], skipped: frozenset[int], learnt: Learnt
) -> Iterator[Paragraph]:
    """Blocks of the same labels cut where the first of them comes again, whatever white is seen.

    Lines of a scan are not set evenly: ``Office: ...`` / ``Name: ...`` and, a pixel too far below,
    ``Post: ...`` gave every person the post of the one before.
    """
    group: list[Paragraph] = []
    for paragraph in paragraphs:
        listed = paragraph.kind == "entry" and _is_of_blocks(paragraph, goes_on=bool(group))
        if group and not (listed and is_adjacent(group[-1], paragraph, skipped)):
            yield from _cut_again(group, learnt)
            group = []
            listed = listed and _begins_with_label(paragraph)
        if listed:
            group.append(paragraph)
        else:
            yield paragraph
    yield from _cut_again(group, learnt)


def _is_of_blocks(paragraph: Paragraph, *, goes_on: bool) -> bool:
    """Labels from the first line on, or below the last line of a value, which was cut off."""
    rest = goes_on and bool(paragraph.labels) and not names_by_label(paragraph)
    return rest or _begins_with_label(paragraph)


def _cut_again(group: list[Paragraph], learnt: Learnt) -> list[Paragraph]:
    if len(group) < FEWEST_BLOCKS:
        return group
    lines = tuple(n for paragraph in group for n in paragraph.lines)
    run = TextRun(group[0].run.document, lines)
    labels = find_labels(run, 0, len(run.text), learnt)
    printed = [fold(run.text[label.start : label.end]) for label in labels]
    begins = [
        label.start for label, text in zip(labels, printed, strict=True) if text == printed[0]
    ]
    persons = [
        sum(x.kind in NAMED for x in labels if a <= x.start < b)
        for a, b in pairwise([*begins, len(run.text)])
    ]
    places = [run.starts.index(at) for at in begins if at in run.starts]
    if len(begins) < FEWEST_BLOCKS or set(persons) != {1} or len(places) < len(begins):
        return group
    return [
        _labelled(Paragraph(TextRun(run.document, lines[a:b]), "entry"), learnt)
        for a, b in pairwise([*places, len(lines)])
    ]


def _goes_on(last: Paragraph, paragraph: Paragraph, skipped: frozenset[int]) -> bool:
    return (
        paragraph.kind in LISTED
        and last.kind in LISTED
        and (is_adjacent(last, paragraph, skipped) or _goes_over_page(last, paragraph, skipped))
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
    return bool(paragraph.labels) and paragraph.labels[0].start <= paragraph.begin + 2


def _goes_over_page(last: Paragraph, paragraph: Paragraph, skipped: frozenset[int]) -> bool:
    """A card that a page ends in goes on at the top of the next one: its parts are no two cards."""
    lines = last.run.document.lines
    above, below = lines[last.lines[-1]], lines[paragraph.lines[0]]
    cards = all(line.cell is None or line.cell.kind == "cards" for line in (above, below))
    return cards and above.page < below.page and _follows(last, paragraph, skipped)


def is_adjacent(first: Paragraph, second: Paragraph, skipped: frozenset[int]) -> bool:
    """Nothing stands between them but the foot of a page, and they are not two cards."""
    lines = first.run.document.lines
    apart = lines[first.lines[-1]].apart_from(lines[second.lines[0]])
    return not apart and _follows(first, second, skipped)


def _follows(first: Paragraph, second: Paragraph, skipped: frozenset[int]) -> bool:
    return all(n in skipped for n in range(first.lines[-1] + 1, second.lines[0]))
