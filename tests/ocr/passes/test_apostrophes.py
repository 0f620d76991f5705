"""Apostrophes are straight or curled as printed, whatever the readers saw."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from ocr.image import Grey, as_bytes
from ocr.passes.second.apostrophes import as_printed
from ocr.types import SIGN_UNTOLD, Box, Line, SecondReading, Word

NAMES = ("N{}DOUR Awa", "Directrice d{}études", "l{}Office O{}BRIEN")


def printed(sign: str, face: str, size: int = 34) -> tuple[Grey, tuple[Line, ...]]:
    """A page in a typeface, and its lines as a reader gives them that makes all signs straight."""
    font = ImageFont.truetype(face, size)
    paper = Image.new("L", (900, 90 * len(NAMES)), 255)
    pen, lines = ImageDraw.Draw(paper), []
    for number, name in enumerate(NAMES):
        x, y, words = 40.0, 20 + 90 * number, []
        for text in name.format(*sign * 2).split():
            box = font.getbbox(text)
            pen.text((x, y), text, font=font, fill=10)
            place = Box(round(x + box[0]), round(y + box[1]), round(x + box[2]), round(y + box[3]))
            words.append(Word(text.replace("’", "'"), place, 0.95))
            x += font.getlength(text + " ")
        line = Line(tuple(words))
        seen = SecondReading(line.text, line.box, 0.99, "other")
        lines.append(replace(line, second=(seen,)))
    return as_bytes(np.asarray(paper)), tuple(lines)


@pytest.mark.parametrize("face", ["DejaVuSerif.ttf", "LiberationSerif-Regular.ttf"])
@pytest.mark.parametrize("sign", ["'", "’"])
def test_all_of_a_page_are_as_it_prints_them(sign: str, face: str) -> None:
    image, lines = printed(sign, face)
    for line, name in zip(as_printed(image, lines), NAMES, strict=True):
        assert line.text == name.format(*sign * 2)
        assert [reading.text for reading in line.second] == [line.text]


def test_a_name_that_was_copied_into_a_page_keeps_its_own() -> None:
    curled, lines = printed("’", "DejaVuSerif.ttf")
    straight, _ = printed("'", "DejaVuSerif.ttf")
    half = curled.shape[0] // len(NAMES)
    mixed = as_bytes(np.vstack([straight[:half], curled[half:]]))
    found = [line.text for line in as_printed(mixed, lines)]
    assert found == [NAMES[0].format("'"), *(n.format("’", "’") for n in NAMES[1:])]


def test_what_was_read_stays_where_nothing_is_to_be_seen() -> None:
    image, lines = printed("’", "DejaVuSerif.ttf")
    blank = as_printed(as_bytes(np.full_like(image, 255)), lines)
    assert [line.text for line in blank] == [line.text for line in lines]
    assert as_printed(image, ()) == ()


def test_a_word_whose_sign_nothing_tells_or_its_page_contradicts_waits_for_a_person() -> None:
    image, lines = printed("’", "DejaVuSerif.ttf")
    assert SIGN_UNTOLD not in confidences(as_printed(image, lines))
    blank = as_bytes(np.full_like(image, 255))
    assert confidences(as_printed(blank, lines)).count(SIGN_UNTOLD) == 4  # all there are
    straight, _ = printed("'", "DejaVuSerif.ttf")
    half = image.shape[0] // len(NAMES)
    mixed = as_bytes(np.vstack([straight[:half], image[half:]]))
    assert confidences(as_printed(mixed, lines))[0] == SIGN_UNTOLD


def confidences(lines: tuple[Line, ...]) -> list[float]:
    return [word.confidence for line in lines for word in line.words]


def test_quotation_marks_stay() -> None:
    image, lines = printed("’", "DejaVuSerif.ttf")
    quoted = replace(lines[0].words[0], text="'Nations'")
    (line,) = as_printed(image, (Line((quoted, *lines[1].words)),))
    assert line.text == "'Nations' Directrice d’études"
