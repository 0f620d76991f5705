"""The names of the columns are a row of their own, whatever the white below them."""

from __future__ import annotations

from extract.layout.records import cells_of
from extract.layout.rows import Row
from ocr.types import Box, Word

PITCH = 40


def line(text: str, x: int, row: int) -> tuple[Word, ...]:
    words, left = [], x
    for part in text.split():
        box = Box(left, row * PITCH, left + 15 * len(part), row * PITCH + 30)
        words.append(Word(part, box, 0.95))
        left += 15 * (len(part) + 1)
    return tuple(words)


def test_a_header_and_the_first_person_are_two_rows() -> None:
    texts = (
        ("Name", "Position", "E-mail"),
        ("Ms. Ilda VARGO", "Judge", "i.vargo@court.example"),
        ("Mr. Oto BRANDL", "Notary", "o.brandl@trade.example"),
    )
    columns = [
        [line(row[n], x, place) for place, row in zip((1, 2, 4), texts, strict=True)]
        for n, x in enumerate((100, 700, 1300))
    ]
    table = [{n: list(lines[row]) for n, lines in enumerate(columns)} for row in range(3)]
    rows = [Row(tuple(word for cell in cells.values() for word in cell)) for cells in table]
    cells, spans = cells_of(columns, rows, table)
    assert not spans
    assert [[w.text for w in cells[row, 1][0]] for row in range(3)] == [
        ["Position"],
        ["Judge"],
        ["Notary"],
    ]
