"""From words with boxes to lines and grids in the order a person reads them.

Boxes are pixels of the page image (``ocr.types``). A grid comes from ruled lines the page
reader found, or from columns of words with white space between them.
"""

from __future__ import annotations

import statistics
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from extract import column_rows, merged_columns, unruled
from extract.normalise import main_script
from ocr.types import Box, Line, Page, SecondReading, Table, Word, enclosing

if TYPE_CHECKING:
    from collections.abc import Iterable


# a column gap, in line heights; spaces of justified text stay below one
COLUMN_GAP = 1.5
# a line of at least so many words with such spaces is stretched text
EVEN_WORDS = 4
EVEN_GAPS = 1.5
# words of a line that runs through the edge of a false table
RUNNING_WORDS = 5
# the share of columns a border must part to end a row
STRONG_BORDER = 0.55


@dataclass(frozen=True, slots=True)
class CellRef:
    """Where a line lies in a grid: grid's number on its page, row and column from 0.

    Columns count in reading order: from the right on a right-to-left page.
    """

    grid: int
    row: int
    column: int


@dataclass(frozen=True, slots=True, eq=False)
class TextLine:
    """One printed line, or its part in one cell.

    ``starts`` are the words' offsets in ``text``, where a tab stands for a gap as between columns.
    """

    page: int
    words: tuple[Word, ...]
    cell: CellRef | None = None
    second: tuple[SecondReading, ...] = ()
    text: str = field(init=False)
    starts: tuple[int, ...] = field(init=False)
    box: Box = field(init=False)

    def __post_init__(self) -> None:
        box = enclosing(tuple(w.box for w in self.words))
        starts: list[int] = []
        parts: list[str] = []
        at = 0
        usual = _usual_gap(self.words)
        for index, word in enumerate(self.words):
            if index:
                parts.append(
                    "\t" if _apart(self.words[index - 1], word, box.height, usual) else " "
                )
                at += 1
            starts.append(at)
            parts.append(word.text)
            at += len(word.text)
        object.__setattr__(self, "text", "".join(parts))
        object.__setattr__(self, "starts", tuple(starts))
        object.__setattr__(self, "box", box)

    def words_between(self, start: int, end: int) -> tuple[Word, ...]:
        """The words that characters [start, end) of ``text`` touch."""
        return tuple(
            w
            for w, at in zip(self.words, self.starts, strict=True)
            if at < end and at + len(w.text) > start
        )

    @property
    def height(self) -> int:
        """Height of the line's box in pixels."""
        return self.box.height


def _apart(word: Word, following: Word, height: int, usual: float) -> bool:
    """A gap wider than any space of justified text."""
    return _gap(word, following) > max(COLUMN_GAP * max(height, 1), 2.2 * usual)


def _gap(word: Word, following: Word) -> int:
    return max(following.box.left - word.box.right, word.box.left - following.box.right)


def _usual_gap(words: tuple[Word, ...]) -> float:
    """Median space of a line with enough words to tell; justified lines are spaced widely.

    The fewer the words, the wider their spaces, and all alike.
    """
    if len(words) < EVEN_WORDS:
        return 0.0
    gaps = [_gap(a, b) for a, b in pairwise(words)]
    even = min(gaps) > 0 and max(gaps) <= EVEN_GAPS * min(gaps)
    return statistics.median(gaps) if even or len(words) >= 6 else 0.0


def is_right_to_left(page: Page) -> bool:
    """True when most letters of the page are Arabic."""
    return main_script(page.text) == "arabic"


def page_lines(page: Page) -> tuple[TextLine, ...]:
    """The page's lines in reading order; words in a table go cell by cell."""
    rtl = is_right_to_left(page)
    tables = tuple(t for t in page.tables if _is_grid(t) and not _is_overrun(t, page))
    inside: dict[int, list[tuple[Line, Word]]] = {}
    loose: list[tuple[int, Line, Word]] = []
    anchor: dict[int, int] = {}
    for order, line in enumerate(page.lines):
        for word in line.words:
            index = _table_of(word, tables)
            if index is None:
                loose.append((order, line, word))
            else:
                inside.setdefault(index, []).append((line, word))
                anchor.setdefault(index, order)
    found: list[tuple[int, TextLine]] = []
    for index, members in inside.items():
        lines = _cell_lines(page, index, tables[index], members, rtl)
        found.extend((anchor[index], line) for line in lines)
    found.extend(_loose_lines(page, loose, len(tables), rtl))
    return tuple(line for _, line in sorted(found, key=lambda item: item[0]))


