"""Printed pages as a reader without fault would read them: what the rules alone are measured on.

Words and their boxes come from the layout of the page itself, not from a picture of it. A line
across several boxes of a page without rules is one line, as tesseract would read it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

from ocr.types import Box, Cell, Line, Page, Table, Word, enclosing
from samples.notes import Note
from samples.pages import LayoutBox, LayoutCell, Printout, boxes_of

DPI = 200
_SCALE = DPI / 96
_CONFIDENCE = 0.95
# ink above and below the baseline, in font sizes
_ASCENT, _DESCENT = 0.72, 0.18
_ROWS_OF_A_CELL = 6
_UNSEEN = re.compile("[\u00ad\u2066\u2069]")
_ARABIC = re.compile(r"[\u0621-\u064a]")
_HAN = re.compile(r"[\u3400-\u9fff]")


@dataclass(frozen=True, slots=True)
class _Run:
    """The words of one line box, and whether the box stands in a ruled table."""

    words: tuple[Word, ...]
    ruled: bool


def pages_of(printout: Printout, note: Note) -> tuple[Page, ...]:
    """The note's pages, read without fault. Boxes are pixels at 200 dpi."""
    return tuple(_page(number, box, note) for number, box in enumerate(printout.layout, 1))


def _page(number: int, page: LayoutBox, note: Note) -> Page:
    tables = tuple(_table(b, note.rtl) for b in boxes_of(page) if _is_ruled(b))
    runs = [_Run(words, _inside(words, tables)) for words in _lines(page, note.rtl)]
    return Page(
        number,
        round(page.width * _SCALE),
        round(page.height * _SCALE),
        DPI,
        "read",
        lines=tuple(Line(words) for words in _as_read(runs, note.rtl)),
        tables=tables,
        language=note.plan.language,
        mean_confidence=_CONFIDENCE,
        engine="printed",
    )


def _as_read(runs: list[_Run], rtl: bool) -> Iterator[tuple[Word, ...]]:
    """Line boxes that stand side by side become one line, unless rules part them."""
    rows: list[list[_Run]] = []
    for run in runs:
        near = () if run.ruled else rows[-_ROWS_OF_A_CELL:]
        row = next((r for r in near if not r[0].ruled and _beside(r[-1], run)), None)
        if row is None:
            rows.append([run])
        else:
            row.append(run)
    for row in rows:
        yield _joined(row, rtl)


def _joined(runs: list[_Run], rtl: bool) -> tuple[Word, ...]:
    ordered = sorted(runs, key=lambda r: enclosing(tuple(w.box for w in r.words)).left, reverse=rtl)
    return tuple(word for run in ordered for word in run.words)


def _beside(one: _Run, other: _Run) -> bool:
    a, b = (enclosing(tuple(w.box for w in run.words)) for run in (one, other))
    apart = a.right <= b.left or b.right <= a.left
    return apart and abs(a.center[1] - b.center[1]) < 0.4 * min(a.height, b.height)


def _lines(page: LayoutBox, rtl: bool) -> Iterator[tuple[Word, ...]]:
    """The words of every line box, in the order of the source."""
    for box in boxes_of(page):
        if type(box).__name__ != "LineBox":
            continue
        texts = [b for b in boxes_of(box) if type(b).__name__ == "TextBox"]
        words = tuple(word for text in texts for word in _words(text, rtl))
        if words:
            yield _glued(words)


def _words(text: LayoutBox, rtl: bool) -> Iterator[Word]:
    """The words of a run of text; each as wide as its share of the letters."""
    content = _UNSEEN.sub("", text.text)
    step = text.width / max(1, len(content))
    for match in re.finditer(r"\S+", content):
        start, end = match.start() * step, match.end() * step
        if rtl and _ARABIC.search(content):
            start, end = text.width - end, text.width - start
        left, right = text.position_x + start, text.position_x + end
        size, baseline = text.style["font_size"], text.position_y + text.baseline
        top, bottom = baseline - _ASCENT * size, baseline + _DESCENT * size
        box = Box(*(round(x * _SCALE) for x in (left, top, right, bottom)))
        yield Word(match.group(), box, _CONFIDENCE)


def _glued(words: tuple[Word, ...]) -> tuple[Word, ...]:
    """Runs that touch are one word: bold print within a word, a change of font."""
    out: list[Word] = []
    for word in words:
        gap = 0.08 * word.box.height
        if out and -2 <= word.box.left - out[-1].box.right < gap:
            last = out.pop()
            out.append(Word(last.text + word.text, last.box.union(word.box), _CONFIDENCE))
        else:
            out.append(word)
    return tuple(out)


def _is_ruled(box: LayoutBox) -> bool:
    return type(box).__name__ == "TableBox" and any(
        cell.border_top_width > 0 for _, cell in _cells(box)
    )


def _cells(table: LayoutBox) -> Iterator[tuple[int, LayoutCell]]:
    rows = [b for b in boxes_of(table) if type(b).__name__ == "TableRowBox"]
    for number, row in enumerate(rows):
        for cell in row.children:
            yield number, cast("LayoutCell", cell)


def _table(table: LayoutBox, rtl: bool) -> Table:
    """Columns count from the left edge, as the page reader counts them."""
    found = list(_cells(table))
    columns = max(cell.grid_x + cell.colspan for _, cell in found)
    cells = tuple(
        Cell(
            row,
            columns - cell.grid_x - cell.colspan if rtl else cell.grid_x,
            _box(cell),
            cell.rowspan,
            cell.colspan,
        )
        for row, cell in found
    )
    return Table(enclosing(tuple(c.box for c in cells)), cells)


def _box(cell: LayoutCell) -> Box:
    left, top = cell.border_box_x(), cell.border_box_y()
    right, bottom = left + cell.border_width(), top + cell.border_height()
    return Box(*(round(x * _SCALE) for x in (left, top, right, bottom)))


def _inside(words: tuple[Word, ...], tables: tuple[Table, ...]) -> bool:
    x, y = enclosing(tuple(w.box for w in words)).center
    return any(t.box.left <= x < t.box.right and t.box.top <= y < t.box.bottom for t in tables)
