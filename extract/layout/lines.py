"""From words with boxes to lines and grids in the order a person reads them.

Boxes are pixels of the page image (``ocr.types``). A grid comes from ruled lines the page
reader found, or from columns of words with white space between them.
"""

from __future__ import annotations

import statistics
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from extract.language.han_names import DOTS, stands_apart
from extract.language.normalise import is_han, main_script
from extract.layout import ruled
from extract.layout.cells import mended, rooms, widest
from extract.layout.glued import unglued
from extract.layout.glued_marks import with_marks_parted
from extract.layout.glued_phrases import with_small_words_apart
from extract.layout.han_gaps import with_whole_names
from extract.layout.han_signs import with_signs_behind_names
from extract.layout.label_rows import entries_of_marks, rests_of_labels, values_of_labels
from extract.layout.latin_runs import with_latin_runs
from extract.layout.leaders import as_text, is_flat, is_leader
from extract.layout.line_order import in_order
from extract.layout.phrase_specks import without_specks_in_phrases
from extract.layout.raised import with_raised
from extract.layout.rows import rows_of_words
from extract.layout.seen_signs import with_seen_signs
from extract.layout.stacked import unstacked
from extract.layout.twice import seen_twice
from extract.layout.type_height import evened
from extract.layout.unruled import find_unruled
from ocr.types import Box, Line, Page, SecondReading, Table, Word, enclosing

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from extract.layout.ruled import Placed
    from extract.layout.unruled_grid import GridKind


# a column gap, in line heights; spaces of justified text stay below one
COLUMN_GAP = 1.5
# a line of at least so many words with such spaces is stretched text
EVEN_WORDS = 4
SOLID = 0.4  # white between Chinese characters of one word, in heights; a space is half of one
NAME_SPACE = 0.15  # the same behind a family name: 0.17 and more on notes by another hand
EVEN_GAPS = 1.5  # widest space, in narrowest ones


@dataclass(frozen=True, slots=True)
class CellRef:
    """Where a line lies in a grid: grid's number on its page, row and column from 0.

    Columns count in reading order: from the right on a right-to-left page. ``width`` is that of
    the column's widest line, pixels. A merged cell stands in ``rows`` rows.
    """

    grid: int
    row: int
    column: int
    kind: GridKind = "ruled"
    width: int = 0
    rows: int = 1


@dataclass(frozen=True, slots=True, eq=False)
class TextLine:
    """One printed line, or its part in one cell.

    ``starts`` are the words' offsets in ``text``, where a tab stands for a gap as between columns.
    ``rests`` are the numbers of words that go on with the one before: a narrow column tore them.
    """

    page: int
    words: tuple[Word, ...]
    cell: CellRef | None = None
    second: tuple[SecondReading, ...] = ()
    rests: tuple[int, ...] = ()
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
            whole = index == 0 or index in self.rests
            if not whole and not _is_solid(self.words[index - 1], word):
                gap = _white(self.words[index - 1], word, self.words)
                parts.append("\t" if _is_apart(gap, box.height, usual) else " ")
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

    def apart_from(self, other: TextLine) -> bool:
        """One of two lists beside each other goes on with other lines than the other one."""
        cells = [c for c in (self.cell, other.cell) if c and c.kind in ("cards", "lists")]
        return bool(cells) and self.cell != other.cell

    @property
    def height(self) -> int:
        """Height of the line's box in pixels."""
        return self.box.height


def _is_apart(gap: int, height: int, usual: float) -> bool:
    """A gap wider than any space of justified text."""
    return gap > max(COLUMN_GAP * max(height, 1), 2.2 * usual)


def _white(word: Word, following: Word, words: tuple[Word, ...]) -> int:
    """The widest white between two words; in Arabic others of a Latin run may lie there."""
    gap = _gap(word, following)
    left, right = sorted((word.box, following.box), key=lambda b: b.left)
    if gap <= COLUMN_GAP * right.height:
        return gap
    inside = (w.box for w in words if left.right <= w.box.left and w.box.right <= right.left)
    row = [left, *sorted(inside, key=lambda b: b.left), right]
    return max(b.left - a.right for a, b in pairwise(row))


def _is_solid(word: Word, following: Word) -> bool:
    """Chinese that the page reader cut between two characters, and no family name set apart."""
    beside = word.text[-1], following.text[0]
    han = any(map(is_han, beside)) and all(is_han(c) or c in DOTS for c in beside)
    share = NAME_SPACE if stands_apart(word.text, following.text) else SOLID
    return han and _gap(word, following) < share * max(word.box.height, following.box.height)


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


