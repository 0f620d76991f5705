"""What stands in one row of a table: the lines of its columns are put together by white space.

Works on word boxes alone (pixels of the page image). Blocks of several columns beside each other
are a row, however their cells are set (to the top, the middle or the foot).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import pairwise
from typing import TYPE_CHECKING

from extract.layout.centred_counts import rows_around_numbers
from extract.layout.row_signs import begins_row, has_mail, number_of
from extract.layout.rows import begins_person, is_header, is_label, records_of
from extract.layout.steps import (
    NOISE,
    blocks,
    blocks_of,
    clashes,
    cut,
    groups,
    height_of,
    leading,
    middle_of,
    proof,
    rows_at,
    tops_of,
)
from extract.layout.top_set import row_starts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from extract.layout.rows import Row
    from extract.layout.steps import Block, Cells, Lines
    from ocr.types import Word

MARKS = 0.7  # share of a column's lines that are marks of a list
_MARK = re.compile(r"[(]?(?:\d{1,3}|[a-zA-Z]|[ivxlcIVXLC]{1,5})[.)]?|[^\w\s]")


def with_marks(columns: Sequence[Lines]) -> list[Lines]:
    """The columns, each of numbers or bullets joined with the one it counts."""
    found: list[Lines] = []
    marks: Lines = []
    for lines in columns:
        if _are_marks(lines) and lines is not columns[-1]:
            marks = marks + lines
            continue
        found.append(_marked(lines, marks))
        marks = []
    return found


def _are_marks(lines: Lines) -> bool:
    marks = sum(len(x) == 1 and bool(_MARK.fullmatch(x[0].text)) for x in lines)
    return marks >= 2 and marks >= MARKS * len(lines)


def _marked(lines: Lines, marks: Lines) -> Lines:
    """Each mark before the line it is nearest to, or before the first of its block."""
    if not marks:
        return lines
    result = [list(line) for line in lines]
    blocks = blocks_of(lines, leading([lines]))
    middles = [middle_of(line) for line in lines]
    for mark in marks:
        y = middle_of(mark)
        nearest = min(range(len(lines)), key=lambda n: abs(middles[n] - y))
        block = next((b for b in blocks if nearest in b), (nearest,))
        inside = nearest if abs(middles[nearest] - y) < 2 and nearest == block[0] else block[0]
        result[inside] = [*mark, *result[inside]]
    return [tuple(line) for line in result]


def cells_of(
    columns: Sequence[Lines], rows: Sequence[Row], table: Sequence[dict[int, list[Word]]]
) -> tuple[Cells, dict[tuple[int, int], int]]:
    """A table's cells: the blocks of all columns that stand beside each other are one row.

    Returns:
        the cells, and of those that stand beside several rows how many these are.
    """
    around = rows_around_numbers(columns)
    if around is not None:
        return cut(columns, around), {}
    cells, spans = _by_steps(columns, rows, table)
    return (cells, spans) if spans else (_with_own_header(cells), {})


def _with_own_header(cells: Cells) -> Cells:
    """The rows, the names of the columns one of their own: no white parts them from two rows."""
    top = {column: lines for (row, column), lines in cells.items() if row == 0}
    below = [lines[1] for lines in top.values() if len(lines) > 1]
    named = len(top) > 1 and is_header(lines[0] for lines in top.values())
    if not (named and len(below) == len(top) and any(map(_is_of_person, below))):
        return cells
    found: Cells = {(0, column): lines[:1] for column, lines in top.items()}
    found |= {(1, column): lines[1:] for column, lines in top.items()}
    return found | {(row + 1, column): x for (row, column), x in cells.items() if row}


def _is_of_person(line: Sequence[Word]) -> bool:
    """A form of address, or an address."""
    return begins_person(line) or has_mail(line)


def _by_steps(
    columns: Sequence[Lines], rows: Sequence[Row], table: Sequence[dict[int, list[Word]]]
) -> tuple[Cells, dict[tuple[int, int], int]]:
    """The cells by the white between rows, or by what words tell where that says too little."""
    step = leading(columns, table=True)
    starts = row_starts(columns, begins_row)
    if step is None:
        told = _told(columns, rows, table)
        if starts and len(starts) > 1 and clashes(columns, starts) <= clashes(columns, told):
            told = starts
        return cut(columns, _counted(columns, told) or told), {}
    bands, bridges = _bands(blocks(columns, step))
    if starts and proof(columns, rows_at(columns, starts)) > proof(columns, bands):
        return cut(columns, _counted(columns, starts) or starts), {}
    tops = [min(b.top for b in row) for row in groups(blocks(columns, step))]
    told = _told(columns, rows, table) if proof(columns, bands) < 1 else []
    if proof(columns, rows_at(columns, told)) <= 1:  # else words part what no step of a scan does
        told = _counted(columns, tops)
    if told:
        return cut(columns, told), {}
    cells: Cells = {}
    for number, band in enumerate(bands):
        for block in sorted(band, key=lambda b: b.top):
            cells.setdefault((number, block.column), []).extend(block.lines)
    spans: dict[tuple[int, int], int] = {}
    for block, first, last in bridges:
        cells[first, block.column] = list(block.lines)
        spans[first, block.column] = last - first + 1
    if spans:
        return cells, spans
    return _with_rests(_with_lone_addresses(cells), columns), {}


def _with_lone_addresses(cells: Cells) -> Cells:
    """The rows, an address alone in its row put to the person above, whose row has none.

    So is the rest of one: a word alone below an address.
    """
    found: Cells = {}
    place, first = -1, True
    for row in sorted({r for r, _ in cells}):
        filled = [c for r, c in cells if r == row]
        lone, above = cells[row, filled[0]], found.get((place, filled[0]), [])
        begun = any(map(has_mail, above))
        is_rest = begun and len(lone) == len(lone[0]) == 1
        own = not above and any(map(has_mail, lone))
        rest = len(filled) == 1 and not first and (own or is_rest)
        first = place < 0
        place += not rest
        for column in filled:
            found.setdefault((place, column), []).extend(cells[row, column])
    return found


def _with_rests(cells: Cells, columns: Sequence[Lines]) -> Cells:
    """The rows, each with what has no number in a table that counts its rows: its last lines.

    A line in one column alone may be a heading between two rows.
    """
    counts = next((n for n, lines in enumerate(columns) if _counting(lines)), None)
    found: Cells = {}
    place, counted = -1, False
    for row in sorted({r for r, _ in cells}):
        filled = [c for r, c in cells if r == row]
        rest = counted and counts not in filled and 1 < len(filled) < len(columns) - 1
        place += not rest
        counted = counted or counts in filled
        for column in filled:
            found.setdefault((place, column), []).extend(cells[row, column])
    return found


def _told(
    columns: Sequence[Lines], rows: Sequence[Row], table: Sequence[dict[int, list[Word]]]
) -> list[float]:
    """Where rows begin (y) when all steps are alike, by the words that begin a person's."""
    lines = [line for column in columns for line in column]
    mails = sum("@" in w.text for line in lines for w in line)
    people = sum(map(begins_person, lines))
    if max(mails, people) == 1 and min(map(len, columns)) < max(map(len, columns)):
        header = [n for n, cells in enumerate(table) if is_header(cells.values())]
        led = next(
            (n for n, cells in enumerate(table) if any(map(begins_person, cells.values()))), 0
        )
        if led and not header and any(map(is_label, table[led - 1].values())):
            header = [led - 1]
        starts = [0, *(n + 1 for n in header if n + 1 < len(rows))]
        return [rows[n].top for n in starts]
    return [rows[record[0]].top for record in records_of(rows, table)]


