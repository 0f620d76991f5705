"""Columns a space apart."""

from __future__ import annotations

from extract.layout.unruled import find_unruled
from extract.layout.unruled_grid import UnruledGrid
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


def texts(grid: UnruledGrid) -> dict[tuple[int, int], str]:
    return {
        place: " ".join(w.text for line in lines for w in line)
        for place, lines in grid.cells.items()
    }


def test_a_click_before_the_letters_of_a_name_is_of_the_name() -> None:
    rows = [
        row(100, (100, "Hilda !Narib"), (420, "Judge"), (760, "Court of Appeal")),
        row(100 + 2 * PITCH, (100, "Tomas ǁHoebeb"), (420, "Registrar"), (760, "Supreme Court")),
    ]
    (grid,) = find_unruled(rows)
    assert texts(grid)[0, 0] == "Hilda !Narib"


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


def test_the_closing_formula_below_a_table_is_none_of_its_cells() -> None:
    rows = [
        row(100, (100, "工作单位"), (400, "姓名"), (700, "职务")),
        row(150, (100, "渔业总局"), (400, "陶立新"), (700, "副处长")),
        row(200, (100, "海事总局"), (400, "卢晓舟"), (700, "三等秘书")),
        row(260, (90, "顺致崇高的敬意。")),
        row(330, (90, "2019"), (170, "年"), (200, "4"), (230, "月")),
    ]
    (grid,) = find_unruled(rows)
    assert [texts(grid)[1, column] for column in range(grid.columns)] == [
        "渔业总局 海事总局",
        "陶立新 卢晓舟",
        "副处长 三等秘书",
    ]


def test_numbers_before_persons_and_their_posts_are_a_column_of_a_table() -> None:
    rows = [
        row(100, (100, "1)"), (200, "Ms. Ana ROJAS"), (520, "Registrar")),
        row(134, (520, "Weaving Guild")),
        row(190, (100, "2)"), (200, "Mr. Juan SOTO"), (520, "Notary")),
        row(224, (520, "Guild of Scribes")),
        row(280, (100, "3)"), (200, "Ms. Eva PRADO"), (520, "Adviser")),
    ]
    (grid,) = find_unruled(rows)
    assert grid.columns == 3
    assert texts(grid)[1, 2] == "Notary Guild of Scribes"
