"""Boxes follow the ink, and white inside a word parts two."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocr.image import Grey
from ocr.passes.first import ink
from ocr.types import Box, Line, Word

Place = tuple[str, int, int]
"""A text, and where its baseline begins: x and y, pixels."""


def drawn(*places: Place) -> tuple[Grey, tuple[Word, ...]]:
    """A page of print, and its words in boxes of their ink."""
    image = np.full((300, 900), 255, np.uint8)
    words = []
    for text, x, y in places:
        cv2.putText(image, text, (x, y), cv2.FONT_HERSHEY_SIMPLEX, 1.0, 0, 2, cv2.LINE_AA)
        (width, height), below = cv2.getTextSize(text, cv2.FONT_HERSHEY_SIMPLEX, 1.0, 2)
        words.append(Word(text, Box(x, y - height, x + width, y + below), 0.95))
    return image, tuple(words)


def test_a_box_twice_as_high_as_its_word_is_cut_down_to_the_ink() -> None:
    image, (name, below) = drawn(("Fonctions", 50, 100), ("Administration", 50, 150))
    high = Word(name.text, Box(48, 65, 230, 120), 0.95)
    plain = tuple(Line((below,)) for _ in range(3))
    (line, *_) = ink.tight(image, (Line((high,)), *plain))
    assert abs(line.words[0].box.top - 77) <= 4
    assert abs(line.words[0].box.bottom - 102) <= 4
    assert (line.words[0].box.left, line.words[0].box.right) == (48, 230)


def test_the_accent_over_a_capital_stays_in_the_box() -> None:
    image, (word, *rest) = drawn(("ELAN", 50, 100), ("Administration", 50, 150))
    image[72:76, 55:62] = 0  # an accent, three rows above the letter
    high = Word("ÉLAN", Box(48, 60, word.box.right, 110), 0.95)
    (line, *_) = ink.tight(image, (Line((high,)), *(Line(tuple(rest)) for _ in range(3))))
    assert line.words[0].box.top <= 72


def test_a_sign_without_ink_is_no_word() -> None:
    image, (name, dash) = drawn(("NAME", 50, 100), ("-", 200, 100))
    nothing = Word("_—", Box(400, 60, 420, 100), 0.66)
    assert ink.printed(image, (Line((name, dash, nothing)), Line((nothing,)))) == (
        Line((name, dash)),
    )


def test_a_stroke_is_a_sign_but_a_rule_between_columns_is_none() -> None:
    image, (name,) = drawn(("NAME", 50, 100))
    stroke, rule = Word("|", Box(200, 75, 206, 105), 0.9), Word("|", Box(400, 75, 406, 105), 0.9)
    image[75:105, 202:205] = 0
    image[20:250, 402:405] = 0
    assert ink.printed(image, (Line((name, stroke, rule)),)) == (Line((name, stroke)),)


def test_a_page_without_words_stays_empty() -> None:
    assert ink.tight(np.full((50, 50), 255, np.uint8), ()) == ()


def test_a_word_is_parted_before_a_capital_where_its_white_is_widest() -> None:
    image, (first, second) = drawn(("Akouavi", 50, 100), ("KONE", 196, 100))
    glued = Word("AkouaviKONE", first.box.union(second.box), 0.9)
    (line,) = ink.parted(image, (Line((glued,)),))
    assert [w.text for w in line.words] == ["Akouavi", "KONE"]
    assert line.words[0].box.right <= line.words[1].box.left


def test_a_word_over_two_columns_is_parted_between_them() -> None:
    image, (left, right) = drawn(("Siri", 50, 100), ("Additional", 300, 100))
    glued = Word("SiriAdditional", left.box.union(right.box), 0.9)
    (line,) = ink.parted(image, (Line((glued,)),))
    assert [word.text for word in line.words] == ["Siri", "Additional"]
    assert line.words[0].box.right < 150
    assert line.words[1].box.left >= 295


def test_a_capital_inside_a_name_printed_as_one_parts_nothing() -> None:
    image, (word,) = drawn(("AbdulRahman", 50, 100))
    line = Line((word,))
    assert ink.parted(image, (line,)) == (line,)


@pytest.mark.parametrize(
    ("glued", "parts"),
    [("AkouaviKONE,", ["Akouavi", "KONE,"]), ("FIEBIGGerhardt", ["FIEBIG", "Gerhardt"])],
)
def test_a_name_and_a_family_name_in_capitals_are_two_words(glued: str, parts: list[str]) -> None:
    image, (word,) = drawn((glued, 50, 100))
    (line,) = ink.parted(image, (Line((word,)),))
    assert [part.text for part in line.words] == parts
    assert line.words[0].box.right <= line.words[1].box.left


@pytest.mark.parametrize("name", ["MacDONALD", "FitzGERALD", "KGaA", "UNODCs"])
def test_prefixes_and_abbreviations_are_no_words_of_their_own(name: str) -> None:
    image, (word,) = drawn((name, 50, 100))
    line = Line((word,))
    assert ink.parted(image, (line,)) == (line,)


@given(
    st.text("abcABC-|@", min_size=1, max_size=12),
    st.integers(0, 860),
    st.integers(0, 280),
    st.integers(0, 300),
    st.integers(0, 60),
)
def test_any_word_is_parted_into_its_letters(text: str, x: int, y: int, w: int, h: int) -> None:
    image, _words = drawn(("NameOTHER", 50, 100), ("ABCDEFabc", 300, 240))
    line = Line((Word(text, Box(x, y, x + w, y + h), 0.9),))
    (parted,) = ink.parted(image, (line,))
    assert "".join(word.text for word in parted.words) == text
    assert all(len(found.words) == 1 for found in ink.printed(image, (line,)))


def _joined(*places: Place) -> list[str]:
    """The words that are made of the places' texts, read as one word."""
    image, words = drawn(*places)
    box = words[0].box.union(words[-1].box)
    glued = Word("".join(word.text for word in words), box, 0.95)
    (line,) = ink.parted(image, (Line((glued,)),))
    return [word.text for word in line.words]


def test_figures_and_a_letter_are_two_words_where_white_parts_them() -> None:
    assert _joined(("13", 50, 100), ("A", 104, 100)) == ["13", "A"]
    assert _joined(("Part", 50, 100), ("5", 136, 100)) == ["Part", "5"]
    assert _joined(("13A", 50, 100)) == ["13A"]
    assert _joined(("Part5", 50, 100)) == ["Part5"]


def test_the_white_beside_a_one_parts_nothing() -> None:
    assert _joined(("1", 50, 100), ("MG", 84, 100)) == ["1MG"]
