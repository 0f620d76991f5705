"""What stands in one row of a table: steps, blocks and their proof need each other, so one file.

The lines of a table's columns are put together by white space.

Works on word boxes alone (pixels of the page image). In each column lines that follow each other as
closely as the lines of one text are a block; blocks of several columns beside each other are a
row, however their cells are set (to the top, the middle or the foot).
"""

from __future__ import annotations

import re
import statistics
from bisect import bisect_right
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, TypeAlias

from extract.language.terms import HONORIFICS
from extract.layout.rows import (
    Row,
    begins_person,
    begins_with,
    header_label,
    is_header,
    is_label,
    is_phrase,
    records_of,
)
from extract.layout.top_set import row_starts

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

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
FILLED = 0.6  # share of the columns that a row fills which proves its step
LONGEST_NUMBER = 4  # digits that are no number of a row
LABEL_LINES = 3  # lines of a label in a narrow column
NAME_LABELS = ("table_headers.name", "family_name_headers", "given_name_headers")
MARKS = 0.7  # share of a column's lines that are marks of a list
_COLONS = (":", "：")
_NUMBER = re.compile(r"[(]?(\d{1,3})[.)]")
_MARK = re.compile(r"[(]?(?:\d{1,3}|[a-zA-Z]|[ivxlcIVXLC]{1,5})[.)]?|[^\w\s]")


def with_marks(columns: Sequence[Lines]) -> list[Lines]:
    """The columns, each of numbers or bullets joined with the one it counts."""
    found: list[Lines] = []
    marks: Lines = []
    for lines in columns:
        if _are_marks(lines) and lines is not columns[-1]:
            marks = marks + lines
            continue
        found.append(_marked(lines, marks))
        marks = []
    return found


def _are_marks(lines: Lines) -> bool:
    marks = sum(len(x) == 1 and bool(_MARK.fullmatch(x[0].text)) for x in lines)
    return marks >= 2 and marks >= MARKS * len(lines)


def _marked(lines: Lines, marks: Lines) -> Lines:
    """Each mark before the line it is nearest to, or before the first of its block."""
    if not marks:
        return lines
    result = [list(line) for line in lines]
    blocks = blocks_of(lines, leading([lines]))
    middles = [middle_of(line) for line in lines]
    for mark in marks:
        y = middle_of(mark)
        nearest = min(range(len(lines)), key=lambda n: abs(middles[n] - y))
        block = next((b for b in blocks if nearest in b), (nearest,))
        inside = nearest if abs(middles[nearest] - y) < 2 and nearest == block[0] else block[0]
        result[inside] = [*mark, *result[inside]]
    return [tuple(line) for line in result]


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
        for band in _groups(_blocks(columns, step))
    ]
    return sum(1 if n == 1 else -1 for n in people)


def _full(columns: Sequence[Lines], step: float) -> int:
    """Rows that one person may fill, less those that one cannot, when rows are parted at ``step``."""
    return _proof(columns, _groups(_blocks(columns, step)))


def _proof(columns: Sequence[Lines], bands: Sequence[Sequence[_Block]]) -> int:
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


def _signs(columns: Sequence[Lines], band: Sequence[_Block]) -> list[int]:
    """How many forms of address, numbers and addresses stand in each column of a row."""
    names = {n for n, lines in enumerate(columns) if any(map(is_led, lines))}
    return [
        sum(map(tells, (line for b in band if b.column == column for line in b.lines)))
        for column in {b.column for b in band}
        # beside "Mr." in its column "Dr." is one
        for tells in (_is_titled if column in names else is_led, _is_counted, has_mail)
    ]


def _clashes(columns: Sequence[Lines], tops: Sequence[float]) -> int:
    """Rows, begun at ``tops``, in which two persons begin."""
    return sum(max(_signs(columns, band)) > 1 for band in _at(columns, tops))


def _at(columns: Sequence[Lines], tops: Sequence[float]) -> list[list[_Block]]:
    """The rows that begin at ``tops``, as blocks."""
    rows: dict[int, list[_Block]] = {}
    for (row, column), lines in sorted(_cut(columns, tops).items()):
        rows.setdefault(row, []).append(
            _Block(middle_of(lines[0]), middle_of(lines[-1]), column, tuple(lines))
        )
    return list(rows.values())


