"""Steps that make a scan easier to read, each a pure function on an image.

Images are numpy arrays of bytes, rows by columns, 0 black to 255 white. What each step is
worth was measured in character errors; see ``benchmarks``.
"""

from __future__ import annotations

import math
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr import child  # sets the thread limit before OpenCV starts its pool
from ocr.engine import Grey

assert child.THREADS  # noqa: S101 - keeps the import above in its place
cv2.setNumThreads(1)

WHITE = 255
GREY_SKEW = 0.15
"""Degrees from which a grey page is turned level."""

LEAST_DPI = 110.0
"""Dots to the inch below which letters are guessed at: a fax of normal quality has 98 lines."""

STRETCHED = 1.5
"""Times as many dots one way as the other from which lines are doubled."""

BILEVEL_SKEW = 0.7
"""The same for black and white pages, whose edges suffer from turning."""

_PAPERS = ((11.69, 8.27), (11.0, 8.5), (14.0, 8.5), (16.54, 11.69))
"""Sides in inches of A4, Letter, Legal and A3; the first is taken where nothing fits."""

_USUAL_DPI = (100, 150, 200, 240, 300, 400, 600)
_NEARLY = 0.01
_FAX_PIXELS, _FAX_DPI = 1728, 204.0

_PAPER_INCHES = (5.0, 17.5)
"""Longer sides of paper we believe in: from a receipt to A3 with margins."""

_FAINT = 60
"""Grey levels between paper and the faintest print; what shines through is fainter."""

_FEW_LETTERS = 0.00015
"""Share of the page under a dozen letters."""

_PRINTED_PAGE = 0.04
"""Share of ink from which no closer look is needed."""

_SPECK = 5
"""Pixels of a connected piece, at half the page's resolution, that may be part of a letter."""

_HOLE = 0.013
"""Diameter of the smallest punch hole, 4 mm, as a share of the page's height."""


def as_bytes(image: NDArray[Any]) -> Grey:
    """OpenCV's stubs say it may return any numbers; ours are bytes."""
    return np.asarray(image, dtype=np.uint8)


def page_dpi(width: int, height: int, dpi_x: float, dpi_y: float) -> tuple[float, float]:
    """The resolution as told if the paper it makes is believable, else guessed from the paper.

    Files without a resolution, phone photos at "72 dpi" and PDF pages of two metres are
    common. A guess that makes a usual resolution of a usual paper is taken (2550 by 3300 is
    Letter at 300 dpi), else the page is A4. A fax is 1728 pixels wide, with 204 to the inch
    (ITU-T T.4, table 2), and has half as many lines as A4 needs when it is of normal quality.
    """
    shortest, longest = _PAPER_INCHES
    if dpi_x > 0 and dpi_y > 0 and shortest <= max(width / dpi_x, height / dpi_y) <= longest:
        return dpi_x, dpi_y
    if width == _FAX_PIXELS:
        return _FAX_DPI, _FAX_DPI / 2 if height < 0.8 * width else _FAX_DPI
    long, short = max(width, height), min(width, height)
    for inches, across in _PAPERS:
        guess = long / inches
        usual = min(abs(guess / dpi - 1) for dpi in _USUAL_DPI) < _NEARLY
        if usual and abs(short / guess / across - 1) < 3 * _NEARLY:
            return guess, guess
    guess = long / _PAPERS[0][0]
    return guess, guess


def to_dpi(
    image: NDArray[np.uint8], dpi_x: float, dpi_y: float, target: float
) -> tuple[NDArray[np.uint8], int]:
    """Square pixels at ``target`` dpi or less: scaled down, or stretched, never enlarged.

    Faxes have 204 by 98 or 204 by 196 dots an inch; the coarser direction is stretched to the
    finer, as the letters would else be half as high. Enlarging a bilevel page from 200 to 300
    dpi raised character errors from 1.1 % to 11.8 %.

    Returns:
        The image and its resolution.
    """
    wanted = min(target, max(dpi_x, dpi_y))
    height, width = image.shape[:2]
    size = (max(1, round(width * wanted / dpi_x)), max(1, round(height * wanted / dpi_y)))
    # a resolution a little above the target is not worth the blur
    if abs(size[0] / width - 1) < 0.08 and abs(size[1] / height - 1) < 0.08:
        return image, round(max(dpi_x, dpi_y))
    shrinks = size[0] <= width and size[1] <= height
    scaled = cv2.resize(image, size, interpolation=cv2.INTER_AREA if shrinks else cv2.INTER_LINEAR)
    return as_bytes(scaled), round(wanted)


