"""White print on dark bars and boxes, turned to black on white before the page is read.

Page readers look for dark letters on light paper, and the even-out of light takes a dark bar
for a shadow. Table heads, slides and forms have such bars.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr import connected
from ocr.image import Grey, as_bytes
from ocr.types import Box

_FACTOR = 8
"""Bars are looked for on a page shrunk so much."""

_DARK = 0.62
"""Share of the paper's brightness below which a surface is dark."""

_WIDE_INCHES, _HIGH_INCHES = 0.4, 0.11
"""The smallest bar: as wide as a word, and a line of 8 points high."""

_ANY_DARK = 0.0005
"""Share of the page that is dark where there is a bar at all."""

_PAPER = 90
"""Percentile of the page's brightness that is paper."""

_CLOSED, _OPENED = (3, 5), (2, 6)
"""Pixels of the shrunk page, down and across: gaps that letters leave in a bar are closed, what is
thinner than a bar goes."""

_FULL = 0.75
"""Share of the rectangle round it that a bar fills; seals and pictures fill less."""

_EXACT = 0.85
"""The same once the bar's letters are filled and its edges exact."""

_EDGE = 0.15
"""Share of a bar's edge that may be light."""

_LIGHT = (0.01, 0.45)
"""Share of a bar that is print."""

_CONTRAST = 50
"""Grey levels between a bar and the print in it; a pattern or a photograph has less."""

_BRIGHT = 75
"""Percentile of a bar's light pixels that is a full stroke."""

_LETTERS, _LETTER_INCHES = 3, (0.03, 0.7)
"""How many letters are in a bar at least, and how high they are: of type of 5 to 70 points."""

_LETTER_WIDTHS = (0.08, 2.5)
"""Width of a letter in its heights: from an ``l`` to letters that touch."""

_RIM = 5
"""Pixels across the edge of a bar: half ink and half paper."""

_REACHES = (9, 25)
"""Pixels between which a quarter of a bar's height is taken to fill its letters."""


