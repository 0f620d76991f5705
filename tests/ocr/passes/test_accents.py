"""The second reader's accents are taken where nothing else differs."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocr.passes.second.accents import bare, with_accents
from ocr.passes.second.second_reader import read_again, read_places
from ocr.types import Box, Line, SecondReading, Word


def line(text: str, *, confidence: float = 0.92, gap: int = 8, height: int = 24) -> Line:
    words, x = [], 0
    for part in text.split():
        words.append(Word(part, Box(x, 0, x + 12 * len(part), height), confidence))
        x += 12 * len(part) + (gap)
    return Line(tuple(words))


def reading(of: Line, text: str, confidence: float = 0.97) -> SecondReading:
    return SecondReading(text, of.box, confidence, "other")


def test_accents_are_taken_where_nothing_else_differs() -> None:
    of = line("Gheorghe BRATULEANU")
    assert with_accents(of, reading(of, "Gheorghe BRĂTULEANU")).text == "Gheorghe BRĂTULEANU"
    assert with_accents(line("Lukasz"), reading(line("Lukasz"), "Łukasz")).text == "Łukasz"


@pytest.mark.parametrize(
    ("text", "confidence"),
    [("Gheorghe BRĂTULEAMU", 0.99), ("Gheorghe BRĂTULEANU", 0.6), ("GheorgheBRĂTULEANU", 0.99)],
)
def test_a_reading_that_differs_or_is_unsure_changes_nothing(text: str, confidence: float) -> None:
    of = line("Gheorghe BRATULEANU")
    assert with_accents(of, reading(of, text, confidence)) == of


@given(st.text(max_size=30))
def test_bare_letters_stay_bare(text: str) -> None:
    assert bare(bare(text)) == bare(text)


class Fixed:
    """An engine that always reads the same."""

    name = "fixed"

    def __init__(self, text: str, confidence: float) -> None:
        self._found = (text, confidence)

    def lines(
        self, image: object, boxes: tuple[Box, ...], languages: tuple[str, ...]
    ) -> tuple[SecondReading, ...]:
        return tuple(SecondReading(self._found[0], b, self._found[1], self.name) for b in boxes)


def test_a_hopeless_word_is_replaced_and_not_its_own_second_opinion() -> None:
    import numpy as np

    of = line("外交部 Shae", confidence=0.2)
    (done,) = read_again(np.zeros((1, 1), np.uint8), (of,), Fixed("外交部", 0.99), ("zh",), 9)
    assert done.text == "外交部 外交部"
    assert done.second == ()


def test_accents_that_the_second_reader_lost_are_kept() -> None:
    of = line("Aïssata MBARGA")
    assert with_accents(of, reading(of, "Aissata MBARGA")).text == "Aïssata MBARGA"


def test_an_address_takes_no_accents() -> None:
    of = line("j.kamau@mfa.go.ke")
    assert with_accents(of, reading(of, "j.ķamau@mfa.go.ke")) == of


@pytest.mark.parametrize(
    ("seen", "confidence", "kept"),
    [("ana.", 0.97, "ana."), ("ana_", 0.97, "ana_"), ("ana.", 0.9, "ana"), ("anna.", 0.97, "ana")],
)
def test_an_address_keeps_the_sign_it_is_broken_at(seen: str, confidence: float, kept: str) -> None:
    class Sure:
        name = "sure"

        def lines(
            self, image: object, boxes: tuple[Box, ...], languages: tuple[str, ...]
        ) -> tuple[SecondReading, ...]:
            return tuple(SecondReading(seen, box, confidence, "sure") for box in boxes)

    of = line("ana", confidence=0.7)
    places = tuple(word.box for word in of.words)
    (found,) = read_places(np.zeros((9, 9), np.uint8), (of,), Sure(), places, 9)
    assert found.text == kept


@pytest.mark.parametrize(
    ("first", "second", "score", "read"),
    [
        ("EX", "高平", 0.995, "高平"),  # a name that was taken for letters
        ("”团长", "团长", 0.995, "团长"),
        ("EX", "高平", 0.95, "EX"),
        ("CEB", "高", 0.999, "CEB"),  # too wide for one sign
    ],
)
def test_letters_read_into_chinese_print_are_the_sure_second_readers(
    first: str, second: str, score: float, read: str
) -> None:
    import numpy as np

    boxes = Box(0, 0, 90, 30), Box(120, 0, 180, 30)
    of = Line((Word("外交部", boxes[0], 0.95), Word(first, boxes[1], 0.7)))
    (done,) = read_again(np.zeros((1, 1), np.uint8), (of,), Fixed(second, score), ("zh",), 9)
    assert done.words[1].text == read


def test_two_chinese_words_stay_two() -> None:
    import numpy as np

    boxes = Box(0, 0, 30, 30), Box(40, 0, 130, 30)
    of = Line((Word("高", boxes[0], 0.95), Word("平先生", boxes[1], 0.95)))
    whole = (Box(0, 0, 130, 30),)
    (done,) = read_places(np.zeros((1, 1), np.uint8), (of,), Fixed("高平先生", 0.99), whole, 9)
    assert [w.text for w in done.words] == ["高", "平先生"]


@pytest.mark.parametrize(
    ("seen", "confidence", "read", "kept"),
    [
        ("-xx", 0.9, ".xx", ".xx"),
        ("ov:xx", 0.9, "ov.xx", "ov.xx"),
        (".CD", 0.7, ".xx", ".xx"),
        ("ion.xx", 0.7, "ion.x", "ion.xx"),
        ("and", 0.96, ".xx", "and"),
    ],
)
def test_the_end_of_an_address_is_what_the_second_reader_sees(
    seen: str, confidence: float, read: str, kept: str
) -> None:
    head = Line((Word("ana@justice.g", Box(0, 0, 160, 24), 0.96),))
    end = Line((Word(seen, Box(0, 30, 40, 54), confidence),))
    page = np.full((60, 200), 255, np.uint8)
    _head, after = read_again(page, (head, end), Fixed(read, 0.98), ("en",), 9)
    assert after.text == kept


@pytest.mark.parametrize(
    ("printed", "first"),
    [("Mr. Øyvind Ådal", "Mr. @yvind Ådal"), ("Mrs. Győrfi Ilka", "Mrs. Gy6rfi Ilka")],
)
def test_a_letter_taken_for_another_sign_comes_back(printed: str, first: str) -> None:
    of = line(first)
    assert with_accents(of, reading(of, printed)).text == printed


@pytest.mark.parametrize(
    ("first", "second"), [("@mfa.example", "Ømfa.example"), ("G20", "GZO"), ("5th", "Sth")]
)
def test_signs_that_are_no_letters_stay(first: str, second: str) -> None:
    of = line(first)
    assert with_accents(of, reading(of, second)) == of


@pytest.mark.parametrize("glued", ["pénale_j.doe@mj.example.bj", "pénalej.doe@mj.example.bj"])
def test_a_word_that_ran_into_an_address_is_parted_from_it(glued: str) -> None:
    of = line(f"Section {glued}")

    class Other:
        name = "other"

        def lines(
            self, image: object, boxes: tuple[Box, ...], languages: object
        ) -> tuple[SecondReading, ...]:
            return tuple(
                SecondReading("pénale j.doe@mj.example.bj", box, 0.99, self.name) for box in boxes
            )

    (found,) = read_again(np.zeros((60, 900), np.uint8), (of,), Other(), ("fr",), 10)
    assert [word.text for word in found.words] == ["Section", "pénale", "j.doe@mj.example.bj"]
    first, second = found.words[1:]
    assert first.box.right < second.box.left
