"""White streams down a page, and the columns between them; one proof, so one file.

Works on word boxes alone (pixels of the page image; a right-to-left page comes mirrored, see
``unruled``). A stream is a strip that no word of several rows touches. Where it is no wider than a
space, more is asked of it: several rows must begin a word at its right edge.
"""

from __future__ import annotations

import statistics
from dataclasses import dataclass, field, replace
from itertools import pairwise
from math import inf
from typing import TYPE_CHECKING

from extract.language.normalise import is_han
from extract.layout.rows import Row, is_header, segments

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ocr.types import Word

# all widths and heights in line heights
USUAL_GAP = 0.5  # white in a row that goes on with a stream; the median before a narrow column
WIDE = 0.8  # white that spaces between words rarely reach
EVEN = 1.6  # the same, in usual spaces of a line that has enough of them to tell
EVEN_GAPS = 5  # spaces of a line that tell its usual one
USUAL = 4  # of which one in so many is no wider: a row of many columns has as many gaps of these
LEAST = 0.18  # the narrowest strip
CORRIDOR = 0.55  # a strip that needs no other proof
WIDE_CORRIDOR = 0.9  # the same where few rows show it
SAME_PLACE = 0.25  # words that begin so near begin at one place
CROSSES = 0.3  # how far a word reaches over a border
APART = 3.5  # white that ends a region
CLOSE = 2.2  # from the middle of one row to the next of a region
BESIDE = 0.95  # the same for rows that are one in columns set to their middle
FEW_ROWS = 3  # rows that show little
TAIL = 6  # rows of one column alone that end a region
LONG_TAIL = 10  # the same right above text across all columns
SAME_STEP = 0.3  # by which steps of one text differ on a scan
SUPPORT = 0.5  # share of the rows reaching so far that begin a word there
GLUED = 8  # rows that show a stream for each in which a word lies over it
HEADING = 0.7  # of the region's width: a longer line across the streams is text
_PARTING = (",", ";", "،", "؛", "，", "、", "：", ":", "(")

Gap = tuple[float, float]
"""White from one x to another."""


@dataclass(frozen=True, slots=True)
class Region:
    """Rows ``first`` to ``last`` with white streams through them, and the columns' borders (x)."""

    first: int
    last: int
    borders: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class _Stream:
    """A strip from ``left`` to ``right``: rows with words on both sides, rows it is lost in."""

    left: float
    right: float
    rows: int = 1
    lost: int = 0


@dataclass(slots=True)
class _Edge:
    """A place where words begin: its x, their rows, the white before them, those after a comma."""

    x: float
    rows: set[int] = field(default_factory=set)
    gaps: list[float] = field(default_factory=list)
    parted: int = 0


def region_at(items: Sequence[Row], first: int, after: int = 0) -> Region | None:
    """The rows that streams part together with row ``first``; None when there are none.

    The rows before ``after`` belong to another region.
    """
    height = _height(items[first : first + 12])
    cover = _covered((), items[first])
    streams = [_Stream(*gap) for gap in _wide(items[first], height)]
    last = shown = first
    tail = TAIL
    for number in range(first + 1, len(items)):
        row = _with_half_line_above(items, number, height)
        if not streams or items[number].top - items[last].bottom > APART * height:
            break
        flows = _flowing(row, streams, height)
        if flows is None:
            if not _is_heading(items, number, first, streams, height):
                tail = LONG_TAIL
                break
            last = number
            continue
        fresh = [g for gap in _wide(row, height) for g in _new(gap, cover, flows, height)]
        shown = number if fresh or any(_straddles(row, s) for s in flows) else shown
        streams = [*flows, *(_Stream(*gap) for gap in fresh)]
        streams = [s for s in streams if s.lost * GLUED <= s.rows]
        cover = _covered(cover, row)
        last = number
    last = _with_tail(items, first, shown, last, height, tail)
    sure = [s for s in streams if s.rows >= 2]
    if last == first or not sure:
        return None
    first = _with_head(items, first, after, sure, height)
    joined = [_with_half_line_above(items, n, height) for n in range(first + 1, last + 1)]
    borders = _borders([items[first], *joined], sure, height)
    return Region(first, last, borders) if borders else None


def _with_tail(
    items: Sequence[Row], first: int, shown: int, last: int, height: float, most: int
) -> int:
    """The last of the rows below ``shown`` that no column but one goes on with.

    More than ``most`` are text; they are cut at the widest step, so that no entry is torn in two.
    What stands further below the last row than any two rows are apart is no part of it.
    """
    steps = {n: items[n].middle - items[n - 1].middle for n in range(shown + 1, last + 1)}
    above = [items[n].middle - items[n - 1].middle for n in range(first + 1, shown + 1)]
    if len(above) >= FEW_ROWS:
        apart = max(above) + SAME_STEP * height
        last = next((n - 1 for n, step in steps.items() if step > apart), last)
    if last > shown + most:
        kept = range(shown + 1, shown + most + 2)
        last = max(kept, key=lambda n: (round(steps[n] / (SAME_STEP * height)), n)) - 1
    while last > shown and steps[last] > CLOSE * height:
        last -= 1
    return last


