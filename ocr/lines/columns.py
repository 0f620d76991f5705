"""Where on a page print stands in columns: the rows of a table, with rules or without.

Only words are looked at. The page reader is at its worst there: it runs lines across the columns,
reads a letter twice or an end of an address not at all.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from ocr.lines.reading_order import rows_of
from ocr.lines.scripts import is_han
from ocr.types import Box, Line, Table, Word, enclosing

# In heights of the page's words; chosen on 34 foreign pages with columns.
_GUTTER = 1.5
"""White between two words of a row that parts two columns; in justified print it is narrower."""

_NEXT = 5.0
"""How far below a row with such white the next one stands: between them, cells go on."""

_ROOM = 1.0
"""How much further than its words a place reaches: an end left out may stand beside them."""

_ROWS = 3
"""Rows with white in the same place, from which it is a gutter."""

_WORD = 3
"""Letters in a row before the white, at least, a Chinese sign for two: behind the number of an item
is white, too."""


@dataclass(frozen=True, slots=True)
class Columns:
    """A place where print stands in columns, and where these begin, in pixels from the left.

    ``ruled`` tells that a rule stands there.
    """

    box: Box
    lefts: tuple[int, ...]
    ruled: bool = False


def places(lines: tuple[Line, ...], tables: tuple[Table, ...]) -> tuple[Columns, ...]:
    """Where on the page print stands in columns, from the top down.

    Args:
        lines: the page's words.
        tables: its ruled grids, each of which is such a place.
    """
    words = [word for line in lines for word in line.words]
    if not words:
        return ()
    height = median(word.box.height for word in words)
    found = [_ruled(table) for table in tables if len({c.column for c in table.cells}) > 1]
    rows = rows_of(words)
    runs: list[list[tuple[list[Word], list[Box]]]] = []
    for row in rows:
        gaps = _gaps(row, height)
        if runs and gaps and _goes_on(*runs[-1][-1], row, gaps, height):
            runs[-1].append((row, gaps))
        elif gaps:
            runs.append([(row, gaps)])
    for run in runs:
        if len(run) >= _ROWS:
            box = _place(run, rows, height)
            if not any(other.box.holds(box) for other in found):
                found.append(Columns(box, _lefts(run, height)))
    return tuple(sorted(found, key=lambda place: place.box.top))


def _ruled(table: Table) -> Columns:
    lefts = {cell.box.left for cell in table.cells if cell.box.left > table.box.left}
    return Columns(table.box, tuple(sorted(lefts)), ruled=True)


def _lefts(run: list[tuple[list[Word], list[Box]]], height: float) -> tuple[int, ...]:
    """Where words begin behind the white of two rows or more."""
    groups: list[list[int]] = []
    for end in sorted(gap.right for _row, gaps in run for gap in gaps):
        if groups and end - groups[-1][0] <= height / 2:
            groups[-1].append(end)
        else:
            groups.append([end])
    return tuple(group[0] for group in groups if len(group) > 1)


def _gaps(row: list[Word], height: float) -> list[Box]:
    found = []
    letters = 0
    for left, right in pairwise(row):
        letters += sum(1 + is_han(c) for c in left.text if c.isalpha())
        wide = right.box.left - left.box.right
        if wide >= _GUTTER * height and letters >= _WORD:
            top, bottom = sorted((left.box.top, right.box.bottom))
            found.append(Box(left.box.right, top, right.box.left, bottom))
    return found


def _goes_on(
    above: list[Word], gutters: list[Box], row: list[Word], gaps: list[Box], height: float
) -> bool:
    step = min(w.box.top for w in row) - max(w.box.bottom for w in above)
    if step > _NEXT * height:
        return False
    return any(
        min(one.right, other.right) - max(one.left, other.left) >= height / 2
        for one in gutters
        for other in gaps
    )


def _place(run: list[tuple[list[Word], list[Box]]], rows: list[list[Word]], height: float) -> Box:
    """The rows with white and those between them, and what goes on above and below them."""
    box = enclosing(tuple(word.box for row, _gaps in run for word in row))
    across = [enclosing(tuple(word.box for word in row)) for row in rows]
    for inside in across:
        if inside.top < box.bottom and box.top < inside.bottom:
            box = Box(min(box.left, inside.left), box.top, max(box.right, inside.right), box.bottom)
    near, (first, last) = _NEXT / 2 * height, (run[0][1], run[-1][1])
    for row, inside in zip(rows, across, strict=True):
        if 0 <= inside.top - box.bottom <= near and not _crosses(row, last):
            box = box.union(inside)
    for row, inside in zip(reversed(rows), reversed(across), strict=True):
        if 0 <= box.top - inside.bottom <= near and not _crosses(row, first):
            box = box.union(inside)
    room = round(_ROOM * height)
    return Box(max(0, box.left - room), max(0, box.top - room), box.right + room, box.bottom + room)


def _crosses(row: list[Word], gaps: list[Box]) -> bool:
    """True if print lies in the middle of the white between columns."""
    return any(word.box.left < gap.center[0] < word.box.right for word in row for gap in gaps)
