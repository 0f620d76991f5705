"""White inside a word parts two."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocr.passes.first import glued, ink
from ocr.types import Box, Line, Word
from tests.ocr.passes.test_ink import Place, drawn


def test_a_word_is_parted_before_a_capital_where_its_white_is_widest() -> None:
    image, (first, second) = drawn(("Akouavi", 50, 100), ("KONE", 196, 100))
    one = Word("AkouaviKONE", first.box.union(second.box), 0.9)
    (line,) = glued.parted(image, (Line((one,)),))
    assert [w.text for w in line.words] == ["Akouavi", "KONE"]
    assert line.words[0].box.right <= line.words[1].box.left


def test_a_word_over_two_columns_is_parted_between_them() -> None:
    image, (left, right) = drawn(("Siri", 50, 100), ("Additional", 300, 100))
    one = Word("SiriAdditional", left.box.union(right.box), 0.9)
    (line,) = glued.parted(image, (Line((one,)),))
    assert [word.text for word in line.words] == ["Siri", "Additional"]
    assert line.words[0].box.right < 150
    assert line.words[1].box.left >= 295


def test_a_capital_inside_a_name_printed_as_one_parts_nothing() -> None:
    image, (word,) = drawn(("AbdulRahman", 50, 100))
    line = Line((word,))
    assert glued.parted(image, (line,)) == (line,)


@pytest.mark.parametrize(
    ("name", "parts"),
    [("AkouaviKONE,", ["Akouavi", "KONE,"]), ("FIEBIGGerhardt", ["FIEBIG", "Gerhardt"])],
)
def test_a_name_and_a_family_name_in_capitals_are_two_words(name: str, parts: list[str]) -> None:
    image, (word,) = drawn((name, 50, 100))
    (line,) = glued.parted(image, (Line((word,)),))
    assert [part.text for part in line.words] == parts
    assert line.words[0].box.right <= line.words[1].box.left


@pytest.mark.parametrize("name", ["MacDONALD", "FitzGERALD", "KGaA", "UNODCs"])
def test_prefixes_and_abbreviations_are_no_words_of_their_own(name: str) -> None:
    image, (word,) = drawn((name, 50, 100))
    line = Line((word,))
    assert glued.parted(image, (line,)) == (line,)


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
    (parted,) = glued.parted(image, (line,))
    assert "".join(word.text for word in parted.words) == text
    assert all(len(found.words) == 1 for found in ink.printed(image, (line,)))


def _joined(*places: Place) -> list[str]:
    """The words that are made of the places' texts, read as one word."""
    image, words = drawn(*places)
    box = words[0].box.union(words[-1].box)
    one = Word("".join(word.text for word in words), box, 0.95)
    (line,) = glued.parted(image, (Line((one,)),))
    return [word.text for word in line.words]


def test_figures_and_a_letter_are_two_words_where_white_parts_them() -> None:
    assert _joined(("13", 50, 100), ("A", 104, 100)) == ["13", "A"]
    assert _joined(("Part", 50, 100), ("5", 136, 100)) == ["Part", "5"]
    assert _joined(("13A", 50, 100)) == ["13A"]
    assert _joined(("Part5", 50, 100)) == ["Part5"]


def test_the_white_beside_a_one_parts_nothing() -> None:
    assert _joined(("1", 50, 100), ("MG", 84, 100)) == ["1MG"]


@pytest.mark.parametrize(
    "parts", [["Dr.", "Ilse"], ["Adviser,", "Legal"], ["Mr.", "Ove", "BRANDT"]]
)
def test_a_word_is_parted_behind_a_sign_where_white_is_wider_than_between_letters(
    parts: list[str],
) -> None:
    places, x = [], 50
    for text in parts:
        places.append((text, x, 100))
        x = drawn(places[-1])[1][0].box.right + 8
    assert _joined(*places) == parts


@pytest.mark.parametrize("text", ["A.B.Ilsen", "j.ilsen@example.org", "www.Example.Org", "e.g.so"])
def test_a_sign_with_no_more_white_than_between_letters_parts_nothing(text: str) -> None:
    assert _joined((text, 50, 100)) == [text]
