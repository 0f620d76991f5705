"""Halves of lines are put together, columns stay apart."""

from __future__ import annotations

from ocr.lines.torn import rejoined
from ocr.types import Box, Line, Word

CHAR, HEIGHT = 14, 24


def line(text: str, left: int, top: int, block: int) -> Line:
    words, x = [], left
    for part in text.split():
        words.append(Word(part, Box(x, top, x + CHAR * len(part), top + HEIGHT), 0.9))
        x += CHAR * (len(part) + 1)
    return Line(tuple(words), block=block)


def halves(block: int, *texts: tuple[str, str]) -> tuple[Line, ...]:
    """Sentences cut at a space: the left halves first, then the right ones."""
    left, right = [], []
    for row, (one, other) in enumerate(texts):
        left.append(line(one, 100, 100 + 40 * row, block))
        right.append(line(other, 100 + CHAR * (len(one) + 1), 100 + 40 * row, block + 1))
    return (*left, *right)


def test_sentences_that_were_cut_at_a_space_are_whole_again() -> None:
    lines = halves(
        1,
        ("El Ministerio de Relaciones Exteriores", "de la República saluda muy"),
        ("atentamente a la Oficina", "de las Naciones Unidas"),
    )
    assert [x.text for x in rejoined(lines)] == [
        "El Ministerio de Relaciones Exteriores de la República saluda muy",
        "atentamente a la Oficina de las Naciones Unidas",
    ]


def test_an_arabic_sentence_goes_on_at_its_left() -> None:
    lines = halves(1, ("سعادة", "معالي"), ("الدكتور محمد", "السيد علي"))
    assert rejoined(lines)[0].text == "معالي سعادة"


def test_columns_that_nearly_touch_stay_two() -> None:
    left = tuple(line("Second Secretary", 100, 100 + 40 * n, 1) for n in range(3))
    right = tuple(line("Ministry", 340, 100 + 40 * n, 2) for n in range(3))
    assert rejoined((*left, *right)) == (*left, *right)


def test_persons_side_by_side_between_the_sentences_stay_apart() -> None:
    lines = halves(
        1,
        ("will be represented by the", "following persons in the"),
        ("meeting of the Group", "at Vienna in May"),
    )
    cards = (line("Mr. Kofi MENSAH", 100, 300, 1), line("Ms. Esi BONSU", 500, 300, 2))
    texts = [x.text for x in rejoined((*lines, *cards))]
    assert "Mr. Kofi MENSAH" in texts
    assert "Ms. Esi BONSU" in texts
