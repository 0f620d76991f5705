"""Days of a date that are printed wider than their digits: a digit was lost in reading.

The Arabic model leaves out the first of two digits (``٢٧`` becomes ``7``) and is as sure of the
other as ever; the box it gives is still that of both. Digits of one type are of one width, and the
year beside the day shows which.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ocr.types import Word

WIDER = 1.35
"""Widths of the year's digits from which on a digit is none alone. Of 406 dates on scans of six
hands those read right have at most 1.12, the nine that lost a digit at least 1.57."""
YEAR = 4  # digits of a year
DAY = 2  # digits of a day or a month, at most
_SIGNS = ".,;:()"


def lost_digit(words: Sequence[Word]) -> str | None:
    """The day or month among a date's words that has room for a digit more; None without one."""
    years = [_digit_width(w) for w in words if len(_digits(w)) == YEAR]
    if not years:
        return None
    for word in words:
        if 0 < len(_digits(word)) <= DAY and _digit_width(word) > WIDER * min(years):
            return word.text
    return None


def _digits(word: Word) -> str:
    """The word if it is a number, else nothing."""
    bare = word.text.strip(_SIGNS)
    return bare if bare.isdigit() else ""


def _digit_width(word: Word) -> float:
    """Pixels a sign of the word takes."""
    return (word.box.right - word.box.left) / len(word.text)
