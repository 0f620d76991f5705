"""What the second reader is shown of a box."""

from __future__ import annotations

import numpy as np

from ocr.engines.rapid import cut
from ocr.types import Box


def test_the_white_behind_a_name_is_not_shown() -> None:
    image = np.full((100, 900), 255, np.uint8)
    image[40:60, 100:200] = 0
    crop = cut(image, Box(100, 40, 800, 60))
    assert crop is not None
    assert crop.shape == (32, 112)


def test_a_box_that_its_print_fills_stays_as_it_is() -> None:
    image = np.full((100, 900), 255, np.uint8)
    image[40:60, 100:200] = 0
    crop = cut(image, Box(100, 40, 230, 60))
    assert crop is not None
    assert crop.shape == (32, 142)
