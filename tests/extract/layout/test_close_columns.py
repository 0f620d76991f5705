"""Columns a space apart, and tables whose rules the page reader lost."""

from __future__ import annotations

from extract.layout import merged_columns, unruled
from extract.layout.unruled import find_unruled
from ocr.types import Box, Word

CHAR, HEIGHT, PITCH = 12, 26, 34


def row(y: int, *cells: tuple[int, str]) -> tuple[Word, ...]:
    """Words of a row; each cell begins at its own x."""
    words: list[Word] = []
    for left, text in cells:
        x = left
        for part in text.split():
            words.append(Word(part, Box(x, y, x + CHAR * len(part), y + HEIGHT), 0.95))
            x += CHAR * (len(part) + 1) - 5
    return tuple(words)


def texts(grid: unruled.UnruledGrid) -> dict[tuple[int, int], str]:
    return {
        place: " ".join(w.text for line in lines for w in line)
        for place, lines in grid.cells.items()
    }


def test_columns_that_nearly_touch_are_told_by_where_their_words_begin() -> None:
    rows = [
        row(100, (100, "Mr. Otar KOBALAURI"), (380, "Senior Prosecutor")),
        row(100 + PITCH, (380, "Crimes Unit")),
        row(100 + 2 * PITCH + 10, (100, "Mr. Zurab JAVAKHIDZELI"), (380, "First Secretary")),
        row(100 + 3 * PITCH + 20, (100, "Ms. Ketevan DVALI"), (380, "Judge")),
    ]
    (grid,) = find_unruled(rows)
    assert texts(grid) == {
        (0, 0): "Mr. Otar KOBALAURI",
        (0, 1): "Senior Prosecutor Crimes Unit",
        (1, 0): "Mr. Zurab JAVAKHIDZELI",
        (1, 1): "First Secretary",
        (2, 0): "Ms. Ketevan DVALI",
        (2, 1): "Judge",
    }


def test_a_list_with_commas_is_no_table() -> None:
    rows = [
        row(100, (100, "Mr. Otar KOBALAURI,"), (380, "Senior Prosecutor")),
        row(100 + PITCH, (100, "Ms. Ketevan DVALIASVI,"), (380, "Judge")),
    ]
    assert find_unruled(rows) == []


def test_two_headers_with_little_white_between_them_head_two_columns() -> None:
    rows = [
        row(100, (100, "Name and surname"), (300, "Position"), (560, "Email")),
        row(150, (100, "Ana ROJAS"), (300, "Judge"), (560, "a.rojas@courts.gov.cl")),
        row(200, (100, "Juan SOTO"), (300, "Prosecutor"), (560, "j.soto@courts.gov.cl")),
    ]
    (grid,) = find_unruled(rows)
    assert grid.columns == 3
    assert texts(grid)[(2, 1)] == "Prosecutor"


def test_a_right_to_left_page_has_its_first_column_on_the_right() -> None:
    rows = [
        row(100, (100, "البريد"), (400, "الوظيفة"), (700, "الاسم")),
        row(150, (100, "a@moj.gov.jo"), (400, "قاض"), (700, "كريم")),
    ]
    (grid,) = find_unruled(rows, rtl=True)
    assert texts(grid)[(1, grid.columns - 1)] == "كريم"


def test_a_column_is_parted_where_its_header_names_two() -> None:
    header = [row(100, (100, "Name"), (300, "Organization"))]
    below = [*row(150, (100, "Ana ROJAS"), (300, "Ministry")), *row(184, (300, "of Justice"))]
    (border,) = merged_columns.borders(header, below)
    assert 100 + CHAR * 9 - 5 <= border <= 300


def test_a_column_is_whole_where_words_cross_the_border() -> None:
    header = [row(100, (100, "Name"), (300, "Organization"))]
    below = [*row(150, (100, "Konstantinopolitanski-Wladimirowitsch"))]
    assert merged_columns.borders(header, below) == []


def test_a_header_is_told_from_the_record_in_the_same_row() -> None:
    cells = [
        [row(100, (100, "Name")), row(140, (100, "Ana ROJAS"))],
        [row(100, (400, "E-mail")), row(140, (400, "a.rojas@courts.gov.cl"))],
    ]
    bottom = merged_columns.header_bottom(cells)
    assert bottom == 100 + HEIGHT


def test_a_first_row_of_names_is_no_header() -> None:
    cells = [
        [row(100, (100, "Ana")), row(140, (100, "ROJAS"))],
        [row(100, (400, "Judge")), row(140, (400, "Supreme Court"))],
    ]
    assert merged_columns.header_bottom(cells) is None
