"""Columns of words under a header row, without ruled lines.

Works on word boxes alone (pixels of the page image): the page reader may have read such a list
row by row or column by column. A header row of known column names starts a grid; white space
between the columns bounds its cells.
"""

from __future__ import annotations

import statistics
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from extract.language.normalise import is_han
from extract.layout import aligned_columns
from extract.layout.aligned_columns import find_bounds
from extract.layout.rows import (
    Row,
    header_label,
    in_columns,
    is_label,
    pitch_of,
    records_of,
    segments,
    width_of,
)
from ocr.types import Box

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ocr.types import Word

END_GAP_ROWS = 3.5  # white that ends a grid, in row heights
# how far from its header a cell may begin, in row heights
ALIGNED = 0.8
# widths of white strips between columns, in line heights
CORRIDOR = 0.55
WIDE_CORRIDOR = 0.9  # the same where few rows show it
# characters of a short Chinese sentence
HAN_SENTENCE = 4
# a row of one short segment may belong to columns, as a share of the first row
SHORT_ROW = 0.45


@dataclass(frozen=True, slots=True, eq=False)
class UnruledGrid:
    """Words by (row, column); columns from the left, row 0 is the header."""

    cells: dict[tuple[int, int], list[Word]]
    columns: int


def find_unruled(rows: Sequence[tuple[Word, ...]], rtl: bool = False) -> list[UnruledGrid]:
    """The grids among rows of words (each from left to right), in order.

    A right-to-left page is looked at in a mirror, so that its first column comes first.
    """
    if not rtl:
        return _find(rows)
    printed: dict[int, Word] = {}
    mirrored: list[tuple[Word, ...]] = []
    edge = max((w.box.right for row in rows for w in row), default=0)
    for row in rows:
        turned = [_in_mirror(w, edge) for w in row]
        printed.update({id(t): w for t, w in zip(turned, row, strict=True)})
        mirrored.append(tuple(sorted(turned, key=lambda w: w.box.left)))
    return [
        UnruledGrid(
            {
                (row, grid.columns - 1 - column): [printed[id(w)] for w in words]
                for (row, column), words in grid.cells.items()
            },
            grid.columns,
        )
        for grid in _find(mirrored)
    ]


def _in_mirror(word: Word, edge: int) -> Word:
    """The word as far from the left edge as it was from the right one."""
    box = word.box
    return replace(word, box=Box(edge - box.right, box.top, edge - box.left, box.bottom))


def _find(rows: Sequence[tuple[Word, ...]]) -> list[UnruledGrid]:
    lettered = (tuple(w for w in r if _counts(w)) for r in rows)
    items = [Row(r) for r in lettered if r]
    grids: list[UnruledGrid] = []
    at = 0
    while at < len(items):
        header = _header_segments(items[at])
        grid, last = None, at
        if header is not None:
            last = _last_row(items, at, header)
            grid = _grid(items[at : last + 1], header)
        else:
            last = _last_of_run(items, at)
            grid = _headerless(items[at : last + 1]) if last > at else None
            if grid is None:
                last = aligned_columns.last_of_run(items, at)
                grid = _close_columns(items[at : last + 1]) if last > at else None
        if grid is not None:
            grids.append(grid)
            at = last
        at += 1
    return grids


def _counts(word: Word) -> bool:
    """Specks and rules are no words; a colon that stands alone fills the gap to its value."""
    return word.text in (":", "：") or any(c.isalnum() for c in word.text)


def _last_of_run(items: list[Row], first: int) -> int:
    """Last row of consecutive rows that could stand in columns: no sentence among them."""
    if not _is_columnar(items[first]):
        return first
    pitch = pitch_of(items[first : first + 12])
    last, widest = first, width_of(items[first])
    for number in range(first + 1, len(items)):
        row = items[number]
        widest = max(widest, width_of(row))
        apart = row.top - items[last].bottom > 2 * pitch or _is_han_sentence(row.words)
        if apart or not (_is_columnar(row) or width_of(row) < SHORT_ROW * widest):
            break
        last = number
    return last


def _is_columnar(row: Row) -> bool:
    return len(segments(row.words)) >= 2


def _headerless(rows: list[Row]) -> UnruledGrid | None:
    """Columns that only white space shows: one of them must hold nothing but addresses."""
    words = [w for r in rows for w in r.words]
    if not any("@" in w.text for w in words):
        return None
    bounds = _with_close(_corridors(words, len(rows)), rows)
    if not bounds:
        return None
    table = [in_columns(r, bounds) for r in rows]
    if any(0 in row and is_label(row[0]) for row in table):
        return None
    if not any(_holds_addresses(table, column) for column in range(1, len(bounds) + 1)):
        return None
    return _of_records(rows, table, len(bounds) + 1)


def _with_close(bounds: list[float], rows: list[Row]) -> list[float]:
    """The corridors and, between them, columns that stand closer than a corridor is wide."""
    if not bounds:
        return bounds
    height = pitch_of(rows)
    more = [x for x in find_bounds(rows, 3) if all(abs(x - b) > height for b in bounds)]
    return sorted([*bounds, *more])


def _close_columns(rows: list[Row]) -> UnruledGrid | None:
    """Columns a space apart, told by where their words begin."""
    bounds = find_bounds(rows)
    if not bounds:
        return None
    height = pitch_of(rows)
    wide = _corridors([w for r in rows for w in r.words], len(rows))
    bounds = sorted([*bounds, *(x for x in wide if all(abs(x - b) > height for b in bounds))])
    table = [in_columns(r, bounds) for r in rows]
    if not aligned_columns.holds_people(table):
        return None
    return _of_records(rows, table, len(bounds) + 1)


