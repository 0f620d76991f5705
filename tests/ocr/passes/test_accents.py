"""Names are found for the second reader, which knows their accents."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocr.lines.noise import without_noise
from ocr.passes.second.accents import bare, name_boxes, with_accents
from ocr.passes.second.second_reading import read_again
from ocr.types import Box, Line, SecondReading, Word


def line(text: str, *, confidence: float = 0.92, gap: int = 8, height: int = 24) -> Line:
    words, x = [], 0
    for part in text.split():
        words.append(Word(part, Box(x, 0, x + 12 * len(part), height), confidence))
        x += 12 * len(part) + (80 if part == "Officer" else gap)
    return Line(tuple(words))


def covered(of: Line) -> list[str]:
    return [
        " ".join(w.text for w in of.words if w.box.left >= b.left and w.box.right <= b.right)
        for b in name_boxes(of)
    ]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("1. Mr. Stefan VASILACHESCU, Director, Treaty Department", ["Stefan VASILACHESCU,"]),
        ("Mme Jeanne de la Tour, Conseillère", ["Jeanne de la Tour,"]),
        ("H.E. Mr. Ivan Petrov is the head", ["Ivan Petrov"]),
        ("Alzbeta Dvoracny", ["Alzbeta Dvoracny"]),
        ("Liaison Officer Razvan Munteanovici", ["Razvan Munteanovici"]),
        ("Ministry of Justice", []),
        ("Legal Adviser", []),
        ("Г-н Иванов Пётр", []),
        ("the experts who will attend", []),
    ],
)
def test_names_are_found(text: str, names: list[str]) -> None:
    assert [n for n in covered(line(text)) if n not in {"Liaison Officer"}] == names


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


def test_seals_and_scratches_are_no_lines() -> None:
    seal = Line((Word("\\C", Box(0, 0, 14, 11), 0.4), Word("XG", Box(20, 0, 80, 36), 0.72)))
    tiny = Line((Word("2", Box(0, 0, 12, 9), 0.9),))
    dash = Line((Word("=", Box(0, 0, 12, 9), 0.95),))
    assert without_noise((line("Mr. John Mwangi"), seal, tiny, dash)) == (line("Mr. John Mwangi"),)


@pytest.mark.parametrize("text", ["1.", "12", "Li", "+43 1 234", "gob.co", "Иванов"])
def test_short_lines_of_print_are_kept(text: str) -> None:
    lines = (line("The Permanent Mission"), line(text))
    assert without_noise(lines) == lines


def test_scratches_at_the_end_of_a_line_go_and_full_stops_stay() -> None:
    (done,) = without_noise((line("consideration. \\ \\"),))
    assert done.text == "consideration."
    (same,) = without_noise((line("the meeting ."),))
    assert same.text == "the meeting ."
