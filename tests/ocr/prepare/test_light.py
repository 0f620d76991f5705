"""Light is evened out, and faxes are softened."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from ocr.prepare.light import flatten_light, is_bilevel, smooth_bilevel
from ocr.prepare.skew import turn_back

Pixels = NDArray[np.uint8]


def ink(image: Pixels) -> float:
    return float((image < 128).mean())


def test_the_shadow_of_a_fold_goes_and_print_stays(page: Pixels) -> None:
    light = np.linspace(0.55, 1.0, page.shape[1])[None, :]
    shaded = (page * light).astype(np.uint8)
    flat = flatten_light(shaded)
    margin = flat[:100]
    assert shaded[:100].min() < 150
    assert margin.min() > 230
    assert ink(flat) == pytest.approx(ink(page), rel=0.35)


def test_an_evenly_lit_page_is_left_alone(page: Pixels) -> None:
    assert flatten_light(page) is page


def test_faxes_are_known_by_their_pixels_and_softened(page: Pixels) -> None:
    fax = np.where(page < 128, 0, 255).astype(np.uint8)
    assert is_bilevel(fax)
    assert not is_bilevel(turn_back(fax, 3.0))
    assert not is_bilevel(smooth_bilevel(fax))


def test_a_stretched_fax_is_softened_more_than_a_fine_one() -> None:
    page = np.full((60, 60), 255, np.uint8)
    page[30] = 0
    fine, stretched = smooth_bilevel(page), smooth_bilevel(page, stretched=True)
    assert fine[30, 30] < stretched[30, 30] < 255
