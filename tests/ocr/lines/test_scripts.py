"""Word order in Arabic lines, word boundaries in Chinese ones."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocr.lines.scripts import join_han, logical_order, tidy
from ocr.types import Box, Line, Word


def from_left(*texts: str, gap: int = 10, width: int = 40) -> tuple[Word, ...]:
    """Words as they stand on the paper, from left to right."""
    words, x = [], 0
    for text in texts:
        words.append(Word(text, Box(x, 0, x + width, 30), 0.9))
        x += width + gap
    return tuple(words)


@pytest.mark.parametrize(
    ("on_paper", "read"),
    [
        (["محمود", "أحمد", "السيد"], "السيد أحمد محمود"),
        (
            ["j.doe@mfa.example.org", "الإلكتروني", "البريد"],
            "البريد الإلكتروني j.doe@mfa.example.org",
        ),
        (["العدل", "Ms.", "Fatima", "Zahra", "السيدة"], "السيدة Ms. Fatima Zahra العدل"),
        (["2019", "أبريل", "3", "بتاريخ"], "بتاريخ 3 أبريل 2019"),
        (["+966", "11", "405", "هاتف"], "هاتف +966 11 405"),
        (["405", "11", "+966", "هاتف"], "هاتف +966 11 405"),
    ],
)
def test_arabic_lines_are_in_logical_order(on_paper: list[str], read: str) -> None:
    words = from_left(*on_paper)
    assert " ".join(w.text for w in logical_order(words)) == read
    assert " ".join(w.text for w in logical_order(words[::-1])) == read


def test_a_box_that_reaches_across_its_neighbours_does_not_change_the_order() -> None:
    words = (
        Word("السيد", Box(330, 0, 400, 30), 0.9),
        Word("عبد", Box(280, 0, 315, 30), 0.9),
        Word("العلوي", Box(60, 0, 400, 30), 0.7),
        Word("الرحيم", Box(190, 0, 266, 30), 0.9),
    )
    assert " ".join(w.text for w in logical_order(words)) == "السيد عبد الرحيم العلوي"


def test_lines_without_arabic_are_left_alone() -> None:
    words = from_left("b", "a")[::-1]
    assert logical_order(words) == words


@given(st.permutations(["السيد", "Mr.", "12", "a@b.example", "+43", "في", "-"]))
def test_no_word_is_lost_in_ordering(texts: list[str]) -> None:
    assert sorted(w.text for w in logical_order(from_left(*texts))) == sorted(texts)


def test_chinese_characters_of_a_run_are_one_word() -> None:
    (word,) = join_han(from_left("王", "小明", "先生", gap=2))
    assert word.text == "王小明先生"
    assert word.box == Box(0, 0, 124, 30)


def test_a_wide_gap_in_chinese_is_kept() -> None:
    assert [w.text for w in join_han(from_left("王小明", "副司长", gap=60))] == ["王小明", "副司长"]


def test_a_chinese_date_is_one_word_and_an_address_stays_alone() -> None:
    date = join_han(from_left("2019", "年", "4", "月", "3", "日", gap=4))
    assert [w.text for w in date] == ["2019年4月3日"]
    mail = join_han(from_left("邮件：", "wang@mfa.example.org", gap=4))
    assert [w.text for w in mail] == ["邮件：", "wang@mfa.example.org"]


def test_a_joined_word_has_the_confidence_of_its_parts_by_length() -> None:
    left, right = Word("王", Box(0, 0, 30, 30), 0.3), Word("小明", Box(32, 0, 90, 30), 0.9)
    (word,) = join_han((left, right))
    assert word.confidence == pytest.approx(0.7)


def test_lines_keep_their_numbering() -> None:
    (line,) = tidy((Line(from_left("王", "明", gap=1), block=3, paragraph=2),))
    assert (line.text, line.block, line.paragraph) == ("王明", 3, 2)
