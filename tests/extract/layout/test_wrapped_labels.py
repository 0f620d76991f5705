"""A label that wraps beside its value is one label again; two labels stay two."""

from __future__ import annotations

import pytest
from extract.layout.wrapped_labels import rejoin_labels

from extract.layout.lines import TextLine
from ocr.types import Box, Word


def _line(top: int, *parts: tuple[str, int]) -> TextLine:
    """Texts and where each begins; ten pixels a letter, 20 high."""
    words: list[Word] = []
    for text, left in parts:
        for word in text.split():
            words.append(Word(word, Box(left, top, left + 10 * len(word), top + 20), 0.9))
            left += 10 * len(word) + 8
    return TextLine(1, tuple(words))


def _texts(*lines: TextLine) -> list[str]:
    return [" ".join(line.text.split()) for line in rejoin_labels(lines)]


@pytest.mark.parametrize(
    ("label", "rest"),
    [("E-mail", "address:"), ("Poste", "occupé :"), ("Adresse", "électronique :")],
)
def test_a_label_over_two_lines_is_joined_with_its_value(label: str, rest: str) -> None:
    above = _line(0, (label, 0), ("Deputy Head of the Main", 300))
    below = _line(30, (rest, 0), ("Directorate", 300))
    whole = f"{label} {rest} Deputy Head of the Main Directorate"
    assert _texts(above, below) == [whole]


def test_two_labels_stay_two_lines() -> None:
    lines = (
        _line(0, ("Name:", 0), ("Amina Diallo", 300)),
        _line(30, ("Position:", 0), ("Judge", 300)),
    )
    assert _texts(*lines) == ["Name: Amina Diallo", "Position: Judge"]


def test_words_that_are_no_label_are_left_alone() -> None:
    lines = _line(0, ("Amina", 0), ("Judge of the", 300)), _line(30, ("Diallo:", 0), ("Court", 300))
    assert len(_texts(*lines)) == 2
