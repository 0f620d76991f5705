"""Grids found from their rules; print without words found and put back."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from ocr.lines import reading_order
from ocr.passes.missing import unread
from ocr.tables.grids import find_tables
from ocr.tables.rules import find_rules, without_rules
from ocr.types import Box, Line, SecondReading, Word

Pixels = NDArray[np.uint8]
XS, YS = (100, 200, 700, 1300), (300, 380, 480, 560)


def grid(*, rule: int = 40, width: int = 2) -> Pixels:
    """Three columns, three rows, on a page of 200 dpi."""
    page = np.full((1200, 1650), 250, np.uint8)
    for x in XS:
        cv2.line(page, (x, YS[0]), (x, YS[-1]), rule, width)
    for y in YS:
        cv2.line(page, (XS[0], y), (XS[-1], y), rule, width)
    return page


def write(page: Pixels, text: str, x: int, y: int) -> Word:
    (width, height), _base = cv2.getTextSize(text, cv2.FONT_HERSHEY_SIMPLEX, 0.8, 2)
    cv2.putText(page, text, (x, y), cv2.FONT_HERSHEY_SIMPLEX, 0.8, 20, 2)
    return Word(text, Box(x, y - height, x + width, y + 2), 0.9)


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


def test_bars_on_a_page_without_rules_are_kept() -> None:
    page = np.full((600, 600), 250, np.uint8)
    line = Line((Word("a|b", Box(10, 10, 60, 30), 0.9), Word("|", Box(70, 10, 75, 30), 0.9)))
    assert without_rules((line,), find_rules(page, 200)) == (line,)


def test_print_under_no_word_is_found_and_nothing_else() -> None:
    page = grid()
    known = write(page, "Mr. John MWANGI", XS[1] + 10, YS[2] - 30)
    missed = write(page, "Director", XS[2] + 20, YS[2] - 30)
    number = write(page, "1", XS[0] + 30, YS[2] - 30)
    cv2.circle(page, (1400, 900), 150, 0, 6)  # a black seal
    page[np.random.default_rng(3).integers(0, 1200, 200), 50] = 0  # dust
    rules = find_rules(page, 200)
    grids = find_tables(page, 200, rules)
    found = unread.find_unread(page, 200, (Line((known,)),), rules, grids).boxes
    assert len(found) == 2
    for box, word in zip(found, (number, missed), strict=True):
        assert abs(box.left - word.box.left) < 12
        assert abs(box.bottom - word.box.bottom) < 12


def test_a_good_reading_becomes_a_line_in_its_place() -> None:
    reading = SecondReading("Senior Adviser", Box(100, 100, 240, 120), 0.97, "other")
    line = unread.as_line(reading)
    assert line is not None
    assert [w.text for w in line.words] == ["Senior", "Adviser"]
    assert line.words[0].box.right < line.words[1].box.left
    above, below = (Line((Word("x", Box(100, y, 120, y + 20), 1.0),)) for y in (50, 200))
    assert reading_order.inserted((above, below), (line,)) == (above, line, below)


@pytest.mark.parametrize(
    ("text", "score"), [("Senior", 0.5), ("~..-", 0.99), ("ab", 0.99), ("", 0.0)]
)
def test_a_doubtful_reading_is_no_line(text: str, score: float) -> None:
    assert unread.as_line(SecondReading(text, Box(0, 0, 50, 20), score, "other")) is None