def _begins_row(line: Sequence[Word], above: Sequence[Word] | None) -> bool:
    """A form of address or a number; ``#2 Mr`` is both.

    ``His Excellency`` and below it ``Mr. X`` are one.
    """
    if above and is_phrase(above, *HONORIFICS):
        return False
    counted = number_of(line[0]) is not None
    return is_led(line) or _is_counted(line) or (counted and len(line) > 1 and is_led(line[1:]))


def is_led(line: Sequence[Word]) -> bool:
    """A form of address; a letter alone is the end of an address (``k@gmail.co``, ``m``) or name."""
    return begins_person(line) and sum(c.isalnum() for w in line for c in w.text) > 1


def _is_titled(line: Sequence[Word]) -> bool:
    return is_led(line) or begins_with(line, *HONORIFICS)


def _is_counted(line: Sequence[Word]) -> bool:
    return _NUMBER.fullmatch(line[0].text) is not None


def has_mail(line: Sequence[Word]) -> bool:
    """An address begins or goes on in the line."""
    return any("@" in w.text for w in line)


def blocks_of(lines: Lines, step: float | None) -> list[tuple[int, ...]]:
    """Numbers of lines that follow each other as closely as those of one text."""
    blocks: list[list[int]] = []
    for number, line in enumerate(lines):
        if blocks and (step is None or middle_of(line) - middle_of(lines[number - 1]) <= step):
            blocks[-1].append(number)
        else:
            blocks.append([number])
    return [tuple(b) for b in blocks]


def cells_of(
    columns: Sequence[Lines], rows: Sequence[Row], table: Sequence[dict[int, list[Word]]]
) -> tuple[Cells, dict[tuple[int, int], int]]:
    """A table's cells: the blocks of all columns that stand beside each other are one row.

    Returns:
        the cells, and of those that stand beside several rows how many these are.
    """
    step = leading(columns, table=True)
    starts = row_starts(columns, _begins_row)
    if step is None:
        told = _told(columns, rows, table)
        if starts and len(starts) > 1 and _clashes(columns, starts) <= _clashes(columns, told):
            told = starts
        return _cut(columns, _counted(columns, told) or told), {}
    bands, bridges = _bands(_blocks(columns, step))
    if starts and _proof(columns, _at(columns, starts)) > _proof(columns, bands):
        return _cut(columns, _counted(columns, starts) or starts), {}
    tops = [min(b.top for b in row) for row in _groups(_blocks(columns, step))]
    counted = _counted(columns, tops)
    if counted:
        return _cut(columns, counted), {}
    cells: Cells = {}
    for number, band in enumerate(bands):
        for block in sorted(band, key=lambda b: b.top):
            cells.setdefault((number, block.column), []).extend(block.lines)
    spans: dict[tuple[int, int], int] = {}
    for block, first, last in bridges:
        cells[first, block.column] = list(block.lines)
        spans[first, block.column] = last - first + 1
    if spans:
        return cells, spans
    return _with_rests(_with_lone_addresses(cells), columns), {}


def _with_lone_addresses(cells: Cells) -> Cells:
    """The rows, an address alone in its row put to the person above, whose row has none.

    So is the rest of one: a word alone below an address.
    """
    found: Cells = {}
    place, first = -1, True
    for row in sorted({r for r, _ in cells}):
        filled = [c for r, c in cells if r == row]
        lone, above = cells[row, filled[0]], found.get((place, filled[0]), [])
        begun = any(map(has_mail, above))
        is_rest = begun and len(lone) == len(lone[0]) == 1
        own = not above and any(map(has_mail, lone))
        rest = len(filled) == 1 and not first and (own or is_rest)
        first = place < 0
        place += not rest
        for column in filled:
            found.setdefault((place, column), []).extend(cells[row, column])
    return found


def cut_at(cells: dict[int, Lines], tops: Sequence[float]) -> Cells:
    """The columns' lines in rows that begin at ``tops`` (y); what is above the first is in it."""
    found: Cells = {}
    for column, lines in cells.items():
        for line in lines:
            row = max(bisect_right(tops, middle_of(line)) - 1, 0)
            found.setdefault((row, column), []).append(line)
    return found


