"""Chinese print that two words hold is read once."""

from __future__ import annotations

import pytest

from ocr.lines.twice import once
from ocr.types import Box, Line, Word

Placed = tuple[str, int, int]


def line(*words: Placed, top: int = 100) -> Line:
    return Line(tuple(Word(t, Box(a, top, b, top + 30), 0.9) for t, a, b in words))


def texts(*lines: Line) -> list[list[str]]:
    return [[w.text for w in found.words] for found in once(lines)]


@pytest.mark.parametrize(
    ("words", "whole"),
    [
        ([("高建平先生", 100, 250), ("建平先生，处长", 130, 310)], ["高建平先生，处长"]),
        ([("外字第3", 100, 210), ("第318号", 170, 290)], ["外字第318号"]),
        ([("CEB/CSS号关于", 100, 280), ("号关于", 190, 280)], ["CEB/CSS号关于"]),
    ],
)
def test_signs_that_stand_in_two_words_are_one_words(words: list[Placed], whole: list[str]) -> None:
    assert texts(line(*words)) == [whole]


def test_words_beside_each_other_may_repeat_a_sign() -> None:
    assert texts(line(("外交部", 100, 190), ("部长", 192, 250))) == [["外交部", "部长"]]


@pytest.mark.parametrize("tail", ["Env", "Envi", "Enui"])
def test_a_word_that_was_begun_in_the_one_before_is_read_once(tail: str) -> None:
    words = line((f"Adviser,{tail}", 100, 300), ("Environment", 250, 420))
    assert texts(words) == [["Adviser,", "Environment"]]


def test_a_word_printed_twice_stays_twice() -> None:
    words = line(("Baden,Baden", 100, 300), ("Baden", 310, 400))
    assert texts(words) == [["Baden,Baden", "Baden"]]


def test_words_of_other_scripts_stay_as_they_are() -> None:
    words = line(("Adviser", 100, 250), ("er,", 210, 260))
    assert once((words,)) == (words,)


def test_figures_of_the_next_column_are_none_of_a_names() -> None:
    words = line(("高建平先生09", 100, 280), ("09.06.1976", 256, 400))
    assert texts(words) == [["高建平先生", "09.06.1976"]]


def test_a_piece_beside_a_line_goes_back_between_its_words() -> None:
    torn = line(("1.", 50, 70), ("高建", 100, 160), ("平女士", 160, 250))
    piece = line(("建平", 130, 190))
    assert texts(torn, piece) == [["1.", "高建平女士"]]


def test_another_column_beside_a_line_stays_one() -> None:
    row, other = line(("高建平", 100, 190)), line(("外交部", 400, 490))
    assert texts(row, other) == [["高建平"], ["外交部"]]
