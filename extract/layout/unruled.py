"""Tables, cards and forms that only white space shows; each asks the others first.

Works on word boxes alone (pixels of the page image): the page reader may have read such a list
row by row or column by column. ``streams`` tells the columns, ``records`` what stands in one row;
words known for sure (addresses, forms of address, posts, labels, names of columns) tell that
persons stand there, and how.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from extract.layout import label_columns, records
from extract.layout.asides import beside_text
from extract.layout.bands import find_bands, with_bands
from extract.layout.cards import cards_of
from extract.layout.column_headers import (
    HEADER_ROWS,
    header_of,
    header_rows,
    label_before,
    last_of_header,
)
from extract.layout.column_proof import (
    holds_addresses,
    holds_names,
    holds_people,
    holds_roles,
    is_on_its_side,
)
from extract.layout.label_columns import NAME_LABELS
from extract.layout.name_above import with_name_above
from extract.layout.row_signs import closes
from extract.layout.row_specks import without_specks
from extract.layout.rows import Row, in_columns, rows_of_words
from extract.layout.several import by_person
from extract.layout.steps import middle_of
from extract.layout.stream_borders import with_begins
from extract.layout.streams import Region, region_at
from extract.layout.unruled_grid import UnruledGrid
from ocr.types import Box

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from extract.layout.steps import Lines
    from ocr.types import Word

TRIES = 3  # rows a region may begin at before it is given up
PAIR = 2  # columns of a list: its marks, and its entries
SEVERAL = 2  # columns whose first cell holds a name of a column and a value
_STEP = re.compile(r"\d{1,2}(?:\.\d{1,2}){0,2}[.)]")


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
        replace(
            grid,
            cells={
                (row, grid.columns - 1 - column): [
                    tuple(printed[id(w)] for w in reversed(line)) for line in lines
                ]
                for (row, column), lines in grid.cells.items()
            },
            spans={(r, grid.columns - 1 - c): n for (r, c), n in grid.spans.items()},
        )
        for grid in _find(mirrored)
    ]


def _in_mirror(word: Word, edge: int) -> Word:
    """The word as far from the left edge as it was from the right one."""
    box = word.box
    return replace(word, box=Box(edge - box.right, box.top, edge - box.left, box.bottom))


def _find(rows: Sequence[tuple[Word, ...]]) -> list[UnruledGrid]:
    beside = zip(rows, [(), *rows], [*rows[1:], ()], strict=False)
    kept = [without_specks(row, above, below) for row, above, below in beside]
    items = [Row(words) for words in kept if words]
    marks = dict(_marks(row, words) for row, words in zip(rows, kept, strict=True) if words)
    grids: list[UnruledGrid] = []
    at, after, tries = 0, 0, 0
    ends = sorted({*header_rows(items), *(n for n, row in enumerate(items) if closes(row.words))})
    while at < len(items):
        region = region_at(items[: next((n for n in ends if n > at), None)], at, after)
        region = with_name_above(items, region, after) if region else None
        grid = _grid(items, region) if region else None
        if region and grid:
            grids.append(_with_marks(grid, marks))
            at, after, tries = region.last, region.last + 1, 0
        elif region and (tries := tries + 1) >= TRIES:
            at, tries = region.last, 0
        at += 1
    return grids


def _marks(row: tuple[Word, ...], counted: tuple[Word, ...]) -> tuple[int, tuple[Word, ...]]:
    """The first word that counts, by its ``id``, and the signs before it: ``=``, ``»``."""
    return id(counted[0]), row[: next(n for n, w in enumerate(row) if w is counted[0])]


def _with_marks(grid: UnruledGrid, marks: Mapping[int, tuple[Word, ...]]) -> UnruledGrid:
    """Lists with the signs that begin their lines, ``= Member: Mr. X``; elsewhere specks."""
    if grid.kind != "lists":
        return grid
    cells = {
        place: [(*marks.get(id(line[0]), ()), *line) for line in lines]
        for place, lines in grid.cells.items()
    }
    return replace(grid, cells=cells)


def _grid(items: Sequence[Row], region: Region) -> UnruledGrid | None:
    rows = items[region.first : region.last + 1]
    names = [n for n, row in enumerate(rows[:HEADER_ROWS]) if header_of(row)]
    header = (header_of(rows[names[0]]) if names else None) or []
    bands = find_bands(rows, last_of_header(rows, names[0])) if names else []
    held = [row for n, row in enumerate(rows) if n not in bands]
    whole = region_at(held, 0) if bands else None
    borders = whole.borders if whole and whole.last == len(held) - 1 else region.borders
    borders = with_begins(held, borders, header)
    table = [
        {0: [*row.words]} if n in bands else in_columns(row, borders) for n, row in enumerate(rows)
    ]
    columns = [
        rows_of_words(w for cells in table for w in cells.get(number, ()))
        for number in range(len(borders) + 1)
    ]
    columns = [c for c in columns if c]
    box = None if header else beside_text(columns)
    if box is not None:
        return UnruledGrid({(0, 0): columns[box]}, 1, "lists", aside=True)
    if not header and _is_counted_list(columns):
        return UnruledGrid({(0, 0): [row.words for row in rows]}, 1, "lists")
    on_side = max(columns, label_columns.columns_by_rows(rows), key=len)
    if is_on_its_side(on_side):
        return UnruledGrid(label_columns.form_of(on_side), len(on_side))
    cards = None if header else cards_of(records.with_marks(columns))
    if cards is not None:
        return None if cards.columns == 1 and _goes_on_below(items, region) else cards
    cells, spans = records.cells_of(columns, rows, table)
    if names:
        cells, spans = _with_header_apart(cells, spans, rows[last_of_header(rows, names[0])])
    told = header or holds_addresses(columns) or holds_people(table) or holds_roles(table)
    if not (told or holds_names(cells)):
        return None
    cells, spans = with_bands(
        cells if spans else by_person(cells), spans, [rows[n].words for n in bands]
    )
    return UnruledGrid(cells, len(columns), "columns", spans)


def _with_header_apart(
    cells: Mapping[tuple[int, int], Lines], spans: Mapping[tuple[int, int], int], last: Row
) -> tuple[dict[tuple[int, int], Lines], dict[tuple[int, int], int]]:
    """The cells, names of columns as a row of their own, however close the first person stands.

    ``last`` is the printed row that the header ends with.
    """
    first = {place: lines for place, lines in cells.items() if place[0] == 0}
    heads = {c: [x for x in v if middle_of(x) <= last.bottom] for (_, c), v in first.items()}
    below = {c: [x for x in v if middle_of(x) > last.bottom] for (_, c), v in first.items()}
    parted = sum(bool(heads[c]) and bool(below[c]) for c in heads)
    if parted < SEVERAL or spans:
        return dict(cells), dict(spans)
    moved = {(r + 1, c): lines for (r, c), lines in cells.items() if r}
    own = {(n, c): v for n, row in enumerate((heads, below)) for c, v in row.items() if v}
    return own | moved, {}


def _is_counted_list(columns: Sequence[Lines]) -> bool:
    """``2.``, ``2.1.``, ``2.2.`` stand out from a list of several steps: no column of a table."""
    if len(columns) != PAIR:
        return False
    counts = [_STEP.fullmatch(line[0].text) for line in columns[0]]
    alone = sum(len(line) == 1 for line in columns[0])
    steps = {count[0].count(".") for count in counts if count}
    return all(counts) and 2 * alone > len(counts) and max(steps, default=0) > 1


def _goes_on_below(items: Sequence[Row], region: Region) -> bool:
    """The row below begins with a label of the same form: one column here is half a card."""
    below = items[region.last + 1 : region.last + 2]
    told = label_before(below[0].words) if below else None
    return told is not None and told not in NAME_LABELS
