"""What a second reading does to the words it was read for."""

from __future__ import annotations

import numpy as np
import pytest

from ocr.image import Grey
from ocr.passes.second.second_reader import read_again, read_places
from ocr.types import Box, Line, SecondReading, Word

IMAGE = np.full((300, 900), 255, np.uint8)


class Reader:
    """Sees the same text in every place."""

    name = "other"
    complained = False

    def __init__(self, text: str, confidence: float = 0.99) -> None:
        self.text, self.confidence = text, confidence

    def lines(
        self, image: Grey, boxes: tuple[Box, ...], languages: tuple[str, ...]
    ) -> tuple[SecondReading, ...]:
        return tuple(SecondReading(self.text, box, self.confidence, self.name) for box in boxes)


def texts(words: list[tuple[str, int, int]], seen: str, confidence: float = 0.99) -> list[str]:
    line = Line(tuple(Word(t, Box(a, 100, b, 130), 0.9) for t, a, b in words))
    place = Box(words[0][1], 100, words[-1][2], 130)
    (read,) = read_places(IMAGE, (line,), Reader(seen, confidence), (place,), 10)
    return [word.text for word in read.words]


def test_parts_of_an_address_are_one_where_the_other_reader_has_no_space() -> None:
    parts = [("t.", 100, 120), ("wexler@example.org", 128, 400)]
    assert texts(parts, "t.wexler@example.org") == ["t.wexler@example.org"]


def test_words_of_a_name_stay_apart_where_the_other_reader_lost_their_space() -> None:
    parts = [("Tobin", 100, 180), ("Wexler,", 195, 300)]
    assert texts(parts, "TobinWexler,") == ["Tobin", "Wexler,"]


def test_a_word_in_which_the_other_reader_saw_a_space_is_two() -> None:
    assert texts([("TOBINWEXLER", 100, 300)], "TOBIN WEXLER") == ["TOBIN", "WEXLER"]


@pytest.mark.parametrize(
    ("word", "seen", "confidence"),
    [
        ("TOBINWEXLER", "TOBIN WEXLER", 0.8),
        ("McWexler", "Mc Wexler", 0.99),
        ("TOBINWEXLER", "TOBIN WEXLEN", 0.99),
    ],
)
def test_an_unsure_space_parts_nothing(word: str, seen: str, confidence: float) -> None:
    assert texts([(word, 100, 300)], seen, confidence) == [word]


@pytest.mark.parametrize(
    ("read", "seen", "kept"),
    [
        ((("mT", 0.01), ("®R", 0.0)), "罗文慧", ["罗文慧"]),
        ((("ioh", 0.3), ("Wexer", 0.2)), "Tobin WEXLER", ["Tobin", "WEXLER"]),
        ((("Tobin", 0.9), ("Wexer", 0.2)), "Tobin Wexler", ["Tobin", "Wexer"]),
    ],
)
def test_words_none_of_which_was_read_make_place_for_a_sure_reading(
    read: tuple[tuple[str, float], ...], seen: str, kept: list[str]
) -> None:
    words = tuple(
        Word(text, Box(100 + 80 * n, 100, 170 + 80 * n, 130), confidence)
        for n, (text, confidence) in enumerate(read)
    )
    place = Box(100, 100, words[-1].box.right, 130)
    (line,) = read_places(IMAGE, (Line(words),), Reader(seen), (place,), 10)
    assert [word.text for word in line.words] == kept


def test_all_of_a_line_on_a_chinese_page_may_have_been_taken_for_latin() -> None:
    line = Line((Word("AR,", Box(100, 100, 190, 130), 0.67),))
    (chinese,) = read_again(IMAGE, (line,), Reader("科员，"), ("zh", "en"), 10)
    (latin,) = read_again(IMAGE, (line,), Reader("科员，"), ("en",), 10)
    assert (chinese.text, latin.text) == ("科员，", "AR,")
