"""A table, cards or lists that only white space shows: their words by row and column."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from extract.layout.steps import Lines

GridKind = Literal["ruled", "columns", "cards", "lists"]


@dataclass(frozen=True, slots=True, eq=False)
class UnruledGrid:
    """Lines of words by (row, column), columns from the left.

    A ``columns`` grid is a table, one person a row; a cell of ``cards`` is one person, a cell of
    ``lists`` several. ``spans`` says beside how many rows a cell stands, where that is not one.
    ``aside`` is a box of persons beside running text, which they follow.
    """

    cells: dict[tuple[int, int], Lines]
    columns: int
    kind: GridKind = "columns"
    spans: Mapping[tuple[int, int], int] = field(default_factory=dict)
    aside: bool = False