def with_bars_inverted(image: Grey, dpi: int) -> Grey:
    """The page with white print on dark bars made black on white; else the image itself."""
    height, width = image.shape
    if height < 8 * _FACTOR or width < 8 * _FACTOR:
        return image
    size = (width // _FACTOR, height // _FACTOR)
    small = as_bytes(cv2.resize(image, size, interpolation=cv2.INTER_AREA))
    paper = float(np.percentile(small, _PAPER))
    dark = as_bytes((small < _DARK * paper).astype(np.uint8))
    if float(dark.mean()) < _ANY_DARK:
        return image
    changed: Grey | None = None
    for area, shape in _bars(dark, dpi):
        box = Box(
            max(0, area.left), max(0, area.top), min(width, area.right), min(height, area.bottom)
        )
        rough = shape[box.top - area.top :, box.left - area.left :][: box.height, : box.width]
        turned = _turned(image[box.top : box.bottom, box.left : box.right], rough, dpi)
        if turned is not None:
            changed = image.copy() if changed is None else changed
            changed[box.top : box.bottom, box.left : box.right] = turned
    return image if changed is None else changed


def _bars(dark: NDArray[np.uint8], dpi: int) -> list[tuple[Box, NDArray[np.uint8]]]:
    """Solid dark surfaces: their box in pixels of the page and their shape within it."""
    per_inch = dpi / _FACTOR
    solid = as_bytes(cv2.morphologyEx(dark, cv2.MORPH_CLOSE, np.ones(_CLOSED, np.uint8)))
    solid = as_bytes(cv2.morphologyEx(solid, cv2.MORPH_OPEN, np.ones(_OPENED, np.uint8)))
    count, labels, stats, _centres = connected.pieces(solid, 4)
    found = []
    for label in range(1, count):
        left, top, wide, high, area = (int(v) for v in stats[label])
        if wide < _WIDE_INCHES * per_inch or high < _HIGH_INCHES * per_inch:
            continue
        own = as_bytes(labels[top : top + high, left : left + wide] == label)
        if area < _FULL * _tight_area(own):
            continue
        box = Box(*(v * _FACTOR for v in (left - 1, top - 1, left + wide + 1, top + high + 1)))
        found.append((box, _at_page_size(_filled(np.pad(own, 1)), box)))
    return found


def _filled(shape: NDArray[np.uint8]) -> NDArray[np.uint8]:
    outlines = cv2.findContours(shape, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)[0]
    return as_bytes(cv2.drawContours(shape.copy(), outlines, -1, 1, cv2.FILLED))


def _at_page_size(shape: NDArray[np.uint8], box: Box) -> NDArray[np.uint8]:
    size = (box.width, box.height)
    return as_bytes(cv2.resize(shape, size, interpolation=cv2.INTER_NEAREST))


def _tight_area(shape: NDArray[np.uint8]) -> float:
    """Pixels of the smallest rectangle, turned or not, round the shape: pages may be skewed."""
    points = cv2.findNonZero(shape)
    _middle, (wide, high), _angle = cv2.minAreaRect(points)
    return float((wide + 1) * (high + 1))


def _turned(part: Grey, rough: NDArray[np.uint8], dpi: int) -> Grey | None:
    """The part of the page with the bar in it black on white, None if no light print is in it."""
    inside = part[rough > 0]
    level = cv2.threshold(inside.reshape(-1, 1), 0, 255, cv2.THRESH_BINARY | cv2.THRESH_OTSU)[0]
    surface = _exact(as_bytes(((part <= level) & (rough > 0)).astype(np.uint8)), dpi)
    if not _is_bar(surface, part > level, dpi):
        return None
    inside = part[surface > 0]
    light = inside > level
    if not _LIGHT[0] <= float(light.mean()) <= _LIGHT[1]:
        return None
    low, high = float(np.median(inside[~light])), float(np.percentile(inside[light], _BRIGHT))
    if high - low < _CONTRAST or not _has_letters(part, surface, (low + high) / 2, dpi):
        return None
    tone = np.clip((high - part.astype(np.float32)) * 255 / (high - low), 0, 255)
    # the rim, half ink and half paper, would be left as a thin rule
    rim = as_bytes(cv2.dilate(surface, np.ones((_RIM, _RIM), np.uint8)))
    return np.where(surface > 0, tone.astype(np.uint8), np.where(rim > 0, np.uint8(255), part))


def _is_bar(surface: NDArray[np.uint8], light: NDArray[np.bool_], dpi: int) -> bool:
    """True if the surface is a rectangle with a dark edge all round; bold words have none."""
    if not surface.any():
        return False
    _left, _top, wide, high = cv2.boundingRect(surface)
    if wide < _WIDE_INCHES * dpi or high < _HIGH_INCHES * dpi:
        return False
    if float(surface.sum()) < _EXACT * _tight_area(surface):
        return False
    inner = cv2.erode(surface, np.ones((_RIM, _RIM), np.uint8))
    edge = (surface > 0) & (inner == 0)
    return bool(edge.any()) and float(light[edge].mean()) <= _EDGE


def _exact(dark: NDArray[np.uint8], dpi: int) -> NDArray[np.uint8]:
    """The bar alone, its letters filled: what was found at an eighth of the size is rough."""
    reach = min(_REACHES[1], max(_REACHES[0], dark.shape[0] // 4)) | 1
    closed = cv2.morphologyEx(
        cv2.copyMakeBorder(dark, reach, reach, reach, reach, cv2.BORDER_CONSTANT, value=0),
        cv2.MORPH_CLOSE,
        np.ones((reach, reach), np.uint8),
    )[reach:-reach, reach:-reach]
    # what only touches the bar, such as a box to tick below it, is narrower
    wide = np.ones((_RIM, max(_RIM, round(_WIDE_INCHES * dpi / 2))), np.uint8)
    opened = as_bytes(cv2.morphologyEx(closed, cv2.MORPH_OPEN, wide))
    count, labels, stats, _centres = connected.pieces(opened)
    if count < 2:
        return dark
    largest = 1 + int(np.argmax(stats[1:, cv2.CC_STAT_AREA]))
    return _filled(as_bytes((labels == largest).astype(np.uint8)))


def _has_letters(part: Grey, surface: NDArray[np.uint8], level: float, dpi: int) -> bool:
    ink = as_bytes(((part > level) & (surface > 0)).astype(np.uint8))
    _count, _labels, stats, _centres = connected.pieces(ink)
    wide, tall = stats[1:, 2], stats[1:, 3]
    low, high = (inches * dpi for inches in _LETTER_INCHES)
    thinnest, widest = _LETTER_WIDTHS
    letters = (tall >= low) & (tall <= high) & (wide <= widest * tall) & (wide >= thinnest * tall)
    return int(letters.sum()) >= _LETTERS
