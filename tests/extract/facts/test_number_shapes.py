"""What looks like a note's number, and how far it goes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.facts.number_shapes import extended, is_bare, is_number, plain


@pytest.mark.parametrize(
    "text",
    ["KMV/112/2019", "FJ 31 / 07 / 2019", "017-УД/345", "1 022/MAE/2019", "MPV 45/19", "88/19"],
)
def test_groups_with_strokes_are_a_number(text: str) -> None:
    assert is_number(text)


@pytest.mark.parametrize("text", ["", "1/2", "2019", "03/04/2019", "Vienna", "7", "and/or"])
def test_a_page_a_day_a_year_and_words_are_none(text: str) -> None:
    assert not is_number(text)


def test_full_width_and_arabic_digits_are_read_in_their_place() -> None:
    assert plain("８８／１９") == "88/19"
    assert plain("٨٨/١٩") == "88/19"
    assert is_number(plain("（８８）领字第１９号")[:4]) == is_number("(88)")


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("45/2019 VIENNA", "45/2019"),
        ("12 - 34 - 2019", "12 - 34 - 2019"),
        ("1 022/MAE/2019 du", "1 022/MAE/2019"),
    ],
)
def test_a_number_goes_on_over_spaces_and_ends_before_a_word(text: str, number: str) -> None:
    assert text[: extended(text, 0, len(text.split()[0]))] == number


def test_digits_alone_may_number_anything() -> None:
    assert is_bare("4711")
    assert not is_bare("47/11")


@given(st.text(max_size=60))
def test_every_sign_keeps_its_place(text: str) -> None:
    assert len(plain(text)) == len(text)
    assert is_number(text) in (True, False)
