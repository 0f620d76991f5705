"""Columns of words under a header row, without ruled lines.

Works on word boxes alone (pixels of the page image): the page reader may have read such a list
row by row or column by column. A header row of known column names starts a grid; white space
between the columns bounds its cells.
"""

from __future__ import annotations

import re
import statistics
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from extract import terms
from extract.normalise import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ocr.types import Word

HEADER_LABELS = (
    "table_headers.name",
    "table_headers.title",
    "table_headers.courtesy",
    "table_headers.organisation",
    "table_headers.role",
    "table_headers.email",
    "table_headers.phone",
    "table_headers.number",
    "table_headers.passport",
    "family_name_headers",
    "given_name_headers",
    "field_joiners",
    "contact_headers",
    "labels_email",
    "labels_phone",
)
SEGMENT_GAP = 0.8
END_GAP_ROWS = 3.5
# how much longer the step to a new row is than to a wrapped line, as a share of it
STEP = 0.22
LABEL_WORDS = 5
# widths of white strips between columns, in line heights
CORRIDOR = 0.55
WIDE_CORRIDOR = 0.9
# a row of one short segment may belong to columns, as a share of the first row
SHORT_ROW = 0.45


@dataclass(frozen=True, slots=True, eq=False)
class UnruledGrid:
    """Words by (row, column); columns from the left, row 0 is the header."""

    cells: dict[tuple[int, int], list[Word]]
    columns: int


@dataclass(frozen=True, slots=True, eq=False)
class _Row:
    words: tuple[Word, ...]

    @property
    def top(self) -> int:
        return min(w.box.top for w in self.words)

    @property
    def bottom(self) -> int:
        return max(w.box.bottom for w in self.words)

    @property
    def middle(self) -> float:
        return statistics.fmean(w.box.center[1] for w in self.words)


@cache
def _header_phrases() -> dict[str, str]:
    return {
        folded: label
        for label in HEADER_LABELS
        for phrase in terms.phrases(label)
        if (folded := _bare(phrase))
    }


def _bare(text: str) -> str:
    return re.sub(r"[^\w]+", " ", fold(text)).strip()


def header_label(text: str) -> str | None:
    """The label of a header's words, None when they are no column name.

    Examples: ``E-mail address``, ``Nom et prénom``, ``Position / Title``.
    """
    whole = _header_phrases().get(_bare(text))
    if whole is not None:
        return whole
    parts = [p for p in re.split(r"[/(),]", text) if _bare(p)]
    labels = [_header_phrases().get(_bare(p)) for p in parts]
    return next((x for x in labels if x), None) if parts and all(labels) else None


def find(rows: Sequence[tuple[Word, ...]]) -> list[UnruledGrid]:
    """The grids among rows of words (each from left to right), in order."""
    lettered = (tuple(w for w in r if any(c.isalnum() for c in w.text)) for r in rows)
    items = [_Row(r) for r in lettered if r]
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
        if grid is not None:
            grids.append(grid)
            at = last
        at += 1
    return grids


def is_label(words: Sequence[Word]) -> bool:
    """True for a label at the start of a row: ``E-mail address:``, ``Nom et prénom``."""
    text = " ".join(w.text for w in words)
    return text.rstrip()[-1:] in (":", "：") or header_label(text) is not None


def labelled_rows(rows: Sequence[tuple[Word, ...]]) -> list[tuple[Word, ...]]:
    """Rows that are a label and, across a gap, its value; each from left to right.

    The page reader may have read such a block as two columns, all labels before all values.
    """
    found: list[tuple[Word, ...]] = []
    for row in rows:
        parts = segments(row) if row else []
        if len(parts) >= 2 and is_label(parts[0]) and len(parts[0]) <= LABEL_WORDS:
            found.append(tuple(w for part in parts for w in part))
    return found


def _last_of_run(items: list[_Row], first: int) -> int:
    """Last row of consecutive rows that could stand in columns: no sentence among them."""
    if not _is_columnar(items[first]):
        return first
    pitch = _pitch(items[first : first + 12])
    last = first
    for number in range(first + 1, len(items)):
        row = items[number]
        apart = row.top - items[last].bottom > 2 * pitch
        if apart or not (_is_columnar(row) or _width(row) < SHORT_ROW * _width(items[first])):
            break
        last = number
    return last


def _is_columnar(row: _Row) -> bool:
    return len(segments(row.words)) >= 2


def _width(row: _Row) -> int:
    return max(w.box.right for w in row.words) - min(w.box.left for w in row.words)


def _headerless(rows: list[_Row]) -> UnruledGrid | None:
    """Columns that only white space shows: one of them must hold nothing but addresses."""
    words = [w for r in rows for w in r.words]
    if not any("@" in w.text for w in words):
        return None
    bounds = _corridors(words, len(rows))
    if not bounds:
        return None
    table = [_in_columns(r, bounds) for r in rows]
    if any(0 in row and is_label(row[0]) for row in table):
        return None
    if not any(_holds_addresses(table, column) for column in range(1, len(bounds) + 1)):
        return None
    cells: dict[tuple[int, int], list[Word]] = {}
    for number, record in enumerate(_records([rows[0], *rows], [{}, *table])[1:]):
        for row in record:
            for column, found in table[row - 1].items():
                cells.setdefault((number, column), []).extend(found)
    return UnruledGrid(cells, len(bounds) + 1)


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


