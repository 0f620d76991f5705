"""Tables are read cell by cell."""

from __future__ import annotations

from ocr.lines.cell_order import cell_by_cell
from ocr.types import Box, Cell, Line, Table, Word

ACROSS, DOWN = 100, 60


def grid(rows: int, columns: int, top: int = 100) -> Table:
    cells = tuple(
        Cell(r, c, Box(c * ACROSS, top + r * DOWN, (c + 1) * ACROSS, top + (r + 1) * DOWN))
        for r in range(rows)
        for c in range(columns)
    )
    return Table(Box(0, top, columns * ACROSS, top + rows * DOWN), cells)


def word(text: str, left: int, top: int) -> Word:
    return Word(text, Box(left, top, left + 40, top + 16), 0.9)


def line(*words: Word) -> Line:
    return Line(words, block=1)


def texts(lines: tuple[Line, ...]) -> list[str]:
    return [found.text for found in lines]


def test_a_name_wrapped_in_its_cell_stays_together() -> None:
    lines = (
        line(word("Delegation:", 0, 20)),
        line(word("Name", 5, 110), word("Title", 105, 110)),
        line(word("Abdou", 5, 165), word("Public", 105, 165)),
        line(word("DIALLO", 5, 190), word("prosecutor", 105, 190)),
        line(word("Vienna", 0, 400)),
    )
    read = cell_by_cell(lines, (grid(2, 2),), from_right=False)
    assert texts(read) == [
        "Delegation:", "Name", "Title", "Abdou", "DIALLO", "Public", "prosecutor", "Vienna",
    ]  # fmt: skip
    assert read[3].block == read[4].block != read[5].block


def test_arabic_tables_are_read_from_the_right() -> None:
    lines = (line(word("اللقب", 5, 110), word("الاسم", 105, 110)), line(word("مدير", 5, 170)))
    read = cell_by_cell(lines, (grid(2, 2),), from_right=True)
    assert texts(read) == ["الاسم", "اللقب", "مدير"]


def test_a_line_that_runs_out_of_the_table_is_cut() -> None:
    lines = (line(word("1", 5, 110), word("Ana", 105, 110), word("seen", 300, 110)),)
    assert texts(cell_by_cell(lines, (grid(2, 2),), from_right=False)) == ["1", "Ana", "seen"]


def test_a_sentence_that_lies_on_the_walls_is_no_row() -> None:
    sentence = line(*(word(text, left, 170) for text, left in (("The", 80), ("end", 180))))
    row = line(word("Ana", 5, 110), word("post", 105, 110), word("city", 205, 110))
    read = cell_by_cell((row, sentence), (grid(2, 3),), from_right=False)
    assert texts(read) == ["Ana", "post", "city", "The end"]


def test_a_frame_is_no_table() -> None:
    lines = (line(word("To", 5, 110), word("all", 60, 110)), line(word("of", 5, 130)))
    assert cell_by_cell(lines, (grid(1, 1),), from_right=False) == lines


def test_two_tables_keep_their_places() -> None:
    lines = (
        line(word("a", 5, 110), word("b", 105, 110)),
        line(word("between", 0, 300)),
        line(word("c", 5, 510), word("d", 105, 510)),
    )
    read = cell_by_cell(lines, (grid(2, 2), grid(2, 2, top=500)), from_right=False)
    assert texts(read) == ["a", "b", "between", "c", "d"]