def _lifted() -> Grey:
    """What to divide by for each brightness of the paper.

    What is nearly black is no paper in the shadow but a lid or a band of colour: lifted to
    white it would be noise, so it stays as it is.
    """
    steps = np.arange(256)
    return np.interp(steps, [0, 48, 64, 255], [255, 255, 64, 255]).astype(np.uint8)


_PAPER_OF = _lifted()


def flatten_light(image: Grey) -> Grey:
    """Even out the light: paper becomes white everywhere, shadows of folds and hands go.

    The paper's brightness is what a closing over the size of large letters leaves; the page
    is divided by it.
    """
    height, width = image.shape
    small = cv2.resize(
        image, (max(1, width // 8), max(1, height // 8)), interpolation=cv2.INTER_AREA
    )
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (9, 9))
    paper = as_bytes(cv2.medianBlur(cv2.morphologyEx(small, cv2.MORPH_CLOSE, kernel), 21))
    if paper.min() >= 240:
        return image
    paper = as_bytes(cv2.resize(paper, (width, height), interpolation=cv2.INTER_LINEAR))
    return as_bytes(cv2.divide(image, as_bytes(cv2.LUT(paper, _PAPER_OF)), scale=WHITE))


def smooth_bilevel(image: Grey, stretched: bool = False) -> Grey:
    """Soften the staircase of black and white pages a little (sigma 0.7 pixels).

    Character errors of faxes 1.1 % to 0.7 %; median filters and enlarging make them worse. Where
    every line was ``stretched`` to two, full stops are read as commas ("Prof, Lavender") unless
    it is more (sigma 1.2), however the lines in between were made.
    """
    return as_bytes(cv2.GaussianBlur(image, (0, 0), 1.2 if stretched else 0.7))


def is_bilevel(image: Grey) -> bool:
    """True if nearly every pixel is quite black or quite white, whatever the file calls it."""
    sample = image[::3, ::3]
    between = (sample > 24) & (sample < 231)
    return bool(between.mean() < 0.002)


def skew_angle(image: Grey, widest: float = 6.0) -> float:
    """Degrees, clockwise, by which the lines of print are turned; 0 if none stand out.

    The angle at which the rows' ink is most unevenly spread, between lines and gaps.
    """
    height, width = image.shape
    scale = min(1.0, 700.0 / max(height, width))
    small = cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    _level, dark = cv2.threshold(small, 0, 1, cv2.THRESH_BINARY_INV | cv2.THRESH_OTSU)
    ink = np.asarray(dark, dtype=np.float32)
    if not 0.0005 < float(ink.mean()) < 0.5:
        return 0.0
    straight = _unevenness(ink, 0.0)
    coarse = max(np.arange(-widest, widest + 0.1, 0.5), key=lambda a: _unevenness(ink, float(a)))
    fine = np.arange(coarse - 0.4, coarse + 0.41, 0.1)
    best = float(max(fine, key=lambda a: _unevenness(ink, float(a))))
    if abs(best) >= widest or _unevenness(ink, best) < straight * 1.05:
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


def quarter_turn(image: NDArray[np.uint8], rotation: int) -> NDArray[np.uint8]:
    """Turn clockwise by 0, 90, 180 or 270 degrees."""
    return np.ascontiguousarray(np.rot90(image, -rotation // 90))


def is_blank(image: Grey) -> bool:
    """True if the page has less ink than a dozen letters.

    Dust, punch holes, the shadow along an edge and what faintly shows through from the back
    are no ink.
    """
    height, width = image.shape
    inner = image[height // 40 : height - height // 40, width // 20 : width - width // 20]
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
    _count, _labels, stats, _centres = cv2.connectedComponentsWithStats(ink, connectivity=8)
    left, top, wide, high, area = (stats[1:, i] for i in range(5))
    disc = (np.minimum(wide, high) >= height * _HOLE) & (area > 0.6 * wide * high)
    long = (high > 0.12 * height) | (wide > 0.4 * height)
    outside = (left == 0) | (top == 0)
    outside |= (left + wide == ink.shape[1]) | (top + high == ink.shape[0])
    return int(area[(area >= _SPECK) & ~disc & ~long & ~outside].sum())
