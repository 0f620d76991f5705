"""White streams down a page, and the rows they part: the region of a list without rules.

Works on word boxes alone (pixels of the page image; a right-to-left page comes mirrored, see
``unruled``). A stream is a strip that no word of several rows touches.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from math import inf
from typing import TYPE_CHECKING

from extract.layout.row_signs import ROLES
from extract.layout.rows import Row, is_header, is_phrase, segments
from extract.layout.stream_borders import borders_of
from extract.layout.white import (
    FEW_ROWS,
    GLUED,
    LEAST,
    SAME_PLACE,
    USUAL_GAP,
    WIDE,
    Gap,
    Stream,
    covered,
    height_of,
    inner_gaps,
    uneven_from,
    wide_gaps,
    width_of,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

# heights and widths in line heights
APART = 3.5  # white that ends a region
CLOSE = 2.2  # from the middle of one row to the next of a region
BESIDE = 0.95  # the same for rows that are one in columns set to their middle
TAIL = 6  # rows of one column alone that end a region
LONG_TAIL = 10  # the same right above text across all columns
SAME_STEP = 0.3  # by which steps of one text differ on a scan
HEADING = 0.7  # of the region's width: a longer line across the streams is text


@dataclass(frozen=True, slots=True)
class Region:
    """Rows ``first`` to ``last`` with white streams through them, and the columns' borders (x)."""

    first: int
    last: int
    borders: tuple[float, ...]


def region_at(items: Sequence[Row], first: int, after: int = 0) -> Region | None:
    """The rows that streams part together with row ``first``; None when there are none.

    The rows before ``after`` belong to another region.
    """
    height = height_of(items[first : first + 12])
    cover = covered((), items[first])
    streams = [Stream(*gap) for gap in wide_gaps(items[first], height)]
    last = shown = first
    tail = TAIL
    for number in range(first + 1, len(items)):
        row = _with_half_line_above(items, number, height)
        if not streams or items[number].top - items[last].bottom > APART * height:
            break
        flows = _flowing(row, streams, height)
        if flows is not None and _loses(streams, flows) and _is_apart(items, first, number, height):
            break
        if flows is None:
            if not _is_heading(items, number, first, streams, height):
                tail = LONG_TAIL
                break
            last = number
            continue
        fresh = [g for gap in wide_gaps(row, height) for g in _new(gap, cover, flows, height)]
        shown = number if fresh or any(_straddles(row, s) for s in flows) else shown
        streams = [*flows, *(Stream(*gap) for gap in fresh)]
        streams = [s for s in streams if s.lost * GLUED <= s.rows]
        cover = covered(cover, row)
        last = number
    last = _with_tail(items, first, shown, last, height, tail)
    rows = items[first : last + 1]
    sure = [s for s in streams if s.rows >= 2 or _parts_a_role(rows, s)]
    if last == first or not sure:
        return None
    first = _with_head(items, first, after, sure, height)
    joined = [_with_half_line_above(items, n, height) for n in range(first + 1, last + 1)]
    borders = borders_of([items[first], *joined], sure, height)
    return Region(first, last, borders) if borders else None


def _parts_a_role(rows: Sequence[Row], stream: Stream) -> bool:
    """Nothing but a role stands behind the stream: in its column only the head has one."""
    behind = [[w for w in row.words if w.box.left >= stream.right] for row in rows]
    told = [words for words in behind if words]
    return not stream.lost and bool(told) and all(is_phrase(words, *ROLES) for words in told)


def _loses(before: Sequence[Stream], after: Sequence[Stream]) -> bool:
    return any(b.lost > a.lost for a, b in zip(before, after, strict=True))


def _is_apart(items: Sequence[Row], first: int, number: int, height: float) -> bool:
    """The row stands further below the last than any two rows of the region are apart."""
    above = [items[n].middle - items[n - 1].middle for n in range(first + 1, number)]
    step = items[number].middle - items[number - 1].middle
    return len(above) >= FEW_ROWS and step > max(above) + SAME_STEP * height


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


def _flowing(row: Row, streams: Sequence[Stream], height: float) -> list[Stream] | None:
    """The streams after one more row; None when the row is text that runs across them."""
    white = [(-inf, row.words[0].box.left), *inner_gaps(row), (row.right, inf)]
    held: list[Stream] = []
    open_, wide_, lost = 0, 0, 0
    least = max(USUAL_GAP * height, uneven_from(row, height))
    for stream in streams:
        best = max(white, key=lambda g: min(g[1], stream.right) - max(g[0], stream.left))
        left, right = max(best[0], stream.left), min(best[1], stream.right)
        inner = best[0] > -inf and best[1] < inf
        wide = width_of(best) >= least
        begins = abs(best[1] - stream.right) <= SAME_PLACE * height
        if right - left < LEAST * height or (inner and not (wide or begins)):
            held.append(replace(stream, lost=stream.lost + 1))
            lost += 1
            continue
        open_ += inner
        wide_ += inner and wide
        held.append(Stream(left, right, stream.rows + inner, stream.lost))
    return None if lost > (open_ if wide_ else 0) else held


def _new(gap: Gap, cover: Sequence[Gap], streams: Sequence[Stream], height: float) -> list[Gap]:
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


def _straddles(row: Row, stream: Stream) -> bool:
    return row.words[0].box.left < stream.left and row.right > stream.right


def _is_heading(
    items: Sequence[Row], number: int, first: int, streams: Sequence[Stream], height: float
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
    if not short or any(width_of(g) >= WIDE * height for g in inner_gaps(row)):
        return False
    flows = _flowing(following, streams, height)
    return flows is not None and any(_straddles(following, s) for s in streams)


def _with_head(
    items: Sequence[Row], first: int, after: int, streams: Sequence[Stream], height: float
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
        inside = flows is not None and not _loses(streams, flows)
        both = any(_straddles(row, s) for s in streams)
        text = row.words[-1].text.endswith((":", "：")) and not wide_gaps(row, height)
        if text or not inside or step > (CLOSE if both else BESIDE) * height:
            break
        first -= 1
    return first
