"""How much of a reading is likely right."""

from __future__ import annotations

import pytest

from ocr.lines.plausible import worth
from ocr.types import Box, Line, Word


def line(text: str, confidence: float) -> tuple[Line, ...]:
    words = tuple(Word(t, Box(0, 0, 9, 9), confidence) for t in text.split())
    return (Line(words),)


@pytest.mark.parametrize(
    "text",
    ["the Embassy has the honour", "j.kamau@mfa.go.ke 01Aug2018", "Посольство Республики Кирабо"],
)
def test_words_are_worth_more_than_gibberish_of_the_same_confidence(text: str) -> None:
    assert worth(line(text, 0.7)) > 0 > worth(line("rnJ|l uOt3k qwrtzp IIlll1x", 0.7))


def test_what_is_likely_wrong_counts_against_a_reading() -> None:
    few = line("presents its compliments", 0.9)
    assert worth((*few, *line("xvQp zrtkw", 0.3))) < worth(few)


def test_a_page_without_words_is_worth_nothing() -> None:
    assert worth(()) == 0
