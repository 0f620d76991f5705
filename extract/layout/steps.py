"""The step from one row of a table to the next, and the blocks of lines that it parts.

Works on word boxes alone (pixels of the page image). In each column lines that follow each other as
closely as the lines of one text are a block; what stands in the rows proves the step.
"""

from __future__ import annotations

import statistics
from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, TypeAlias

from extract.language.terms import HONORIFICS
from extract.layout.row_signs import has_mail, is_counted, is_led, is_titled
from extract.layout.rows import begins_person, is_phrase

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ocr.types import Word

Lines: TypeAlias = "list[tuple[Word, ...]]"
"""Printed lines of one column or cell, from the top."""
Cells: TypeAlias = "dict[tuple[int, int], Lines]"
"""Cells by row and column."""

LEAST_STEP = 0.05  # the same in a table where what stands in the rows must prove it
LEAST_STEP_OF_CARDS = 0.08  # the same where persons stand in several columns
BLUR = 2.5  # pixels by which steps that are the same differ on a scan
JUMPS = 8  # steps tried where no jump tells
STEP = 0.22  # how much longer the step to a new row is than to a wrapped line, as a share of it
NOISE = 0.6  # steps shorter than so many line heights are words of one line
WRAPPED = 2.2  # the longest step to a wrapped line, in heights of its words
BETWEEN = 0.75  # how far from two lines another one lies that is of a row between them
OVERLAP = 0.25  # how far blocks must reach beside each other, in line heights
CLOSE = 1.7  # from one line of a cell to the next, in line heights; rows of one line are two apart
FIGURES = 6  # digits of a whole date or of a number that is one person's; chosen
FILLED = 0.6  # share of the columns that a row fills which proves its step


def leading(columns: Sequence[Lines], *, table: bool = False) -> float | None:
    """The longest step to a wrapped line (pixels), None when the steps do not tell.

    A row of a ``table`` is one person's; of other columns each may hold one.
    Between the small steps of wrapped lines and the large ones of rows, if there are both. A step
    over a line of another column is none: the cell between is empty.
    """
    height = height_of([line for lines in columns for line in lines])
    middles = sorted(middle_of(line) for lines in columns for line in lines)
    steps: list[float] = []
    for lines in columns:
        for above, below in pairwise(map(middle_of, lines)):
            between = bisect_right(middles, above + BETWEEN * height)
            skips = between < len(middles) and middles[between] < below - BETWEEN * height
            if below - above > NOISE * height and not skips:
                steps.append(below - above)
    steps.sort()
    clear = next(((a + b) / 2 for a, b in pairwise(steps) if b - a > STEP * a), None)
    if clear is not None and clear > WRAPPED * height:
        clear = None
    if not table and all(_is_one_person(lines) for lines in columns):
        return None
    return _best(columns, steps, clear, table=table)


def _is_one_person(lines: Lines) -> bool:
    return sum(map(begins_person, lines)) == 1 and sum(map(has_mail, lines)) <= 1


def _best(
    columns: Sequence[Lines], steps: Sequence[float], clear: float | None, *, table: bool
) -> float | None:
    """Of all steps the one that parts most persons' rows, ``clear`` if none does better."""
    least, proved = (LEAST_STEP, _full) if table else (LEAST_STEP_OF_CARDS, _single)
    jumps = [s for s in pairwise(steps) if s[1] - s[0] > max(least * s[0], BLUR)]
    jumps = sorted(jumps, key=lambda s: s[0] - s[1])[:JUMPS]
    told = {step: proved(columns, step) for step in (sum(s) / 2 for s in jumps)}
    best = max(told, key=told.__getitem__, default=None)
    if best is None or told[best] <= max(1, proved(columns, clear) if clear else 0):
        return clear
    return best


def _single(columns: Sequence[Lines], step: float) -> int:
    """Rows in which one person begins, less the others, when rows are parted at ``step``."""
    people = [
        sum(begins_person(line) for b in band for line in b.lines)
        for band in groups(blocks(columns, step))
    ]
    return sum(1 if n == 1 else -1 for n in people)


def _full(columns: Sequence[Lines], step: float) -> int:
    """The proof of rows that are parted at ``step``."""
    return proof(columns, groups(blocks(columns, step)))


def proof(columns: Sequence[Lines], bands: Sequence[Sequence[Block]]) -> int:
    """Rows that one person may fill, less those that one cannot.

    A row has one form of address, number and address at most, and something in most columns; one
    with nothing in the columns of the first is the rest of the row above. Where forms of address
    begin the persons, a row without one proves nothing: it may be wrapped lines.
    """
    addressed = sum(is_led(line) for lines in columns for line in lines) > 1
    begin = {b.column for band in bands[:1] for b in band}
    found = 0
    for band in bands:
        filled = {b.column for b in band}
        signs = _signs(columns, band)
        people = max(signs[::3])
        # beside a merged cell a row of its own has an address or a form of address
        rest = min(filled) > min(begin) and (
            not max(signs) or len(filled) < FILLED * (len(columns) - 1)
        )
        if max(signs) > 1 or rest:
            found -= 1
        elif people or (not addressed and len(filled) >= FILLED * len(columns)):
            found += 1
    return found


