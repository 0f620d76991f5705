"""How much of a page's print was lost by what was done to its colours."""

from __future__ import annotations

import cv2
import numpy as np

from ocr import connected
from ocr.image import Grey

_INK = 160
"""Grey level below which a pixel is ink; thin strokes of small print are no darker."""

_HEIGHTS, _WIDEST = (5, 70), 3
"""Pixels of a letter's height, and its width in heights, as in ``letter_size``."""

_KEPT = 0.6
"""Share of a letter's ink that is left of it where it can still be read. Chosen, not measured."""


def lost_share(before: Grey, after: Grey) -> float:
    """Share of the letters of one image that are gone or thinned out in the other."""
    ink = (before < _INK).astype(np.uint8)
    count, labels, stats, _centres = connected.pieces(ink)
    kept = np.bincount(labels[after < _INK], minlength=count)
    wide, tall = stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT]
    low, high = _HEIGHTS
    letters = (tall >= low) & (tall <= high) & (wide <= _WIDEST * tall)
    letters[0] = False
    if not letters.any():
        return 0.0
    return float((kept < _KEPT * stats[:, cv2.CC_STAT_AREA])[letters].mean())
