"""Two pages on one sheet are read one after the other; wide tables are not cut in two."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from ocr.prepare import facing_pages
from ocr.prepare.skew import skew_angle, turn_back
from ocr.reader import read_page
from ocr.settings import OcrSettings
from tests.ocr.conftest import ARABIC, ENGLISH, FRENCH

Pixels = NDArray[np.uint8]
Draw = Callable[..., Pixels]
Save = Callable[..., Path]

SECOND = (
    "Annex: members of the delegation of Freedonia to the meeting",
    "Ms. Ana OKELLO, Legal Adviser, Department of the Treasury,",
    "Mr. Peter NOVAK, Head of Unit, Office of the Prosecutor,",
    "e-mail: p.novak@prosecutor.example.org",
)


def side_by_side(left: Pixels, right: Pixels) -> Pixels:
    return np.concatenate([left, right], axis=1)


@pytest.fixture
def two(draw_page: Draw) -> Pixels:
    return side_by_side(draw_page(ENGLISH), draw_page(SECOND))


def test_the_gutter_is_found_between_the_pages(two: Pixels) -> None:
    at = facing_pages.gutter(two)
    assert at is not None
    assert abs(at - two.shape[1] / 2) < 0.08 * two.shape[1]
    assert two[:, at - 20 : at + 20].min() > 200


def test_the_spine_of_a_book_is_no_print(two: Pixels) -> None:
    middle = two.shape[1] // 2
    book = two.copy()
    book[:, middle - 4 : middle + 3] = 30
    assert facing_pages.gutter(book) is not None


def test_each_page_is_levelled_by_itself(draw_page: Draw) -> None:
    left = turn_back(draw_page(ENGLISH * 3, dpi=150), 1.2)
    right = turn_back(draw_page(SECOND * 3, dpi=150), -0.9)
    sheet = side_by_side(left, right)
    at = facing_pages.gutter(sheet)
    assert at is not None
    level = facing_pages.levelled(sheet, at)
    assert level.shape == sheet.shape
    assert abs(skew_angle(level[:, :at].copy())) < 0.21
    assert abs(skew_angle(level[:, at:].copy())) < 0.21


def test_the_pages_are_read_in_order_and_boxes_are_the_sheets(
    two: Pixels, save: Save, settings: OcrSettings
) -> None:
    page = read_page(save(two, "two.png"), 1, settings, ("en",))
    assert page.text.splitlines() == [*ENGLISH, *SECOND]
    assert (page.width, page.height) == two.shape[::-1]
    middle = page.width / 2
    assert all(line.box.right < middle for line in page.lines[:5])
    assert all(line.box.left > middle for line in page.lines[5:])
    assert len({(line.block, line.paragraph) for line in page.lines}) > 1


def test_a_sheet_lying_on_its_side_is_turned_and_read_in_order(
    two: Pixels, save: Save, settings: OcrSettings
) -> None:
    page = read_page(save(np.rot90(two).copy(), "two.png"), 1, settings, ("en",))
    assert page.rotation == 90
    assert page.text.splitlines() == [*ENGLISH, *SECOND]


def test_arabic_pages_are_read_from_the_right(
    draw_page: Draw, save: Save, settings: OcrSettings
) -> None:
    first, second = ARABIC[:3] * 2, ARABIC[3:] * 6
    pages = [
        draw_page(lines, font="NotoNaskhArabic-Regular.ttf", rtl=True, dpi=150, points=15)
        for lines in (second, first)
    ]
    page = read_page(save(side_by_side(*pages), "two.png", 150), 1, settings, ("ar",))
    middle = page.width / 2
    sides = [line.box.center[0] > middle for line in page.lines]
    assert sides == sorted(sides, reverse=True)
    assert sum(sides) == len(first)


def test_a_page_of_two_columns_is_one_page(draw_page: Draw) -> None:
    portrait = draw_page([line[:24] for line in ENGLISH] * 4, dpi=150).copy()
    portrait[:, 620:] = portrait[:, : portrait.shape[1] - 620]
    assert facing_pages.gutter(portrait) is None


def columns(draw_page: Draw, starts: tuple[int, ...]) -> Pixels:
    """A list on A4 across, its columns set at the given pixels."""
    words = draw_page(["Novak Peter", "Okello Ana", "Mwangi John", "Ndiaye Awa"] * 4, dpi=150)
    words = words[100:1200, 110:420]
    page = np.full((1240, 1754), 250, np.uint8)
    for start in starts:
        page[40:1140, start : start + 310] = words
    return page


def test_a_wide_list_without_rules_is_one_page(draw_page: Draw) -> None:
    assert facing_pages.gutter(columns(draw_page, (80, 500, 960, 1380))) is None


def test_a_wide_table_with_rules_is_one_page(draw_page: Draw) -> None:
    page = columns(draw_page, (240, 1200))
    assert facing_pages.gutter(page) is not None
    for y in range(40, 1200, 58):
        cv2.line(page, (60, y), (1700, y), (0,), 2)
    assert facing_pages.gutter(page) is None


def test_a_letter_across_the_sheet_is_one_page(draw_page: Draw) -> None:
    page = columns(draw_page, (240, 1200))
    page[600:640, 400:1300] = 90
    assert facing_pages.gutter(page) is None


def test_a_sheet_with_print_on_one_half_only_is_one_page(draw_page: Draw) -> None:
    left = draw_page(FRENCH * 3, dpi=150)
    assert facing_pages.gutter(side_by_side(left, np.full_like(left, 250))) is None
