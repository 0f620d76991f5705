"""Words that lie on a wall say that none is there."""

from __future__ import annotations

from ocr.lines.walls import opened, runs_across, standing
from ocr.types import Box, Cell, Line, Table, Word

WALL = 500
TABLE = Table(
    Box(0, 0, 1000, 900), (Cell(0, 0, Box(0, 0, WALL, 900)), Cell(0, 1, Box(WALL, 0, 1000, 900)))
)


def row(top: int, *places: tuple[int, int]) -> Line:
    return Line(tuple(Word("word", Box(a, top, b, top + 24), 0.9) for a, b in places))


def test_a_streak_through_sentences_makes_no_table() -> None:
    lines = tuple(row(top, (100, 450), (470, 580), (600, 900)) for top in (100, 140, 180))
    assert standing((TABLE,), lines) == ()
    assert standing((TABLE,), lines[:2]) == (TABLE,)


def test_a_wall_between_words_stands() -> None:
    lines = tuple(row(top, (100, 490), (505, 580)) for top in (100, 140, 180, 220))
    assert standing((TABLE,), lines) == (TABLE,)


def test_a_sentence_over_several_walls_is_no_row_but_the_table_stands() -> None:
    cells = tuple(Cell(0, n, Box(n * 200, 0, n * 200 + 200, 900)) for n in range(5))
    table = Table(Box(0, 0, 1000, 900), cells)
    lines = tuple(row(top, (150, 250), (350, 450), (550, 650)) for top in (700, 740, 780))
    assert all(runs_across(line, [table]) for line in lines)
    assert standing((table,), lines) == (table,)


def test_cells_are_one_where_a_word_lies_on_their_wall() -> None:
    cells = tuple(
        Cell(r, c, Box(c * 200, r * 50, c * 200 + 200, r * 50 + 50))
        for r in range(2)
        for c in range(3)
    )
    table = Table(Box(0, 0, 600, 100), cells)
    (found,) = opened((table,), (row(10, (150, 250)), row(60, (10, 195), (210, 300))))
    assert Cell(0, 0, Box(0, 0, 400, 50), 1, 2) in found.cells
    assert found.cells[2:] == cells[3:]