@lru_cache(maxsize=4)  # asked where names stand, and again for the note
def page_lines(page: Page) -> tuple[TextLine, ...]:
    """The page's lines in reading order; words in a table go cell by cell."""
    page = with_small_words_apart(with_marks_parted(page))
    page = with_signs_behind_names(without_specks_in_phrases(page))
    page = with_whole_names(with_seen_signs(with_raised(page)))
    rtl = is_right_to_left(page)
    page = in_order(page, rtl=rtl)
    page = with_latin_runs(page) if rtl else page
    tables = ruled.tables_of(page)
    inside: dict[int, list[tuple[Line, Word]]] = {}
    loose: list[tuple[int, Line, Word]] = []
    anchor: dict[int, int] = {}
    again = seen_twice(w for line in page.lines for w in line.words)
    parts = [
        [part for w in line.words if id(w) not in again for part in unglued(w)]
        for line in page.lines
    ]
    for order, (line, words) in enumerate(zip(page.lines, parts, strict=True)):
        for word in (w for w in words if not (is_leader(w) or is_flat(w))):
            index = ruled.table_of(word, tables)
            if index is None:
                loose.append((order, line, word))
            else:
                inside.setdefault(index, []).append((line, word))
                anchor.setdefault(index, order)
    found: list[tuple[int, TextLine]] = []
    for index, members in inside.items():
        lines = _cell_lines(page, index, tables[index], members, rtl)
        found.extend((anchor[index], line) for line in lines)
    seen = as_text(parts, evened(page.lines))
    found.extend(_loose_lines(page, loose, seen, len(tables), rtl))
    return tuple(line for _, line in sorted(found, key=lambda item: item[0]))


def _loose_lines(
    page: Page,
    loose: list[tuple[int, Line, Word]],
    boxed: Mapping[int, Word],
    grids: int,
    rtl: bool,
) -> list[tuple[int, TextLine]]:
    """Lines outside of ruled tables; those of unruled grids go cell by cell, too.

    ``boxed`` are words (by ``id``) in the boxes that columns are found by.
    """
    seen = [boxed.get(id(word), word) for _, _, word in loose]
    items = {id(w): (place, item) for place, (w, item) in enumerate(zip(seen, loose, strict=True))}
    found: list[tuple[int, TextLine]] = []
    for number, grid in enumerate(find_unruled(rows_of_words(seen), rtl), grids):
        orders = [items[id(w)][1][0] for x in grid.cells.values() for line in x for w in line]
        first = max(orders) if grid.aside else min(orders)
        widths = rooms(page, grid.cells, rtl=rtl)
        if grid.kind in ("cards", "lists"):  # persons side by side have equal columns
            widths = dict.fromkeys(widths, max(widths.values()))
        cells = mended(page, grid.cells, widths)
        for (row, column), lines in sorted(cells.items(), key=lambda c: _reading(c[0], rtl)):
            place = grid.columns - 1 - column if rtl else column
            span = grid.spans.get((row, column), 1)
            # a list with none beside it is lines like others
            alone = grid.kind == "lists" and grid.columns == 1 and not grid.aside
            cell = CellRef(number, row, place, grid.kind, widths[column], span)
            ref = None if alone else cell
            for line, rests in lines:
                content = [items.pop(id(w)) for w in line]
                if rtl:
                    content.sort(key=lambda c: c[0])
                words = tuple(word for _, (_, _, word) in content)
                seconds = _seconds([(own, word) for _, (_, own, word) in content], words)
                found.append((first, TextLine(page.number, words, ref, seconds, rests)))
    return [*found, *_lines_left(page, items.values(), rtl)]


def _lines_left(
    page: Page, items: Iterable[tuple[int, tuple[int, Line, Word]]], rtl: bool
) -> list[tuple[int, TextLine]]:
    """Lines of words that no grid took; labels and values of one printed line are one."""
    found: list[tuple[int, TextLine]] = []
    lines_left: dict[int, list[tuple[int, Line, Word]]] = {}
    for _, item in items:
        lines_left.setdefault(item[0], []).append(item)
    words_left = {order: tuple(w for *_, w in left) for order, left in lines_left.items()}
    for mark, entry in ({} if rtl else entries_of_marks(words_left)).items():
        lines_left[entry][:0] = lines_left.pop(mark)
    words_left = {order: tuple(w for *_, w in left) for order, left in lines_left.items()}
    for value, label in ({} if rtl else values_of_labels(words_left)).items():
        lines_left[label] += lines_left.pop(value)
    words_left = {order: tuple(w for *_, w in left) for order, left in lines_left.items()}
    rests = rests_of_labels(words_left)
    for rest, (label, at) in rests.items():
        lines_left[label][at:at] = lines_left.pop(rest)
    whole = {label for label, _ in rests.values()}
    for order, left in lines_left.items():
        words = tuple(w for *_, w in left)
        parts = [words] if order in whole else unstacked(words) if left else []
        placed = [(own, w) for _, own, w in left]
        readings = tuple(dict.fromkeys(r for own, _ in placed for r in own.second))
        for words in parts:
            seconds = readings if len(parts) == 1 else _seconds(placed, words)
            found.append((order, TextLine(page.number, words, None, seconds)))
    return found


def _reading(place: tuple[int, int], rtl: bool) -> tuple[int, int]:
    row, column = place
    return row, -column if rtl else column


def _cell_lines(
    page: Page, grid: int, table: Table, members: list[Placed], rtl: bool
) -> list[TextLine]:
    cells, spans = ruled.cells_of(table, members, rtl)
    lines = {at: rows_of_words([w for _, w in content], rtl) for at, content in cells.items()}
    widths = widest(lines)
    whole = mended(page, lines, rooms(page, lines, rtl=rtl))
    return [
        TextLine(
            page.number,
            words,
            CellRef(grid, row, column, "ruled", widths[column], spans.get((row, column), 1)),
            _seconds(content, words),
            rests,
        )
        for (row, column), content in sorted(cells.items())
        for words, rests in whole[row, column]
    ]


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
