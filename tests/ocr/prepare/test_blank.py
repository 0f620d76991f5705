"""An empty page is told from one with a word on it."""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from ocr.opening.picture import Picture
from ocr.prepare import page_image
from ocr.settings import OcrSettings

Pixels = NDArray[np.uint8]
Draw = Callable[..., Pixels]


def dust(empty: Pixels) -> Pixels:
    rng = np.random.default_rng(2)
    empty[rng.integers(0, empty.shape[0], 300), rng.integers(0, empty.shape[1], 300)] = 0
    return empty


def punch_holes(empty: Pixels) -> Pixels:
    for y in (300, 900, 1500, 2100):
        cv2.circle(empty, (110, y), 24, (20,), -1)
    return empty


def edge_shadow(empty: Pixels) -> Pixels:
    across = np.arange(empty.shape[1])[None, :]
    return np.asarray(empty * np.interp(across, [0, 150], [0.1, 1.0]), np.uint8)


def lid(empty: Pixels) -> Pixels:
    empty[:, :50], empty[-60:] = 12, 12
    return empty


def scanner_noise(empty: Pixels) -> Pixels:
    grain = np.random.default_rng(3).normal(0, 5, empty.shape)
    return np.asarray((empty + grain).clip(0, 255), np.uint8)


@pytest.mark.parametrize("spoil", [dust, punch_holes, edge_shadow, lid, scanner_noise])
def test_blank_pages_are_noticed_whatever_the_scanner_adds(
    page: Pixels, settings: OcrSettings, spoil: Callable[[Pixels], Pixels]
) -> None:
    empty = spoil(np.full_like(page, 245))
    assert page_image.prepared(Picture(empty, 200, 200, False), settings).blank


def test_what_shows_through_from_the_back_is_no_print(page: Pixels, settings: OcrSettings) -> None:
    behind = cv2.GaussianBlur(255 - page[:, ::-1], (0, 0), 1.5)
    thin = (250 - 0.22 * behind).clip(0, 255).astype(np.uint8)
    assert page_image.prepared(Picture(thin, 200, 200, False), settings).blank


def test_a_page_with_one_word_is_not_blank(draw_page: Draw, settings: OcrSettings) -> None:
    annex = punch_holes(draw_page(["Annex"]).copy())
    assert not page_image.prepared(Picture(annex, 200, 200, False), settings).blank


def test_faint_print_is_not_blank(page: Pixels, settings: OcrSettings) -> None:
    faint = np.where(page < 128, np.uint8(175), page)
    assert not page_image.prepared(Picture(faint, 200, 200, False), settings).blank
