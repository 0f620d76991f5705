"""Light: shadows evened out on grey pages, the staircase of black and white ones softened."""

from __future__ import annotations

import cv2
import numpy as np

from ocr.image import WHITE, Grey, as_bytes


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
