"""What a scanner sees beside the sheet: the black of its lid, made white.

Images are those of ``prepare``.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr import connected
from ocr.image import WHITE, Grey, as_bytes

_BLOCK = 8
"""Side in pixels of the blocks in which borders are looked for."""

_LID, _PAPER = 90, 140
"""Grey levels up to which a block may be the scanner's lid, and from which a pixel is paper."""

_BLACK = 45
"""Grey level up to which no print can be seen on paper that dark."""

_JUMP = 60
"""Grey levels between a lid and what lies beside it; the edge of a shadow has less."""

_PRINTED = 40
"""Bright spots, half a block each way, in a dark area from which it has letters in it."""

_LETTERS = 7
"""Blocks across which letters in a dark area are closed."""

_SMALLEST_BORDER = 0.002
"""Share of the page."""


def whiten_borders(image: Grey) -> Grey:
    """Blacken-out undone: the scanner's lid around the sheet becomes white.

    Dark areas joined to the image's edge, with a sharp end towards the paper and nothing
    printed in them; coordinates stay as they are. Shadows have soft ends, and a coloured
    letterhead across the page has letters in it.
    """
    height, width = image.shape
    rows, columns = max(1, height // _BLOCK), max(1, width // _BLOCK)
    small = as_bytes(cv2.resize(image, (columns, rows), interpolation=cv2.INTER_AREA))
    mask = np.zeros_like(small)
    for part in _at_the_edge(small < _LID):
        # in what is nearly black nothing could be read, sharp end or not
        for area in [part] if _ends_sharply(small, part) else _at_the_edge(small < _BLACK):
            if not _has_print(image, area):
                mask |= area
    if not mask.any():
        return image
    mask = as_bytes(cv2.dilate(mask, np.ones((3, 3), np.uint8)))
    wide_mask = cv2.resize(mask, (width, height), interpolation=cv2.INTER_NEAREST)
    # beside a slanted lid the blocks reach into the paper; what is bright there stays
    return np.where((wide_mask > 0) & (image < _PAPER), np.uint8(WHITE), image)


def _at_the_edge(dark: NDArray[np.bool_]) -> list[Grey]:
    """Solid dark areas that touch the edge of the page, each as a mask."""
    if not (dark[:2].any() or dark[-2:].any() or dark[:, :2].any() or dark[:, -2:].any()):
        return []
    rows, columns = dark.shape
    known = dark.astype(np.uint8)
    # a table's line that runs off the page is thinner than this; an even kernel shifts a little
    solid = as_bytes(cv2.morphologyEx(known, cv2.MORPH_OPEN, np.ones((2, 2), np.uint8))) & known
    count, labels, stats, _centres = connected.pieces(solid, 4)
    found = []
    for label in range(1, count):
        left, top, wide, high, area = (int(v) for v in stats[label])
        touches = left <= 1 or top <= 1 or left + wide >= columns - 1 or top + high >= rows - 1
        if touches and area > _SMALLEST_BORDER * dark.size:
            found.append((labels == label).astype(np.uint8))
    return found


def _ends_sharply(small: Grey, part: Grey) -> bool:
    """True if the brightness jumps from the dark area to what lies beside it."""
    three = np.ones((3, 3), np.uint8)
    near = as_bytes(cv2.dilate(part, three))
    beside = as_bytes(cv2.dilate(near, three)) - near
    rim = part - as_bytes(cv2.erode(part, three))
    if not beside.any():
        return False  # the whole page is dark
    return float(np.median(small[beside > 0])) - float(np.median(small[rim > 0])) > _JUMP


def _has_print(image: Grey, part: Grey) -> bool:
    """True if there are bright letters inside the dark area."""
    closed = as_bytes(
        cv2.morphologyEx(part, cv2.MORPH_CLOSE, np.ones((_LETTERS, _LETTERS), np.uint8))
    )
    inner = as_bytes(cv2.erode(closed, np.ones((3, 3), np.uint8), borderValue=1))
    rows, columns = part.shape
    brightest = cv2.dilate(image, np.ones((3, 3), np.uint8))
    sample = cv2.resize(brightest, (columns * 2, rows * 2), interpolation=cv2.INTER_NEAREST)
    inner = as_bytes(cv2.resize(inner, (columns * 2, rows * 2), interpolation=cv2.INTER_NEAREST))
    return int(np.count_nonzero(sample[inner > 0] > _PAPER)) >= _PRINTED
