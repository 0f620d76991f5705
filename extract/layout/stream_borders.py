"""Where columns begin between the streams of a region.

Works on word boxes alone, in pixels. Where a stream is no wider than a space, more is asked of it:
several rows must begin a word at its right edge.
"""

from __future__ import annotations

import statistics
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from extract.layout.white import (
    EVEN,
    FEW_ROWS,
    GLUED,
    LEAST,
    SAME_PLACE,
    USUAL_GAP,
    WIDE,
    covered,
    height_of,
    inner_gaps,
    width_of,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from extract.layout.rows import Row
    from extract.layout.white import Gap, Stream
    from ocr.types import Word

# widths in line heights
CORRIDOR = 0.55  # a strip that needs no other proof
WIDE_CORRIDOR = 0.9  # the same where few rows show it
CROSSES = 0.3  # how far a word reaches over a border
SUPPORT = 0.5  # share of the rows reaching so far that begin a word there
_PARTING = (",", ";", "،", "؛", "，", "、", "：", ":", "(")


@dataclass(slots=True)
class _Edge:
    """A place where words begin: its x, their rows, the white before them, those after a comma."""

    x: float
    rows: set[int] = field(default_factory=set)
    gaps: list[float] = field(default_factory=list)
    parted: int = 0


def borders_of(rows: Sequence[Row], streams: Sequence[Stream], height: float) -> tuple[float, ...]:
    """Where a column begins: in the middle of a wide stream, or left of a place where words do."""
    least = (CORRIDOR if len(rows) > FEW_ROWS else WIDE_CORRIDOR) * height
    clear = [s for s in streams if s.right - s.left >= least or _is_clear(rows, s, height)]
    found = [(s.left + s.right) / 2 for s in clear]
    spaces = [w for r in rows for g in inner_gaps(r) if (w := width_of(g)) < WIDE * height]
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
    height = height_of(rows)
    found = list(borders)
    cover: Sequence[Gap] = ()
    for row in rows:
        cover = covered(cover, row)
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
        left, right = max(white, key=width_of, default=(0.0, 0.0))
        if right - left >= LEAST * height:
            found.append((left + right) / 2)
    return tuple(sorted(found))


def _is_clear(rows: Sequence[Row], stream: Stream, height: float) -> bool:
    """One cell alone comes near to the next column; most rows leave more white than text does."""
    white = [
        width_of(g)
        for r in rows
        for g in inner_gaps(r)
        if g[0] <= stream.left < stream.right <= g[1]
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
