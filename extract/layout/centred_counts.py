"""Rows of a table whose numbers stand at the middle of their rows, in cells set over all lines.

Where a person takes two rows of a table, name and post above, address and telephone below, the
number's cell goes over both. What stands above a number and what stands below it are then one
row: its lines reach as far above the number as below it. Works on word boxes alone (pixels of the
page image).
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from extract.layout.row_signs import is_led, number_of
from extract.layout.steps import height_of, middle_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from extract.layout.steps import Lines
    from ocr.types import Word

HEADER_LINES = 4  # lines at the top that may be names of columns
MIDDLE = 0.25  # line heights by which a number may stand off the middle of its row; chosen
SAME_LEVEL = 0.35  # line heights by which the words of one printed line differ


def rows_around_numbers(columns: Sequence[Lines]) -> list[float] | None:
    """Where rows begin (y), None if the numbers do not stand at the middle of all of them.

    Every row has several lines, and the cell behind the number begins on the first of them.
    """
    at = next((n for n, lines in enumerate(columns[:-1]) if _numbers(lines)), None)
    if at is None:
        return None
    height = height_of([line for lines in columns for line in lines])
    near = MIDDLE * height
    others = [lines for n, lines in enumerate(columns) if n != at]
    levels = _levels(others, height)
    names = columns[at + 1]
    starts = {y: line for y in levels for line in names if abs(middle_of(line) - y) < near}
    numbers = [middle_of(line) for line in _numbers(columns[at])]
    for first in range(min(HEADER_LINES, len(levels))):
        begun = _begun(levels[first:], numbers, near)
        if (
            begun
            and all(y in starts for y in begun)
            and _are_told([starts[y] for y in begun], names)
        ):
            head = levels[:1] if first else []
            return [y - near for y in (*head, *begun)]
    return None


def _numbers(lines: Lines) -> Lines:
    """Numbers alone in their lines, each one more than that above, from 1."""
    told = [(line, number_of(line[0])) for line in lines if len(line) == 1]
    counts = [(line, number) for line, number in told if number is not None]
    counting = all(b[1] == a[1] + 1 for a, b in pairwise(counts))
    whole = len(lines) - len(counts) < len(counts)
    return [line for line, _ in counts] if len(counts) > 1 and counting and whole else []


def _levels(columns: Sequence[Lines], height: float) -> list[float]:
    """The heights at which lines stand, from the top."""
    levels: list[float] = []
    for y in sorted(middle_of(line) for lines in columns for line in lines):
        if not levels or y - levels[-1] >= SAME_LEVEL * height:
            levels.append(y)
    return levels


def _begun(levels: Sequence[float], numbers: Sequence[float], near: float) -> list[float]:
    """The first levels of the rows around the numbers, which all levels together fill."""
    found: list[float] = []
    at = 0
    for number in numbers:
        off = {n: abs((levels[at] + levels[n]) / 2 - number) for n in range(at + 1, len(levels))}
        last = min(off, key=off.__getitem__, default=None)
        if last is None or off[last] > near:
            return []
        found.append(levels[at])
        at = last + 1
    return found if at == len(levels) else []


def _are_told(begun: Sequence[Sequence[Word]], names: Lines) -> bool:
    """Where forms of address lead names, one leads each row, and none stands inside of it."""
    led = sum(map(is_led, names))
    return not led or led == sum(map(is_led, begun)) == len(begun)
