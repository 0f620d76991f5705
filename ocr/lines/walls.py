"""Walls between cells that words lie on: print says that no wall is there.

A streak of the scanner makes cells of a page of sentences, and a table that was not seen to end
holds the sentences below it.
"""

from __future__ import annotations

from dataclasses import replace

from ocr.types import Box, Cell, Line, Table

_ON_WALLS = 2
"""Words of a line that lie on walls from which it is no row of a table. Chosen, not measured."""

_STREAK = 3
"""Lines with a word on a wall from which that is a streak. Chosen, not measured."""

_INSET = 0.2
"""Share of a word's width that may stick out over a wall."""


def standing(tables: tuple[Table, ...], lines: tuple[Line, ...]) -> tuple[Table, ...]:
    """The tables without those that a streak made."""
    return tuple(
        table for table in tables if sum(_on_walls(line, table) == 1 for line in lines) < _STREAK
    )


def runs_across(line: Line, tables: list[Table]) -> bool:
    """A sentence whose words lie on walls: a table that was not seen to end holds it."""
    return any(_on_walls(line, table) >= _ON_WALLS for table in tables)


def _on_walls(line: Line, table: Table) -> int:
    return sum(_lies_on_wall(word.box, table) for word in line.words)


def _lies_on_wall(box: Box, table: Table) -> bool:
    left, right = _ends(box, table)
    return left is not None and right is not None and left != right


def _ends(box: Box, table: Table) -> tuple[Cell | None, Cell | None]:
    """The cells in which a word begins and ends."""
    inset, middle = round(_INSET * box.width), box.center[1]
    return (
        cell_at(box.left + inset, middle, table),
        cell_at(box.right - inset, middle, table),
    )


def cell_at(x: float, y: float, table: Table) -> Cell | None:
    """The table's cell at this place, None outside all."""
    for cell in table.cells:
        b = cell.box
        if b.left <= x < b.right and b.top <= y < b.bottom:
            return cell
    return None


def opened(tables: tuple[Table, ...], lines: tuple[Line, ...]) -> tuple[Table, ...]:
    """The tables, cells of a row one where a word lies on the wall between them.

    Between rules above and below, a letter's stem looks like the rule that goes on.
    """
    return tuple(_opened(table, lines) for table in tables)


def _opened(table: Table, lines: tuple[Line, ...]) -> Table:
    cells = list(table.cells)
    for line in lines:
        if _on_walls(line, table) >= _ON_WALLS:
            continue
        for word in line.words:
            left, right = _ends(word.box, table)
            if left is not None and right is not None and _are_beside(left, right):
                one = replace(
                    left,
                    box=left.box.union(right.box),
                    column_span=left.column_span + right.column_span,
                )
                cells = [one if cell == left else cell for cell in cells if cell != right]
                table = replace(table, cells=tuple(cells))
    return table


def _are_beside(left: Cell, right: Cell) -> bool:
    same_row = (left.row, left.row_span) == (right.row, right.row_span)
    return same_row and right.column == left.column + left.column_span
