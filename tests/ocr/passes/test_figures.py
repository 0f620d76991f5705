"""Numbers cut beside a 1 are whole again, and two numbers stay two."""

from __future__ import annotations

from functools import reduce
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageDraw, ImageFont

from ocr.image import Grey
from ocr.passes.first import figures
from ocr.types import Box, Line, Word

FONT = ImageFont.truetype("DejaVuSansMono.ttf", 40)


def typed(printed: str, *parts: str) -> tuple[Grey, Line]:
    """``printed`` in type of one width, and a line of the words it was read as."""
    picture = Image.new("L", (900, 120), 255)
    ImageDraw.Draw(picture).text((40, 30), printed, fill=0, font=FONT)
    image = np.asarray(picture)
    pitch = FONT.getlength("0")
    words, start = [], 0
    for part in parts:
        start = printed.index(part, start)
        left, right = round(40 + start * pitch), round(40 + (start + len(part)) * pitch)
        columns = np.flatnonzero((image[:, left:right] < 160).any(axis=0))
        words.append(Word(part, Box(left + columns[0], 30, left + columns[-1] + 1, 70), 0.8))
        start += len(part)
    return image, Line(tuple(words))


@pytest.mark.parametrize("parts", [("6.1", "12/419"), ("6011", "1-0417-08"), ("+4366431", "22988")])
def test_a_number_cut_beside_a_1_is_whole(parts: tuple[str, str]) -> None:
    image, line = typed("".join(parts), *parts)
    (word,) = figures.whole(image, (line,))[0].words
    assert word.text == "".join(parts)
    assert word.box == reduce(Box.union, (w.box for w in line.words))


@pytest.mark.parametrize("parts", [("1991", "2019"), ("43", "1", "26060"), ("12", "April", "1")])
def test_numbers_with_a_space_between_them_stay_apart(parts: tuple[str, ...]) -> None:
    image, line = typed(" ".join(parts), *parts)
    assert figures.whole(image, (line,)) == (line,)


def test_a_blot_tells_nothing() -> None:
    image = np.zeros((100, 200), dtype=np.uint8)
    line = Line((Word("31", Box(10, 10, 60, 50), 0.9), Word("12", Box(70, 10, 120, 50), 0.9)))
    assert figures.whole(image, (line,)) == (line,)


@given(st.lists(st.text("01-/ a", min_size=1, max_size=6), max_size=5), st.integers(-20, 990))
def test_no_sign_is_lost(texts: list[str], left: int) -> None:
    image, _ = typed("101")
    boxes = [Box(left + 50 * n, 30, left + 50 * n + 40, 70) for n in range(len(texts))]
    line = Line(tuple(Word(t, b, 0.9) for t, b in zip(texts, boxes, strict=True)))
    (after,) = figures.whole(image, (line,))
    assert "".join(w.text for w in after.words) == "".join(texts)
    assert all(a.box.left <= b.box.left for a, b in pairwise(after.words))
