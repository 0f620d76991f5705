"""Print under no word is found, put into its place, or told."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from ocr.lines import reading_order
from ocr.passes.missing import unread
from ocr.tables.grids import find_tables
from ocr.tables.rules import find_rules
from ocr.types import Box, Line, SecondReading, Word
from tests.ocr.drawn_grid import XS, YS, grid, write

PRINT = Box(100, 100, 300, 120)


def flagged(text: str, score: float, box: Box = PRINT) -> tuple[Box, ...]:
    left_out = unread.LeftOut((box,), 20.0)
    return unread.still_unread(left_out, (SecondReading(text, box, score, "other"),))


def test_print_read_too_poorly_is_told() -> None:
    assert flagged("Dircctnr Gcneral", 0.7) == (PRINT,)


def test_print_nobody_tried_is_told() -> None:
    assert unread.still_unread(unread.LeftOut((PRINT,), 20.0), ()) == (PRINT,)


@pytest.mark.parametrize(
    ("text", "score", "box"),
    [
        ("Director", 0.95, PRINT),  # read
        ("MM", 0.7, PRINT),  # a signature
        ("unnuung", 0.3, PRINT),
        ("Dircctnr Gcneral", 0.7, Box(100, 100, 300, 160)),  # larger than the page's print
    ],
)
def test_what_was_read_and_what_is_no_print_is_not_told(text: str, score: float, box: Box) -> None:
    assert flagged(text, score, box) == ()


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


def test_two_characters_are_a_name_on_a_chinese_page() -> None:
    reading = SecondReading("高平，", Box(100, 100, 180, 130), 0.86, "other")
    assert unread.as_line(reading) is None
    line = unread.as_line(reading, chinese=True)
    assert line is not None
    assert line.text == "高平，"


def test_two_characters_under_no_word_are_found_on_a_chinese_page() -> None:
    page = np.full((1200, 1600), 255, np.uint8)
    for left in (200, 232):
        cv2.rectangle(page, (left, 300), (left + 24, 326), 0, 3)
        cv2.line(page, (left, 313), (left + 24, 313), 0, 3)
    rules = find_rules(page, 200)
    known = (Line((Word("外交部三等秘书", Box(100, 1100, 310, 1130), 0.9),)),)
    boxes = unread.find_unread(page, 200, known, rules, ()).boxes
    assert [box.left < 205 and box.right > 250 and box.width < 100 for box in boxes] == [True]
    latin = (Line((Word("Ministry of Justice", Box(100, 1100, 310, 1130), 0.9),)),)
    assert unread.find_unread(page, 200, latin, rules, ()).boxes == ()


@pytest.mark.parametrize(
    ("text", "score", "arabic", "latin"),
    [
        ("a.hadi@moj.gov.xx", 0.99, True, True),
        ("a.hadi@moj.gov.xx", 0.99, False, True),
        ("a.hadi@moj.gov.xx", 0.8, True, False),
        ("CU 2019/59/(A)/DTA", 0.99, True, True),
        ("MOCKBA, OTAEA", 0.99, False, False),  # Cyrillic print looks so
        ("ll 1", 0.99, True, False),
    ],
)
def test_latin_print_on_pages_in_other_letters_is_told(
    text: str, score: float, arabic: bool, latin: bool
) -> None:
    reading = SecondReading(text, PRINT, score, "rapidocr")
    assert unread.is_latin_print(reading, arabic=arabic) is latin
