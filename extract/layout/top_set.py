"""Rows of a table whose cells are set to the top, told by the white below the shorter cells.

Where rows follow each other as closely as the lines of a cell, no step tells them apart. But the
cells of a row begin on one line: a column that goes on after a line without it begins a new row,
and all the others do so beside it. Boxes are pixels of the page image.
"""

from __future__ import annotations

import statistics
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from extract.layout.rows import is_header

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ocr.types import Word

    Line = tuple[Word, ...]

SAME_LEVEL = 0.35  # line heights by which the words of one printed line differ
EVEN = 0.75  # of the step in a cell; less is from one cell to another that is not set to the top
ROOM = 0.5  # white behind a line that the next word would leave, in line heights
MOSTLY = 0.5  # share of the columns whose lines need not have ended where they do


@dataclass(frozen=True, slots=True)
class Level:
    """What stands at one height, by column."""

    middle: float
    lines: dict[int, Line]


def row_starts(
    columns: Sequence[Sequence[Line]], begins: Callable[[Line, Line | None], bool]
) -> list[float] | None:
    """Where rows begin (y), None where lines stand at different heights beside each other.

    ``begins`` tells a line that begins somebody's cell by its words and those right above it.
    """
    height = statistics.median(w.box.height for lines in columns for x in lines for w in x) or 1
    levels = _levels(columns, height)
    if _least_step([levels]) < EVEN * _least_step(
        [[x for x in levels if c in x.lines] for c in range(len(columns))]
    ):
        return None
    resumed = [n for n, (a, b) in enumerate(pairwise(levels), 1) if b.lines.keys() - a.lines.keys()]
    filled = {c: sum(c in levels[n].lines for n in (0, *resumed)) for c in range(len(columns))}
    keys = {c for c, n in filled.items() if n > MOSTLY * len(resumed)}
    widths = {c: _width(lines) for c, lines in enumerate(columns)}
    starts = [levels[0]]
    for number, (above, level) in enumerate(pairwise(levels), 1):
        led = any(begins(line, above.lines.get(c)) for c, line in level.lines.items())
        told = led or number in resumed or is_header(above.lines.values())
        most = len(keys & level.lines.keys()) >= MOSTLY * len(keys)
        # a name over the width of its row begins it: "1. Mr. X", below it his post and office
        above_row = led and level.lines.keys() == {0}
        whole = keys <= level.lines.keys() and _is_apart(above, level, widths)
        if (told and most) or above_row or whole:
            starts.append(level)
    return [level.middle - SAME_LEVEL * height for level in starts]


def _levels(columns: Sequence[Sequence[Line]], height: float) -> list[Level]:
    placed = sorted(
        (
            (sum(w.box.center[1] for w in line) / len(line), column, line)
            for column, lines in enumerate(columns)
            for line in lines
        ),
        key=lambda x: x[0],
    )
    levels: list[Level] = []
    for middle, column, line in placed:
        if levels and middle - levels[-1].middle < SAME_LEVEL * height:
            levels[-1].lines.setdefault(column, line)
        else:
            levels.append(Level(middle, {column: line}))
    return levels


def _least_step(columns: Sequence[Sequence[Level]]) -> float:
    steps = (b.middle - a.middle for levels in columns for a, b in pairwise(levels))
    return min(steps, default=0.0)


def _is_apart(above: Level, level: Level, widths: dict[int, int]) -> bool:
    """Most lines above have room for the first word of those below them."""
    both = above.lines.keys() & level.lines.keys()
    free = sum(_has_room(above.lines[c], level.lines[c], widths[c]) for c in both)
    return free > MOSTLY * len(both)


def _has_room(above: Line, below: Line, width: int) -> bool:
    left, right = above[0].box.left, max(w.box.right for w in above)
    return right + below[0].box.width + ROOM * below[0].box.height < left + width


def _width(lines: Sequence[Line]) -> int:
    left = min(line[0].box.left for line in lines)
    return max(w.box.right for line in lines for w in line) - left
