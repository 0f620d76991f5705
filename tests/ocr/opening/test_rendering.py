"""Two renderers look at a page where one falls short, and what differs is told."""

from __future__ import annotations

import numpy as np
import pytest

from ocr.errors import Rejected
from ocr.opening.picture import Picture
from ocr.opening.rendering import are_alike, chosen, print_on
from tests.ocr.conftest import ENGLISH, Grey, draw

PAGE = draw(ENGLISH, dpi=150)
EMPTY = np.full_like(PAGE, 250)


def picture(pixels: Grey) -> Picture:
    return Picture(pixels, 150, 150, bilevel=False)


def lacking(line: int) -> Grey:
    """The page without one of its lines."""
    page = PAGE.copy()
    top = 150 + line * round(1.7 * 25)
    page[top - 5 : top + 37] = 250
    return page


def moved() -> Grey:
    """As another renderer draws it: half a pixel off, softer."""
    return ((PAGE.astype(np.uint16) + np.roll(PAGE, 1, axis=1)) // 2).astype(np.uint8)


def test_small_differences_of_drawing_are_none() -> None:
    assert are_alike(PAGE, PAGE)
    assert are_alike(PAGE, moved())
    assert are_alike(np.dstack([PAGE] * 3), PAGE)


@pytest.mark.parametrize("line", range(len(ENGLISH)))
def test_a_missing_line_is_a_difference(line: int) -> None:
    assert not are_alike(PAGE, lacking(line))
    assert print_on(lacking(line)) < print_on(PAGE)


def test_the_complaint_about_a_page_that_both_draw_alike_stays_a_complaint() -> None:
    found, odd = chosen((picture(PAGE), True), picture(moved()))
    assert found.pixels is PAGE
    assert odd
    assert not found.damaged


def test_the_fuller_picture_is_taken_and_marked_where_poppler_complained() -> None:
    found, _odd = chosen((picture(lacking(2)), True), picture(PAGE))
    assert print_on(found.pixels) == print_on(PAGE)
    assert found.damaged
    found, _odd = chosen((picture(PAGE), True), picture(lacking(2)))
    assert print_on(found.pixels) == print_on(PAGE)
    assert found.damaged


def test_a_page_only_the_second_draws_is_not_damaged() -> None:
    for first in (None, (picture(EMPTY), False)):
        found, odd = chosen(first, picture(PAGE))
        assert found.pixels is PAGE
        assert not (found.damaged)
        assert not odd


def test_empty_for_both_is_empty() -> None:
    found, odd = chosen((picture(EMPTY), False), picture(EMPTY))
    assert not (found.damaged)
    assert not odd


def test_a_page_nobody_draws_is_undecodable() -> None:
    for second in (None, picture(EMPTY)):
        with pytest.raises(Rejected) as caught:
            chosen(None, second)
        assert caught.value.reason == "undecodable"
