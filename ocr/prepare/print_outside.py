"""Whether an outline is that of a sheet: brighter than what lies round it, and with all the print.

What looks like a sheet on a desk may be a table with coloured cells or a slide with a frame.
There is print beside those; on a desk there is none, or a line of it: a pen, a keyboard's edge.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr import connected
from ocr.image import Grey, as_bytes
from ocr.prepare.page_edges import Outline

_LOOK_PIXELS = 1400
"""Longer side of the image that is looked at: the letters of a page are six pixels high."""

_LETTER = (4, 40)
"""Pixels of a letter's height there."""

_WIDEST = 3.0
"""Width of a letter in its heights: some touch."""

_CONTRAST = 30
"""Grey levels between a letter, dark or light, and what lies round it."""

_AROUND = 31
"""Pixels across which a letter's surroundings are taken; more than a stroke is wide."""

_GAP, _HIGHER = 1.0, 1.8
"""Gap between neighbours of a row, and height of a capital, in heights of the usual letter."""

_ROW_HIGHER = 2.7
"""Height of a row, which may be slanted, in the same."""

_ROW = 5
"""Letters of a row of print; grain and scratches make fewer."""

_BESIDE = 0.02
"""Share of the longer side next to the outline in which nothing counts: the edge itself."""

_OUTSIDE, _FEWEST = 0.08, 25
"""Letters outside, as a share of all and at least, from which the outline cuts through print.
Photographs of 24 letters on desks have none, a table that was taken for a sheet two thirds."""


def is_sheet(pixels: NDArray[np.uint8], outline: Outline) -> bool:
    """False if it is darker within the outline than outside, or much of the print is outside."""
    scale = min(1.0, _LOOK_PIXELS / max(pixels.shape[:2]))
    shrunk = cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    grey = as_bytes(shrunk if shrunk.ndim == 2 else cv2.cvtColor(shrunk, cv2.COLOR_RGB2GRAY))
    sides = (outline.top, outline.right, outline.bottom[::-1], outline.left[::-1])
    shape = (np.concatenate(sides) * scale).round().astype(np.int32)
    inside = cv2.fillPoly(np.zeros(grey.shape, np.uint8), [shape], 1)
    outside = grey[inside == 0]
    if outside.size and np.median(grey[inside > 0]) <= np.median(outside):
        return False
    edge = round(_BESIDE * max(grey.shape)) | 1
    beyond = cv2.dilate(inside, np.ones((edge, edge), np.uint8)) == 0
    letters = _letters(grey)
    cut = sum(bool(beyond[y, x]) for x, y in letters)
    return cut < max(_FEWEST, _OUTSIDE * len(letters))


def _letters(grey: Grey) -> list[tuple[int, int]]:
    """The middles of letters that stand in rows, dark ones and light ones."""
    around = cv2.medianBlur(grey, _AROUND)
    found: list[tuple[int, int]] = []
    for strokes in (cv2.subtract(around, grey), cv2.subtract(grey, around)):
        found += _in_rows(as_bytes(strokes > _CONTRAST))
    return found


def _in_rows(ink: NDArray[np.uint8]) -> list[tuple[int, int]]:
    count, labels, stats, _centres = connected.pieces(ink)
    wide, tall = stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT]
    low, high = _LETTER
    is_letter = (tall >= low) & (tall <= high) & (wide <= _WIDEST * tall)
    is_letter[0] = False
    if not is_letter.any():
        return []
    typical = float(np.median(tall[is_letter]))
    is_letter &= tall <= _HIGHER * typical
    only = as_bytes(is_letter[labels])
    joined = cv2.dilate(only, np.ones((1, round(_GAP * typical) | 1), np.uint8))
    _count, rows, boxes, _centres = connected.pieces(joined)
    left, top = stats[:, cv2.CC_STAT_LEFT], stats[:, cv2.CC_STAT_TOP]
    middles = [
        (int(left[i] + wide[i] // 2), int(top[i] + tall[i] // 2))
        for i in range(1, count)
        if is_letter[i]
    ]
    row_of = [int(rows[y, x]) for x, y in middles]
    size = np.bincount(row_of, minlength=len(boxes))
    flat = boxes[:, cv2.CC_STAT_HEIGHT] <= _ROW_HIGHER * typical
    return [
        middle
        for middle, row in zip(middles, row_of, strict=True)
        if row and size[row] >= _ROW and flat[row]
    ]
