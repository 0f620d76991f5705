"""White between the words of a row, and strips of it down several rows: streams.

Works on word boxes alone, in pixels of the page image; heights of lines are pixels, too.
"""

from __future__ import annotations

import statistics
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from extract.language.normalise import is_han

if TYPE_CHECKING:
    from collections.abc import Sequence

    from extract.layout.rows import Row
    from ocr.types import Word

# all widths in line heights
USUAL_GAP = 0.5  # white in a row that goes on with a stream; the median before a narrow column
WIDE = 0.8  # white that spaces between words rarely reach
LEAST = 0.18  # the narrowest strip
SAME_PLACE = 0.25  # words that begin so near begin at one place
FEW_ROWS = 3  # rows that show little
GLUED = 8  # rows that show a stream for each in which a word lies over it
EVEN = 1.6  # the same, in usual spaces of a line that has enough of them to tell
EVEN_GAPS = 5  # spaces of a line that tell its usual one
USUAL = 4  # of which one in so many is no wider: a row of many columns has as many gaps of these

Gap = tuple[float, float]
"""White from one x to another."""


@dataclass(frozen=True, slots=True)
class Stream:
    """A strip from ``left`` to ``right``: rows with words on both sides, rows it is lost in."""

    left: float
    right: float
    rows: int = 1
    lost: int = 0


def height_of(rows: Sequence[Row]) -> float:
    """Median height of the rows' words, pixels."""
    return float(statistics.median(w.box.height for r in rows for w in r.words)) or 1.0


def width_of(gap: Gap) -> float:
    """Width in pixels; negative where words lie over each other."""
    return gap[1] - gap[0]


def inner_gaps(row: Row) -> list[Gap]:
    """White between the words of a row."""
    return [gap for gap in pairwise_gaps(row.words) if width_of(gap) > 0]


def pairwise_gaps(words: Sequence[Word]) -> list[Gap]:
    """White between words from left to right; a word may lie over the one before."""
    found: list[Gap] = []
    reach: float = words[0].box.right
    for word in words[1:]:
        found.append((reach, word.box.left))
        reach = max(reach, word.box.right)
    return found


def wide_gaps(row: Row, height: float) -> list[Gap]:
    """White that no space of the row is near to; the spaces of a justified line are all alike."""
    least = max(WIDE * height, uneven_from(row, height))
    return [gap for gap in pairwise_gaps(row.words) if width_of(gap) >= least]


def uneven_from(row: Row, height: float) -> float:
    """White that the spaces of a justified line, all alike, stay below; 0 where too few tell.

    Chinese has no spaces: white beside its words is none.
    """
    beside = zip(pairwise_gaps(row.words), pairwise(row.words), strict=True)
    gaps = [
        width_of(gap) for gap, (a, b) in beside if not is_han(a.text[-1]) and not is_han(b.text[0])
    ]
    usual = sorted(gaps)[len(gaps) // USUAL] if len(gaps) >= EVEN_GAPS else 0.0
    return min(EVEN * usual, EVEN * height)


def covered(cover: Sequence[Gap], row: Row) -> tuple[Gap, ...]:
    """What the words of some rows lie over, from left to right."""
    merged: list[Gap] = []
    spans = sorted([*cover, *((float(w.box.left), float(w.box.right)) for w in row.words)])
    for left, right in spans:
        if merged and left <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(right, merged[-1][1])
        else:
            merged.append((left, right))
    return tuple(merged)