def segments(row: tuple[Word, ...], gap: float = SEGMENT_GAP) -> list[list[Word]]:
    """Splits a row at gaps wider than ``gap`` line heights."""
    ordered = sorted(row, key=lambda w: w.box.left)
    height = statistics.median(w.box.height for w in ordered) or 1
    result: list[list[Word]] = []
    right = 0
    for word in ordered:
        if result and word.box.left - right <= gap * height:
            result[-1].append(word)
        else:
            result.append([word])
        right = max(right, word.box.right)
    return result


def _header_segments(row: _Row) -> list[list[Word]] | None:
    parts = segments(row.words)
    if len(parts) < 2:
        return None
    labels = [header_label(" ".join(w.text for w in p)) for p in parts]
    known = {x for x in labels if x}
    enough = len(known) >= 2 and sum(x is not None for x in labels) >= 0.6 * len(parts)
    return parts if enough else None


def _last_row(items: list[_Row], first: int, header: list[list[Word]]) -> int:
    """Number of the last row of the grid that begins at ``first``."""
    left = min(w.box.left for w in items[first].words)
    pitch = _pitch(items[first : first + 12])
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


def _pitch(rows: list[_Row]) -> float:
    heights = [r.bottom - r.top for r in rows]
    return float(statistics.median(heights)) if heights else 1.0


def _is_running_text(row: _Row, lefts: list[int]) -> bool:
    """One segment that runs over most columns is a sentence, not a row."""
    parts = segments(row.words)
    if len(parts) != 1 or len(lefts) < 2:
        return False
    box_left = min(w.box.left for w in parts[0])
    box_right = max(w.box.right for w in parts[0])
    crossed = sum(box_left < x - 5 and box_right > x + 5 for x in lefts)
    return crossed >= max(1, min(2, len(lefts) - 1)) and len(parts[0]) > 5


def _grid(rows: list[_Row], header: list[list[Word]]) -> UnruledGrid | None:
    if len(rows) < 2:
        return None
    bounds = _bounds(rows[1:], header)
    columns = len(header)
    table = [_in_columns(r, bounds) for r in rows]
    records = _records(rows, table)
    cells: dict[tuple[int, int], list[Word]] = {}
    for number, record in enumerate(records):
        for row in record:
            for column, words in table[row].items():
                cells.setdefault((number, column), []).extend(words)
    return UnruledGrid(cells, columns)


def _bounds(rows: list[_Row], header: list[list[Word]]) -> list[float]:
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


def _in_columns(row: _Row, bounds: list[float]) -> dict[int, list[Word]]:
    cells: dict[int, list[Word]] = {}
    for part in segments(row.words, 0.45):
        middle = (part[0].box.left + part[-1].box.right) / 2
        inside = [b for b in bounds if part[0].box.left < b < part[-1].box.right]
        if inside and len(part) > 1:
            for word in part:
                cells.setdefault(_column(word.box.center[0], bounds), []).append(word)
        else:
            cells.setdefault(_column(middle, bounds), []).extend(part)
    return cells


def _column(x: float, bounds: list[float]) -> int:
    return sum(x > b for b in bounds)


def _records(rows: list[_Row], table: list[dict[int, list[Word]]]) -> list[list[int]]:
    """Groups printed rows into records: the header is row 0, wrapped lines follow their first."""
    body = list(range(1, len(rows)))
    gaps = {n: rows[n].middle - rows[n - 1].middle for n in body[1:]}
    threshold = _gap_threshold(list(gaps.values()))
    mails = [n for n in body if any("@" in w.text for ws in table[n].values() for w in ws)]
    records: list[list[int]] = [[0]]
    for n in body:
        if n == body[0]:
            starts = not _is_second_header(table[n])
        elif threshold is not None:
            starts = gaps[n] > threshold
        else:
            starts = _starts_record(table, n, records[-1], bool(mails))
        if starts:
            records.append([n])
        else:
            records[-1].append(n)
    return records


def _is_second_header(row: dict[int, list[Word]]) -> bool:
    return all(header_label(" ".join(w.text for w in ws)) is not None for ws in row.values())


def _gap_threshold(gaps: list[float]) -> float | None:
    """Between the small steps of wrapped lines and the large ones of rows, if there are both."""
    ordered = sorted(gaps)
    if len(ordered) < 2:
        return None
    size, low, high = max((b - a, a, b) for a, b in pairwise(ordered))
    return (low + high) / 2 if size > STEP * max(low, 1.0) else None


def _starts_record(
    table: list[dict[int, list[Word]]], n: int, record: list[int], has_mails: bool
) -> bool:
    """Without telling gaps: a row that fills the first column again, or brings a new address."""
    filled = set(table[n])
    before: set[int] = set().union(*(table[r] for r in record))
    if 0 not in filled:
        return False
    if has_mails:
        return any("@" in w.text for ws in table[n].values() for w in ws)
    return len(filled) >= max(2, len(before) - 1)
