"""A day that takes the room of two digits, of which one was read."""

from __future__ import annotations

import pytest

from extract.facts.lost_digits import lost_digit
from extract.note import read_note
from ocr.types import Box, Line, Page, Word

LETTER = 16
BODY = (
    "تهدي البعثة الدائمة لجمهورية مصر العربية أطيب تحياتها إلى مكتب الأمم المتحدة",
    "وتتشرف بأن تفيد بأن وفدها يتألف من:",
    "السيد محمد كرارة، مستشار، وزارة العدل",
)


def word(text: str, left: int, width: int) -> Word:
    return Word(text, Box(left, 100, left + width, 130), 0.93)


def date(day: str, width: int) -> tuple[Word, ...]:
    """As the Arabic model gives it: the day to the right of its month."""
    return (word(day, 400, width), word("أبريل", 310, 74), word("2019", 200, 4 * LETTER))


@pytest.mark.parametrize(
    ("day", "width", "lost"),
    [
        ("7", 2 * LETTER, "7"),
        ("7", LETTER, None),
        ("1", 6, None),
        ("27", 2 * LETTER, None),
        ("27", 3 * LETTER, "27"),
    ],
)
def test_a_day_wider_than_its_digits_lost_one(day: str, width: int, lost: str | None) -> None:
    assert lost_digit(date(day, width)) == lost


def test_without_a_year_that_stands_apart_nothing_is_said() -> None:
    assert lost_digit((word("7", 400, 90), word("مايو2019", 200, 150))) is None


@pytest.mark.parametrize(("width", "doubted"), [(2 * LETTER, True), (LETTER, False)])
def test_the_notes_date_is_doubted_for_it(width: int, doubted: bool) -> None:
    lines = [Line(date("7", width))]
    for number, text in enumerate(BODY):
        words, left, top = [], 1500, 400 + 60 * number
        for one in text.split():
            left -= 12 * len(one) + 10
            words.append(Word(one, Box(left, top, left + 12 * len(one), top + 30), 0.93))
        lines.append(Line(tuple(words)))
    page = Page(1, 1700, 2200, 200, "read", tuple(lines), language="ar", mean_confidence=0.9)
    note = read_note((page,))
    assert note.note_date is not None
    assert note.note_date.text == "2019-04-07"
    assert ("date_uncertain" in [d.code for d in note.doubts]) == doubted
