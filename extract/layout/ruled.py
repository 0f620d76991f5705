"""Ruled tables as the page reader found them: which are real, and which word stands in which cell.

Boxes are pixels of the page image. Specks, strokes of a stamp and rules under a word make false
borders and false tables; a fax or a pale scan loses true ones.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, TypeAlias

from extract.layout import several
from extract.layout.row_signs import is_led
from extract.layout.rows import header_label, rows_of_words, segments
from ocr.types import Box, Cell, Line, Page, Table, Word

if TYPE_CHECKING:
    from collections.abc import Sequence

Placed: TypeAlias = tuple[Line, Word]
"""A word, and the line it was read in."""
Cells: TypeAlias = dict[tuple[int, int], list[Placed]]
"""Words by row and column, both from 0."""
Spans: TypeAlias = dict[tuple[int, int], int]
"""Of merged cells how many rows they reach over."""

# spaces of a line of text stay below, in line heights
TEXT_GAP = 1.5
# words of a line that runs through the edge of a false table
RUNNING_WORDS = 5
# the share of columns a border must part to end a row
STRONG_BORDER = 0.55
NEAR = 0.6  # white between two names of columns, in line heights
_UPRIGHT = frozenset("|¦!'\"“”‘’[]:")  # signs an upright stroke is read as
APART = 0.8  # white around a lost rule between two cells, in line heights
LABELLED = 2  # cells that begin with the name of a column, and more below it
CARD_LINES = 3  # name, post and address under each other
MOSTLY = 0.5  # of the longer cells of the first row


def tables_of(page: Page) -> tuple[Table, ...]:
    """The tables of a page that are some, and whose rules were all seen."""
    grids = [t for t in page.tables if _is_grid(t) and not _is_overrun(t, page)]
    whole = (t for t in grids if not _has_lost_a_rule(t, page))
    return tuple(t for t in whole if not _frames_cards(t, page))


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
    apart = _with_header_apart(filled)
    if apart.keys() != filled.keys():
        spans = {(row + 1, column): size for (row, column), size in spans.items()}
    apart, spans = _with_persons_apart(apart, spans, rtl)
    if not rtl:
        return apart, spans
    last = max(places.values(), default=0)
    mirrored = {(row, last - c): content for (row, c), content in apart.items()}
    return mirrored, {(row, last - c): size for (row, c), size in spans.items()}


def _with_persons_apart(cells: Cells, spans: Spans, rtl: bool) -> tuple[Cells, Spans]:
    """The rows, each that holds several persons cut between them: the rule was lost, or is none.

    Of a merged cell beside them each text reaches down to the next one.
    """
    lines = {at: rows_of_words([w for _, w in held], rtl) for at, held in cells.items()}
    begins: list[tuple[int, float]] = []  # of each row then: its row now, and its top (y)
    for row in sorted({r for r, _ in cells}):
        own = {c: held for (r, c), held in lines.items() if r == row and (r, c) not in spans}
        tops = several.persons_in(own) if own else []
        top = min((w.box.top for held in own.values() for x in held for w in x), default=0)
        begins += [(row, y) for y in tops or [top]]
    if len(begins) == len({row for row, _ in begins}):
        return cells, spans
    parted: Cells = {}
    reach: Spans = {}
    for (row, column), held in cells.items():
        size = spans.get((row, column), 1)
        beside = [n for n, (r, _) in enumerate(begins) if row <= r < row + size]
        texts = lines[row, column] if size == 1 else several.texts_of(lines[row, column])
        places: list[int] = []
        for text in texts:
            above = [n for n in beside if begins[n][1] <= text[0].box.center[1]] or beside[:1]
            places.append(beside[0] if size > 1 and not places else above[-1])
            words = {id(w) for w in text}
            cell = parted.setdefault((places[-1], column), [])
            cell += (x for x in held if id(x[1]) in words)
        ends = [*places[1:], beside[-1] + 1]
        reach |= {(a, column): b - a for a, b in zip(places, ends, strict=True) if b - a > 1 < size}
    return parted, reach


def _is_rule(word: Word, table: Table) -> bool:
    """A sign that lies on the place of a rule is the rule: ``审计员 “ 祝婷女士``."""
    return set(word.text) <= _UPRIGHT and any(
        word.box.left < c.box.left < word.box.right for c in table.cells
    )


def _with_lost_rules(table: Table, words: list[Word]) -> Table:
    """The table, a cell over several columns cut where its words leave a rule's place free."""
    edges = {c.column: c.box.left for c in table.cells}
    places = _true_columns(table)
    cells: list[Cell] = []
    for cell in table.cells:
        over = range(cell.column + 1, cell.column + cell.column_span)
        begun = [n for n in over if places[n] > places[n - 1]] or over
        inner = [(n, edges[n]) for n in begun if n in edges]
        held = [w for w in words if inner and _holds(cell.box, w)]
        free = inner and all(_is_free(held, x) for _, x in inner)
        cells += _cut(cell, inner) if free else [cell]
    return replace(table, cells=tuple(cells))


def _is_free(words: list[Word], x: int) -> bool:
    """Some line has words on both sides of ``x``, by their middles, and all such are far apart.

    A faint rule sticks to a word beside it, whose box then reaches over its place. An address
    that begins behind the place is no part of what stands before it.
    """
    gaps = [
        APART
        if "@" in right.text and left.box.right < x < right.box.left
        else (right.box.left - left.box.right) / max(left.box.height, 1)
        for line in rows_of_words(words)
        for left, right in pairwise(line)
        if left.box.center[0] <= x <= right.box.center[0]
    ]
    return bool(gaps) and min(gaps) >= APART


