"""What stands behind a Chinese form of address is what was printed, not what it was taken for."""

from __future__ import annotations

import pytest

from extract.layout.han_signs import with_signs_behind_names
from ocr.types import Box, Line, Page, Word
from tests.extract.conftest import make_page


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        ("高云峰先生一一环境保护司处长", "高云峰先生——环境保护司处长"),
        ("高云峰先生一 环境保护司处长", "高云峰先生— 环境保护司处长"),
        ("高云峰先生。环境保护司处长 外交部", "高云峰先生，环境保护司处长 外交部"),
        ("高云峰先生一等秘书", "高云峰先生一等秘书"),
        ("并派高云峰先生。顺致崇高敬意", "并派高云峰先生。顺致崇高敬意"),
        ("逐条一一说明", "逐条一一说明"),
    ],
)
def test_a_dash_or_a_comma_leads_to_the_post(read: str, printed: str) -> None:
    page = with_signs_behind_names(make_page((read,), "zh"))
    assert page.lines[0].text == printed


@pytest.mark.parametrize("words", [("二、高，山，参赞",), ("高，", "山，参赞")])
def test_the_white_in_a_name_of_two_characters_is_no_comma(words: tuple[str, ...]) -> None:
    boxes = (Box(100 * n, 100, 100 * n + 90, 130) for n in range(len(words)))
    line = Line(tuple(Word(w, b, 0.95) for w, b in zip(words, boxes, strict=True)))
    page = Page(1, 1000, 1000, 200, "read", lines=(line,), language="zh")
    (read,) = with_signs_behind_names(page).lines
    assert read.text.replace(" ", "").endswith("高山，参赞")
