"""Persons in a box beside running text: ``Mr. X / Director`` right of ``The Embassy presents ...``.

Works on word boxes alone (pixels of the page image); on a right-to-left page in a mirror.
"""

from __future__ import annotations

import statistics
from typing import TYPE_CHECKING

from extract.layout.row_signs import has_mail, is_led
from extract.layout.rows import begins_with
from ocr.types import enclosing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from extract.layout.steps import Lines

TEXT_LINES = 5  # lines of text beside a box
TEXT_WORDS = 4  # words of its usual line
PERSON_LINES = 2  # lines of a person: a name and what is said of it
FULL = 0.8  # share of its lines that are nearly as long as its longest
NEARLY = 0.65  # of the longest line; the first is set in, a long word leaves much


def beside_text(columns: Sequence[Lines]) -> int | None:
    """Which of two columns holds persons, where the other one is text; None where neither does."""
    if len(columns) != 2:
        return None
    for box, text in ((1, 0), (0, 1)):
        if _is_text(columns[text]) and _holds_person(columns[box]):
            return box
    return None


def _is_text(lines: Lines) -> bool:
    if len(lines) < TEXT_LINES or any(has_mail(x) or is_led(x) for x in lines):
        return False
    widths = [enclosing(tuple(w.box for w in line)).width for line in lines]
    full = sum(width >= NEARLY * max(widths) for width in widths)
    return statistics.median(map(len, lines)) >= TEXT_WORDS and full >= FULL * len(lines)


def _holds_person(lines: Lines) -> bool:
    """A form of address above more, or an address and a post below the first line.

    The head of a letter has addresses in a column beside the text, too.
    """
    if len(lines) < PERSON_LINES or _is_text(lines):
        return False
    posts = any(begins_with(line, "title_heads") for line in lines[1:])
    return is_led(lines[0]) or (posts and any(map(has_mail, lines)))
