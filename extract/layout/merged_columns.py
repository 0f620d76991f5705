"""Columns and rows of a ruled table between which the page reader lost the rule.

Several column names then stand in one cell of the header, and white space parts the words below it.
Boxes are pixels of the page image; a right-to-left page is looked at in a mirror.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from extract.layout.rows import Row, header_label, pitch_of, segments

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ocr.types import Word

# words that may cross a border because the reader glued two of them
GLUED = 0.15
# cells that must begin with a column name for a header to be seen in them
LABELLED_CELLS = 2
MOSTLY = 0.6  # of the longer cells that must begin so
# white between two column names, in line heights
HEADER_GAP = 0.6


def borders(header: Sequence[tuple[Word, ...]], below: Sequence[Word]) -> list[float]:
    """Borders (x) that part one cell's column, none when it is one column.

    Args:
        header: the words of the header's cell, row by row from left to right.
        below: the words of the column's other cells.
    """
    if not header or not below:
        return []
    parts = segments(header[0], HEADER_GAP)
    known = sum(header_label(" ".join(w.text for w in part)) is not None for part in parts)
    if len(parts) < 2 or 2 * known < len(parts):
        return []
    found: list[float] = []
    for left, right in pairwise(parts):
        border = _border(left, right, below)
        if border is None:
            return []
        found.append(border)
    return found


def header_bottom(cells: Sequence[Sequence[tuple[Word, ...]]]) -> float | None:
    """Where the header ends in a first row that holds the first record, too; None if it does not.

    Args:
        cells: the first row's cells, each row by row.
    """
    ends: list[float] = []
    longer = [rows for rows in cells if len(rows) > 1]
    for rows in longer:
        for size in (2, 1):
            words = [w for row in rows[:size] for w in row]
            if len(rows) > size and header_label(" ".join(w.text for w in words)) is not None:
                ends.append(max(w.box.bottom for w in words))
                break
    if len(ends) < LABELLED_CELLS or len(ends) < MOSTLY * len(longer):
        return None
    return max(ends)


def _border(left: list[Word], right: list[Word], below: Sequence[Word]) -> float | None:
    """The place between two column names that fewest words cross, nearest to the second."""
    start, end = right[0].box.left, left[-1].box.right
    height = pitch_of([Row((w,)) for w in below])
    crossings = {
        x: sum(w.box.left < x < w.box.right for w in below)
        for x in range(start - int(0.3 * height), end, -2)
    }
    if not crossings:
        return None
    least = min(crossings.values())
    if least > GLUED * len(below):
        return None
    return float(next(x for x, count in crossings.items() if count == least))
