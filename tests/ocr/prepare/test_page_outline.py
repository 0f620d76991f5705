"""A page photographed on a desk becomes a flat page."""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from ocr.prepare import page_outline, print_outside
from ocr.prepare.dewarp import dewarped
from ocr.prepare.light import flatten_light
from ocr.prepare.page_edges import Outline
from ocr.prepare.skew import skew_angle
from tests.ocr.conftest import ENGLISH

Pixels = NDArray[np.uint8]
SIZE = (1700, 2250)
INSIDE = [[190, 160], [1500, 230], [1560, 2080], [120, 2020]]
SQUARE_ON = [[170, 110], [1530, 110], [1530, 2030], [170, 2030]]


@pytest.fixture
def page(draw_page: Callable[..., Pixels]) -> Pixels:
    return draw_page([*ENGLISH * 5], dpi=200)


def on_desk(page: Pixels, corners: list[list[int]] = INSIDE, desk: int = 70) -> Pixels:
    """The page at a slant on a desk, in uneven light."""
    height, width = page.shape
    flat = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    turn = cv2.getPerspectiveTransform(flat, np.array(corners, np.float32))
    seen = cv2.warpPerspective(page, turn, SIZE, borderValue=(desk,))
    light = np.linspace(0.7, 1.0, SIZE[0])[None, :]
    return np.asarray(seen * light, dtype=np.uint8)


def in_the_shadow_of_a_hand(picture: Pixels) -> Pixels:
    shadow = np.zeros(picture.shape, np.float32)
    cv2.ellipse(shadow, (900, 2000), (330, 1100), 12, 0, 360, 1.0, -1)
    return np.asarray(picture * (1 - 0.5 * cv2.GaussianBlur(shadow, (0, 0), 30)), np.uint8)


def off_by(found: Outline | None, corners: list[list[int]] = INSIDE) -> float:
    assert found is not None
    return float(np.abs(found.corners - corners).max())


@pytest.mark.parametrize("desk", [25, 120, 205])
def test_a_sheet_is_found_on_a_dark_and_on_a_light_desk(page: Pixels, desk: int) -> None:
    picture = on_desk(page, desk=desk)
    found = page_outline.find_outline(picture)
    assert off_by(found) < 12
    assert found is not None
    flat = dewarped(picture, found)
    assert flat.shape[0] / flat.shape[1] == pytest.approx(np.sqrt(2), rel=0.01)
    assert abs(skew_angle(flat)) < 0.4


def test_the_shadow_of_a_hand_is_no_side(page: Pixels) -> None:
    assert off_by(page_outline.find_outline(in_the_shadow_of_a_hand(on_desk(page, desk=30)))) < 12


@pytest.mark.parametrize("turns", [1, 2, 3])
def test_a_sheet_is_found_however_the_telephone_was_held(page: Pixels, turns: int) -> None:
    assert page_outline.find_outline(np.rot90(on_desk(page), turns).copy()) is not None


@pytest.mark.parametrize("corner", [[[-60, 160], [1500, 230]], [[190, -90], [1500, -60]]])
def test_a_sheet_that_runs_off_the_picture_is_found(page: Pixels, corner: list[list[int]]) -> None:
    corners = [*corner, [1560, 2080], [-40 if corner[0][0] < 0 else 120, 2020]]
    picture = on_desk(page, corners)
    found = page_outline.find_outline(picture)
    assert found is not None
    assert abs(skew_angle(dewarped(picture, found))) < 1.5


def test_the_curl_of_a_sheet_is_taken_out(page: Pixels) -> None:
    height, width = page.shape
    bulge = 40
    around = cv2.copyMakeBorder(page, bulge, 0, 0, 0, cv2.BORDER_CONSTANT, value=(70,))
    ys, xs = np.mgrid[0 : height + bulge, 0:width].astype(np.float32)
    up = ys + np.float32(bulge) * np.sin(xs / width * np.pi)
    curled = cv2.remap(around, xs, up, cv2.INTER_LINEAR, borderValue=(70,))
    picture = on_desk(np.asarray(curled, np.uint8), SQUARE_ON)
    found = page_outline.find_outline(picture)
    assert found is not None
    assert np.ptp(found.top[:, 1]) > 20
    flat = dewarped(picture, found)
    assert evenness(flat) > 1.5 * evenness(picture[110:2030, 170:1530])


def evenness(page: Pixels) -> float:
    """How sharply lines of print and the gaps between them part, all across the page."""
    rows = flatten_light(page)[200:1000, 100:-100].mean(axis=1)
    return float(np.abs(np.diff(rows)).mean())


def test_a_scan_is_no_photograph(page: Pixels) -> None:
    assert page_outline.find_outline(page) is None
    assert page_outline.find_outline(np.full_like(page, 255)) is None
    assert page_outline.find_outline(np.zeros_like(page)) is None
    shaded = (page * np.linspace(0.6, 1.0, page.shape[1])[None, :]).astype(np.uint8)
    assert page_outline.find_outline(shaded) is None


def test_a_table_with_a_dark_head_is_no_sheet(page: Pixels) -> None:
    cv2.rectangle(page := page.copy(), (150, 900), (1500, 2000), 0, 4)
    page[900:980, 150:1500] = 40
    assert page_outline.find_outline(page) is None


def test_a_picture_of_paper_only_is_left_as_it_is(page: Pixels) -> None:
    close = in_the_shadow_of_a_hand(
        on_desk(page, [[-60, -80], [1760, -50], [1780, 2330], [-70, 2310]])
    )
    assert page_outline.find_outline(close) is None


def test_a_table_with_coloured_cells_is_no_sheet(page: Pixels) -> None:
    picture = np.stack([page] * 3, axis=2)
    height, width = page.shape
    picture[: height // 5] = np.minimum(picture[: height // 5], (255, 200, 140))
    picture[:, : width // 4] = np.minimum(picture[:, : width // 4], (250, 250, 130))
    outline = page_outline.find_outline(picture)
    assert outline is None or not print_outside.is_sheet(picture, outline)


def test_a_sheet_on_a_desk_is_one(page: Pixels) -> None:
    picture = on_desk(page)
    outline = page_outline.find_outline(picture)
    assert outline is not None
    assert print_outside.is_sheet(picture, outline)
