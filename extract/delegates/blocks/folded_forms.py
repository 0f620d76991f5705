"""Forms with two labels in a row: ``Name | Ms. X | Post | Judge``, as forms with one.

Columns of labels and of values stand in turn. Folded, each row gives as many as it has labels.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from extract.delegates.blocks.grid import Grid
from extract.delegates.parts.columns import kind_of_header
from extract.layout.text_run import TextRun

if TYPE_CHECKING:
    from extract.layout.document import Document

PAIR = 2  # columns of a label and its value
KINDS = 3  # labels that ask for different things make a form


def folded(document: Document, grid: Grid) -> Grid:
    """The grid with each label in the first column, its value in the second.

    Others are as they are: every column in an even place must hold labels alone, asking for
    several things together, and no other column may hold one.
    """
    columns = grid.columns
    if len(columns) <= PAIR or len(columns) % PAIR:
        return grid
    asked = [_asked(document, grid, column) for column in columns]
    labels, values = asked[::PAIR], asked[1::PAIR]
    told = {kind for kinds in labels for kind in kinds} - {None}
    whole = all(kinds and 2 * kinds.count(None) < len(kinds) for kinds in labels)
    others = {kind for kinds in values for kind in kinds} - {
        None,
        "organization",
    }  # "Supreme Court"
    if not whole or len(told) < KINDS or others:
        return grid
    pairs = len(columns) // PAIR
    cells = {
        (row * pairs + place // PAIR, place % PAIR): grid.cells[(row, column)]
        for row in grid.rows
        for place, column in enumerate(columns)
        if (row, column) in grid.cells
    }
    return Grid(cells, grid.kind)


def _asked(document: Document, grid: Grid, column: int) -> list[str | None]:
    """What the cells of a column ask for, where they are labels."""
    cells = (grid.cells.get((row, column)) for row in grid.rows)
    runs = [TextRun(document, numbers) for numbers in cells if numbers]
    return [kind_of_header(run, 0, len(run.text)) for run in runs]
