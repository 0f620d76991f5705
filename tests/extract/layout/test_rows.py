"""Rows of words: grouped by height, cut at white space; what names a column."""

from __future__ import annotations

import pytest

from extract.layout.rows import begins_person, header_label, rows_of_words, segments
from ocr.types import Box, Word


def _word(text: str, left: int, top: int = 0) -> Word:
    return Word(text, Box(left, top, left + 10 * len(text), top + 20), 0.9)


def test_words_of_one_height_are_one_row_from_left_to_right() -> None:
    words = [_word("Judge", 200, 3), _word("below", 0, 60), _word("Diallo", 0)]
    assert [[w.text for w in row] for row in rows_of_words(words)] == [
        ["Diallo", "Judge"],
        ["below"],
    ]


def test_a_row_is_cut_where_white_is_wider_than_a_space() -> None:
    row = (_word("Amina", 0), _word("Diallo", 56), _word("Judge", 160))
    assert [[w.text for w in part] for part in segments(row)] == [["Amina", "Diallo"], ["Judge"]]


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("E-mail address", "labels_email"),
        ("Nom et prénom", "table_headers.name"),
        ("Amina Diallo", None),
    ],
)
def test_a_header_is_told_by_the_words_of_the_lexicon(text: str, label: str | None) -> None:
    assert header_label(text) == label


@pytest.mark.parametrize("number", ["", "7、", "7.", "（7）"])
def test_a_number_closed_up_before_a_chinese_name_is_none_of_it(number: str) -> None:
    assert begins_person([_word(f"{number}钱晓梅女士", 0)])
    assert not begins_person([_word(f"{number}二等秘书", 0)])