def _is_grid(table: Table) -> bool:
    """Two rows and two columns at least: a frame or the edge of a stamp is no table."""
    return max(_true_rows(table).values()) > 0 and max(_true_columns(table).values()) > 0


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
        close = _gap(word, following) < COLUMN_GAP * line.box.height
        sides = [_holds(box, w) for w in (word, following)]
        if close and sides[0] != sides[1]:
            return True
    return False


def _holds(box: Box, word: Word) -> bool:
    x, y = word.box.center
    return box.left <= x < box.right and box.top <= y < box.bottom


def _is_labelled_block(grid: unruled.UnruledGrid) -> bool:
    """Chinese labels, set to one width (``姓　　名：``), and their values are no table."""
    texts = [" ".join(w.text for w in words) for words in grid.cells.values()]
    labels = [text for text in texts if text.endswith((":", "："))]
    return len(labels) >= 2 and main_script("".join(texts)) == "han"


def _loose_lines(
    page: Page, loose: list[tuple[int, Line, Word]], grids: int, rtl: bool
) -> list[tuple[int, TextLine]]:
    """Lines outside of ruled tables; those of unruled grids go cell by cell, too."""
    place: dict[int, tuple[int, int, int]] = {}
    columns: list[int] = []
    grids_of_words = unruled.find(rows_of_words(w for _, _, w in loose), rtl)
    grids_of_words = [g for g in grids_of_words if not _is_labelled_block(g)]
    for number, grid in enumerate(grids_of_words):
        columns.append(grid.columns)
        for (row, column), words in grid.cells.items():
            place.update({id(w): (number, row, column) for w in words})
    cells: dict[tuple[int, int, int], list[tuple[int, Line, Word]]] = {}
    lines: dict[int, list[tuple[int, Line, Word]]] = {}
    for item in loose:
        at = place.get(id(item[2]))
        if at is None:
            lines.setdefault(item[0], []).append(item)
        else:
            cells.setdefault(at, []).append(item)
    lines = _with_values(lines, rtl)
    found = [
        (order, TextLine(page.number, tuple(w for _, _, w in items), None, _readings(items)))
        for order, items in lines.items()
        if items
    ]
    first: dict[int, int] = {}
    for (number, _, _), items in cells.items():
        first[number] = min(first.get(number, items[0][0]), *(i[0] for i in items))
    for (number, row, column), items in sorted(cells.items(), key=lambda c: _reading(c[0], rtl)):
        ref = CellRef(grids + number, row, columns[number] - 1 - column if rtl else column)
        content = [(line, word) for _, line, word in items]
        found.extend(
            (first[number], TextLine(page.number, words, ref, _seconds(content, words)))
            for words in rows_of_words([w for _, w in content], rtl)
        )
    return found


def _with_values(
    lines: dict[int, list[tuple[int, Line, Word]]], rtl: bool
) -> dict[int, list[tuple[int, Line, Word]]]:
    """Moves a value the page reader put into another column behind the label beside it."""
    items = {id(item[2]): item for found in lines.values() for item in found}
    if rtl:
        return lines
    moved = {order: list(found) for order, found in lines.items()}
    for row in column_rows.labelled_rows(rows_of_words(item[2] for item in items.values())):
        orders = {items[id(w)][0] for w in row}
        home = items[id(row[0])][0]
        if len(orders) > 1 and {id(i[2]) for i in lines[home]} <= {id(w) for w in row}:
            ids = {id(w) for w in row}
            for order in orders:
                moved[order] = [i for i in moved[order] if id(i[2]) not in ids]
            moved[home] = [items[id(w)] for w in row]
    return moved


def _readings(items: list[tuple[int, Line, Word]]) -> tuple[SecondReading, ...]:
    return tuple(dict.fromkeys(r for _, line, _ in items for r in line.second))


def _reading(place: tuple[int, int, int], rtl: bool) -> tuple[int, int, int]:
    number, row, column = place
    return number, row, -column if rtl else column


def _table_of(word: Word, tables: tuple[Table, ...]) -> int | None:
    return next((i for i, table in enumerate(tables) if _holds(table.box, word)), None)


