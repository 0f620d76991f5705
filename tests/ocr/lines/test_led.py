"""Rows whose dots were taken out of the picture are lines again."""

from __future__ import annotations

from ocr.lines.led import put_back
from ocr.types import Box, Line, Word


def word(text: str, left: int, top: int = 100) -> Word:
    return Word(text, Box(left, top, left + 12 * len(text), top + 24), 0.9)


NAME, POST, UNDER = word("NAME", 100), word("post", 900), word("other", 900, 140)
DOTS = Box(156, 118, 890, 122)


def test_two_lines_that_dots_led_from_and_to_are_one() -> None:
    apart = (Line((NAME,), block=1), Line((UNDER,), block=2), Line((POST,), block=2))
    joined, other = put_back(apart, (DOTS,))
    assert joined.text == "NAME ..... post"
    assert joined.words[1].box == Box(156, 100, 890, 124)
    assert other == apart[1]


def test_dots_in_a_line_are_a_word_of_it() -> None:
    (line,) = put_back((Line((NAME, POST)),), (DOTS,))
    assert line.text == "NAME ..... post"


def test_dots_without_a_space_before_them_end_the_word() -> None:
    apart = (Line((NAME,)), Line((POST,)))
    (line,) = put_back(apart, (Box(148, 118, 890, 122),))
    assert [word.text for word in line.words] == ["NAME.....", "post"]
    assert line.words[0].box == Box(100, 100, 890, 124)


def test_dots_that_meet_no_print_change_nothing() -> None:
    lines = (Line((NAME,)), Line((UNDER,)))
    assert put_back(lines, (DOTS,)) == lines
    assert put_back(lines, (Box(300, 118, 700, 122),)) == lines