def _bands(
    blocks: Sequence[Block],
) -> tuple[list[list[Block]], list[tuple[Block, int, int]]]:
    """The rows, and the blocks of merged cells: beside which rows they stand, first and last."""
    bands: list[list[Block]] = []
    bridges: list[tuple[Block, int, int]] = []
    for group in groups(blocks):
        split, column = _without_bridges(group)
        at = len(bands)
        bands += [list(band) for band in split]
        for block in (b for b in group if b.column == column):
            beside = [
                n
                for n, band in enumerate(split)
                if any(b.top < block.bottom and block.top < b.bottom for b in band)
            ]
            if len(beside) > 1:
                bridges.append((block, at + beside[0], at + beside[-1]))
            else:
                bands[at + (beside or [0])[0]].append(block)
    return _without_lone(bands, bridges)


def _without_bridges(group: list[Block]) -> tuple[list[list[Block]], int | None]:
    """Rows that only the cells of one column hold together, and that column."""
    best: tuple[list[list[Block]], int | None] = [group], None
    for column in {b.column for b in group}:
        split = groups([b for b in group if b.column != column])
        whole = all(len({b.column for b in band}) > 1 for band in split)
        if whole and len(split) > len(best[0]):
            best = split, column
    return best


def _without_lone(
    bands: list[list[Block]], bridges: list[tuple[Block, int, int]]
) -> tuple[list[list[Block]], list[tuple[Block, int, int]]]:
    """A line between two rows that have nothing in its column belongs to both."""
    kept: list[list[Block]] = []
    found: list[tuple[Block, int, int]] = []
    place: dict[int, int] = {}
    for number, band in enumerate(bands):
        column = band[0].column
        around = [bands[n] for n in (number - 1, number + 1) if 0 <= n < len(bands)]
        lone = len(band) == 1 and len(around) == 2
        if lone and all(
            len(other) > 1 and all(b.column != column for b in other) for other in around
        ):
            found.append((band[0], len(kept) - 1, len(kept)))
            continue
        place[number] = len(kept)
        kept.append(band)
    moved = [(b, place[i], place[k]) for b, i, k in bridges if i in place and k in place]
    return kept, [*found, *moved]


def cards_of(columns: Sequence[Lines]) -> Cells:
    """Columns of persons: card by card in rows."""
    return cut(columns, tops_of(columns))


def _counted(columns: Sequence[Lines], tops: Sequence[float]) -> list[float]:
    """Where the rows begin that a column of numbers counts, none if ``tops`` part all of them.

    Cells are set to the top of their row, beside its number.
    """
    numbers = next((told for lines in columns if (told := _counting(lines))), [])
    rows = [bisect_right(tops, middle_of(line)) for line in numbers]
    if len(set(rows)) == len(rows):
        return []
    lines = [line for column in columns for line in column]
    near = NOISE / 2 * height_of(lines)
    at = [middle_of(number) for number in numbers]
    body = sorted(y for y in map(middle_of, lines) if bisect_right(tops, y) >= rows[0])
    if body[0] <= at[0] - near:
        return []
    return [*tops[: rows[0] - 1], *(y - near for y in at)]


def _counting(lines: Lines) -> Lines:
    """Numbers alone in their lines, each one more than that above, below the first of a header."""
    told = [number_of(line[0]) if len(line) == 1 else None for line in lines]
    first = next((n for n, number in enumerate(told) if number is not None), len(told))
    counts = told[first:]
    counting = len(counts) > 1 and all(
        b is not None and a is not None and b == a + 1 for a, b in pairwise(counts)
    )
    return [*lines[: min(first, 1)], *lines[first:]] if counting else []
