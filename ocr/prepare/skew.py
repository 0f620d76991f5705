"""How far the lines of print are turned, and the page turned back."""

from __future__ import annotations

import math

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr.image import WHITE, Grey, as_bytes

GREY_SKEW = 0.15
"""Degrees from which a grey page is turned level."""

BILEVEL_SKEW = 0.7
"""The same for black and white pages, whose edges suffer from turning."""

_WIDEST = 6.0
"""Degrees up to which a page may be turned; more is a photograph, or no skew."""

_COARSE, _FINE = 0.5, 0.1
"""Degrees from one angle that is tried to the next, at first and near the best."""

_LOOK_PIXELS = 700.0
"""Longer side of the image that is looked at: a line of print is some four pixels high."""

_INK = (0.0005, 0.5)
"""Share of ink between which there is print to tell an angle from."""

_CLEARLY = 1.05
"""Times as uneven as the page as it is, from which another angle is better."""


def skew_angle(image: Grey) -> float:
    """Degrees, clockwise, by which the lines of print are turned; 0 if none stand out.

    The angle at which the rows' ink is most unevenly spread, between lines and gaps.
    """
    height, width = image.shape
    scale = min(1.0, _LOOK_PIXELS / max(height, width))
    small = cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    _level, dark = cv2.threshold(small, 0, 1, cv2.THRESH_BINARY_INV | cv2.THRESH_OTSU)
    ink = np.asarray(dark, dtype=np.float32)
    if not _INK[0] < float(ink.mean()) < _INK[1]:
        return 0.0
    straight = _unevenness(ink, 0.0)
    coarse = max(
        np.arange(-_WIDEST, _WIDEST + _FINE, _COARSE), key=lambda a: _unevenness(ink, float(a))
    )
    near = _COARSE - _FINE
    fine = np.arange(coarse - near, coarse + near + _FINE / 10, _FINE)
    best = float(max(fine, key=lambda a: _unevenness(ink, float(a))))
    if abs(best) >= _WIDEST or _unevenness(ink, best) < straight * _CLEARLY:
        return 0.0
    return round(best, 2)


def _unevenness(ink: NDArray[np.float32], degrees: float) -> float:
    """Sum of squared steps between neighbouring rows when sheared back by ``degrees``."""
    slope = math.tan(math.radians(degrees))
    height, width = ink.shape
    back = np.array([[1.0, 0.0, 0.0], [-slope, 1.0, slope * width / 2]], dtype=np.float32)
    level = cv2.warpAffine(ink, back, (width, height), flags=cv2.INTER_NEAREST)
    rows = level.sum(axis=1)
    return float(np.square(np.diff(rows)).sum())


def turn_back(image: Grey, degrees: float) -> Grey:
    """Turn the page anticlockwise by ``degrees``; the corners that appear are white."""
    height, width = image.shape
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
    turned = cv2.warpAffine(
        image,
        turn,
        (width, height),
        flags=cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_CONSTANT,
        borderValue=WHITE,
    )
    return as_bytes(turned)
