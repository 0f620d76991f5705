"""The body's lines as items, headings, entries and sentences."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from extract.delegates.blocks.absent import absent_headings
from extract.delegates.blocks.headings import (
    ends_sentence_of,
    heading_role,
    is_list_heading,
)
from extract.delegates.blocks.line_breaks import begins_paragraph
from extract.delegates.blocks.marks import list_marks
from extract.delegates.blocks.office_headings import goes_on_above, office_headings
from extract.delegates.parts.line_ends import line_end
from extract.layout.text_run import TextRun
from extract.layout.zones import typical_gap

if TYPE_CHECKING:
    from extract.delegates.blocks.labels import Label
    from extract.layout.document import Document
    from extract.types import Role

ParagraphKind = Literal["item", "heading", "prose", "entry"]
PROSE_TERMS = (
    "opening",
    "reference",
    "honour",
    "nominating",
    "declining",
    "acknowledging",
    "requests",
    "closing",
    "revising",
    "extension",
    "cancelling",
    "contact_not_delegate",
)
PROSE_WORDS = 14  # words from which a paragraph with a formula is prose
HAN_IN_A_WORD = 2  # Chinese characters that count as a word
_HAN = re.compile(r"[\u3400-\u9fff]")
LONG_PROSE_WORDS = 45  # words from which any paragraph is prose


@dataclass(frozen=True, slots=True, eq=False)
class Paragraph:
    """Consecutive lines that belong together; ``begin`` is where text starts after a list mark.

    ``role`` is set for headings that name one (``Advisers:``); ``labels`` are those in it.
    """

    run: TextRun
    kind: ParagraphKind
    begin: int = 0
    role: Role | None = None
    labels: tuple[Label, ...] = ()
    heads: bool = False
    """Names an office that a list or a part of it is of, whatever words it has."""
    absent: bool = False
    """Says that those below it do not come."""

    @property
    def lines(self) -> tuple[int, ...]:
        """Numbers of its lines in the document."""
        return self.run.lines


def group_paragraphs(
    document: Document, numbers: tuple[int, ...], *, marked: bool = True
) -> list[Paragraph]:
    """Groups lines (outside of grids) into paragraphs, in reading order; ``marked``: by marks."""
    marks = list_marks(document, numbers) if marked else {}
    absent = absent_headings(document, numbers, marks)
    offices = office_headings(document, numbers, marks) - absent
    alone = offices | absent
    groups: list[list[int]] = []
    gap = typical_gap([document.lines[n] for n in numbers])
    for number in numbers:
        parted = groups and (number in alone or groups[-1][-1] in alone)
        if groups and number in offices and goes_on_above(document, groups[-1][-1], offices):
            groups[-1].append(number)
            continue
        if groups and not parted and not begins_paragraph(document, marks, groups[-1], number, gap):
            groups[-1].append(number)
        else:
            groups.append([number])
    return [
        Paragraph(
            TextRun(document, tuple(g)), "heading", heads=g[0] in offices, absent=g[0] in absent
        )
        if g[0] in alone
        else _paragraph(document, tuple(g), marks.get(g[0], 0))
        for g in groups
    ]


def _paragraph(document: Document, numbers: tuple[int, ...], mark: int) -> Paragraph:
    run = TextRun(document, numbers)
    role = heading_role(run)
    if role is not None and not ends_sentence_of(document, numbers[0]):
        return Paragraph(run, "heading", mark, role)
    words = len(re.findall(r"\w+", run.text))
    long = LONG_PROSE_WORDS * (2 if mark or _is_stack(run) else 1)
    if mark:
        kind: ParagraphKind = "prose" if words > long else "item"
        return Paragraph(run, kind, mark)
    if is_list_heading(run):
        return Paragraph(run, "heading")
    cell = document.lines[numbers[0]].cell
    if cell is not None and cell.kind == "cards":  # "participants" in its labels make no sentence
        return Paragraph(run, "entry")
    wide = max(words, len(_HAN.findall(run.text)) // HAN_IN_A_WORD)
    said = {t.label for t in run.terms if t.label in PROSE_TERMS}
    formula = bool(said) and not (said == {"reference"} and _is_stack(run))
    if (formula and wide >= PROSE_WORDS) or wide >= long:
        return Paragraph(run, "prose")
    return Paragraph(run, "entry")


def _is_stack(run: TextRun) -> bool:
    """Most lines were ended by their writer: name, post and office each on its own.

    ``رقم`` of a telephone is a number of no note there.
    """
    ends = [line_end(run, start - 1) for start in run.starts[1:]]
    return 2 * ends.count("short") > len(ends)
