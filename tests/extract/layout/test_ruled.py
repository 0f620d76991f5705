"""Ruled tables: which are some, and which word stands in which cell."""

from __future__ import annotations

from extract.layout.ruled import cells_of, table_of, tables_of
from ocr.types import Box, Cell, Line, Page, Table, Word

WIDTH, HEIGHT = 300, 60


def _table(rows: int, columns: int) -> Table:
    cells = tuple(
        Cell(r, c, Box(c * WIDTH, r * HEIGHT, (c + 1) * WIDTH, (r + 1) * HEIGHT))
        for r in range(rows)
        for c in range(columns)
    )
    return Table(Box(0, 0, columns * WIDTH, rows * HEIGHT), cells)


def _word(text: str, left: int, top: int) -> Word:
    return Word(text, Box(left, top, left + 12 * len(text), top + 24), 0.9)


def _page(tables: tuple[Table, ...], *lines: tuple[Word, ...]) -> Page:
    read = tuple(Line(words) for words in lines)
    return Page(1, 1200, 1200, 200, "read", read, language="en", tables=tables)


NAME, POST = _word("Amina", 20, 80), _word("Judge", 320, 80)
HEAD = (_word("Name", 20, 20), _word("Post", 320, 20))


def test_a_word_stands_in_the_cell_that_holds_it() -> None:
    table = _table(2, 2)
    members = [(Line((w,)), w) for w in (*HEAD, NAME, POST)]
    found, _ = cells_of(table, members, rtl=False)
    assert {place: [w.text for _, w in items] for place, items in found.items()} == {
        (0, 0): ["Name"],
        (0, 1): ["Post"],
        (1, 0): ["Amina"],
        (1, 1): ["Judge"],
    }


def test_columns_count_from_the_right_where_it_is_read_from_there() -> None:
    found, _ = cells_of(_table(2, 2), [(Line((NAME,)), NAME), (Line((POST,)), POST)], rtl=True)
    assert {place: items[0][1].text for place, items in found.items()} == {
        (1, 1): "Amina",
        (1, 0): "Judge",
    }


def test_a_frame_around_a_text_is_no_table() -> None:
    assert tables_of(_page((_table(1, 1),), (NAME,))) == ()
    assert tables_of(_page((_table(1, 3),), (NAME,))) == ()
    assert len(tables_of(_page((_table(2, 2),), (NAME,)))) == 1


def test_a_word_outside_stands_in_no_table() -> None:
    tables = (_table(2, 2),)
    assert table_of(NAME, tables) == 0
    assert table_of(_word("below", 20, 600), tables) is None
