"""Spaces inside Chinese names: those that are printed stay, those a reader made are closed."""

from __future__ import annotations

import pytest

from extract.layout.lines import page_lines
from ocr.types import Box, Line, Page, Word

SIGN, HEIGHT = 30, 32
TEXT = "外交部条约法律司的通知如下并请予以协助"


def _word(text: str, left: float, right: float, top: int = 100) -> Word:
    return Word(text, Box(round(left), top, round(right), top + HEIGHT), 0.9)


def _first_line(*words: Word) -> str:
    """The line as read, above text that shows how wide a sign is."""
    below = [Line((_word(TEXT, 100, 100 + len(TEXT) * SIGN, 200 + 50 * n),)) for n in range(4)]
    page = Page(1, 1654, 2339, 200, "read", lines=(Line(words), *below), language="zh")
    return page_lines(page)[0].text


def _cut(*parts: str, space: float = 0.0) -> list[Word]:
    """The parts of a name as narrow signs are read, after each a printed ``space`` in signs."""
    words: list[Word] = []
    x = 100.0
    for part in parts:
        end = x + len(part) * SIGN
        narrow = 16 if part != parts[-1] else 0
        words.append(_word(part, x + 2, end - narrow - 2))
        x = end + space * SIGN
    return words


@pytest.mark.parametrize(
    ("parts", "whole"),
    [
        (("王", "磊", "先生"), "王磊先生"),
        (("赵", "晓岚女士"), "赵晓岚女士"),
        (("刘", "晓", "岚"), "刘晓岚"),
    ],
)
def test_a_name_that_takes_no_more_room_than_its_signs_is_whole(
    parts: tuple[str, ...], whole: str
) -> None:
    assert _first_line(*_cut(*parts)) == whole


def test_a_printed_space_stays() -> None:
    assert _first_line(*_cut("王", "磊先生", space=0.3)) == "王 磊先生"


def test_what_stands_apart_behind_a_name_is_no_part_of_it() -> None:
    name = _cut("王", "磊")
    assert _first_line(*name, _word("处长", 400, 400 + 2 * SIGN)).startswith("王磊\t")
