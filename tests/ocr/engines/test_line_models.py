"""The models for lines read drawn names: Arabic as it is spoken, Cyrillic with every letter."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from ocr.children.limits import Limits
from ocr.engines import rapid
from ocr.engines.line_models import ARABIC, CYRILLIC, LineEngine, from_right
from ocr.errors import ChildTimeout
from ocr.image import Grey, as_bytes
from ocr.passes.second import third_reader
from ocr.types import ARABIC_LINES, CYRILLIC_LINES, Box, Line, Word

pytestmark = pytest.mark.skipif(
    not rapid.is_installed(), reason="the extra second-reader is not installed"
)
NAMES = ("عبد الله بن سالم الكثيري", "نائب مدير الشؤون القانونية", "فاطمة الزهراء بوشارب")


CYRILLIC_NAMES = (
    "Ҷалолова Қандигул Ҳамидовна",
    "ӨТЕПОВ Ғани Тұрсынұлы",
    "Щеголькова Э. Я.",
    "начальник отдела, Министерство юстиции",
)


def _page(*texts: str, way: str = "rtl") -> tuple[Grey, tuple[Box, ...]]:
    picture = Image.new("L", (900, 70 * len(texts)), 250)
    pen, face = ImageDraw.Draw(picture), ImageFont.truetype("DejaVuSans.ttf", 32)
    for row, text in enumerate(texts):
        pen.text((880, 70 * row + 10), text, font=face, fill=20, anchor="ra", direction=way)
    image = as_bytes(np.asarray(picture, np.uint8))
    boxes = []
    for row in range(len(texts)):
        ink = np.flatnonzero((image[70 * row : 70 * row + 70] < 128).any(axis=0))
        boxes.append(Box(int(ink[0]) - 6, 70 * row + 2, int(ink[-1]) + 8, 70 * row + 66))
    return image, tuple(boxes)


def test_names_are_read_as_they_are_spoken() -> None:
    image, boxes = _page(*NAMES)
    found = LineEngine(ARABIC).names(image, boxes, ("ar",))
    assert [reading.text for reading in found] == list(NAMES)
    assert {(r.engine, r.languages) for r in found} == {(ARABIC_LINES, ("ar",))}
    assert [reading.box for reading in found] == list(boxes)


def test_cyrillic_letters_that_russian_lacks_are_read() -> None:
    image, boxes = _page(*CYRILLIC_NAMES, way="ltr")
    found = LineEngine(CYRILLIC).names(image, boxes, ("ru",))
    assert [reading.text for reading in found] == list(CYRILLIC_NAMES)
    assert {(r.engine, r.languages) for r in found} == {(CYRILLIC_LINES, ("ru",))}


def test_the_comma_is_told_from_a_full_stop() -> None:
    image, boxes = _page("قاضية، محكمة الاستئناف", "وزارة العدل.")
    first, second = LineEngine(ARABIC).names(image, boxes, ("ar",))
    assert first.text.split()[0] == "قاضية،"
    assert second.text.endswith(".")


def test_an_empty_place_reads_as_nothing() -> None:
    image = as_bytes(np.full((60, 300), 250, np.uint8))
    (found,) = LineEngine(ARABIC).names(image, (Box(10, 10, 200, 50),), ("ar",))
    assert (found.text, found.confidence) == ("", 0.0)


def test_no_line_is_begun_when_time_is_over() -> None:
    image, boxes = _page(NAMES[0])
    with pytest.raises(ChildTimeout):
        LineEngine(ARABIC, Limits(0.0, 1000).from_now()).names(image, boxes, ("ar",))


def test_letters_that_were_cut_from_a_word_are_read_with_it() -> None:
    image, (box, *_others) = _page("مستشارة", "وزارة العدل")
    cut = Box(box.left, box.top + 8, box.right - 46, box.bottom - 8)
    line = Line((Word("تشارة", cut, 0.9),))
    (found,) = third_reader.read_names(image, (line,), LineEngine(ARABIC), (cut,), ("ar",), 5)
    assert [(r.text, r.box) for r in found.second] == [("مستشارة", cut)]


@pytest.mark.parametrize(
    ("printed", "read"),
    [
        ("يلع دمحأ", "أحمد علي"),
        ("2019 ويام 7", "7 مايو 2019"),
        ("(دفولا سيئر) يلع", "علي (رئيس الوفد)"),
        ("a.ali@moj.gov.xx ديربلا", "البريد a.ali@moj.gov.xx"),
    ],
)
def test_what_is_printed_from_the_left_is_turned_but_for_figures_and_latin(
    printed: str, read: str
) -> None:
    assert from_right(printed) == read
