"""Whether a page is of the kind the page reader loses words of: tables, forms, worn print."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

import numpy as np
from numpy.typing import NDArray

from ocr import connected
from ocr.types import Box, Line, Table, Word

_LOW, _LOW_SHARE = 0.6, 0.1
"""Confidence of a word that is read badly, and the share of such words; letters, however poorly
scanned, had less."""

_CELLS = 60
"""Cells of all tables: lists of delegates have fewer, forms more. Chosen, not measured."""

_PROSE, _PROSE_UNSURE = 0.5, 0.6
"""Share of words in long unbroken lines below which a page is set in cells or columns; at the
second value together with ``_UNSURE``."""

_PROSE_BOXED, _LOW_BOXED = 0.62, 0.02
"""The same for pages with boxes on them, such as forms, and the share of words below ``_LOW``."""

_LONG, _GAP = 6, 2.0
"""Words of a long line, and the gap in heights of its words that breaks it."""

_UNSURE, _UNSURE_SHARE, _UNSURE_MOST = 0.85, 0.05, 0.15
"""Confidence of a word that is not sure, and the share of such words on a page that is hard if it
has little prose, and on one that is hard in any case."""

_DENSE = 420
"""Words on a page of small print; letters have 350 at most."""

_LARGE_INCHES = 0.2
"""Height of words on a slide or poster; the print of letters is half as high."""

_NUMBERS = 0.25
"""Share of words with digits in them; letters with dates and telephone numbers have less."""

_ROWS = 8
"""Rows of letters under no word; seals and signatures made six at most."""

_MARGIN_SHARE = 0.35
"""Share of the page's height over which numbers of lines stand; seals are smaller."""

_OVER, _TORN = 0.3, 2
"""Share of the smaller of two words of different lines that lies on the other, and the number of
such pairs, from which a page's rows were torn: of 228 Latin pages five, each of them in columns or
badly lit."""

_FEWEST = 15
"""Words of a page whose shares tell anything."""

_LEAST_HEIGHT = 8
"""Pixels taken for a word's height at least, where its box is flat: a dash or a row of dots."""

_ROW, _EVEN, _DIGITS = 1.5, 0.2, 2.5
"""Of numbers of lines, in their heights: the distance within which two stand in one row; the share
of their usual gap by which gaps differ; and how many pieces a number has. Chosen, not measured."""


def is_hard(
    lines: tuple[Line, ...], tables: tuple[Table, ...], unread: tuple[Box, ...], dpi: int
) -> bool:
    """True if the print should be looked for by a detector.

    Args:
        lines: as the page reader gave them, its rubbish included.
        tables: the grids on the page.
        unread: rows of letters under no word.
        dpi: resolution of the page image.
    """
    words = [word for line in lines for word in line.words]
    if len(unread) >= _ROWS or sum(len(table.cells) for table in tables) >= _CELLS:
        return True
    if len(words) < _FEWEST:
        return False
    share = _Share(words)
    prose = sum(n for line in lines for n in _runs(line) if n >= _LONG) / len(words)
    unsure = share(lambda word: word.confidence < _UNSURE)
    low = share(lambda word: word.confidence < _LOW)
    return (
        len(words) > _DENSE
        or median(word.box.height for word in words) > _LARGE_INCHES * dpi
        or prose < _PROSE
        or (prose < _PROSE_UNSURE and unsure >= _UNSURE_SHARE)
        or (bool(tables) and prose < _PROSE_BOXED and low >= _LOW_BOXED)
        or unsure >= _UNSURE_MOST
        or low >= _LOW_SHARE
        or share(lambda word: any(c.isdigit() for c in word.text)) >= _NUMBERS
        or _over_each_other(lines) >= _TORN
    )


def _over_each_other(lines: tuple[Line, ...]) -> int:
    """Pairs of words of different lines of which one lies on the other: read twice, or torn."""
    members = [
        (n, word.box)
        for n, line in enumerate(lines)
        for word in line.words
        if any(c.isalnum() for c in word.text)
    ]
    if not members:
        return 0
    numbers = np.array([n for n, _box in members])
    left, top, right, bottom = np.array([(b.left, b.top, b.right, b.bottom) for _n, b in members]).T
    wide = np.minimum.outer(right, right) - np.maximum.outer(left, left)
    high = np.minimum.outer(bottom, bottom) - np.maximum.outer(top, top)
    area = (right - left) * (bottom - top)
    shared = wide.clip(0) * high.clip(0) > _OVER * np.minimum.outer(area, area)
    return int(np.count_nonzero(shared & (numbers[:, None] != numbers)) // 2)


@dataclass(frozen=True, slots=True)
class _Share:
    words: list[Word]

    def __call__(self, holds: Callable[[Word], bool]) -> float:
        return sum(map(holds, self.words)) / len(self.words)


def _runs(line: Line) -> list[int]:
    """Numbers of words between the line's wide gaps."""
    words = sorted(line.words, key=lambda word: word.box.left)
    runs = [1]
    for word, after in pairwise(words):
        gap = after.box.left - word.box.right
        if gap > _GAP * max(_LEAST_HEIGHT, min(word.box.height, after.box.height)):
            runs.append(0)
        runs[-1] += 1
    return runs


def numbered_margin(pieces: NDArray[np.uint8], left: float) -> bool:
    """True if small pieces under no word stand one below the other: numbers of lines.

    Args:
        pieces: ink under no word, of the size of letters.
        left: where the page's print begins, in pixels of ``pieces``.
    """
    count, _labels, stats, _centres = connected.pieces(pieces)
    if count <= _ROWS:
        return False
    middles, tops = stats[1:, 0] + stats[1:, 2] / 2, stats[1:, 1]
    typical = float(np.median(stats[1:, 3]))
    for middle in np.unique(np.round(middles / typical)) * typical:
        column = tops[np.abs(middles - middle) <= typical]
        if middle > left or column.size < _ROWS or np.ptp(column) < _MARGIN_SHARE * pieces.shape[0]:
            continue
        rows = np.unique(np.round(column / (_ROW * typical)))
        gaps = np.diff(rows)
        even = rows.size >= _ROWS and np.median(abs(gaps - np.median(gaps))) <= _EVEN * np.median(
            gaps
        )
        if even and column.size <= _DIGITS * rows.size:
            return True
    return False
