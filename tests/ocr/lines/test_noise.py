"""Lines of print stay, what is made of seals, signatures and dirt goes."""

from __future__ import annotations

import pytest

from ocr.lines.noise import without_noise
from ocr.types import Box, Line, Word


def line(text: str) -> Line:
    """One line of print, 24 pixels high, read surely."""
    words, x = [], 0
    for part in text.split():
        words.append(Word(part, Box(x, 0, x + 12 * len(part), 24), 0.92))
        x += 12 * len(part) + 8
    return Line(tuple(words))


def test_seals_and_scratches_are_no_lines() -> None:
    seal = Line((Word("\\C", Box(0, 0, 14, 11), 0.4), Word("XG", Box(20, 0, 80, 36), 0.72)))
    tiny = Line((Word("2", Box(0, 0, 12, 9), 0.9),))
    dash = Line((Word("=", Box(0, 0, 12, 9), 0.95),))
    assert without_noise((line("Mr. John Mwangi"), seal, tiny, dash)) == (line("Mr. John Mwangi"),)


@pytest.mark.parametrize("text", ["1.", "12", "Li", "+43 1 234", "gob.co", "Иванов"])
def test_short_lines_of_print_are_kept(text: str) -> None:
    lines = (line("The Permanent Mission"), line(text))
    assert without_noise(lines) == lines


def test_scratches_at_the_end_of_a_line_go_and_full_stops_stay() -> None:
    (done,) = without_noise((line("consideration. \\ \\"),))
    assert done.text == "consideration."
    (same,) = without_noise((line("the meeting ."),))
    assert same.text == "the meeting ."
