"""Whether a value arrived whole is told by words and boxes alone."""

from __future__ import annotations

from benchmarks.whole_values import counted
from ocr.types import Box, Cell, Line, Page, Table, Word


def words(text: str, left: int, top: int) -> tuple[Word, ...]:
    found = []
    for part in text.split():
        found.append(Word(part, Box(left, top, left + 10 * len(part), top + 20), 0.9))
        left += 10 * len(part) + 8
    return tuple(found)


def page(*lines: tuple[Word, ...], tables: tuple[Table, ...] = ()) -> Page:
    return Page(1, 1600, 2200, 200, "read", tuple(Line(w) for w in lines), tables)


PERSON: dict[str, object] = {"name": "Ana Lucía BRIGHT", "email": "ana.bright@justice.xx"}


def test_values_wrapped_in_their_column_are_whole() -> None:
    read = page(
        (*words("Ana Lucía", 100, 100), *words("ana.bright@jus", 600, 100)),
        (*words("Bright", 100, 130), *words("tice.xx", 602, 130)),
    )
    assert counted([PERSON], [read]) == (2, 2)


def test_a_value_with_a_wrong_letter_is_not_whole() -> None:
    read = page(words("Ana Lucia BRIGHT ana.bright@justice.xx", 100, 100))
    assert counted([PERSON], [read]) == (2, 1)


def test_a_value_torn_by_another_column_is_not_whole() -> None:
    read = page(
        (*words("Ana Lucía", 100, 100), *words("Adviser", 215, 100)),
        words("BRIGHT", 400, 160),
    )
    assert counted([{"name": "Ana Lucía BRIGHT"}], [read]) == (1, 0)


def test_a_cell_whose_lines_are_centred_is_whole() -> None:
    table = Table(Box(0, 0, 800, 200), (Cell(0, 0, Box(0, 0, 400, 200)),))
    read = page(words("Ana Lucía", 100, 40), words("BRIGHT", 160, 70), tables=(table,))
    assert counted([{"name": "Ana Lucía BRIGHT"}], [read]) == (1, 1)