def _signs(columns: Sequence[Lines], band: Sequence[Block]) -> list[int]:
    """How many forms of address, numbers and addresses stand in each column of a row."""
    names = {n for n, lines in enumerate(columns) if any(map(is_led, lines))}
    found: list[int] = []
    for column in sorted({b.column for b in band}):
        own = [b.lines for b in band if b.column == column]
        lines = [line for block in own for line in block]
        # beside "Mr." in its column "Dr." is one
        led = is_titled if column in names else is_led
        people = sum(map(led, lines)) - _wrapped_forms(own)
        found += [people, *(sum(map(tells, lines)) for tells in (is_counted, has_mail))]
    return found


def _wrapped_forms(blocks: Sequence[tuple[tuple[Word, ...], ...]]) -> int:
    """Lines that go on with the form of address above: ``Sra.`` and below it ``Dña.``."""
    pairs = (pair for lines in blocks for pair in pairwise(lines))
    return sum(is_phrase((*a, *b), *HONORIFICS) for a, b in pairs)


def clashes(columns: Sequence[Lines], tops: Sequence[float]) -> int:
    """Rows, begun at ``tops``, in which two persons begin or a column has two dates or numbers."""
    rows = rows_at(columns, tops)
    return sum(max(*_signs(columns, band), *_figures(band)) > 1 for band in rows)


def _figures(band: Sequence[Block]) -> list[int]:
    """Lines of each cell that are a whole date, a telephone or the number of a passport."""
    texts = ("".join(w.text for w in line) for block in band for line in block.lines)
    places = [block.column for block in band for _ in block.lines]
    told = (c for c, x in zip(places, texts, strict=True) if sum(map(str.isdigit, x)) >= FIGURES)
    return [*Counter(told).values(), 0]


def rows_at(columns: Sequence[Lines], tops: Sequence[float]) -> list[list[Block]]:
    """The rows that begin at ``tops``, as blocks."""
    rows: dict[int, list[Block]] = {}
    for (row, column), lines in sorted(cut(columns, tops).items()):
        rows.setdefault(row, []).append(
            Block(middle_of(lines[0]), middle_of(lines[-1]), column, tuple(lines))
        )
    return list(rows.values())


def blocks_of(lines: Lines, step: float | None) -> list[tuple[int, ...]]:
    """Numbers of lines that follow each other as closely as those of one text."""
    blocks: list[list[int]] = []
    for number, line in enumerate(lines):
        if blocks and (step is None or middle_of(line) - middle_of(lines[number - 1]) <= step):
            blocks[-1].append(number)
        else:
            blocks.append([number])
    return [tuple(b) for b in blocks]


def cut_at(cells: dict[int, Lines], tops: Sequence[float]) -> Cells:
    """The columns' lines in rows that begin at ``tops`` (y); what is above the first is in it."""
    found: Cells = {}
    for column, lines in cells.items():
        for line in lines:
            row = max(bisect_right(tops, middle_of(line)) - 1, 0)
            found.setdefault((row, column), []).append(line)
    return found


@dataclass(frozen=True, slots=True)
class Block:
    """Lines of one text in one column, from ``top`` to ``bottom`` (pixels)."""

    top: float
    bottom: float
    column: int
    lines: tuple[tuple[Word, ...], ...]


def blocks(columns: Sequence[Lines], step: float | None) -> list[Block]:
    """The blocks of all columns, lines further apart than ``step`` being two."""
    height = height_of([line for lines in columns for line in lines])
    return [
        Block(
            middle_of(lines[block[0]]) - OVERLAP * height,
            middle_of(lines[block[-1]]) + OVERLAP * height,
            column,
            tuple(lines[n] for n in block),
        )
        for column, lines in enumerate(columns)
        for block in blocks_of(lines, step)
    ]


def groups(blocks: Sequence[Block]) -> list[list[Block]]:
    """Blocks beside each other, from the top."""
    groups: list[list[Block]] = []
    reach = 0.0
    for block in sorted(blocks, key=lambda b: b.top):
        if groups and block.top < reach:
            groups[-1].append(block)
        elif len(groups) > 1 and _goes_around(groups[-2], groups[-1], block):
            groups[-2:] = [[*groups[-2], *groups[-1], block]]
        else:
            groups.append([block])
        reach = max(reach, block.bottom)
    return groups


def _goes_around(above: Sequence[Block], beside: Sequence[Block], block: Block) -> bool:
    """A line alone, what stands lower beside it, and the next line of its cell: one row.

    The others are set to the middle of two lines that follow each other closely, so that there is
    no room between these for a row.
    """
    if len(above) > 1 or above[0].column != block.column or len(above[0].lines) > 1:
        return False
    height = (above[0].bottom - above[0].top) / (2 * OVERLAP)
    return block.top - above[0].top < CLOSE * height and all(
        b.column != block.column for b in beside
    )


def cut(columns: Sequence[Lines], tops: Sequence[float]) -> Cells:
    """The columns in rows that begin at ``tops`` (y)."""
    return cut_at(dict(enumerate(columns)), tops)


def tops_of(columns: Sequence[Lines]) -> list[float]:
    """Where each row begins (y); one row when the steps do not tell."""
    step = leading(columns)
    if step is None:
        return [0.0]
    return [min(b.top for b in group) for group in groups(blocks(columns, step))]


def middle_of(line: Sequence[Word]) -> float:
    """Mean of the words' middles (y)."""
    return sum(w.box.center[1] for w in line) / len(line)


def top_of(line: Sequence[Word]) -> float:
    """Upper edge of the words (y)."""
    return min(w.box.top for w in line)


def height_of(lines: Sequence[Sequence[Word]]) -> float:
    """Median height of the words, pixels."""
    return float(statistics.median(w.box.height for line in lines for w in line)) or 1.0
