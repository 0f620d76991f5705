"""Walls between cells that words lie on: print says that no wall is there.

A streak of the scanner makes cells of a page of sentences, and a table that was not seen to end
holds the sentences below it.
"""

from __future__ import annotations

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
    inset, middle = round(_INSET * box.width), box.center[1]
    left, right = (cell_at(x, middle, table) for x in (box.left + inset, box.right - inset))
    return left is not None and right is not None and left != right


def cell_at(x: float, y: float, table: Table) -> Cell | None:
    """The table's cell at this place, None outside all."""
    for cell in table.cells:
        b = cell.box
        if b.left <= x < b.right and b.top <= y < b.bottom:
            return cell
    return None
