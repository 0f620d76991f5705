"""What a scanner sees beside the sheet becomes white."""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from ocr.prepare import borders
from ocr.prepare.light import flatten_light

Pixels = NDArray[np.uint8]
Draw = Callable[..., Pixels]


def ink(image: Pixels) -> float:
    return float((image < 128).mean())


def test_black_scan_borders_become_white_and_rules_stay(page: Pixels) -> None:
    framed = page.copy()
    framed[:, :60], framed[-90:] = 10, 10
    framed[600:603] = 0  # a table's rule that runs to the edge
    clean = borders.whiten_borders(framed)
    assert clean[:, :60].mean() > 240
    assert clean[-90:].mean() > 240
    assert clean[601, 200:1500].max() < 50
    assert ink(clean[:590]) == pytest.approx(ink(page[:590]), rel=0.02)


def test_a_slanted_border_and_a_folded_corner_become_white(page: Pixels) -> None:
    framed = page.copy()
    height = page.shape[0]
    cv2.fillPoly(framed, [np.array([[0, 0], [70, 0], [150, height], [0, height]])], (15,))
    cv2.fillPoly(framed, [np.array([[1400, 0], [1660, 0], [1660, 300]])], (20,))
    clean = borders.whiten_borders(framed)
    assert ink(clean) == pytest.approx(ink(page), rel=0.02)


def test_print_close_to_a_border_stays(page: Pixels) -> None:
    columns = np.flatnonzero((page < 128).any(axis=0))
    framed = page.copy()
    framed[:, : columns[0] - 6] = 15
    clean = borders.whiten_borders(framed)
    print_only = clean[:, columns[0] - 2 :]
    assert ink(print_only) == pytest.approx(ink(page[:, columns[0] - 2 :]), rel=0.02)


@pytest.mark.parametrize("top", [0, 1000])
def test_a_dark_letterhead_or_head_of_a_table_stays(
    page: Pixels, draw_page: Draw, top: int
) -> None:
    printed = draw_page(["MINISTRY OF JUSTICE"], dpi=200, points=16)[170:270]
    dark = page.copy()
    dark[top : top + 100] = 270 - printed.astype(int)
    clean = flatten_light(borders.whiten_borders(dark))
    band = clean[top : top + 100, 150:700]
    assert np.median(band) < 60
    assert (band > 200).mean() > 0.02


def test_print_in_a_deep_shadow_is_no_border(page: Pixels) -> None:
    across = np.arange(page.shape[1])[None, :]
    shaded = (page * np.interp(across, [0, 300, 700], [0.3, 0.32, 1.0])).astype(np.uint8)
    assert np.array_equal(borders.whiten_borders(shaded), shaded)
