"""Whether there is anything on a page."""

from __future__ import annotations

import cv2
import numpy as np

from ocr import connected
from ocr.image import Grey

_FAINT = 60
"""Grey levels between paper and the faintest print; what shines through is fainter."""

_MARGINS = (40, 20)
"""Parts of the height and of the width that are margin: 7 and 10 mm of A4."""

_DISC = 0.6
"""Share of the box round it that a punch hole fills, if a part of it is seen; letters fill less."""

_LONG, _WIDE = 0.12, 0.4
"""Height and width, as shares of the page's height, from which a piece is a fold, a rule or a
shadow."""

_FEW_LETTERS = 0.00015
"""Share of the page under a dozen letters."""

_PRINTED_PAGE = 0.04
"""Share of ink from which no closer look is needed."""

_SPECK = 5
"""Pixels of a connected piece, at half the page's resolution, that may be part of a letter."""

_HOLE = 0.013
"""Diameter of the smallest punch hole, 4 mm, as a share of the page's height."""


def is_blank(image: Grey) -> bool:
    """True if the page has less ink than a dozen letters.

    Dust, punch holes, the shadow along an edge and what faintly shows through from the back
    are no ink.
    """
    height, width = image.shape
    top, side = height // _MARGINS[0], width // _MARGINS[1]
    inner = image[top : height - top, side : width - side]
    if inner.size == 0:
        return True
    paper = float(np.median(inner[::8, ::8]))
    half = cv2.resize(inner, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    ink = (half < paper - _FAINT).astype(np.uint8)
    if float(ink.mean()) > _PRINTED_PAGE:
        return False
    return _letters_ink(ink, height // 2) < _FEW_LETTERS * ink.size


def _letters_ink(ink: Grey, height: int) -> int:
    """Pixels of ink that are no punch holes, folds or shadows and do not touch the edge."""
    _count, _labels, stats, _centres = connected.pieces(ink)
    left, top, wide, high, area = (stats[1:, i] for i in range(5))
    disc = (np.minimum(wide, high) >= height * _HOLE) & (area > _DISC * wide * high)
    long = (high > _LONG * height) | (wide > _WIDE * height)
    outside = (left == 0) | (top == 0)
    outside |= (left + wide == ink.shape[1]) | (top + high == ink.shape[0])
    return int(area[(area >= _SPECK) & ~disc & ~long & ~outside].sum())
