"""One table of a document: its cells, and the numbers of the lines in each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from extract.layout.document import Document
    from extract.layout.unruled_grid import GridKind


@dataclass(frozen=True, slots=True, eq=False)
class Grid:
    """Cells of one table: (row, column) → numbers of the lines in it, in reading order."""

    cells: dict[tuple[int, int], tuple[int, ...]]
    kind: GridKind = "ruled"

    @property
    def rows(self) -> tuple[int, ...]:
        """Row numbers that hold anything."""
        return tuple(sorted({r for r, _ in self.cells}))

    @property
    def columns(self) -> tuple[int, ...]:
        """Column numbers that hold anything."""
        return tuple(sorted({c for _, c in self.cells}))

    @property
    def lines(self) -> tuple[int, ...]:
        """Numbers of all lines of the grid."""
        return tuple(sorted({n for numbers in self.cells.values() for n in numbers}))


def find_grids(document: Document) -> list[Grid]:
    """The grids of all pages, in reading order."""
    return _grids(document, ("ruled", "columns"))


def find_cards(document: Document) -> list[Grid]:
    """Persons side by side, as grids; cells with a line for each label are cut into these."""
    return [_line_by_line(grid) or grid for grid in _grids(document, ("cards", "lists"))]


def _grids(document: Document, kinds: tuple[GridKind, ...]) -> list[Grid]:
    found: dict[tuple[int, int, GridKind], dict[tuple[int, int], list[int]]] = {}
    for number, line in enumerate(document.lines):
        if line.cell is not None and line.cell.kind in kinds:
            cells = found.setdefault((line.page, line.cell.grid, line.cell.kind), {})
            for row in range(line.cell.row, line.cell.row + line.cell.rows):
                cells.setdefault((row, line.cell.column), []).append(number)
    return [
        Grid({place: tuple(numbers) for place, numbers in cells.items()}, kind)
        for (_, _, kind), cells in found.items()
    ]


def _line_by_line(grid: Grid) -> Grid | None:
    """A grid of one row whose cells have equally many lines, a row for each."""
    sizes = {len(numbers) for numbers in grid.cells.values()}
    if len(grid.rows) > 1 or len(sizes) > 1 or sizes == {1}:
        return None
    cells: dict[tuple[int, int], tuple[int, ...]] = {
        (n, c): (x,) for (_, c), held in grid.cells.items() for n, x in enumerate(held)
    }
    return Grid(cells, grid.kind)