def _with_rests(cells: Cells, columns: Sequence[Lines]) -> Cells:
    """The rows, each with what has no number in a table that counts its rows: its last lines.

    A line in one column alone may be a heading between two rows.
    """
    counts = next((n for n, lines in enumerate(columns) if _counting(lines)), None)
    found: Cells = {}
    place, counted = -1, False
    for row in sorted({r for r, _ in cells}):
        filled = [c for r, c in cells if r == row]
        rest = counted and counts not in filled and 1 < len(filled) < len(columns) - 1
        place += not rest
        counted = counted or counts in filled
        for column in filled:
            found.setdefault((place, column), []).extend(cells[row, column])
    return found


def _told(
    columns: Sequence[Lines], rows: Sequence[Row], table: Sequence[dict[int, list[Word]]]
) -> list[float]:
    """Where rows begin (y) when all steps are alike, by the words that begin a person's."""
    lines = [line for column in columns for line in column]
    mails = sum("@" in w.text for line in lines for w in line)
    people = sum(map(begins_person, lines))
    if max(mails, people) == 1 and min(map(len, columns)) < max(map(len, columns)):
        header = [n for n, cells in enumerate(table) if is_header(cells.values())]
        led = next(
            (n for n, cells in enumerate(table) if any(map(begins_person, cells.values()))), 0
        )
        if led and not header and any(map(is_label, table[led - 1].values())):
            header = [led - 1]
        starts = [0, *(n + 1 for n in header if n + 1 < len(rows))]
        return [rows[n].top for n in starts]
    return [rows[record[0]].top for record in records_of(rows, table)]


@dataclass(frozen=True, slots=True)
class _Block:
    """Lines of one text in one column, from ``top`` to ``bottom`` (pixels)."""

    top: float
    bottom: float
    column: int
    lines: tuple[tuple[Word, ...], ...]


def _blocks(columns: Sequence[Lines], step: float | None) -> list[_Block]:
    height = height_of([line for lines in columns for line in lines])
    return [
        _Block(
            middle_of(lines[block[0]]) - OVERLAP * height,
            middle_of(lines[block[-1]]) + OVERLAP * height,
            column,
            tuple(lines[n] for n in block),
        )
        for column, lines in enumerate(columns)
        for block in blocks_of(lines, step)
    ]


def _groups(blocks: Sequence[_Block]) -> list[list[_Block]]:
    """Blocks beside each other, from the top."""
    groups: list[list[_Block]] = []
    reach = 0.0
    for block in sorted(blocks, key=lambda b: b.top):
        if groups and block.top < reach:
            groups[-1].append(block)
        else:
            groups.append([block])
        reach = max(reach, block.bottom)
    return groups


def _bands(
    blocks: Sequence[_Block],
) -> tuple[list[list[_Block]], list[tuple[_Block, int, int]]]:
    """The rows, and the blocks of merged cells: beside which rows they stand, first and last."""
    bands: list[list[_Block]] = []
    bridges: list[tuple[_Block, int, int]] = []
    for group in _groups(blocks):
        split, column = _without_bridges(group)
        at = len(bands)
        bands += [list(band) for band in split]
        for block in (b for b in group if b.column == column):
            beside = [
                n
                for n, band in enumerate(split)
                if any(b.top < block.bottom and block.top < b.bottom for b in band)
            ]
            if len(beside) > 1:
                bridges.append((block, at + beside[0], at + beside[-1]))
            else:
                bands[at + (beside or [0])[0]].append(block)
    return _without_lone(bands, bridges)


def _without_bridges(group: list[_Block]) -> tuple[list[list[_Block]], int | None]:
    """Rows that only the cells of one column hold together, and that column."""
    best: tuple[list[list[_Block]], int | None] = [group], None
    for column in {b.column for b in group}:
        split = _groups([b for b in group if b.column != column])
        whole = all(len({b.column for b in band}) > 1 for band in split)
        if whole and len(split) > len(best[0]):
            best = split, column
    return best


def _without_lone(
    bands: list[list[_Block]], bridges: list[tuple[_Block, int, int]]
) -> tuple[list[list[_Block]], list[tuple[_Block, int, int]]]:
    """A line between two rows that have nothing in its column belongs to both."""
    kept: list[list[_Block]] = []
    found: list[tuple[_Block, int, int]] = []
    place: dict[int, int] = {}
    for number, band in enumerate(bands):
        column = band[0].column
        around = [bands[n] for n in (number - 1, number + 1) if 0 <= n < len(bands)]
        lone = len(band) == 1 and len(around) == 2
        if lone and all(
            len(other) > 1 and all(b.column != column for b in other) for other in around
        ):
            found.append((band[0], len(kept) - 1, len(kept)))
            continue
        place[number] = len(kept)
        kept.append(band)
    moved = [(b, place[i], place[k]) for b, i, k in bridges if i in place and k in place]
    return kept, [*found, *moved]


