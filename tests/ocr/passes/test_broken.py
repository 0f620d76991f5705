"""Words of which the page reader saw pieces only are read as one picture."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocr.image import Grey
from ocr.passes.missing.broken import between, mended, whole
from ocr.types import Box, Line, SecondReading, Word

SIZE = 24


def page(*, underlined: bool) -> Grey:
    image = np.full((200, 900), 255, np.uint8)
    for left, text in ((100, "ana"), (200, "bright"), (360, "post")):
        cv2.putText(image, text, (left, 100), cv2.FONT_HERSHEY_SIMPLEX, 0.9, 0, 2)
    if underlined:
        image[106:108, 100:430] = 0
    return image


def test_an_underline_holds_a_word_together() -> None:
    box = whole(page(underlined=True), Box(200, 76, 290, 102), SIZE)
    assert (box.left, box.right) == (100, 430)


def test_a_space_ends_a_word() -> None:
    box = whole(page(underlined=False), Box(220, 76, 250, 102), SIZE)
    assert 195 < box.left < 210
    assert 270 < box.right < 310


def test_a_rule_beside_the_word_ends_it() -> None:
    image = page(underlined=True)
    image[60:130, 330:333] = 0
    assert whole(image, Box(200, 76, 290, 102), SIZE).right == 330


def test_what_never_ends_is_no_word() -> None:
    image = np.full((200, 1800), 255, np.uint8)
    image[106:108] = 0
    box = Box(800, 76, 900, 102)
    assert whole(image, box, SIZE) == box


def word(text: str, left: int, right: int) -> Word:
    return Word(text, Box(left, 0, right, 24), 0.6)


def test_the_word_takes_the_place_of_its_pieces() -> None:
    line = Line((word("Post", 0, 60), word("ana@env", 100, 200), word("xx", 300, 330)))
    other = Line((word("gov", 240, 290),))
    reading = SecondReading("ana@env.gov.xx", Box(95, 0, 335, 24), 0.99, "other")
    lines, taken = mended((line, other), (reading,))
    assert [of.text for of in lines] == ["Post ana@env.gov.xx"]
    assert taken == (reading,)


@pytest.mark.parametrize(("text", "score"), [("ana env gov", 0.99), ("ana@env.gov", 0.8), ("a", 1)])
def test_no_words_no_sure_word_and_no_shorter_one_are_taken(text: str, score: float) -> None:
    lines = (Line((word("ana@env", 100, 200),)),)
    reading = SecondReading(text, Box(95, 0, 335, 24), score, "other")
    assert mended(lines, (reading,)) == (lines, ())


def test_a_space_inside_an_address_was_an_underscore() -> None:
    reading = SecondReading("ana bright@env.gov.xx", Box(95, 0, 335, 24), 0.99, "other")
    (line,), _taken = mended((), (reading,))
    assert line.text == "ana_bright@env.gov.xx"


boxes = st.builds(
    lambda x, y, w, h: Box(x, y, x + w, y + h),
    st.integers(0, 850),
    st.integers(0, 150),
    st.integers(0, 50),
    st.integers(0, 50),
)


@given(st.lists(boxes, max_size=6))
def test_any_boxes_have_gaps_inside_the_page(places: list[Box]) -> None:
    image = page(underlined=True)
    line = Line(tuple(Word("a", box, 0.9) for box in places))
    for gap in between(image, (line,) if places else ()):
        wide = whole(image, gap, SIZE)
        assert 0 <= wide.left <= gap.left <= gap.right <= wide.right <= 900


def test_a_sign_in_a_gap_is_found_and_a_space_is_none() -> None:
    image = page(underlined=False)
    lines = tuple(
        Line(
            (Word("a", Box(100, 76, left, 102), 0.9), Word("b", Box(left + 20, 76, 330, 102), 0.9))
        )
        for left in (160, 205, 300)
    )
    assert [box.left for box in between(image, lines)] == [209]


def test_a_rule_between_two_cells_is_no_sign() -> None:
    image = page(underlined=False)
    left, right = Word("ana", Box(100, 76, 160, 102), 0.9), Word("b", Box(195, 76, 330, 102), 0.9)
    image[70:110, 176:182] = 0
    assert len(between(image, (Line((left, right)),))) == 1
    image[40:140, 176:182] = 0
    assert between(image, (Line((left, right)),)) == ()


def test_a_dash_is_no_character() -> None:
    dash = Word("—", Box(100, 110, 120, 114), 0.7)
    reading = SecondReading("一日", Box(100, 110, 148, 114), 0.99, "other")
    lines, taken = mended((Line((dash,)),), (reading,))
    assert (lines[0].words, taken) == ((dash,), ())
