"""Stamps and the lines of fax machines: their days and numbers are not the note's."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from extract.language.dates import find_dates
from extract.language.normalise import fold

if TYPE_CHECKING:
    from extract.layout.document import Document
    from extract.layout.lines import TextLine

STAMP_REACH = 4  # line heights between a stamp and its date
DAY_REACH = 1.5  # the same between its day and its number, which have one middle
STAMP_WORDS = 9  # words of a part of a line that a stamp's stand in; chosen, not measured
DAY_WORDS = 3  # words of a stamped day: "09 MAY 2019"
# "21/05/2020 12:03": when a fax was sent or a letter stamped, no day of a note
CLOCK = re.compile(r"[\s,;-]{1,3}\d{1,2}[:.h]\d{2}(?!\d)")


def is_stamped(printed: str) -> bool:
    """``19 APR 2019``: rubber stamps print months short and in capitals."""
    letters = "".join(c for c in printed if c.isalpha())
    return letters.isupper() and letters.isascii() and len(letters) <= 4 and bool(letters)


def is_fax_line(text: str) -> bool:
    """``08/04/2019 08:15  +43 1 ...  P. 01/03``: a day with a time on it, as a machine prints."""
    return any(CLOCK.match(text, day.end) for day in find_dates(text))


def is_near_stamp(document: Document, number: int) -> bool:
    """Words of a received stamp within a few lines' height, beside or above or below.

    A stamp may have a day and a number only: ``09 MAY 2019`` and below its middle ``No. 468``.
    """
    here = document.lines[number].box
    height = max(here.height, 1)
    for other, line in enumerate(document.lines):
        if line.page != document.lines[number].page:
            continue
        apart = max(line.box.top - here.bottom, here.top - line.box.bottom, 0)
        side = max(line.box.left - here.right, here.left - line.box.right, 0)
        words = apart <= STAMP_REACH * height and side <= 2 * height
        if words and _has_stamp_words(document, other) and fold(line.text):
            return True
        middles = abs(line.box.center[0] - here.center[0]) <= height
        if other != number and apart <= DAY_REACH * height and middles and _is_stamped_day(line):
            return True
    return False


def _is_stamped_day(line: TextLine) -> bool:
    """``09 MAY 2019`` and nothing else."""
    days = find_dates(line.text)
    return len(days) == 1 and len(line.words) <= DAY_WORDS and is_stamped(line.text)


def _has_stamp_words(document: Document, number: int) -> bool:
    """Words of a stamp in a short part of a line; ``received on 28 March`` ends a sentence."""
    text = document.lines[number].text
    return any(
        len(part_around(text, document.tokens[term.start].start).split()) <= STAMP_WORDS
        for term in document.terms_of(number, "received_stamp_words", "stamp_words")
    )


def part_around(text: str, start: int) -> str:
    """What stands around a place in the line, up to wide gaps."""
    return text[:start].rpartition("\t")[2] + text[start:].partition("\t")[0]