def cards_of(columns: Sequence[Lines]) -> Cells:
    """Columns of persons: card by card in rows."""
    return _cut(columns, _tops(columns))


def form_of(columns: Sequence[Lines]) -> Cells:
    """A table on its side: each row has a label; ``البريد`` may go on below.

    What stands beside a label may begin above it, where cells are set to their middle. Numbers of
    persons, or their names, may stand above the first label.
    """
    begins = _labels_in(columns[0])
    tops = [_white_between(a, b, columns) for a, b in pairwise(begins)]
    heads = [lines[0] for lines in columns[1:]]
    counted = [number_of(head[-1]) for head in heads] == [*range(1, len(columns))]
    named = not any(map(_is_above_name, begins)) and all(
        middle_of(head) < _top(begins[0]) for head in heads
    )
    if counted or named:
        tops.insert(0, _white_between(min(heads, key=middle_of), begins[0], columns))
    return _cut(columns, [min(_top(x[0]) for x in columns), *tops])


def _labels_in(lines: Lines) -> Lines:
    """The first line of each label; those below make one label with it: ``Nom et`` / ``prénom``."""
    begins: Lines = []
    at = 0
    while at < len(lines):
        begins.append(lines[at])
        ends = range(min(at + LABEL_LINES, len(lines)), at + 1, -1)
        at = next((n for n in ends if _is_one_label(lines[at:n])), at + 1)
    return begins


def _is_one_label(lines: Lines) -> bool:
    """Together they are a label we know, and not each line by itself."""
    ended = any(line[-1].text.endswith(_COLONS) for line in lines[:-1])
    return _is_known([w for x in lines for w in x]) and not ended and not all(map(_is_known, lines))


def _is_above_name(label: Sequence[Word]) -> bool:
    return header_label(" ".join(w.text for w in label).rstrip(" :：")) in NAME_LABELS


def _white_between(above: Sequence[Word], below: Sequence[Word], columns: Sequence[Lines]) -> float:
    """Where the row of a label begins (y): below the widest white, the last of those alike."""
    first, last = middle_of(above), middle_of(below)
    lines = (line for column in columns for line in column if first <= middle_of(line) <= last)
    words = sorted((w.box for line in lines for w in line), key=lambda b: b.top)
    found, widest, reach = float(_top(below)), 0.0, float(words[0].bottom)
    for box in words:
        if box.top - reach >= widest - BLUR:
            found, widest = float(box.top), max(widest, box.top - reach)
        reach = max(reach, box.bottom)
    return found


def is_number(word: Word) -> bool:
    """``1.``, ``(2)``: the number of an item."""
    return _NUMBER.match(word.text) is not None


def number_of(word: Word) -> int | None:
    """The number a row begins with: ``1.``, ``2``, or its dot and a speck: ``2:``."""
    told = word.text.strip("().:#№")
    return int(told) if told.isdecimal() and len(told) < LONGEST_NUMBER else None


def beside(columns: Sequence[Lines]) -> Lines:
    """Labels and their values on one line each, however either wraps."""
    joined: Lines = []
    cells = _cut(columns, _tops(columns))
    for row in sorted({r for r, _ in cells}):
        parts = [cells[row, c] for c in range(len(columns)) if (row, c) in cells]
        joined += _label_by_label(parts) if (row, 0) in cells else [x for p in parts for x in p]
    return joined


def in_turn(lists: Sequence[Lines], begins: Callable[[Sequence[Word]], bool]) -> Lines:
    """Lists of labels beside each other as one: what stands at one height, from the left."""
    near = NOISE * height_of([line for lines in lists for line in lines])
    entries: list[Lines] = []
    for lines in lists:
        edge = min(line[0].box.left for line in lines)
        for number, line in enumerate(lines):
            # without a colon a value may begin so, but not where the labels do
            sure = line[0].box.left - edge < near or any(w.text.endswith(_COLONS) for w in line)
            if number == 0 or (sure and begins(line)):
                entries.append([])
            entries[-1].append(line)
    rows: list[list[Lines]] = []
    for entry in sorted(entries, key=lambda e: _top(e[0][:1])):
        if rows and _top(entry[0][:1]) - _top(rows[-1][0][0][:1]) < near:
            rows[-1].append(entry)
        else:
            rows.append([entry])
    return [x for row in rows for e in sorted(row, key=lambda e: e[0][0].box.left) for x in e]


