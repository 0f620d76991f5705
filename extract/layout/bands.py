"""Rows of a table that are one text over its width: the office or role of the rows below.

White alone takes ``Ministry of Justice`` between two rows for the end of the row above, or cuts it
where a column begins. The first such row stands right below the names of the columns, and the
others like it: at the same left edge or middle, and as far from the rows around as these are apart.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from extract.layout.row_signs import has_mail
from extract.layout.rows import begins_person, segments
from extract.layout.steps import middle_of

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from extract.layout.rows import Row
    from extract.layout.steps import Cells, Lines
    from ocr.types import Word

APART = 0.9  # of the step below the first band: what is nearer to the line above goes on with it
LEAST_WIDTH = 2.0  # line heights; less is the end of a word
OFF_MIDDLE = 4.0  # line heights between the middles of a band and of the table's ragged text
SAME_PLACE = 0.6  # line heights by which the edges or middles of two bands differ


def find_bands(rows: Sequence[Row], header: int) -> list[int]:
    """Numbers of the bands among printed rows, ``header`` being the last that names columns."""
    bands: list[int] = []
    pitch = 0.0
    for number in range(header + 1, len(rows) - 1):
        above, row, below = rows[number - 1 : number + 2]
        step, next_step = row.middle - above.middle, below.middle - row.middle
        even = min(step, next_step) >= APART * max(step, next_step)
        first = not bands and number == header + 1 and even
        if not first and (not bands or min(step, next_step) < APART * pitch):
            continue
        if not _is_across(row, rows) or len(segments(below.words)) == 1:
            continue
        if bands and not _are_alike(rows[bands[0]], row):
            continue
        pitch = pitch or next_step
        bands.append(number)
    return bands


def _is_across(row: Row, rows: Sequence[Row]) -> bool:
    """One text that begins where the table does, or stands in its middle and in no column."""
    if len(segments(row.words)) > 1 or begins_person(row.words) or has_mail(row.words):
        return False
    height = row.words[0].box.height
    left, right = row.words[0].box.left, row.right
    edge, end = min(x.words[0].box.left for x in rows), max(x.right for x in rows)
    if right - left < LEAST_WIDTH * height:
        return False
    if left - edge < SAME_PLACE * height:
        return True
    begun = [part[0].box.left for x in rows if x is not row for part in segments(x.words)]
    column = sum(abs(x - left) < SAME_PLACE * height for x in begun) > 1
    return not column and abs(left + right - edge - end) < 2 * OFF_MIDDLE * height


def _are_alike(first: Row, row: Row) -> bool:
    near = SAME_PLACE * row.words[0].box.height
    left, right = first.words[0].box.left, first.right
    begin, end = row.words[0].box.left, row.right
    return abs(left - begin) < near or abs(left + right - begin - end) < 2 * near


def with_bands(
    cells: Cells, spans: Mapping[tuple[int, int], int], bands: Sequence[tuple[Word, ...]]
) -> tuple[Cells, dict[tuple[int, int], int]]:
    """The cells, each row that holds a band cut above and below it."""
    if not bands:
        return cells, dict(spans)
    held = {id(word) for band in bands for word in band}
    found: Cells = {}
    places: dict[int, int] = {}
    at = 0
    for row in sorted({r for r, _ in cells}):
        places[row] = at
        own = {c: lines for (r, c), lines in cells.items() if r == row}
        for part in _cut_at_bands(own, held):
            found.update({(at, column): lines for column, lines in part.items()})
            at += 1
    return found, {(places[r], c): places[r + n - 1] - places[r] + 1 for (r, c), n in spans.items()}


def _cut_at_bands(cells: Mapping[int, Lines], held: Collection[int]) -> list[dict[int, Lines]]:
    """What stands above the first band, the band, what stands below it, and so on."""
    bands = [middle_of(x) for x in cells.get(0, []) if id(x[0]) in held]
    parts: list[dict[int, Lines]] = [{} for _ in range(2 * len(bands) + 1)]
    for column, lines in cells.items():
        for line in lines:
            above = sum(middle_of(line) > y for y in bands)
            is_band = id(line[0]) in held
            parts[2 * above + is_band].setdefault(column, []).append(line)
    return [part for part in parts if part]
