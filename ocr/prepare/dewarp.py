"""A photographed sheet made flat: perspective and curl taken out."""

from __future__ import annotations

import math

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr.image import WHITE, as_bytes
from ocr.prepare.page_corners import Points
from ocr.prepare.page_edges import Outline

_WHITE = (WHITE, WHITE, WHITE)  # where the sheet was not in the picture

_A4_RATIO = math.sqrt(2)
_RATIO_SLACK = 0.12
"""Share by which the sides' ratio may differ from A4's, as a slanted view makes it; that of Letter
is 8 % off, and is then A4 as well, whose letters are as high."""

_GRID = 41
"""Points along each side of the grid by which the bend is taken out: as many as the outline has."""

_FLAT = 1.0
"""Pixels of bend below which the perspective alone is taken out."""


def dewarped(pixels: NDArray[np.uint8], outline: Outline) -> NDArray[np.uint8]:
    """The sheet as seen from straight above, flat; nearly A4 becomes exactly A4.

    The perspective is taken out by the corners, the curl by the bend of the sides (a Coons
    patch).
    """
    width, height = _size(outline.corners)
    flat = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    corners = outline.corners.astype(np.float32)
    turn = cv2.getPerspectiveTransform(flat, corners)
    grid = np.stack(
        np.meshgrid(np.linspace(0, width, _GRID), np.linspace(0, height, _GRID)), axis=-1
    )
    through = cv2.perspectiveTransform(grid.reshape(1, -1, 2), turn)
    seen = np.asarray(through, np.float64).reshape(_GRID, _GRID, 2)
    bend = _bend(outline, seen)
    if np.abs(bend).max() < _FLAT:
        shown = cv2.warpPerspective(
            pixels,
            turn,
            (width, height),
            flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
            borderMode=cv2.BORDER_CONSTANT,
            borderValue=_WHITE,
        )
        return as_bytes(shown)
    field = cv2.resize((seen + bend).astype(np.float32), (width, height))
    shown = cv2.remap(
        pixels,
        field[..., 0],
        field[..., 1],
        cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_CONSTANT,
        borderValue=_WHITE,
    )
    return as_bytes(shown)


def _bend(outline: Outline, seen: Points) -> Points:
    """How far each point of the flat grid lies off where perspective alone would put it."""
    share = np.linspace(0.0, 1.0, len(seen))
    across, down = share[None, :, None], share[:, None, None]
    top, bottom = outline.top - seen[0], outline.bottom - seen[-1]
    left, right = outline.left - seen[:, 0], outline.right - seen[:, -1]
    return np.asarray(
        (1 - down) * top[None]
        + down * bottom[None]
        + (1 - across) * left[:, None]
        + across * right[:, None]
    )


def _size(corners: Points) -> tuple[int, int]:
    """Width and height of the flat sheet in pixels."""
    top_left, top_right, bottom_right, bottom_left = corners
    width = max(math.dist(top_left, top_right), math.dist(bottom_left, bottom_right))
    height = max(math.dist(top_left, bottom_left), math.dist(top_right, bottom_right))
    long, short = max(width, height), max(1.0, min(width, height))
    if abs(long / short / _A4_RATIO - 1) < _RATIO_SLACK:
        short = long / _A4_RATIO
        width, height = (short, long) if height >= width else (long, short)
    return max(1, round(width)), max(1, round(height))
