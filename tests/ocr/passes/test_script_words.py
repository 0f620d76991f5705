"""Words of pages in other scripts that were taken for Latin ones come back in their own."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from ocr.image import Grey
from ocr.passes.first import script_words
from ocr.passes.first.script_words import ARABIC, CYRILLIC, HAN, TAKEN, Script
from ocr.types import ARABIC_LINES, CYRILLIC_LINES, Box, Line, SecondReading, Word

PAGE: Grey = np.full((400, 1000), 255, dtype=np.uint8)


class Reader:
    """Sees the same in every word."""

    def __init__(self, text: str, score: float, name: str = CYRILLIC_LINES) -> None:
        self.text, self.score, self.name = text, score, name

    def lines(
        self, image: Grey, boxes: tuple[Box, ...], languages: tuple[str, ...]
    ) -> tuple[SecondReading, ...]:
        return tuple(SecondReading(self.text, box, self.score, self.name) for box in boxes)


def _read(read: str, seen: str, *, sure: float = 0.6, score: float = 0.98) -> Word:
    line = Line((Word(read, Box(100, 100, 180, 130), sure),))
    return _word(line, Reader(seen, score), CYRILLIC)


def _word(line: Line, reader: Reader, script: Script) -> Word:
    (found,) = script_words.read_again(PAGE, (line,), reader, (), script)
    return found.words[0]


def _arabic(read: str, seen: str, *, sure: float = 0.6, score: float = 0.98) -> Word:
    line = Line((Word(read, Box(100, 100, 180, 130), sure),))
    return _word(line, Reader(seen, score, ARABIC_LINES), ARABIC)


@pytest.mark.parametrize("sure", [0.6, 0.93])
def test_a_word_taken_for_a_latin_one_is_read_in_cyrillic(sure: float) -> None:
    found = _read("yuactHuKa:", "участника:", sure=sure)
    assert (found.text, found.confidence) == ("участника:", max(sure, TAKEN))


def test_a_cyrillic_word_is_read_again_only_in_doubt() -> None:
    assert _read("стариилЯ", "старший").text == "старший"
    assert _read("стариилЯ", "старший", sure=0.9).text == "стариилЯ"


@pytest.mark.parametrize(
    ("seen", "score"), [("участника:", 0.8), ("Interpol", 0.99), ("уча стника", 0.99), ("", 0.0)]
)
def test_what_is_not_sure_not_cyrillic_or_not_one_word_is_not_taken(
    seen: str, score: float
) -> None:
    assert _read("yuactHuKa:", seen, score=score).text == "yuactHuKa:"


def test_addresses_and_numbers_stay() -> None:
    for text in ("i.ivanov@mid.ru", "a@mid.ru", "17/05", "www.mid.ru"):
        assert _read(text, "иванов", sure=0.9).text == text
    assert _read("i.ivanov@mid.ru", "иванов").text == "i.ivanov@mid.ru"


@pytest.mark.parametrize(("read", "sure"), [("pow", 0.9), ("hue", 0.6), ("سمرر", 0.6)])
def test_an_arabic_word_is_read_by_the_model_for_lines_which_is_no_witness_of_it(
    read: str, sure: float
) -> None:
    found = _arabic(read, "سمر", sure=sure)
    assert (found.text, found.reader) == ("سمر", ARABIC_LINES)
    same = _arabic("سمر", "سمر")
    assert (same.text, same.reader) == ("سمر", "")


def test_arabic_notes_keep_their_latin_words_and_sure_arabic_ones() -> None:
    assert _arabic("Fax", "سمر").text == "Fax"
    assert _arabic("سمرر", "سمر", sure=0.9).text == "سمرر"
    assert _arabic("pow", "سمر", score=0.95).text == "pow"
    found = _arabic("قاضٍ", "قاض")
    assert (found.text, found.confidence, found.reader) == ("قاضٍ", TAKEN, "")


@pytest.mark.parametrize("read", [_read, _arabic])
def test_a_word_that_both_read_alike_is_surer(read: Callable[..., Word]) -> None:
    text = "участника" if read is _read else "سمر"
    found = read(text, text, sure=0.3)
    assert (found.text, found.confidence, found.reader) == (text, TAKEN, "")


def _chinese(read: str, seen: str, *, sure: float = 0.86, score: float = 0.99) -> Word:
    line = Line((Word(read, Box(100, 100, 180, 130), sure),))
    return _word(line, Reader(seen, score, "rapidocr"), HAN)


@pytest.mark.parametrize(("seen", "taken"), [("参赞", "参赞"), ("高 山", "高山")])
def test_characters_taken_for_capitals_are_read_by_the_second_reader(seen: str, taken: str) -> None:
    found = _chinese("BR", seen)
    assert (found.text, found.reader) == (taken, "rapidocr")


@pytest.mark.parametrize(("seen", "score"), [("参赞", 0.9), ("Wien", 1.0), ("第3号", 0.99)])
def test_on_a_chinese_page_words_in_latin_letters_stay(seen: str, score: float) -> None:
    assert _chinese("Wien", seen, score=score).text == "Wien"
