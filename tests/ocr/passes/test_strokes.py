"""Strokes of a Roman numeral are counted."""

from __future__ import annotations

import numpy as np
import pytest

from ocr.image import Grey
from ocr.passes.first import strokes
from ocr.types import Box, Line, Word


def numeral(*lefts: int) -> Grey:
    """Strokes 4 wide and 30 high."""
    image = np.full((200, 300), 255, np.uint8)
    for left in lefts:
        image[80:110, left : left + 4] = 0
    return image


def read(image: Grey, text: str) -> str:
    line = Line(
        (Word("Officer", Box(10, 80, 90, 110), 0.9), Word(text, Box(98, 78, 140, 112), 0.8))
    )
    (after,) = strokes.counted(image, (line,))
    return after.words[1].text


@pytest.mark.parametrize(
    ("lefts", "text", "printed"),
    [((100,), "I", "I"), ((100, 112), "I", "II"), ((100, 112, 124), "II", "III")],
)
def test_a_stroke_that_readers_lost_is_there(
    lefts: tuple[int, ...], text: str, printed: str
) -> None:
    assert read(numeral(*lefts), text) == printed


def test_a_rule_beside_it_is_no_stroke() -> None:
    image = numeral(100)
    image[40:160, 130:134] = 0
    assert read(image, "I") == "I"


@pytest.mark.parametrize("size", [(6, 10), (30, 24)])
def test_a_speck_and_a_blot_are_no_strokes(size: tuple[int, int]) -> None:
    image = numeral(100)
    image[90 : 90 + size[0], 112 : 112 + size[1]] = 0
    assert read(image, "I") == "I"


def test_no_other_word_is_looked_at() -> None:
    assert read(numeral(100, 112), "l") == "l"
