"""Pages with print tesseract leaves out: read after all, or said to be unread."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from ocr.engines import rapid_detector
from ocr.passes.missing import difficulty, unread
from ocr.reader import read_page
from ocr.settings import OcrSettings
from ocr.types import Box, Cell, Line, SecondReading, Table, Word
from tests.ocr.conftest import ENGLISH

Grey = NDArray[np.uint8]
Draw = Callable[..., Grey]
Save = Callable[..., Path]


@pytest.fixture
def pleading() -> Grey:
    """Lines with numbers in the margin, left of a double rule."""
    picture = Image.new("L", (1700, 2200), 250)
    pen, face = ImageDraw.Draw(picture), ImageFont.truetype("DejaVuSerif.ttf", 33)
    for number in range(1, 25):
        y = 150 + number * 80
        pen.text((215, y), str(number), font=face, fill=20, anchor="ra")
        pen.text((320, y), ENGLISH[number % 3], font=face, fill=20)
    for x in (250, 258):
        pen.line((x, 0, x, 2200), fill=20, width=3)
    return np.asarray(picture, np.uint8)


def test_numbers_of_lines_are_read(pleading: Grey, save: Save, settings: OcrSettings) -> None:
    pytest.importorskip("rapidocr")
    page = read_page(save(pleading, "filing.png"), 1, settings, ("en",))
    words = page.text.split()
    assert sum(str(n) in words for n in range(1, 25)) >= 22
    assert (page.outcome, page.unread) == ("read", ())


def test_the_detector_finds_each_line(draw_page: Draw) -> None:
    pytest.importorskip("rapidocr")
    boxes = rapid_detector.find_print(draw_page(ENGLISH), 200)
    assert len(boxes) == len(ENGLISH)
    assert all(box.width > 300 and 20 < box.height < 80 for box in boxes)


def words(*texts: str, confidence: float = 0.95) -> Line:
    return Line(
        tuple(
            Word(text, Box(100 * i, 0, 100 * i + 80, 20), confidence)
            for i, text in enumerate(texts)
        )
    )


LETTER = tuple(words(*"the Mission has the honour to inform".split()) for _ in range(25))  # noqa: SIM905


def test_a_letter_is_not_hard() -> None:
    assert not difficulty.is_hard(LETTER, (), (), 200)


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param(LETTER + (words("ab", "cd", confidence=0.3),) * 15, id="unsure words"),
        pytest.param((words("Total"), words("12.50"), words("Vienna")) * 20, id="cells"),
        pytest.param(LETTER * 3, id="dense print"),
    ],
)
def test_tables_and_worn_print_are_hard(lines: tuple[Line, ...]) -> None:
    assert difficulty.is_hard(lines, (), (), 200)


def test_a_large_grid_is_hard() -> None:
    cells = tuple(Cell(r, c, Box(0, 0, 9, 9)) for r in range(20) for c in range(5))
    assert difficulty.is_hard(LETTER, (Table(Box(0, 0, 9, 9), cells),), (), 200)


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
