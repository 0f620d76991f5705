"""Ruled tables as the page reader found them: which are real, and which word stands in which cell.

Boxes are pixels of the page image. Specks, strokes of a stamp and rules under a word make false
borders and false tables; a fax or a pale scan loses true ones.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TypeAlias

from extract.layout.rows import rows_of_words
from ocr.types import Box, Cell, Line, Page, Table, Word

Placed: TypeAlias = tuple[Line, Word]
"""A word, and the line it was read in."""
Cells: TypeAlias = dict[tuple[int, int], list[Placed]]
"""Words by row and column, both from 0."""
Spans: TypeAlias = dict[tuple[int, int], int]
"""Of merged cells how many rows they reach over."""

# the share of columns a border must part to end a row
STRONG_BORDER = 0.55
_UPRIGHT = frozenset("|¦!'\"“”‘’[]:")  # signs an upright stroke is read as
APART = 0.8  # white around a lost rule between two cells, in line heights


def tables_of(page: Page) -> tuple[Table, ...]:
    """The tables of a page that are some."""
    return tuple(filter(_is_grid, page.tables))


def cells_of(table: Table, members: list[Placed], rtl: bool) -> tuple[Cells, Spans]:
    """The words of a table by cell; columns count in reading order."""
    members = [(line, word) for line, word in members if not _is_rule(word, table)]
    table = _with_lost_rules(table, [word for _, word in members])
    rows, places = _true_rows(table), _true_columns(table)
    filled: Cells = {}
    spans: Spans = {}
    for line, word in members:
        cell = min(table.cells, key=lambda c: _distance(word.box, c.box), default=None)
        if cell is not None:
            at = rows[cell.row], places[cell.column]
            filled.setdefault(at, []).append((line, word))
            last = rows.get(cell.row + cell.row_span - 1, at[0])
            spans[at] = max(spans.get(at, 1), last - at[0] + 1)
    spans = {at: size for at, size in spans.items() if size > 1}
    if not rtl:
        return filled, spans
    last = max(places.values(), default=0)
    mirrored = {(row, last - c): content for (row, c), content in filled.items()}
    return mirrored, {(row, last - c): size for (row, c), size in spans.items()}


def _is_rule(word: Word, table: Table) -> bool:
    """A sign that lies on the place of a rule is the rule: ``审计员 “ 祝婷女士``."""
    return set(word.text) <= _UPRIGHT and any(
        word.box.left < c.box.left < word.box.right for c in table.cells
    )


def _with_lost_rules(table: Table, words: list[Word]) -> Table:
    """The table, a cell over several columns cut where its words leave a rule's place free."""
    edges = {c.column: c.box.left for c in table.cells}
    cells: list[Cell] = []
    for cell in table.cells:
        inner = [
            edges[n] for n in range(cell.column + 1, cell.column + cell.column_span) if n in edges
        ]
        held = [w for w in words if inner and _holds(cell.box, w)]
        free = len(inner) == cell.column_span - 1 and all(_is_free(held, x) for x in inner)
        cells += _cut(cell, inner) if inner and free else [cell]
    return replace(table, cells=tuple(cells))


def _is_free(words: list[Word], x: int) -> bool:
    """No word crosses ``x``, and some line has words on both sides of it, far apart."""
    if any(w.box.left < x < w.box.right for w in words):
        return False
    gaps = [
        (right.box.left - left.box.right) / max(left.box.height, 1)
        for line in rows_of_words(words)
        for left, right in pairwise(line)
        if left.box.right <= x <= right.box.left
    ]
    return bool(gaps) and min(gaps) >= APART


def _cut(cell: Cell, inner: list[int]) -> list[Cell]:
    edges = [cell.box.left, *inner, cell.box.right]
    return [
        replace(
            cell,
            column=cell.column + n,
            column_span=1,
            box=Box(left, cell.box.top, right, cell.box.bottom),
        )
        for n, (left, right) in enumerate(pairwise(edges))
    ]


def _is_grid(table: Table) -> bool:
    """Two rows and two columns at least: a frame or the edge of a stamp is no table."""
    return max(_true_rows(table).values()) > 0 and max(_true_columns(table).values()) > 0


def _holds(box: Box, word: Word) -> bool:
    x, y = word.box.center
    return box.left <= x < box.right and box.top <= y < box.bottom


def table_of(word: Word, tables: tuple[Table, ...]) -> int | None:
    """Which of the tables a word stands in, None for none."""
    return next((i for i, table in enumerate(tables) if _holds(table.box, word)), None)


def _true_rows(table: Table) -> dict[int, int]:
    """Row numbers with the weak borders taken out, see ``_without_weak``."""
    last = max((c.row + c.row_span for c in table.cells), default=1)
    across = max((c.column + c.column_span for c in table.cells), default=1)
    starts = [sum(c.column_span for c in table.cells if c.row == row) for row in range(last)]
    return _without_weak(starts, across)


def _true_columns(table: Table) -> dict[int, int]:
    """Column numbers with the weak borders taken out, see ``_without_weak``."""
    last = max((c.column + c.column_span for c in table.cells), default=1)
    down = max((c.row + c.row_span for c in table.cells), default=1)
    starts = [sum(c.row_span for c in table.cells if c.column == x) for x in range(last)]
    return _without_weak(starts, down)


def _without_weak(starts: list[int], size: int) -> dict[int, int]:
    """Renumbers rows or columns: a border that parts about half of the table or less is none.

    Such a border is a rule under a word, a speck or a stroke of a stamp.
    """
    mapping: dict[int, int] = {}
    number = -1
    for index, begun in enumerate(starts):
        if index == 0 or begun >= STRONG_BORDER * size:
            number += 1
        mapping[index] = number
    return mapping


def _distance(box: Box, cell: Box) -> float:
    x, y = box.center
    dx = max(cell.left - x, 0, x - cell.right)
    dy = max(cell.top - y, 0, y - cell.bottom)
    return float(dx * dx + dy * dy)
