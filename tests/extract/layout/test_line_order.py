"""Lines that a page reader gave in another order than they are printed in."""

from __future__ import annotations

from extract.layout.line_order import in_order
from ocr.types import Box, Line, Page, Word


def _line(text: str, left: int, top: int) -> Line:
    return Line((Word(text, Box(left, top, left + 200, top + 30), 0.9),))


def _order(*lines: Line, rtl: bool = False) -> list[str]:
    page = Page(1, 1654, 2339, 200, "read", lines=lines)
    return [line.text for line in in_order(page, rtl=rtl).lines]


def test_lines_with_nothing_beside_them_stand_from_the_top() -> None:
    lines = (_line("list", 100, 200), _line("post", 100, 240), _line("lead", 100, 120))
    assert _order(*lines) == ["lead", "list", "post"]


def test_columns_are_read_one_after_the_other() -> None:
    lines = [_line(t, x, y) for t, x, y in (("a", 100, 100), ("b", 100, 140), ("c", 700, 100))]
    lines.append(_line("d", 700, 140))
    assert _order(*lines) == ["a", "b", "c", "d"]


def test_a_line_above_two_columns_comes_before_the_column_it_was_given_behind() -> None:
    left = [_line(t, 100, y) for t, y in (("a", 100), ("b", 140))]
    right = [_line(t, 700, y) for t, y in (("c", 102), ("d", 142))]
    assert _order(*left, _line("head", 400, 40), *right) == ["head", "a", "b", "c", "d"]


def test_parts_of_an_arabic_line_are_read_from_the_right() -> None:
    parts = (_line("القيمة", 500, 100), _line("العنوان", 900, 104), _line("below", 500, 160))
    assert _order(*parts, rtl=True) == ["العنوان", "القيمة", "below"]
    assert _order(*parts) == ["القيمة", "العنوان", "below"]
