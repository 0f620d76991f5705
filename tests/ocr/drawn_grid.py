"""A ruled table drawn, and words written on it."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr.types import Box, Word

Pixels = NDArray[np.uint8]
XS, YS = (100, 200, 700, 1300), (300, 380, 480, 560)


def grid(*, rule: int = 40, width: int = 2) -> Pixels:
    """Three columns, three rows, on a page of 200 dpi."""
    page = np.full((1200, 1650), 250, np.uint8)
    for x in XS:
        cv2.line(page, (x, YS[0]), (x, YS[-1]), rule, width)
    for y in YS:
        cv2.line(page, (XS[0], y), (XS[-1], y), rule, width)
    return page


def write(page: Pixels, text: str, x: int, y: int) -> Word:
    (width, height), _base = cv2.getTextSize(text, cv2.FONT_HERSHEY_SIMPLEX, 0.8, 2)
    cv2.putText(page, text, (x, y), cv2.FONT_HERSHEY_SIMPLEX, 0.8, 20, 2)
    return Word(text, Box(x, y - height, x + width, y + 2), 0.9)
