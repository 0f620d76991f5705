"""Two lines beside a word that stands between them, which the page reader gave as one.

A label set to the middle of its cell bridges the two lines of its value, and ``Permanent Mission
in`` and ``Vienna`` below it come mixed. Words that stand above each other are of no one line.
"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ocr.types import Word

ABOVE = 0.6  # heights between the middles of words of two lines; lines set close have 1.0
OVER = 0.5  # share of the narrower word that stands above the other
LETTERS = 3  # letters of a word that is no speck and no raised sign


def unstacked(line: Sequence[Word]) -> list[tuple[Word, ...]]:
    """The words of a line, those that stand above others as lines of their own.

    A heap that does not come apart into even lines is left as it is.
    """
    if not _is_stacked(line):
        return [tuple(line)]
    rows: list[float] = []
    for word in sorted(filter(_counts, line), key=_middle):
        if not rows or _middle(word) - rows[-1] > ABOVE * word.box.height:
            rows.append(_middle(word))
    parts = [tuple(w for w in line if _nearest(w, rows) == at) for at in range(len(rows))]
    return [tuple(line)] if any(map(_is_stacked, parts)) else [part for part in parts if part]


def _counts(word: Word) -> bool:
    return sum(map(str.isalpha, word.text)) >= LETTERS


def _is_stacked(line: Sequence[Word]) -> bool:
    words = sorted(filter(_counts, line), key=_middle)
    tallest = max((w.box.height for w in words), default=0)
    if not words or _middle(words[-1]) - _middle(words[0]) <= ABOVE * tallest:
        return False
    return any(_is_above(*pair) for pair in combinations(words, 2))


def _is_above(upper: Word, lower: Word) -> bool:
    """One stands over the other, and as far as another line does."""
    a, b = upper.box, lower.box
    over = min(a.right, b.right) - max(a.left, b.left)
    far = _middle(lower) - _middle(upper) > ABOVE * max(a.height, b.height)
    return far and over > OVER * min(a.width, b.width)


def _nearest(word: Word, rows: Sequence[float]) -> int:
    """Of two rows as near the upper one."""
    return min(range(len(rows)), key=lambda n: (abs(_middle(word) - rows[n]), n))


def _middle(word: Word) -> float:
    return word.box.center[1]
