"""Which values of a list arrived whole: in one line of the page, one cell, or down one column.

Only words and boxes are looked at, no rule of ``extract``: a value that is not whole here was
misread, or torn by what stands beside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

from ocr.types import Box, Line, Page, Word

COLUMNS = frozenset({"ruled_table", "unruled_columns", "table", "columns", "two_column"})
"""Layouts whose values stand in cells or columns."""

FIELDS = ("name", "title", "organization", "email")

_GAP, _EDGE, _STEP = 1.2, 0.8, 1.2
"""In heights of a word: white that parts two columns, how far the left edges of lines of one column
differ, and how far below each other they stand, at most."""


def counted(delegates: Iterable[dict[str, object]], pages: Iterable[Page]) -> tuple[int, int]:
    """How many values the delegates have, and how many of them are whole on the pages."""
    texts = [squeezed(text) for page in pages for text in texts_of(page)]
    values = [squeezed(str(d[field])) for d in delegates for field in FIELDS if d.get(field)]
    return len(values), sum(any(value in text for text in texts) for value in values)


def squeezed(text: str) -> str:
    """The text without white space, in small letters: names are printed in capitals, too."""
    return "".join(text.split()).casefold()


def texts_of(page: Page) -> Iterator[str]:
    """What stands together: each line, each cell of a grid, each stack of lines in a column."""
    yield from (line.text for line in page.lines)
    words = [word for line in page.lines for word in line.words]
    for table in page.tables:
        for cell in table.cells:
            inside = [word for word in words if _lies_in(word.box, cell.box)]
            yield " ".join(word.text for row in _rows(inside) for word in row)
    yield from (" ".join(w.text for run in stack for w in run) for stack in _stacks(page.lines))


def _lies_in(box: Box, cell: Box) -> bool:
    x, y = box.center
    return cell.left <= x < cell.right and cell.top <= y < cell.bottom


def _rows(words: list[Word]) -> list[list[Word]]:
    rows: list[list[Word]] = []
    for word in sorted(words, key=lambda w: w.box.center[1]):
        if rows and word.box.center[1] < rows[-1][-1].box.bottom:
            rows[-1].append(word)
        else:
            rows.append([word])
    return [sorted(row, key=lambda w: w.box.left) for row in rows]


def _stacks(lines: tuple[Line, ...]) -> list[list[list[Word]]]:
    """Runs of words between wide gaps, each below the one it goes on from."""
    stacks: list[list[list[Word]]] = []
    for run in sorted((run for line in lines for run in _runs(line)), key=_top):
        first = run[0].box
        under = [stack for stack in stacks if _goes_on(stack[-1][0].box, first)]
        if under:
            under[-1].append(run)
        else:
            stacks.append([run])
    return stacks


def _top(run: list[Word]) -> int:
    return run[0].box.top


def _goes_on(above: Box, below: Box) -> bool:
    near = abs(above.left - below.left) <= _EDGE * above.height
    step = below.top - above.bottom
    return near and above.top < below.top and step <= _STEP * above.height


def _runs(line: Line) -> list[list[Word]]:
    words = sorted(line.words, key=lambda word: word.box.left)
    runs = [[word] for word in words[:1]]
    for before, word in pairwise(words):
        if word.box.left - before.box.right > _GAP * word.box.height:
            runs.append([])
        runs[-1].append(word)
    return runs
