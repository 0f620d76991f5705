"""Headings of persons who do not come: ``Support staff (not attending the meeting)``.

A line that is no person's says so, ends as a heading does, and a person stands below it.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from extract.delegates.blocks.headings import sentence_ends
from extract.delegates.parts.line_ends import line_end
from extract.facts.intents import find_intents
from extract.language.terms import HONORIFICS
from extract.layout.list_signs import HEADING_MAX_CHARS
from extract.layout.text_run import TextRun

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from extract.layout.document import Document

OUTSIDE = ("not_of_delegation", "bystanders")
_ENDS = (":", "：", ")", "）")


def absent_headings(
    document: Document, numbers: Sequence[int], marks: Mapping[int, int]
) -> frozenset[int]:
    """The lines that say of the persons below that they do not come."""
    return frozenset(
        number
        for number, below in pairwise(numbers)
        if below == number + 1
        and number not in marks
        and _may_head(document, number)
        and (below in marks or _names_somebody(document, below))
        and _says_no(document, number)
    )


def _may_head(document: Document, number: int) -> bool:
    text = document.lines[number].text.rstrip()
    ends = text.endswith(_ENDS) and len(text) <= HEADING_MAX_CHARS and "@" not in text
    return (
        ends
        and not text[0].islower()
        and not _names_somebody(document, number)
        and not _ends_sentence(document, number)
    )


def _ends_sentence(document: Document, number: int) -> bool:
    """``... that Mr. X cannot travel and that`` / ``Ministry officials will come instead:``."""
    above = document.lines[number - 1].text.rstrip() if number else "."
    if sentence_ends(above) or "@" in above.split()[-1]:
        return False
    run = TextRun(document, (number - 1, number))
    return line_end(run, run.starts[1] - 1) == "cut"


def _names_somebody(document: Document, number: int) -> bool:
    return bool(document.terms_of(number, *HONORIFICS))


def _says_no(document: Document, number: int) -> bool:
    if document.terms_of(number, *OUTSIDE):
        return True
    return any(s.meaning == "decline" for s in find_intents(document, (number,)))
