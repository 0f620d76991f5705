"""Two labelled lists beside each other: ``Name: ...`` again on the same rows, further right.

Works on word boxes alone (pixels of the page image). The page reader's lines run through both
lists, and no column has a header; that the labels begin at one place in several rows tells.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from extract.layout.rows import LABEL_WORDS, Row, header_label, pitch_of, segments

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ocr.types import Word

LEAST_ROWS = 2
"""Rows in which the right list begins with a label."""

SAME_PLACE = 0.6
"""How far apart labels of one list begin, in row heights."""

FREE = 0.5
"""White left of the right list, in row heights."""

APART = 1.5
"""White between two rows of the lists, in row heights; more ends them at their foot."""

_NAMES = ("table_headers.name", "family_name_headers", "given_name_headers")


@dataclass(frozen=True, slots=True)
class Halves:
    """The words of two lists, left and right, each row by row."""

    left: tuple[Word, ...]
    right: tuple[Word, ...]


def find(rows: Sequence[tuple[Word, ...]]) -> list[Halves]:
    """The lists that stand beside each other among rows of words (each from left to right)."""
    items = [Row(row) for row in rows if row]
    height = pitch_of(items)
    begins = [
        (number, part[0].box.left, label)
        for number, row in enumerate(items)
        for part in segments(row.words)[1:]
        if (label := _label(part)) is not None
    ]
    found: list[Halves] = []
    after = 0
    for number, x, _ in begins:
        if number < after:
            continue
        same = [b for b in begins if b[0] >= number and abs(b[1] - x) <= SAME_PLACE * height]
        if len({b[0] for b in same}) < LEAST_ROWS or not any(b[2] in _NAMES for b in same):
            continue
        bound = min(b[1] for b in same)
        last = _last(items, number, same[-1][0], bound, height)
        if last <= number:
            continue
        found.append(_halves(items[number : last + 1], bound))
        after = last + 1
    return found


def _label(part: Sequence[Word]) -> str | None:
    """The label a segment begins with: ``Name and surname :``."""
    text = ""
    for word in part[: LABEL_WORDS + 1]:
        text += f" {word.text}"
        if word.text.endswith((":", "：")):
            return header_label(text.strip(" :："))
    return None


def _last(items: Sequence[Row], first: int, labelled: int, bound: int, height: float) -> int:
    """Last row of the lists: no word crosses between them, and none stands far below."""
    last = first
    for number in range(first, len(items)):
        row = items[number]
        if any(w.box.left < bound < w.box.right + FREE * height for w in row.words):
            break
        if number > labelled and row.top - items[last].bottom > APART * height:
            break
        last = number
    return last


def _halves(rows: Sequence[Row], bound: int) -> Halves:
    words = [w for row in rows for w in row.words]
    return Halves(
        tuple(w for w in words if w.box.left < bound),
        tuple(w for w in words if w.box.left >= bound),
    )
