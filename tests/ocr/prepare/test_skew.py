"""Pages are turned level."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from ocr.image import quarter_turn
from ocr.prepare.skew import skew_angle, turn_back

Pixels = NDArray[np.uint8]


@pytest.mark.parametrize("degrees", [-3.0, -0.8, 0.0, 0.6, 2.5])
def test_skew_is_measured_and_taken_out(page: Pixels, degrees: float) -> None:
    skewed = turn_back(page, -degrees)
    assert skew_angle(skewed) == pytest.approx(degrees, abs=0.21)
    assert skew_angle(turn_back(skewed, degrees)) == pytest.approx(0, abs=0.21)


def test_a_page_without_lines_is_not_turned() -> None:
    noise = np.random.default_rng(1).integers(0, 256, (900, 640)).astype(np.uint8)
    assert skew_angle(noise) == 0
    assert skew_angle(np.full((900, 640), 255, np.uint8)) == 0


@given(st.sampled_from([0, 90, 180, 270]))
def test_four_quarter_turns_are_none(rotation: int) -> None:
    image = np.arange(12, dtype=np.uint8).reshape(3, 4)
    turned = image
    for _ in range(4):
        turned = quarter_turn(turned, rotation)
    assert np.array_equal(turned, image)
    assert quarter_turn(image, 90)[0, -1] == image[0, 0]
