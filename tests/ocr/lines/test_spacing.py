"""Commas belong to the word before them."""

from __future__ import annotations

import pytest

from ocr.lines.spacing import closed
from ocr.types import Box, Line, Word


def texts(*words: tuple[str, int, int]) -> list[str]:
    line = Line(tuple(Word(t, Box(a, 100, b, 120), 0.9) for t, a, b in words))
    return [word.text for word in closed((line,))[0].words]


def test_a_comma_read_as_a_word_is_the_end_of_the_one_before() -> None:
    assert texts(("ILSEN", 100, 170), (",", 178, 182), ("Adviser", 195, 260)) == [
        "ILSEN,",
        "Adviser",
    ]


@pytest.mark.parametrize("words", [[(",", 100, 104)], [("ILSEN", 100, 170), (",", 300, 304)]])
def test_a_comma_far_from_any_word_stays(words: list[tuple[str, int, int]]) -> None:
    assert texts(*words) == [text for text, *_ in words]