def _of_records(rows: list[Row], table: list[dict[int, list[Word]]], columns: int) -> UnruledGrid:
    cells: dict[tuple[int, int], list[Word]] = {}
    for number, record in enumerate(records_of([rows[0], *rows], [{}, *table])[1:]):
        for row in record:
            for column, found in table[row - 1].items():
                cells.setdefault((number, column), []).extend(found)
    return UnruledGrid(cells, columns)


def _corridors(words: list[Word], rows: int) -> list[float]:
    """Middles of the vertical strips that no word of the rows touches."""
    height = statistics.median(w.box.height for w in words) or 1
    least = (CORRIDOR if rows > 3 else WIDE_CORRIDOR) * height
    bounds: list[float] = []
    reach = 0
    for word in sorted(words, key=lambda w: w.box.left):
        if reach and word.box.left - reach >= least:
            bounds.append((reach + word.box.left) / 2)
        reach = max(reach, word.box.right)
    return bounds


def _holds_addresses(table: list[dict[int, list[Word]]], column: int) -> bool:
    filled = [row[column] for row in table if row.get(column)]
    single = sum(len(ws) == 1 for ws in filled)
    mails = sum("@" in w.text for ws in filled for w in ws)
    return bool(filled) and mails >= 1 and single >= 0.85 * len(filled)


def _header_segments(row: Row) -> list[list[Word]] | None:
    parts = [label for part in segments(row.words) for label in _two_labels(part)]
    if len(parts) < 2:
        return None
    labels = [header_label(" ".join(w.text for w in p)) for p in parts]
    known = {x for x in labels if x}
    enough = len(known) >= 2 and sum(x is not None for x in labels) >= 0.6 * len(parts)
    return parts if enough else None


def _two_labels(part: list[Word]) -> list[list[Word]]:
    """``Name and surname Position``: two headers with little white between them."""
    if len(part) < 2 or header_label(" ".join(w.text for w in part)) is not None:
        return [part]
    for at in range(1, len(part)):
        first, second = part[:at], part[at:]
        if all(header_label(" ".join(w.text for w in p)) is not None for p in (first, second)):
            return [first, second]
    return [part]


def _last_row(items: list[Row], first: int, header: list[list[Word]]) -> int:
    """Number of the last row of the grid that begins at ``first``."""
    left = min(w.box.left for w in items[first].words)
    pitch = pitch_of(items[first : first + 12])
    lefts = [min(w.box.left for w in p) for p in header]
    last = first
    for number in range(first + 1, len(items)):
        row = items[number]
        if row.top - items[last].bottom > END_GAP_ROWS * pitch:
            break
        if row.words[-1].box.right < left or _is_running_text(row, lefts):
            break
        last = number
    return last


def _is_running_text(row: Row, lefts: list[int]) -> bool:
    """A sentence, not a row: one long segment, or segments that begin under no header."""
    parts = segments(row.words)
    if len(lefts) < 2:
        return False
    if len(parts) == 1 and _is_han_sentence(parts[0]):
        return True
    begins = [min(w.box.left for w in part) for part in parts]
    height = max(1, row.bottom - row.top)
    under = sum(any(abs(b - x) <= ALIGNED * height for x in lefts) for b in begins)
    if len(parts) >= 3 and len(row.words) >= 2 * len(parts):
        return under < 0.5 * len(parts)
    box_right = max(w.box.right for w in parts[0])
    crossed = sum(begins[0] < x - 5 and box_right > x + 5 for x in lefts)
    long = len(parts) == 1 and len(parts[0]) > 5
    return long and crossed >= max(1, min(2, len(lefts) - 1))


def _is_han_sentence(words: Sequence[Word]) -> bool:
    """``请予协助办理有关人员的会议证件为荷。``: one run of characters up to a full stop."""
    text = "".join(w.text for w in words)
    return text.endswith("。") and sum(map(is_han, text)) >= HAN_SENTENCE


def _grid(rows: list[Row], header: list[list[Word]]) -> UnruledGrid | None:
    if len(rows) < 2:
        return None
    bounds = _bounds(rows[1:], header)
    columns = len(header)
    table = [in_columns(r, bounds) for r in rows]
    records = records_of(rows, table)
    cells: dict[tuple[int, int], list[Word]] = {}
    for number, record in enumerate(records):
        for row in record:
            for column, words in table[row].items():
                cells.setdefault((number, column), []).extend(words)
    return UnruledGrid(cells, columns)


def _bounds(rows: list[Row], header: list[list[Word]]) -> list[float]:
    """Borders (x) between columns: the widest white corridor between two headers."""
    words = [w for r in rows for w in r.words]
    bounds: list[float] = []
    for left, right in pairwise(header):
        low = (left[0].box.left + left[-1].box.right) // 2
        high = (right[0].box.left + right[-1].box.right) // 2
        bounds.append(_corridor(words, low, high, right[0].box.left))
    return bounds


def _corridor(words: list[Word], low: int, high: int, preferred: int) -> float:
    best: tuple[int, int, float] | None = None
    step = max(1, (high - low) // 60)
    run_start: int | None = None
    crossings = {
        x: sum(w.box.left < x < w.box.right for w in words) for x in range(low, high + 1, step)
    }
    if not crossings:
        return float(preferred)
    least = min(crossings.values())
    for x in [*crossings, high + step]:
        free = crossings.get(x, least + 1) == least
        if free and run_start is None:
            run_start = x
        elif not free and run_start is not None:
            width = x - run_start
            if best is None or width > best[0]:
                best = (width, run_start, (run_start + x - step) / 2)
            run_start = None
    return best[2] if best else float(preferred)
