"""A page photographed on a desk: its outline found.

A sheet is told by its sides: straight or gently bent lines across which the brightness drops
from the inside to the outside. What counts is the ratio of brightnesses on both sides of a
line, so shadows, a dark corner or a light desk do not matter, which they do to any threshold.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr.prepare.page_corners import GLOW, Light, best_corners
from ocr.prepare.page_edges import Outline, closed, traced

_LOOK_PIXELS = 480
"""Longer side of the image the sheet is looked for in."""

_ROUGHLY = 3
"""Times that size to which pixels are left out at first: averaging them all takes longer."""

_LETTER = 0.02
"""Share of that side over which print is filled with paper: a heading's height."""


def find_outline(pixels: NDArray[np.uint8]) -> Outline | None:
    """Outline of a bright sheet on a darker ground; None for a scan, which is all sheet."""
    light, scale = _brightness(pixels)
    quad = best_corners(light)
    if quad is None:
        return None
    top, right, bottom, left = (traced(light, quad[i], quad[(i + 1) % 4]) for i in range(4))
    return closed(
        quad / scale, top / scale, right / scale, bottom[::-1] / scale, left[::-1] / scale
    )


def _brightness(pixels: NDArray[np.uint8]) -> tuple[Light, float]:
    """Logarithm of the picture's brightness, small and without print, and its scale.

    The darkest channel is taken, in which a wooden desk is far from white paper.
    """
    skip = max(1, max(pixels.shape[:2]) // (_ROUGHLY * _LOOK_PIXELS))
    few = np.ascontiguousarray(pixels[::skip, ::skip])
    scale = min(1.0, _LOOK_PIXELS / max(few.shape[:2]))
    shrunk = cv2.resize(few, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    small = shrunk if shrunk.ndim == 2 else cv2.min(cv2.min(*cv2.split(shrunk)[:2]), shrunk[..., 2])
    size = max(3, round(max(small.shape) * _LETTER)) | 1
    filled = cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((size, size), np.uint8))
    return np.log(filled.astype(np.float32) + GLOW), scale / skip
