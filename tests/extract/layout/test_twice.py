"""Ink that two readings of a page both have stands in it once."""

from __future__ import annotations

import pytest

from extract.layout.lines import page_lines
from ocr.types import Box, Line, Page, Word

Place = tuple[str, int, int]


def _texts(*lines: tuple[Place, ...]) -> list[str]:
    """The lines of a page whose words stand between these pixels, all on one height."""
    printed = tuple(
        Line(tuple(Word(t, Box(a, 100, b, 126), 0.97 - 0.1 * n) for t, a, b in words))
        for n, words in enumerate(lines)
    )
    page = Page(1, 1654, 2339, 200, "read", printed, language="es", mean_confidence=0.95)
    return [line.text for line in page_lines(page)]


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ([("Prevision", 100, 250), ("n", 247, 262), ("of", 280, 310)], "Prevision of"),
        ([("Judge", 100, 170), ("T", 190, 200), ("Trial", 201, 260)], "Judge Trial"),
        (
            [("السيد/نادر", 205, 300), ("لسيد/نادر", 198, 260), ("الوهيبي", 120, 190)],
            "السيد/ نادر الوهيبي",
        ),
        ([("VELDA", 100, 200), ("A", 182, 200), ("ROM", 220, 280)], "VELDA ROM"),
    ],
)
def test_a_letter_without_white_to_the_word_it_is_of_stands_there_once(
    words: list[Place], text: str
) -> None:
    assert _texts(tuple(words)) == [text]


def test_a_word_read_twice_in_one_place_stands_there_once() -> None:
    first = (("Office", 100, 190), ("of", 210, 246), ("Works", 265, 350))
    assert _texts(first, (("of", 230, 262),)) == ["Office of Works"]
    address = (("j.varga@works.gov.hu", 100, 400),)
    assert _texts(address, ((".gov.", 290, 360),)) == ["j.varga@works.gov.hu"]


@pytest.mark.parametrize(
    "words",
    [
        [("saluda", 100, 190), ("a", 191, 206), ("la", 225, 250)],
        [("Juana", 100, 190), ("A", 204, 220), ("Rom", 240, 300)],
        [("de", 100, 130), ("de", 145, 175)],
    ],
)
def test_words_that_are_there_stay(words: list[Place]) -> None:
    assert _texts(tuple(words)) == [" ".join(text for text, *_ in words)]


def test_words_of_one_beginning_in_lines_set_close_both_stand() -> None:
    above = Line((Word("Secretary", Box(100, 100, 240, 138), 0.97),))
    below = Line((Word("Secret", Box(150, 119, 240, 157), 0.97),))
    page = Page(1, 1654, 2339, 200, "read", (above, below), language="en", mean_confidence=0.95)
    assert [line.text for line in page_lines(page)] == ["Secretary", "Secret"]
