"""Faint print is darkened, an empty page stays empty."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from ocr.prepare.blank import is_blank
from ocr.prepare.darken import darkened
from tests.ocr.conftest import ENGLISH

Draw = Callable[..., NDArray[np.uint8]]


def test_a_page_of_a_worn_ribbon_is_no_blank_page(draw_page: Draw) -> None:
    page = draw_page(ENGLISH * 4)
    faint = np.asarray(250 - (250 - page.astype(np.int16)) * 0.3, np.uint8)
    dark = darkened(faint)
    assert not is_blank(dark)
    assert dark.min() < 60
    assert np.median(dark) >= 245


def test_dark_print_and_empty_paper_are_left_alone(draw_page: Draw) -> None:
    page = draw_page(ENGLISH * 4)
    assert darkened(page) is page
    grain = np.random.default_rng(5).normal(240, 4, (1200, 900)).clip(0, 255).astype(np.uint8)
    assert darkened(grain) is grain
