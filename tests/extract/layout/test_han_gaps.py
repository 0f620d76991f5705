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


@pytest.mark.parametrize(
    ("texts", "whole"),
    [
        (("卡玛", ".苏丽娜"), "卡玛·苏丽娜"),
        (("卡玛", "苏丽娜"), "卡玛·苏丽娜"),
        (("卡玛。苏丽娜",), "卡玛·苏丽娜"),
        (("米娜", "先生，科长"), "米娜先生，科长"),
        (("出席会议。", "外交部将函告"), "出席会议。外交部将函告"),
    ],
)
def test_a_foreign_name_alone_in_its_line_has_its_dot(texts: tuple[str, ...], whole: str) -> None:
    assert "".join(_first_line(*_cut(*texts)).split()) == whole


@pytest.mark.parametrize(("trust", "name"), [(0.3, "敖和·格日"), (0.9, "敖和:'格日")])
def test_marks_that_nobody_believes_are_the_dot_of_a_name(trust: float, name: str) -> None:
    first, mark, last = _cut("敖和", ":'", "格日先生，科长")
    line = _first_line(first, Word(mark.text, mark.box, trust), last)
    assert "".join(line.split()) == f"{name}先生，科长"


def test_a_post_that_goes_on_over_white_is_whole() -> None:
    parts = _cut("外交部条约司副司", "长卡玛女士", space=0.3)
    assert _first_line(*parts) == "外交部条约司副司长卡玛女士"
