"""Cyrillic words that were read as Latin ones of the same look."""

from __future__ import annotations

import pytest

from ocr.lines.cyrillic import restored
from ocr.types import Box, Line, Word


def _restored(text: str) -> str:
    words = tuple(Word(w, Box(i * 90, 0, i * 90 + 80, 20), 0.9) for i, w in enumerate(text.split()))
    (line,) = restored((Line(words),))
    return line.text


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        ("r.M. Коваленко", "Г.М. Коваленко"),
        ("Ахметов P.M., судья", "Ахметов Р.М., судья"),
        ("Господин KOCTEHKO", "Господин КОСТЕНКО"),
        ("P.M. Ахметов a.akhmetov@mfa.gov.kz", "Р.М. Ахметов a.akhmetov@mfa.gov.kz"),
    ],
)
def test_initials_and_capitals_beside_cyrillic_words_are_cyrillic(read: str, printed: str) -> None:
    assert _restored(read) == printed


@pytest.mark.parametrize("text", ["KOCTEHKO", "P.M. Smith", "нота CEB", "Посольство в TOKYO Japan"])
def test_what_may_be_latin_stays(text: str) -> None:
    assert _restored(text) == text
