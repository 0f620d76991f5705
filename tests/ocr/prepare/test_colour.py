"""Stamps go, print stays, also print in colour."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from ocr.prepare import colour

Pixels = NDArray[np.uint8]


def ink(image: Pixels) -> float:
    return float((image < 128).mean())


def test_a_blue_stamp_over_print_vanishes(page: Pixels) -> None:
    stamped = np.stack([page, page, page], axis=2)
    cv2.circle(stamped, (700, 260), 130, (70, 80, 215), thickness=14)
    covered = stamped.copy()
    covered[page < 128] = page[page < 128][:, None]
    luma = np.asarray(cv2.cvtColor(covered, cv2.COLOR_RGB2GRAY), np.uint8)
    assert ink(luma) > ink(page) * 1.2
    assert ink(colour.grey(covered)) == pytest.approx(ink(page), rel=0.02)


@pytest.mark.parametrize(
    "shade", [(25, 45, 130), (60, 80, 190), (20, 110, 60), (180, 30, 30), (90, 140, 210)]
)
def test_print_in_colour_stays(page: Pixels, shade: tuple[int, int, int]) -> None:
    dark = (255 - page[..., None].astype(float)) / 255
    coloured = (250 * (1 - dark) + np.array(shade) * dark).astype(np.uint8)
    coloured[600:] = np.stack([page[:-600]] * 3, axis=2)  # and the letter in black below
    found = colour.grey(coloured)
    assert ink(found[:600]) > 0.6 * ink(page[:600])
    assert ink(found[600:]) == pytest.approx(ink(page[:-600]), rel=0.05)


def test_print_under_a_highlighter_is_black_on_white(page: Pixels) -> None:
    marked = np.stack([page] * 3, axis=2)
    marked[260:340] = np.minimum(marked[260:340], np.array([255, 245, 60], np.uint8))
    found = colour.grey(marked)
    assert np.median(found[260:340]) > 240
    assert ink(found) == pytest.approx(ink(page), rel=0.05)


def test_words_in_the_frame_of_a_stamp_vanish_with_it(page: Pixels) -> None:
    stamped = np.stack([page] * 3, axis=2)
    cv2.rectangle(stamped, (900, 1300), (1400, 1500), (190, 40, 60), 6)
    tint = np.array([190, 40, 60], np.uint8)
    words = page[190:240, 160:560] < 128
    stamped[1380:1430, 940:1340][words] = tint
    assert ink(colour.grey(stamped)) == pytest.approx(ink(page), rel=0.02)


def test_stamps_vanish_in_the_warm_dim_light_of_a_photograph(page: Pixels) -> None:
    stamped = np.stack([page] * 3, axis=2)
    cv2.circle(stamped, (900, 1000), 130, (225, 150, 150), 14)
    dim = (stamped * np.array([0.7, 0.62, 0.5])).astype(np.uint8)
    assert ink(cv2.cvtColor(dim, cv2.COLOR_RGB2GRAY)) > 1.2 * ink(page)
    assert ink(colour.grey(dim)) == pytest.approx(ink(page), rel=0.05)


def test_grey_pages_are_averaged_and_stay_as_they_are(page: Pixels) -> None:
    assert not colour.has_coloured_ink(np.stack([page, page, page], axis=2))
    assert np.abs(colour.grey(np.stack([page] * 3, axis=2)).astype(int) - page).max() <= 1
    assert colour.grey(page) is page


def letterhead(page: Pixels, shade: tuple[int, int, int], dpi: int) -> Pixels:
    """The page, all of its print in one colour, as scanned at a resolution."""
    dark = (255 - page[..., None].astype(float)) / 255
    coloured = (250 * (1 - dark) + np.array(shade) * dark).astype(np.uint8)
    share = dpi / 200
    return np.asarray(
        cv2.resize(coloured, None, fx=share, fy=share, interpolation=cv2.INTER_AREA), np.uint8
    )


@pytest.mark.parametrize("dpi", [200, 150])
@pytest.mark.parametrize("shade", [(26, 42, 108), (5, 99, 193), (47, 117, 214), (46, 139, 87)])
def test_a_letterhead_in_colour_stays_as_dark_as_in_grey(
    page: Pixels, shade: tuple[int, int, int], dpi: int
) -> None:
    coloured = letterhead(page, shade, dpi)
    assert ink(colour.grey(coloured)) > 0.9 * ink(colour.luma(coloured))


def test_the_fringes_of_print_on_a_screen_are_no_ink(page: Pixels) -> None:
    small = cv2.resize(page, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    shifted = [np.roll(small, by, axis=1) for by in (-1, 0, 1)]  # one sub-pixel beside the other
    drawn = np.stack(shifted, axis=2).astype(np.uint8)
    assert ink(colour.grey(drawn)) > 0.9 * ink(colour.luma(drawn))
