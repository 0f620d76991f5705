"""Puts the words of ruled tables into the order in which a table is read: cell by cell.

The page reader runs its lines across the columns, so that a name of two lines is torn apart by
what stands beside it.
"""

from __future__ import annotations

from dataclasses import replace

from ocr.lines import walls
from ocr.lines.reading_order import rows_of
from ocr.lines.scripts import logical_order
from ocr.types import Box, Cell, Line, Table, Word

_BLOCKS_A_TABLE = 1000
"""Numbers of blocks kept for the cells of one table; of a larger one they run into the next's,
which only tells two blocks less well apart."""


def cell_by_cell(
    lines: tuple[Line, ...], tables: tuple[Table, ...], from_right: bool
) -> tuple[Line, ...]:
    """The lines, with those in a table cut at the cells and ordered by row and column.

    A table stands where its first line stood. A cell's lines are a block of their own.

    Args:
        lines: in reading order.
        tables: the grids on the page.
        from_right: columns are read from the right, as in Arabic.
    """
    grids = [table for table in tables if _is_grid(table)]
    if not grids:
        return lines
    first_block = max((line.block for line in lines), default=0) + 1
    result: list[Line] = []
    inside: dict[int, list[tuple[Cell, Word]]] = {}
    anchor: dict[int, int] = {}
    for line in lines:
        outside = []
        across = walls.runs_across(line, grids)
        for word in line.words:
            at = None if across else _cell_of(word.box, grids)
            if at is None:
                outside.append(word)
                continue
            inside.setdefault(at[0], []).append((at[1], word))
            anchor.setdefault(at[0], len(result))
        if outside:
            result.append(replace(line, words=tuple(outside)))
    for number in sorted(inside, key=lambda n: (-anchor[n], -grids[n].box.top)):
        block = first_block + _BLOCKS_A_TABLE * number
        found = _ordered(inside[number], from_right, block)
        result[anchor[number] : anchor[number]] = found
    return tuple(result)


def _is_grid(table: Table) -> bool:
    """Two rows and two columns at least: a frame is no table."""
    return len({c.row for c in table.cells}) > 1 and len({c.column for c in table.cells}) > 1


def _cell_of(box: Box, grids: list[Table]) -> tuple[int, Cell] | None:
    for number, table in enumerate(grids):
        cell = walls.cell_at(*box.center, table)
        if cell is not None:
            return number, cell
    return None


def _ordered(members: list[tuple[Cell, Word]], from_right: bool, block: int) -> list[Line]:
    words: dict[Cell, list[Word]] = {}
    for cell, word in members:
        words.setdefault(cell, []).append(word)
    order = sorted(words, key=lambda c: (c.row, -c.column if from_right else c.column))
    return [
        Line(row, block=block + place)
        for place, cell in enumerate(order)
        for row in _rows(words[cell])
    ]


def _rows(words: list[Word]) -> list[tuple[Word, ...]]:
    """Words of a cell line by line, each from the left, Arabic ones from the right."""
    return [logical_order(tuple(row)) for row in rows_of(words)]
