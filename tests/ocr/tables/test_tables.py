"""Grids are found from their rules, and rules that were read as letters go."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from ocr.tables.grids import find_tables
from ocr.tables.rules import find_rules, parted, without_rules
from ocr.types import Box, Line, Word
from tests.ocr.drawn_grid import XS, YS, grid, write


@pytest.mark.parametrize(("rule", "width"), [(40, 2), (0, 4), (190, 1)])
def test_dark_thick_and_faint_rules_make_the_same_grid(rule: int, width: int) -> None:
    (table,) = find_tables(grid(rule=rule, width=width), 200)
    assert len(table.cells) == 9
    cell = next(c for c in table.cells if (c.row, c.column) == (1, 2))
    assert np.abs(np.array([cell.box.left, cell.box.top]) - [XS[2], YS[1]]).max() <= 3


def test_broken_rules_are_mended() -> None:
    page = grid()
    page[:, 400:408] = 250
    page[340:346] = 250
    (table,) = find_tables(page, 200)
    assert len(table.cells) == 9


def test_cells_without_a_rule_between_them_are_one() -> None:
    page = grid()
    page[YS[0] + 5 : YS[1] - 5, XS[1] - 3 : XS[1] + 4] = 250  # first row, columns 0 and 1
    page[YS[2] - 3 : YS[2] + 4, XS[2] + 5 : XS[3] - 5] = 250  # last column, rows 1 and 2
    (table,) = find_tables(page, 200)
    spans = {(c.row, c.column): (c.row_span, c.column_span) for c in table.cells}
    assert spans[0, 0] == (1, 2)
    assert spans[1, 2] == (2, 1)
    assert len(spans) == 7


def test_a_table_open_at_the_sides_has_its_outer_columns() -> None:
    page = grid()
    page[YS[0] + 4 : YS[-1] - 3, XS[0] - 3 : XS[0] + 4] = 250
    page[YS[0] + 4 : YS[-1] - 3, XS[-1] - 3 : XS[-1] + 4] = 250
    (table,) = find_tables(page, 200)
    assert max(c.column for c in table.cells) == 2


def test_underlines_frames_and_print_are_no_tables() -> None:
    page = np.full((1200, 1650), 250, np.uint8)
    cv2.line(page, (100, 300), (900, 300), 0, 2)
    cv2.rectangle(page, (100, 500), (1500, 1100), 0, 2)
    for y in range(540, 1080, 40):
        write(page, "Illinois Hill will kill Bill " * 2, 120, y)
    assert find_tables(page, 200) == ()


def test_rules_read_as_letters_are_taken_off() -> None:
    page = grid()
    name = write(page, "Name", XS[1] + 8, YS[1] - 20)
    read = Word("|Name", Box(XS[1] - 2, name.box.top, name.box.right, name.box.bottom), 0.8)
    rule = Word("|", Box(XS[2] - 3, YS[0], XS[2] + 3, YS[1]), 0.9)
    (line,) = without_rules((Line((read, rule)),), find_rules(page, 200))
    assert line.text == "Name"


@pytest.mark.parametrize(
    ("text", "left", "right", "parts"),
    [
        ("CP579|attaché", -60, 90, ["CP579", "attaché"]),
        ("|CP579|attaché|", -60, 90, ["CP579", "attaché"]),
        ("|1", -10, 40, ["1"]),
        ("1|", -40, 10, ["1"]),
        ("CP579|attaché", 10, 160, ["CP579|attaché"]),
        ("|", -4, 4, ["|"]),
    ],
)
def test_a_word_read_with_a_wall_is_parted_there(
    text: str, left: int, right: int, parts: list[str]
) -> None:
    wall, top = XS[1], YS[1] + 20
    word = Word(text, Box(wall + left, top, wall + right, top + 30), 0.5)
    (line,) = parted((Line((word,)),), find_rules(grid(), 200))
    assert [w.text for w in line.words] == parts
    if parts != [text]:
        assert all(w.box.right <= wall + 2 or w.box.left >= wall - 2 for w in line.words)


def test_bars_on_a_page_without_rules_are_kept() -> None:
    page = np.full((600, 600), 250, np.uint8)
    line = Line((Word("a|b", Box(10, 10, 60, 30), 0.9), Word("|", Box(70, 10, 75, 30), 0.9)))
    assert without_rules((line,), find_rules(page, 200)) == (line,)
