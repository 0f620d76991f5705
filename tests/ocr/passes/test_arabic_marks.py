"""Signs above and below Arabic letters come from the model that sees them."""

from __future__ import annotations

import pytest

from ocr.passes.second import arabic_marks
from ocr.types import ARABIC_LINES, Box, Line, SecondReading, Word

BOX = Box(0, 0, 300, 40)


def _line(printed: str, seen: str, engine: str = ARABIC_LINES) -> Line:
    words = tuple(
        Word(text, Box(300 - 60 * n - 50, 0, 300 - 60 * n, 40), 0.9)
        for n, text in enumerate(printed.split())
    )
    return Line(words, second=(SecondReading(seen, BOX, 0.95, engine, ("ar",)),))


@pytest.mark.parametrize(
    ("printed", "seen", "text"),
    [
        ("سكرتير ثان،", "سكرتير ثانٍ،", "سكرتير ثانٍ،"),
        ("حسان الخوري", "حسّان الخوري", "حسّان الخوري"),
        ("قاض", "قاضي", "قاض"),
        ("قاض", "قاصٍ", "قاض"),
    ],
)
def test_a_word_gets_the_signs_that_are_seen_on_its_own_letters(
    printed: str, seen: str, text: str
) -> None:
    (line,) = arabic_marks.put_on((_line(printed, seen),))
    assert line.text == text


def test_the_reading_loses_them_and_no_other_reading_is_asked() -> None:
    (line,) = arabic_marks.put_on((_line("قاض", "قاضٍ"),))
    assert line.second[0].text == "قاض"
    other = _line("قاض", "قاضٍ", "tesseract")
    assert arabic_marks.put_on((other,)) == (other,)


def test_a_word_that_stands_there_with_and_without_them_stays_as_it_is_read() -> None:
    (line,) = arabic_marks.put_on((_line("ثان ثان", "ثانٍ ثان"),))
    assert line.text == "ثان ثان"
