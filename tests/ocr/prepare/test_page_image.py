"""All steps together make the page image."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from ocr.opening.picture import Picture
from ocr.prepare import page_image
from ocr.prepare.skew import turn_back
from ocr.settings import OcrSettings

Pixels = NDArray[np.uint8]


def test_all_steps_together_give_a_level_page(page: Pixels, settings: OcrSettings) -> None:
    large = np.asarray(cv2.resize(page, None, fx=1.5, fy=1.5), np.uint8)
    picture = Picture(turn_back(large, -1.5), 300, 300, bilevel=False)
    done = page_image.prepared(picture, settings)
    assert (done.dpi, done.blank) == (200, False)
    assert done.skew == pytest.approx(1.5, abs=0.2)
    sideways = Picture(np.rot90(picture.pixels).copy(), 300, 300, bilevel=False)
    assert page_image.prepared(sideways, settings, 90).image.shape == done.image.shape
