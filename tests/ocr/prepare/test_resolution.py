"""A page's resolution is found out and brought to the one that is read."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from ocr.prepare.resolution import page_dpi, to_dpi

Pixels = NDArray[np.uint8]


@pytest.mark.parametrize(
    ("size", "told", "meant"),
    [
        ((2480, 3508), (300, 300), 300),
        ((2480, 3508), (0, 0), 300),
        ((2480, 3508), (72, 72), 300),
        ((1654, 2339), (96, 96), 200),
        ((3508, 2480), (2540, 2540), 300),
        ((2480, 3508), (9999, 9999), 300),
        ((2500, 3500), (1, 1), 299),
        ((2550, 3300), (0, 0), 300),
        ((2550, 4200), (0, 0), 300),
        ((3508, 4961), (0, 0), 300),
        ((2550, 3300), (300, 300), 300),
    ],
)
def test_a_missing_or_absurd_resolution_is_guessed_from_the_paper(
    size: tuple[int, int], told: tuple[float, float], meant: int
) -> None:
    assert page_dpi(*size, *told)[0] == pytest.approx(meant, abs=2)


@pytest.mark.parametrize(("lines", "down"), [(1145, 102), (2292, 204)])
def test_a_fax_that_does_not_tell_is_known_by_its_width(lines: int, down: float) -> None:
    assert page_dpi(1728, lines, 0, 0) == (204, down)


def test_fax_pixels_become_square(page: Pixels) -> None:
    squashed = np.asarray(cv2.resize(page, (page.shape[1], page.shape[0] // 2)), np.uint8)
    restored, dpi = to_dpi(squashed, 204, 98, 204)
    assert dpi == 204
    assert restored.shape[0] / restored.shape[1] == pytest.approx(np.sqrt(2), rel=0.05)


def test_pages_are_scaled_down_and_never_up(page: Pixels) -> None:
    smaller, dpi = to_dpi(page, 200, 200, 100)
    assert (smaller.shape[0], dpi) == (page.shape[0] // 2, 100)
    same, dpi = to_dpi(page, 200, 200, 300)
    assert same is page
    assert dpi == 200
