"""What each step of page preparation is for."""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from ocr.image import quarter_turn
from ocr.opening.picture import Picture
from ocr.prepare import borders, colour, page_image
from ocr.prepare.light import flatten_light, is_bilevel, smooth_bilevel
from ocr.prepare.resolution import page_dpi, to_dpi
from ocr.prepare.skew import skew_angle, turn_back
from ocr.settings import OcrSettings
from tests.ocr.conftest import ENGLISH

Pixels = NDArray[np.uint8]
Draw = Callable[..., Pixels]


@pytest.fixture
def page(draw_page: Draw) -> Pixels:
    return draw_page(ENGLISH, dpi=200)


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


@pytest.mark.parametrize("degrees", [-3.0, -0.8, 0.0, 0.6, 2.5])
def test_skew_is_measured_and_taken_out(page: Pixels, degrees: float) -> None:
    skewed = turn_back(page, -degrees)
    assert skew_angle(skewed) == pytest.approx(degrees, abs=0.21)
    assert skew_angle(turn_back(skewed, degrees)) == pytest.approx(0, abs=0.21)


def test_a_page_without_lines_is_not_turned() -> None:
    noise = np.random.default_rng(1).integers(0, 256, (900, 640)).astype(np.uint8)
    assert skew_angle(noise) == 0
    assert skew_angle(np.full((900, 640), 255, np.uint8)) == 0


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


def test_faxes_are_known_by_their_pixels_and_softened(page: Pixels) -> None:
    fax = np.where(page < 128, 0, 255).astype(np.uint8)
    assert is_bilevel(fax)
    assert not is_bilevel(turn_back(fax, 3.0))
    assert not is_bilevel(smooth_bilevel(fax))


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


@given(st.sampled_from([0, 90, 180, 270]))
def test_four_quarter_turns_are_none(rotation: int) -> None:
    image = np.arange(12, dtype=np.uint8).reshape(3, 4)
    turned = image
    for _ in range(4):
        turned = quarter_turn(turned, rotation)
    assert np.array_equal(turned, image)
    assert quarter_turn(image, 90)[0, -1] == image[0, 0]


def test_all_steps_together_give_a_level_page(page: Pixels, settings: OcrSettings) -> None:
    large = np.asarray(cv2.resize(page, None, fx=1.5, fy=1.5), np.uint8)
    picture = Picture(turn_back(large, -1.5), 300, 300, bilevel=False)
    done = page_image.prepared(picture, settings)
    assert (done.dpi, done.blank) == (200, False)
    assert done.skew == pytest.approx(1.5, abs=0.2)
    sideways = Picture(np.rot90(picture.pixels).copy(), 300, 300, bilevel=False)
    assert page_image.prepared(sideways, settings, 90).image.shape == done.image.shape


def test_a_stretched_fax_is_softened_more_than_a_fine_one() -> None:
    page = np.full((60, 60), 255, np.uint8)
    page[30] = 0
    fine, stretched = smooth_bilevel(page), smooth_bilevel(page, stretched=True)
    assert fine[30, 30] < stretched[30, 30] < 255
