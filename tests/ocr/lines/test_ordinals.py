"""The raised letter of a Spanish form of address."""

from __future__ import annotations

import pytest

from ocr.lines.ordinals import restored
from ocr.types import Box, Line, Word


def line(text: str) -> Line:
    words = text.split()
    return Line(tuple(Word(w, Box(60 * n, 0, 60 * n + 50, 20), 0.9) for n, w in enumerate(words)))


@pytest.mark.parametrize("read", ["D.ª", "D.?", "D?", "D.2", "D.*", "D.a", "D°"])
def test_it_is_written_as_printed(read: str) -> None:
    (found,) = restored((line(f"Sra. {read} Irma QUELAL"),))
    assert found.text == "Sra. D.ª Irma QUELAL"


@pytest.mark.parametrize(
    "text", ["Sr. D. Juan LARA", "vitamina D2 Plan", "Sra. D. Irma QUELAL", "Sra. D.2", "D.2 Irma"]
)
def test_other_words_stay(text: str) -> None:
    of = line(text)
    assert restored((of,)) == (of,)
