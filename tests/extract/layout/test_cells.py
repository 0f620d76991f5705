"""How wide columns are, and words that a narrow column tears."""

from __future__ import annotations

import pytest

from extract.layout.cells import Mended, mended, rooms
from ocr.types import Box, Line, Page, Word

CHAR, HEIGHT = 20, 30
NEXT = 230  # where the next column begins


def _line(text: str, left: int = 0, top: int = 0) -> tuple[Word, ...]:
    words: list[Word] = []
    for part in text.split():
        right = left + CHAR * len(part)
        words.append(Word(part, Box(left, top, right, top + HEIGHT), 0.95))
        left = right + CHAR // 2
    return tuple(words)


def _whole(*cells: tuple[str, ...], said: str = "") -> list[list[str]]:
    """The cells of a column that ends before ``NEXT``, and what stands in it when it is mended."""
    column = {
        (row, 0): [_line(text, top=400 * row + 40 * n) for n, text in enumerate(lines)]
        for row, lines in enumerate(cells)
    }
    beside = {(row, 1): [_line("x", NEXT, 400 * row)] for row in range(len(cells))}
    table = {**column, **beside}
    page = Page(1, 1600, 2300, 200, "read", (Line(_line(said or "x")),))
    whole = mended(page, table, rooms(page, table, rtl=False))
    return [[_text(line) for line in whole[row, 0]] for row in range(len(cells))]


def _text(line: Mended) -> str:
    words, rests = line
    return "".join(w.text if n in (0, *rests) else f" {w.text}" for n, w in enumerate(words))


@pytest.mark.parametrize(
    ("above", "below", "whole"),
    [
        ("KVARATSKHE", "A", "KVARATSKHEA"),
        ("Souleymana", "e", "Souleymanae"),
        ("Экономичес", "й суд", "Экономичесй суд"),
    ],
)
def test_a_word_too_long_for_its_column_is_whole_again(above: str, below: str, whole: str) -> None:
    assert _whole((above, below)) == [[whole]]


def test_a_column_that_tore_two_words_tore_them_both() -> None:
    assert _whole(("BRAITHWAIT", "ITE"), ("CUMBERBATC", "ATCH")) == [
        ["BRAITHWAITITE"],
        ["CUMBERBATCATCH"],
    ]


def test_an_address_tells_that_two_halves_are_one_name() -> None:
    assert _whole(("Ahouansouw", "endlike")) == [["Ahouansouw", "endlike"]]
    assert _whole(("Ahouansouw", "endlike"), said="a.ahouansouwendlike@mfa.xx") == [
        ["Ahouansouwendlike"]
    ]


def test_words_that_had_room_or_are_two_names_stay_apart() -> None:
    assert _whole(("MOHAMMED", "ALI")) == [["MOHAMMED", "ALI"]]
    # a column that tore a word in capitals tore no name in front of a given one
    assert _whole(("CUMBERBATC", "H"), ("BRAITHWAIT", "Ann")) == [
        ["CUMBERBATCH"],
        ["BRAITHWAIT", "Ann"],
    ]
    assert _whole(("ABDULRAHMA", "Ali")) == [["ABDULRAHMA", "Ali"]]
    assert _whole(("HARTMANNSB", "Jo"), ("HARTMANNSB", "Eva")) == [
        ["HARTMANNSB", "Jo"],
        ["HARTMANNSB", "Eva"],
    ]
    assert _whole(("Ministerio", "y Justicia")) == [["Ministerio", "y Justicia"]]


def test_a_word_that_an_address_ends_with_was_not_torn() -> None:
    said = "o.braithwait@mfa.xx"
    assert _whole(("CUMBERBATC", "H"), ("BRAITHWAIT", "FONS"), said=said) == [
        ["CUMBERBATCH"],
        ["BRAITHWAIT", "FONS"],
    ]
