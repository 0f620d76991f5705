"""Light: shadows evened out on grey pages, the staircase of black and white ones softened."""

from __future__ import annotations

import cv2
import numpy as np

from ocr.image import WHITE, Grey, as_bytes

_LID, _SHADOW = 48, 64
"""Grey levels of paper: up to the first it is none but a lid or a band of colour, from the second
it is paper in the shadow."""

_SHRINK, _LETTER, _SMOOTH = 8, 9, 21
"""The paper is looked at on a page shrunk so much; pixels there of what large letters are filled
with, and over which it is evened out."""

_WHITE_ENOUGH = 240
"""Grey level of the darkest paper from which nothing needs to be done."""

_SIGMA, _SIGMA_STRETCHED = 0.7, 1.2
"""Pixels, see ``smooth_bilevel``."""

_BLACK, _WHITE, _BETWEEN = 24, 231, 0.002
"""Grey levels of quite black and quite white pixels, and the share of others that a page of black
and white has at most: where it was scaled or coded as JPEG there are some."""


def _lifted() -> Grey:
    """What to divide by for each brightness of the paper.

    What is nearly black is no paper in the shadow but a lid or a band of colour: lifted to
    white it would be noise, so it stays as it is.
    """
    steps = np.arange(256)
    return np.interp(steps, [0, _LID, _SHADOW, WHITE], [WHITE, WHITE, _SHADOW, WHITE]).astype(
        np.uint8
    )


_PAPER_OF = _lifted()


def flatten_light(image: Grey) -> Grey:
    """Even out the light: paper becomes white everywhere, shadows of folds and hands go.

    The paper's brightness is what a closing over the size of large letters leaves; the page
    is divided by it.
    """
    height, width = image.shape
    small = cv2.resize(
        image, (max(1, width // _SHRINK), max(1, height // _SHRINK)), interpolation=cv2.INTER_AREA
    )
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (_LETTER, _LETTER))
    paper = as_bytes(cv2.medianBlur(cv2.morphologyEx(small, cv2.MORPH_CLOSE, kernel), _SMOOTH))
    if paper.min() >= _WHITE_ENOUGH:
        return image
    paper = as_bytes(cv2.resize(paper, (width, height), interpolation=cv2.INTER_LINEAR))
    return as_bytes(cv2.divide(image, as_bytes(cv2.LUT(paper, _PAPER_OF)), scale=WHITE))


def smooth_bilevel(image: Grey, stretched: bool = False) -> Grey:
    """Soften the staircase of black and white pages a little (sigma 0.7 pixels).

    Character errors of faxes 1.1 % to 0.7 %; median filters and enlarging make them worse. Where
    every line was ``stretched`` to two, full stops are read as commas ("Prof, Lavender") unless
    it is more (sigma 1.2), however the lines in between were made.
    """
    return as_bytes(cv2.GaussianBlur(image, (0, 0), _SIGMA_STRETCHED if stretched else _SIGMA))


def is_bilevel(image: Grey) -> bool:
    """True if nearly every pixel is quite black or quite white, whatever the file calls it."""
    sample = image[::3, ::3]
    between = (sample > _BLACK) & (sample < _WHITE)
    return bool(between.mean() < _BETWEEN)
