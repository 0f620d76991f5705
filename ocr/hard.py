"""Whether a page is of the kind the page reader loses words of: tables, forms, worn print."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr.types import Box, Line, Table

_LOW = 0.6
_LOW_SHARE = 0.1
"""Share of words below ``_LOW``; letters, however poorly scanned, had less."""

_CELLS = 40
_NUMBERS = 0.25
"""Share of words with digits in them; letters with dates and telephone numbers have less."""

_ROWS = 8
"""Rows of letters under no word; seals and signatures made six at most."""

_FEWEST = 15


def is_hard(lines: tuple[Line, ...], tables: tuple[Table, ...], unread: tuple[Box, ...]) -> bool:
    """True if the print should be looked for by a detector.

    Args:
        lines: as the page reader gave them, its rubbish included.
        tables: the grids on the page.
        unread: rows of letters under no word.
    """
    words = [word for line in lines for word in line.words]
    if len(unread) >= _ROWS or sum(len(table.cells) for table in tables) >= _CELLS:
        return True
    if len(words) < _FEWEST:
        return False
    low = sum(word.confidence < _LOW for word in words)
    numbers = sum(any(c.isdigit() for c in word.text) for word in words)
    return low >= _LOW_SHARE * len(words) or numbers >= _NUMBERS * len(words)


def numbered_margin(pieces: NDArray[np.uint8]) -> bool:
    """True if small pieces under no word stand one below the other: numbers of lines."""
    count, _labels, stats, _centres = cv2.connectedComponentsWithStats(pieces, connectivity=8)
    if count <= 2 * _ROWS:
        return False
    middles = np.sort(stats[1:, 0] + stats[1:, 2] / 2)
    reach = 2.0 * float(np.median(stats[1:, 3]))
    best = max(np.searchsorted(middles, middles + reach) - np.arange(len(middles)))
    return bool(best >= 1.5 * _ROWS)
