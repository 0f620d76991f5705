"""Faint print, of a worn ribbon or an empty toner, made dark before the page is read."""

from __future__ import annotations

import cv2
import numpy as np

from ocr.image import Grey, as_bytes

_INK_SHARE = 0.007
"""So much of a page is ink at least, once it is more than a few words."""

_FAINT = (115, 215)
"""Brightness of the darkest part of a faint page on white paper; beyond it is an empty one."""

_DARK = 40
"""Grey level that the ink gets: that of print in good order."""

_LEAST_CONTRAST = 30
"""Grey levels between ink and paper below which there is no ink, but the paper's own grain."""


def darkened(image: Grey) -> Grey:
    """The evenly lit page with its ink as dark as print; the image itself if it is so already."""
    counts = cv2.calcHist([image[::2, ::2]], [0], None, [256], [0, 256]).ravel()
    shares = np.cumsum(counts) / counts.sum()
    level = int(np.searchsorted(shares, _INK_SHARE))
    if not _FAINT[0] <= level <= _FAINT[1]:
        return image
    paper = int(np.searchsorted(shares, 0.5))
    if paper - level < _LEAST_CONTRAST:
        return image
    tones = np.clip((np.arange(256) - level) * (paper - _DARK) / (paper - level) + _DARK, 0, 255)
    return as_bytes(cv2.LUT(image, tones.astype(np.uint8)))
