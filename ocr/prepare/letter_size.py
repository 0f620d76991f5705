"""The size of letters: pages are given to the page reader at the size it reads best.

Tesseract reads 11 and 12 point print better at 160 dpi than at 200 (letters wrong on 58 pages
2.8 % and 2.3 %) for a ninth less time, smaller print and faxes worse. The page image, to which
all boxes refer, stays as it is: the second reader and whoever looks at the page want it fine.
"""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np

from ocr import connected
from ocr.image import Grey
from ocr.types import Box, Line

COARSER = 0.8
"""Of the page's resolution: 160 dpi where the page has 200."""

_LARGE = 13
"""Median height of letters, in pixels, from which they may be made smaller."""

_INK = 140
"""Grey level below which a pixel is ink."""

_HEIGHTS = (5, 70)
"""Pixels of a letter's height: from an ``x`` of 4 points to a heading of 30, at 200 dpi."""

_WIDEST, _TALLEST = 3, 6
"""Width of a letter in its heights, and height in its widths, at most: ``m`` and ``l``."""

_TALL, _NEARLY, _MOSTLY, _X_HEIGHT = 90, 0.88, 0.65, 0.72
"""Percentile of heights that is a capital's; share of it from which a piece is as high; share of
such pieces from which they are all figures and capitals; height of an ``x`` in capitals."""

_FEWEST = 20
"""Letters that tell the page's size of print; a strip of it has some hundred."""


def letter_height(strip: Grey) -> float | None:
    """Median height in pixels of the connected pieces of ink that may be letters.

    Of figures and capitals alone, as in tables, the height their small letters would have. None
    where there are too few pieces to tell.
    """
    ink = (strip < _INK).astype(np.uint8)
    _count, _labels, stats, _centres = connected.pieces(ink)
    wide, tall = stats[1:, cv2.CC_STAT_WIDTH], stats[1:, cv2.CC_STAT_HEIGHT]
    low, high = _HEIGHTS
    letters = tall[
        (tall >= low) & (tall <= high) & (wide <= _WIDEST * tall) & (tall <= _TALLEST * wide)
    ]
    if letters.size < _FEWEST:
        return None
    height = float(np.median(letters))
    capitals = letters >= _NEARLY * np.percentile(letters, _TALL)
    return height * _X_HEIGHT if capitals.mean() > _MOSTLY else height


def reading_scale(strip: Grey) -> float:
    """What a grey page is to be scaled by before it is read; ``strip`` is a part of its print."""
    height = letter_height(strip)
    return COARSER if height is not None and height >= _LARGE else 1.0


def scaled(image: Grey, scale: float) -> Grey:
    """The image made smaller."""
    small = cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    return np.asarray(small, dtype=np.uint8)


def enlarged(lines: tuple[Line, ...], scale: float) -> tuple[Line, ...]:
    """Lines read from an image scaled by ``scale``, their boxes in pixels of the unscaled one."""
    return tuple(
        replace(line, words=tuple(replace(w, box=_enlarged(w.box, scale)) for w in line.words))
        for line in lines
    )


def _enlarged(box: Box, scale: float) -> Box:
    edges = (box.left, box.top, box.right, box.bottom)
    return Box(*(round(edge / scale) for edge in edges))