def _with_half_line_above(items: Sequence[Row], number: int, height: float) -> Row:
    """The row as one with that above, where both stand in columns set to their middle.

    Lines of one text are further apart, and words of one row do not lie over each other.
    """
    row, above = items[number], items[number - 1]
    if row.middle - above.middle > BESIDE * height:
        return row
    words = sorted((*above.words, *row.words), key=lambda w: w.box.left)
    joined = Row(tuple(words))
    return joined if all(a.box.right < b.box.left for a, b in pairwise(words)) else row


def _height(rows: Sequence[Row]) -> float:
    return float(statistics.median(w.box.height for r in rows for w in r.words)) or 1.0


def _width(gap: Gap) -> float:
    return gap[1] - gap[0]


def _inner(row: Row) -> list[Gap]:
    """White between the words of a row."""
    return [gap for gap in pairwise_gaps(row.words) if _width(gap) > 0]


def _wide(row: Row, height: float) -> list[Gap]:
    """White that no space of the row is near to; the spaces of a justified line are all alike."""
    least = max(WIDE * height, _uneven(row, height))
    return [gap for gap in pairwise_gaps(row.words) if _width(gap) >= least]


def _uneven(row: Row, height: float) -> float:
    """White that the spaces of a justified line, all alike, stay below; 0 where too few tell.

    Chinese has no spaces: white beside its words is none.
    """
    beside = zip(pairwise_gaps(row.words), pairwise(row.words), strict=True)
    gaps = [
        _width(gap) for gap, (a, b) in beside if not is_han(a.text[-1]) and not is_han(b.text[0])
    ]
    usual = sorted(gaps)[len(gaps) // USUAL] if len(gaps) >= EVEN_GAPS else 0.0
    return min(EVEN * usual, EVEN * height)


def pairwise_gaps(words: Sequence[Word]) -> list[Gap]:
    """White between words from left to right; a word may lie over the one before."""
    found: list[Gap] = []
    reach: float = words[0].box.right
    for word in words[1:]:
        found.append((reach, word.box.left))
        reach = max(reach, word.box.right)
    return found


def _covered(cover: Sequence[Gap], row: Row) -> tuple[Gap, ...]:
    """What the words of some rows lie over, from left to right."""
    merged: list[Gap] = []
    spans = sorted([*cover, *((float(w.box.left), float(w.box.right)) for w in row.words)])
    for left, right in spans:
        if merged and left <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(right, merged[-1][1])
        else:
            merged.append((left, right))
    return tuple(merged)


def _flowing(row: Row, streams: Sequence[_Stream], height: float) -> list[_Stream] | None:
    """The streams after one more row; None when the row is text that runs across them."""
    white = [(-inf, row.words[0].box.left), *_inner(row), (row.right, inf)]
    held: list[_Stream] = []
    open_, wide_, lost = 0, 0, 0
    least = max(USUAL_GAP * height, _uneven(row, height))
    for stream in streams:
        best = max(white, key=lambda g: min(g[1], stream.right) - max(g[0], stream.left))
        left, right = max(best[0], stream.left), min(best[1], stream.right)
        inner = best[0] > -inf and best[1] < inf
        wide = _width(best) >= least
        begins = abs(best[1] - stream.right) <= SAME_PLACE * height
        if right - left < LEAST * height or (inner and not (wide or begins)):
            held.append(replace(stream, lost=stream.lost + 1))
            lost += 1
            continue
        open_ += inner
        wide_ += inner and wide
        held.append(_Stream(left, right, stream.rows + inner, stream.lost))
    return None if lost > (open_ if wide_ else 0) else held


def _new(gap: Gap, cover: Sequence[Gap], streams: Sequence[_Stream], height: float) -> list[Gap]:
    """The part of a row's white that no row above lies over and no stream holds."""
    if any(s.left < gap[1] and gap[0] < s.right for s in streams):
        return []
    left, right = gap
    for start, end in cover:
        if start <= left < end:
            left = end
        if left < start < right:
            right = start
    return [(left, right)] if right - left >= USUAL_GAP * height else []


def _straddles(row: Row, stream: _Stream) -> bool:
    return row.words[0].box.left < stream.left and row.right > stream.right


def _is_heading(
    items: Sequence[Row], number: int, first: int, streams: Sequence[_Stream], height: float
) -> bool:
    """A short line across the streams that go on below it: ``Advisers:`` in a table.

    Right below the first row that row's words must tell that columns begin there.
    """
    row = items[number]
    if number + 1 >= len(items):
        return False
    if not any(s.rows >= 2 for s in streams) and not is_header(segments(items[first].words)):
        return False
    following = items[number + 1]
    if following.top - row.bottom > APART * height:
        return False
    width = max(r.right for r in items[first:number][-6:]) - min(
        r.words[0].box.left for r in items[first:number][-6:]
    )
    short = row.right - row.words[0].box.left <= HEADING * width
    if not short or any(_width(g) >= WIDE * height for g in _inner(row)):
        return False
    flows = _flowing(following, streams, height)
    return flows is not None and any(_straddles(following, s) for s in streams)


def _with_head(
    items: Sequence[Row], first: int, after: int, streams: Sequence[_Stream], height: float
) -> int:
    """Rows above that stand in the columns, too.

    Their gaps are no wider than a space but words begin at the columns' edges, or they are the
    upper half of a row in a column that is set to its middle. ``The following will attend:`` heads
    the list.
    """
    while first > after:
        row = items[first - 1]
        step = items[first].middle - row.middle
        flows = _flowing(row, streams, height)
        inside = flows is not None and not any(
            b.lost > a.lost for a, b in zip(streams, flows, strict=True)
        )
        both = any(_straddles(row, s) for s in streams)
        text = row.words[-1].text.endswith((":", "：")) and not _wide(row, height)
        if text or not inside or step > (CLOSE if both else BESIDE) * height:
            break
        first -= 1
    return first


def _borders(rows: Sequence[Row], streams: Sequence[_Stream], height: float) -> tuple[float, ...]:
    """Where a column begins: in the middle of a wide stream, or left of a place where words do."""
    least = (CORRIDOR if len(rows) > FEW_ROWS else WIDE_CORRIDOR) * height
    clear = [s for s in streams if s.right - s.left >= least or _is_clear(rows, s, height)]
    found = [(s.left + s.right) / 2 for s in clear]
    spaces = [w for r in rows for g in _inner(r) if (w := _width(g)) < WIDE * height]
    white = max(USUAL_GAP * height, EVEN * statistics.median(spaces) if spaces else 0.0)
    narrow = [e for e in _edges(rows, height) if _is_column(rows, e, height, white)]
    for edge in narrow:
        x = edge.x - LEAST * height / 2
        if not any(s.left - height <= edge.x <= s.right + height for s in clear):
            found.append(x)
    return tuple(sorted(found))


def with_begins(
    rows: Sequence[Row], borders: Sequence[float], labels: Sequence[Sequence[Word]]
) -> tuple[float, ...]:
    """The borders, and one left of each of the ``labels`` that are known to head columns.

    There must be white, and no border yet between it and the label before. Of cells set to their
    middle white parts those of two labels anywhere between the middles of these.
    """
    height = _height(rows)
    found = list(borders)
    cover: Sequence[Gap] = ()
    for row in rows:
        cover = _covered(cover, row)
    for before, label in pairwise(sorted(labels, key=lambda x: x[0].box.left)):
        x = label[0].box.left
        if any(before[0].box.left < border <= x for border in found):
            continue
        crossed = sum(any(w.box.left < x - 1 and w.box.right > x for w in r.words) for r in rows)
        if crossed * GLUED <= len(rows):
            found.append(x - LEAST * height / 2)
            continue
        begin, end = (sum((x[0].box.left, x[-1].box.right)) / 2 for x in (before, label))
        white = ((a, b) for (_, a), (b, _) in pairwise(cover) if begin < a and b < end)
        left, right = max(white, key=_width, default=(0.0, 0.0))
        if right - left >= LEAST * height:
            found.append((left + right) / 2)
    return tuple(sorted(found))


def _is_clear(rows: Sequence[Row], stream: _Stream, height: float) -> bool:
    """One cell alone comes near to the next column; most rows leave more white than text does."""
    white = [
        _width(g) for r in rows for g in _inner(r) if g[0] <= stream.left < stream.right <= g[1]
    ]
    enough = len(white) >= FEW_ROWS and not stream.lost
    return enough and statistics.median(white) >= WIDE * height


def _is_column(rows: Sequence[Row], edge: _Edge, height: float, least: float) -> bool:
    beyond = sum(r.right > edge.x for r in rows)
    enough = len(edge.rows) >= max(2, SUPPORT * beyond)
    wide = not edge.gaps or statistics.median(edge.gaps) >= least
    crossed = sum(
        any(w.box.left < edge.x - CROSSES * height and w.box.right > edge.x for w in r.words)
        for r in rows
    )
    return enough and wide and 3 * edge.parted <= len(edge.rows) and crossed * GLUED <= len(rows)


def _edges(rows: Sequence[Row], height: float) -> list[_Edge]:
    left = min(r.words[0].box.left for r in rows)
    begins: list[tuple[int, int, Word | None]] = []
    for number, row in enumerate(rows):
        before: Word | None = None
        for word in row.words:
            apart = before is None or word.box.left - before.box.right >= LEAST * height
            if apart and word.box.left > left + height:
                begins.append((word.box.left, number, before))
            before = word
    edges: list[_Edge] = []
    for x, number, before in sorted(begins, key=lambda b: b[0]):
        if not edges or x - edges[-1].x > SAME_PLACE * height:
            edges.append(_Edge(x))
        edges[-1].rows.add(number)
        if before is not None:
            edges[-1].gaps.append(x - before.box.right)
        edges[-1].parted += before is not None and before.text.endswith(_PARTING)
    return edges
