"""Blocks of labelled lines: ``Name: ...``, ``Position: ...``, ``E-mail: ...``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from extract.delegates.blocks.fields import fill, with_organization, with_role
from extract.delegates.blocks.labels import NAMES, Label
from extract.delegates.blocks.marks import item_mark
from extract.delegates.draft import Draft
from extract.delegates.parts.classify import classify
from extract.delegates.parts.columns import FieldKind, whole_names
from extract.language.normalise import fold, main_script

if TYPE_CHECKING:
    from extract.layout.text_run import Span, TextRun

BEGINS = ("name", "family", "given")
"""Kinds of labels that begin a person."""


def parse_labelled(run: TextRun, labels: Sequence[Label], end: int | None = None) -> list[Draft]:
    """The persons of a labelled block up to ``end``; each label for a name begins the next person.

    What a block begins with instead (a role) begins every person.
    """
    end = len(run.text) if end is None else end
    labels = [label for label in labels if label.start < end]
    whole = whole_names({label.kind for label in labels})
    lead = _printed(run, labels[0]) if labels and labels[0].kind not in NAMES else None
    drafts: list[Draft] = []
    waiting: list[tuple[FieldKind, Span]] = []
    for index, label in enumerate(labels):
        until = _end_of_value(run, labels, index, end)
        span = run.trimmed(label.end, max(until, label.end))
        kind = whole.get(label.kind, label.kind)
        said = [(kind, span)] if span[0] < span[1] else []
        if said and index and drafts and _is_again(run, labels[index - 1], label, drafts[-1], span):
            continue
        if kind in BEGINS and _begins_person(drafts, label.kind):
            begun = Draft(run, "labelled")
            printed = (label.start, label.end)
            drafts.append(with_role(begun, printed) if label.says_role else begun)
            said, waiting = said + waiting, []
        elif not drafts or waiting or _printed(run, label) == lead:
            waiting += said
            continue
        for field, value in said:
            drafts[-1] = fill(drafts[-1], field, value)
    return [d for d in drafts if d.name_parts]


def _end_of_value(run: TextRun, labels: Sequence[Label], index: int, end: int) -> int:
    """Where the value of a label ends: at the next one, or at the list mark before that."""
    if index + 1 == len(labels):
        return end
    return begin_of_label(run, labels[index + 1])


def begin_of_label(run: TextRun, label: Label) -> int:
    """Where a label begins, with the list mark before it."""
    line = run.text.rfind("\n", 0, label.start) + 1
    return line if line + item_mark(run.text[line:]) == label.start else label.start


def _is_again(run: TextRun, last: Label, label: Label, draft: Draft, span: Span) -> bool:
    """``姓名：钱婉清``, then ``英文姓名：Qian Wanqing``: one name in two scripts, one person."""
    if last.kind not in NAMES or label.kind not in NAMES or len(draft.name_parts) != 1:
        return False
    scripts = {main_script(run.text[start:end]) for start, end in (*draft.name_parts, span)}
    return "latin" in scripts and len(scripts - {None}) > 1


def _printed(run: TextRun, label: Label) -> str:
    return fold(run.text[label.start : label.end])


def fill_all(draft: Draft, run: TextRun, labels: Sequence[Label]) -> Draft:
    """One person with the labelled values of a block."""
    office = any(label.kind == "organization" for label in labels)
    for index, label in enumerate(labels):
        until = _end_of_value(run, labels, index, len(run.text))
        span = run.trimmed(label.end, until)
        if span[0] < span[1] and label.kind not in NAMES:
            if label.kind == "title" and not office and draft.title == ():
                draft = _with_post_and_office(draft, span)
            else:
                draft = fill(draft, label.kind, span)
    return draft


def _with_post_and_office(draft: Draft, span: Span) -> Draft:
    """``Post: Counsellor``, below it ``Ministry of Trade``: a line without a label of its own."""
    run, (start, end) = draft.run, span
    cut = run.text.rfind("\n", start, end)
    while cut >= 0 and run.wraps(cut) and run.text.rfind("\n", start, cut) >= 0:
        cut = run.text.rfind("\n", start, cut)
    if cut < 0 or run.wraps(cut) or classify(run, cut + 1, end)[0] != "organization":
        return fill(draft, "title", span)
    return with_organization(fill(draft, "title", (start, cut)), (cut + 1, end))


def _begins_person(drafts: list[Draft], kind: FieldKind) -> bool:
    if not drafts:
        return True
    last = drafts[-1]
    if kind == "name":
        return bool(last.name_parts)
    # given and family name together make one person
    return len(last.name_parts) != 1 or bool(last.title or last.emails or last.organization)
