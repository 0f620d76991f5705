"""Lines in the order a person reads them, and what their white spaces tell."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.layout.lines import TextLine, is_right_to_left, page_lines
from ocr.types import Box, Word
from tests.extract.conftest import make_page


def _line(*words: tuple[str, int]) -> TextLine:
    """Words and where each begins; ten pixels a letter, 20 high."""
    boxes = (Word(t, Box(x, 0, x + 10 * len(t), 20), 0.9) for t, x in words)
    return TextLine(1, tuple(boxes))


def test_a_gap_as_between_columns_is_a_tab() -> None:
    assert _line(("Amina", 0), ("Diallo", 60), ("Judge", 200)).text == "Amina Diallo\tJudge"


def test_a_line_stretched_to_the_margins_has_no_columns() -> None:
    stretched = [("has", 0), ("the", 70), ("honour", 140), ("to", 240)]
    assert "\t" not in _line(*stretched).text


@given(st.lists(st.text("abcé", min_size=1, max_size=6), min_size=1, max_size=8))
def test_each_word_is_found_again_by_its_place(texts: list[str]) -> None:
    line = _line(*((text, 80 * n) for n, text in enumerate(texts)))
    for word, start in zip(line.words, line.starts, strict=True):
        assert line.text[start : start + len(word.text)] == word.text
        assert line.words_between(start, start + len(word.text)) == (word,)


@pytest.mark.parametrize(
    ("text", "language", "from_right"),
    [("القاضية أمينة ديالو", "ar", True), ("Judge Amina Diallo", "en", False)],
)
def test_most_letters_tell_the_direction(text: str, language: str, from_right: bool) -> None:
    page = make_page((text,), language, from_right=from_right)
    assert is_right_to_left(page) == from_right
    assert [line.text for line in page_lines(page)] == [text]


@pytest.mark.parametrize("turned", [False, True])
def test_latin_words_in_arabic_follow_each_other_to_the_right(*, turned: bool) -> None:
    text = "المذكرة الشفوية QR 2021/59/QRE Vienna 12 المؤرخة اليوم"
    page = make_page((text,), "ar", from_right=True)
    (line,) = page.lines
    if turned:
        words = tuple(sorted(line.words, key=lambda w: -w.box.left))
        page = replace(page, lines=(replace(line, words=words),))
    assert [found.text for found in page_lines(page)] == [text]
