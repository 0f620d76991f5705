"""Pages with print tesseract leaves out: read after all, or said to be unread."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from ocr.engines import rapid_detector
from ocr.reader import read_page
from ocr.settings import OcrSettings
from ocr.types import Box
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


def test_no_line_is_cut_where_the_page_is_looked_at_in_parts(pleading: Grey) -> None:
    pytest.importorskip("rapidocr")
    for sharper in (False, True):
        boxes = rapid_detector.find_print(pleading, 200, sharper=sharper)
        middles = sorted(box.center[1] for box in boxes if box.width > 300)
        assert len(middles) == 24
        assert all(60 < b - a < 100 for a, b in pairwise(middles))


def test_print_is_looked_for_in_one_place_of_a_page(pleading: Grey) -> None:
    pytest.importorskip("rapidocr")
    place = Box(290, 380, 1700, 700)  # lines 3 to 6
    boxes = rapid_detector.find_print(pleading, 200, place=place)
    middles = sorted(box.center[1] for box in boxes)
    assert len(middles) == 4
    assert all(place.holds(box) for box in boxes)


def test_looking_for_print_on_a_page_takes_little_memory(pleading: Grey, tmp_path: Path) -> None:
    pytest.importorskip("rapidocr")
    np.save(tmp_path / "page.npy", pleading)
    code = """
import resource, sys
import numpy as np
from ocr.engines import rapid_detector
page, used = np.load(sys.argv[1]), lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
rapid_detector.find_print(page[:400], 200)
before = used()
rapid_detector.find_print(page, 200, sharper=True)
print((used() - before) // 1024)
"""
    command = [sys.executable, "-c", code, str(tmp_path / "page.npy")]
    told = subprocess.run(command, capture_output=True, text=True, check=True)
    assert int(told.stdout) < 150  # MiB; in two halves it took 250