def cut_before(lines: Lines, begins: Sequence[int]) -> list[Lines]:
    """The lines, cut before those of these numbers; what stands above the first goes with it."""
    return [lines[a:b] for a, b in pairwise([0, *begins[1:], len(lines)])]


def _label_by_label(parts: Sequence[Lines]) -> Lines:
    """Lines of one row of a form: labels that stand close are told apart by their colons."""
    labels: list[list[Word]] = [[]]
    for number, line in enumerate(parts[0]):
        ended = labels[-1] and (
            any(w.text.endswith(_COLONS) for w in labels[-1])
            or (_is_known(labels[-1]) and _is_known(line) and not _is_known([*labels[-1], *line]))
        )
        if ended or (labels[-1] and _heads(labels[-1], parts[0][number:])):
            labels.append([])
        labels[-1] += line
    values = sorted((line for p in parts[1:] for line in p), key=middle_of)
    found: Lines = []
    owners: list[list[tuple[Word, ...]]] = [[] for _ in labels]
    height = height_of(values) if values else 0.0
    for value in values:
        above = [
            n
            for n, label in enumerate(labels)
            if min(w.box.center[1] for w in label) <= middle_of(value) + 0.5 * height
        ]
        owners[above[-1] if above else 0].append(value)
    for label, own in zip(labels, owners, strict=True):
        found.append((*label, *(own[0] if own else ())))
        found += own[1:]
    return found


def _heads(above: Sequence[Word], below: Sequence[Sequence[Word]]) -> bool:
    """``Delegate 2`` above ``Name and`` / ``surname:`` is no part of the label these make."""
    last = next((n for n, line in enumerate(below) if line[-1].text.endswith(_COLONS)), None)
    if last is None:
        return False
    label = [word for line in below[: last + 1] for word in line]
    return _is_known(label) and not _is_known([*above, *label])


def _is_known(words: Sequence[Word]) -> bool:
    return header_label(" ".join(w.text for w in words)) is not None


def _tops(columns: Sequence[Lines]) -> list[float]:
    """Where each row begins (y); one row when the steps do not tell."""
    step = leading(columns)
    if step is None:
        return [0.0]
    return [min(b.top for b in group) for group in _groups(_blocks(columns, step))]


def _counted(columns: Sequence[Lines], tops: Sequence[float]) -> list[float]:
    """Where the rows begin that a column of numbers counts, none if ``tops`` part all of them.

    Cells are set to the top of their row, beside its number.
    """
    numbers = next((told for lines in columns if (told := _counting(lines))), [])
    rows = [bisect_right(tops, middle_of(line)) for line in numbers]
    if len(set(rows)) == len(rows):
        return []
    lines = [line for column in columns for line in column]
    near = NOISE / 2 * height_of(lines)
    at = [middle_of(number) for number in numbers]
    body = sorted(y for y in map(middle_of, lines) if bisect_right(tops, y) >= rows[0])
    if body[0] <= at[0] - near:
        return []
    return [*tops[: rows[0] - 1], *(y - near for y in at)]


def _counting(lines: Lines) -> Lines:
    """Numbers alone in their lines, each one more than that above, below the first of a header."""
    told = [number_of(line[0]) if len(line) == 1 else None for line in lines]
    first = next((n for n, number in enumerate(told) if number is not None), len(told))
    counts = told[first:]
    counting = len(counts) > 1 and all(
        b is not None and a is not None and b == a + 1 for a, b in pairwise(counts)
    )
    return [*lines[: min(first, 1)], *lines[first:]] if counting else []


def _cut(columns: Sequence[Lines], tops: Sequence[float]) -> Cells:
    return cut_at(dict(enumerate(columns)), tops)


def middle_of(line: Sequence[Word]) -> float:
    """Mean of the words' middles (y)."""
    return sum(w.box.center[1] for w in line) / len(line)


def _top(line: Sequence[Word]) -> float:
    return min(w.box.top for w in line)


def height_of(lines: Sequence[Sequence[Word]]) -> float:
    """Median height of the words, pixels."""
    return float(statistics.median(w.box.height for line in lines for w in line)) or 1.0
