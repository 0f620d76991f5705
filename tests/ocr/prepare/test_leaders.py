"""Dots that lead from print to print are taken out; other dots stay."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from ocr.image import Grey
from ocr.prepare.leaders import taken_out

DPI = 200


def page() -> Grey:
    return np.full((300, 1200), 255, np.uint8)


def written(image: Grey, text: str, left: int, bottom: int = 100) -> None:
    cv2.putText(image, text, (left, bottom), cv2.FONT_HERSHEY_SIMPLEX, 0.9, 0, 2)


def dotted(image: Grey, left: int, right: int, step: int = 6, bottom: int = 100) -> None:
    for x in range(left, right, step):
        image[bottom - 3 : bottom, x : x + 3] = 0


@pytest.mark.parametrize("step", [5, 6, 12])
def test_leaders_between_print_go_and_the_print_stays(step: int) -> None:
    image = page()
    written(image, "NAME", 100)
    written(image, "post", 900)
    expected = image.copy()
    dotted(image, 190, 890, step)
    clean, (box,) = taken_out(image, DPI)
    assert np.array_equal(clean, expected)
    assert (box.left, box.top, box.bottom) == (190, 97, 100)
    assert 880 < box.right <= 893


def test_dots_to_write_on_stay() -> None:
    image = page()
    written(image, "Date:", 100)
    dotted(image, 190, 900)
    clean, boxes = taken_out(image, DPI)
    assert not boxes
    assert clean is image


def test_an_ellipsis_stays() -> None:
    image = page()
    written(image, "May", 100)
    dotted(image, 170, 195, 8)
    written(image, "2019", 200)
    assert not taken_out(image, DPI)[1]


def test_dirt_is_no_leader() -> None:
    image = page()
    written(image, "NAME", 100)
    written(image, "post", 900)
    rng = np.random.default_rng(3)
    for y, x in rng.integers((0, 0), (300, 1190), (300, 2)):
        image[y : y + 2, x : x + 2] = 0
    assert not taken_out(image, DPI)[1]