def _cell_lines(
    page: Page, grid: int, table: Table, members: list[tuple[Line, Word]], rtl: bool
) -> list[TextLine]:
    rows, places = _true_rows(table), _true_columns(table)
    filled: dict[tuple[int, int], list[tuple[Line, Word]]] = {}
    for line, word in members:
        cell = min(table.cells, key=lambda c: _distance(word.box, c.box), default=None)
        if cell is not None:
            filled.setdefault((rows[cell.row], places[cell.column]), []).append((line, word))
    filled = _with_header_apart(filled)
    columns = 1 + max(places.values(), default=0)
    if not rtl:
        filled, columns = _with_lost_rules(filled, columns)
    result: list[TextLine] = []
    ordered = {(r, columns - 1 - c if rtl else c): content for (r, c), content in filled.items()}
    for (row, column), content in sorted(ordered.items()):
        result.extend(
            TextLine(page.number, words, CellRef(grid, row, column), _seconds(content, words))
            for words in rows_of_words([w for _, w in content], rtl)
        )
    return result


def _with_header_apart(
    filled: dict[tuple[int, int], list[tuple[Line, Word]]],
) -> dict[tuple[int, int], list[tuple[Line, Word]]]:
    """The cells, the header in a row of its own if the rule below it was lost."""
    first = min((row for row, _ in filled), default=0)
    cells = [rows_of_words([w for _, w in v]) for (r, _), v in filled.items() if r == first]
    bottom = merged_columns.header_bottom(cells)
    if bottom is None:
        return filled
    parted: dict[tuple[int, int], list[tuple[Line, Word]]] = {}
    for (row, column), content in filled.items():
        for item in content:
            below = row > first or item[1].box.center[1] > bottom
            parted.setdefault((row + below, column), []).append(item)
    return parted


def _with_lost_rules(
    filled: dict[tuple[int, int], list[tuple[Line, Word]]], columns: int
) -> tuple[dict[tuple[int, int], list[tuple[Line, Word]]], int]:
    """The cells by row and column, columns parted where only a rule between them was lost."""
    first = min((row for row, _ in filled), default=0)
    parted: dict[tuple[int, int], list[tuple[Line, Word]]] = {}
    shift = 0
    for column in range(columns):
        header = rows_of_words([w for _, w in filled.get((first, column), ())])
        below = [
            w for (r, c), items in filled.items() for _, w in items if c == column and r > first
        ]
        borders = merged_columns.borders(header, below)
        for (row, _), content in ((k, v) for k, v in filled.items() if k[1] == column):
            for item in content:
                part = sum(item[1].box.center[0] > x for x in borders)
                parted.setdefault((row, column + shift + part), []).append(item)
        shift += len(borders)
    return parted, columns + shift


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


def _seconds(
    content: list[tuple[Line, Word]], words: tuple[Word, ...]
) -> tuple[SecondReading, ...]:
    box = enclosing(tuple(w.box for w in words))
    found: list[SecondReading] = []
    for line, _ in content:
        for reading in line.second:
            x, y = reading.box.center
            if box.left <= x <= box.right and box.top <= y <= box.bottom and reading not in found:
                found.append(reading)
    return tuple(found)


def rows_of_words(words: Iterable[Word], rtl: bool = False) -> list[tuple[Word, ...]]:
    """Groups words into rows by their vertical overlap, each row in reading order.

    Words keep their given order inside a row where the reader already had them together in
    logical order (right-to-left text with Latin runs inside).
    """
    items = list(words)
    if not items:
        return []
    height = statistics.median(w.box.height for w in items) or 1
    rows: list[list[Word]] = []
    for word in sorted(items, key=lambda w: w.box.center[1]):
        middle = word.box.center[1]
        if rows and abs(middle - _middle(rows[-1])) < 0.6 * height:
            rows[-1].append(word)
        else:
            rows.append([word])
    given = {id(w): i for i, w in enumerate(items)}
    ordered: list[tuple[Word, ...]] = []
    for row in rows:
        if rtl:
            row.sort(key=lambda w: given[id(w)])
        else:
            row.sort(key=lambda w: w.box.left)
        ordered.append(tuple(row))
    return ordered


def _middle(row: list[Word]) -> float:
    return statistics.fmean(w.box.center[1] for w in row)