def _cut(cell: Cell, inner: list[tuple[int, int]]) -> list[Cell]:
    """The cell cut at columns, each with its left edge."""
    begins = [(cell.column, cell.box.left), *inner]
    ends = [*inner, (cell.column + cell.column_span, cell.box.right)]
    return [
        replace(
            cell,
            column=column,
            column_span=after - column,
            box=Box(left, cell.box.top, right, cell.box.bottom),
        )
        for (column, left), (after, right) in zip(begins, ends, strict=True)
    ]


def _is_grid(table: Table) -> bool:
    """Two rows and two columns at least: a frame or the edge of a stamp is no table."""
    return max(_true_rows(table).values()) > 0 and max(_true_columns(table).values()) > 0


def _frames_cards(table: Table, page: Page) -> bool:
    """Cells beside each other hold a person each, with name, post and address: no columns.

    In a table of fields one column holds the addresses.
    """
    held: dict[Cell, list[Word]] = {}
    for word in (word for line in page.lines for word in line.words):
        cell = next((c for c in table.cells if _holds(c.box, word)), None)
        if cell is not None:
            held.setdefault(cell, []).append(word)
    cards = [
        cell.row
        for cell, words in held.items()
        if sum("@" in word.text for word in words) and len(rows_of_words(words)) >= CARD_LINES
    ]
    return any(cards.count(row) > 1 for row in cards)


def _is_overrun(table: Table, page: Page) -> bool:
    """Words run far out over its edges: rules of a stamp that lies on a sentence.

    Chinese sentences show it best, a run of characters between two marks being one word.
    """
    box = table.box
    over = 0
    for line in page.lines:
        for word in line.words:
            if _holds(box, word):
                inside = min(box.right, word.box.right) - max(box.left, word.box.left)
                over += inside < 0.6 * word.box.width
    return over >= 2 or sum(_runs_through(line, box) for line in page.lines) >= 2


def _runs_through(line: Line, box: Box) -> bool:
    """A line of text that begins or ends beside the table and goes on inside it."""
    words = sorted(line.words, key=lambda w: w.box.left)
    if len(words) < RUNNING_WORDS:
        return False
    for word, following in pairwise(words):
        close = following.box.left - word.box.right < TEXT_GAP * line.box.height
        sides = [_holds(box, w) for w in (word, following)]
        if close and sides[0] != sides[1]:
            return True
    return False


def _holds(box: Box, word: Word) -> bool:
    x, y = word.box.center
    return box.left <= x < box.right and box.top <= y < box.bottom


def table_of(word: Word, tables: tuple[Table, ...]) -> int | None:
    """Which of the tables a word stands in, None for none."""
    return next((i for i, table in enumerate(tables) if _holds(table.box, word)), None)


def _has_lost_a_rule(table: Table, page: Page) -> bool:
    """A cell of the first row names two columns, or two persons with their forms of address.

    White space parts them better than the rules.
    """
    words = [w for line in page.lines for w in line.words if _holds(table.box, w)]
    first = min((c.row for c in table.cells), default=0)
    heads = [
        rows_of_words(w for w in words if _holds(c.box, w)) for c in table.cells if c.row == first
    ]
    return any(
        (_is_name(a) and _is_name(b)) or (is_led(a) and is_led(b))
        for head in heads
        for line in head[:1]
        for a, b in pairwise(segments(line, NEAR))
    )


def _with_header_apart(filled: Cells) -> Cells:
    """The cells, the header in a row of its own if the rule below it was lost."""
    first = min((row for row, _ in filled), default=0)
    heads = [rows_of_words([w for _, w in v]) for (r, _), v in filled.items() if r == first]
    longer = [head for head in heads if len(head) > 1]
    ends: list[int] = []
    for head in longer:
        sizes = (n for n in (2, 1) if len(head) > n)
        named = ([w for row in head[:n] for w in row] for n in sizes)
        words = next(filter(_is_name, named), None)
        if words is not None:
            ends.append(max(w.box.bottom for w in words))
    if len(ends) < LABELLED or len(ends) < MOSTLY * len(longer):
        return filled
    parted: Cells = {}
    for (row, column), content in filled.items():
        for item in content:
            below = row > first or item[1].box.center[1] > max(ends)
            parted.setdefault((row + below, column), []).append(item)
    return parted


def _is_name(words: Sequence[Word]) -> bool:
    """The words, given from left to right, name a column; Arabic ones are read from the right."""
    texts = [w.text for w in words]
    return any(header_label(" ".join(said)) is not None for said in (texts, texts[::-1]))


def _true_rows(table: Table) -> dict[int, int]:
    """Row numbers with the weak borders taken out, see ``_without_weak``."""
    last = max((c.row + c.row_span for c in table.cells), default=1)
    across = max((c.column + c.column_span for c in table.cells), default=1)
    starts = [sum(c.column_span for c in table.cells if c.row == row) for row in range(last)]
    return _without_weak(starts, across)


def _true_columns(table: Table) -> dict[int, int]:
    """Column numbers with the weak borders taken out, see ``_without_weak``."""
    last = max((c.column + c.column_span for c in table.cells), default=1)
    rows = set(range(max((c.row + c.row_span for c in table.cells), default=1)))
    # "Tel. ..." below name and post in a row of one cell, beside a number over both: it parts none
    whole = {c.row for c in table.cells if c.row_span == 1 and c.column_span >= max(last - 1, 2)}
    if len(rows - whole) > 1:
        rows -= whole
    starts = [
        sum(
            r in rows
            for c in table.cells
            if c.column == x
            for r in range(c.row, c.row + c.row_span)
        )
        for x in range(last)
    ]
    return _without_weak(starts, len(rows))


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
