"""Columns that stand close together: what they have in common is where their words begin.

Works on word boxes alone (pixels; a right-to-left page comes mirrored, see ``unruled.find``).
White strips of a line's height are found by ``unruled`` without help; here a strip may be as
narrow as a space, so more is asked: several rows begin a word at its right edge, no word crosses
it, no comma stands before it, and the columns hold persons.
"""

from __future__ import annotations

import statistics
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from extract.language.terms import HONORIFICS
from extract.layout.rows import Row, begins_with, pitch_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ocr.types import Word

# all in line heights
LEAST_GAP = 0.22
USUAL_GAP = 0.5  # median white before a column
SAME_PLACE = 0.25  # words that begin so near begin at one place
CROSSES = 0.3  # how far a word reaches over a border
# white space between rows of one list, in row heights
APART = 1.0
# a row of so many words that begin with a small letter is a sentence
SMALL_WORDS = 6
SUPPORT = 0.5  # share of the rows reaching so far that begin a word there
# printed rows of one person's entry
LONGEST_ENTRY = 4
# the share of persons whose post begins with a known word
POSTS = 0.7
_PARTING = (",", ";", "،", "؛", "，", "、", "：", ":", "(")


@dataclass(slots=True)
class _Edge:
    """A place where words begin: its x, their rows, the white before them, those after a comma."""

    x: float
    rows: set[int] = field(default_factory=set)
    gaps: list[float] = field(default_factory=list)
    parted: int = 0


def last_of_run(items: Sequence[Row], first: int) -> int:
    """Last row of the rows that follow each other closely and are no sentences."""
    pitch = pitch_of(list(items[first : first + 12]))
    last = first
    for number in range(first, len(items)):
        row = items[number]
        if _is_sentence(row) or row.top - items[last].bottom > APART * pitch:
            break
        last = number
    return last


def find_bounds(rows: Sequence[Row], least: int = 2) -> list[float]:
    """Borders (x) left of the places where a column of words begins, in ``least`` rows or more."""
    height = statistics.median(w.box.height for r in rows for w in r.words) or 1
    found: list[float] = []
    for edge in _edges(rows, height):
        beyond = sum(r.words[-1].box.right > edge.x for r in rows)
        enough = len(edge.rows) >= max(least, SUPPORT * beyond)
        wide = not edge.gaps or statistics.median(edge.gaps) >= USUAL_GAP * height
        if (
            enough
            and wide
            and 3 * edge.parted <= len(edge.rows)
            and not _crossed(rows, edge.x, height)
        ):
            found.append(edge.x - LEAST_GAP * height / 2)
    return found


def _edges(rows: Sequence[Row], height: float) -> list[_Edge]:
    left = min(w.box.left for r in rows for w in r.words)
    begins: list[tuple[int, int, Word | None]] = []
    for number, row in enumerate(rows):
        before: Word | None = None
        for word in sorted(row.words, key=lambda w: w.box.left):
            apart = before is None or word.box.left - before.box.right >= LEAST_GAP * height
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


def _crossed(rows: Sequence[Row], x: float, height: float) -> bool:
    return any(w.box.left < x - CROSSES * height and w.box.right > x for r in rows for w in r.words)


def _is_sentence(row: Row) -> bool:
    words = [w.text for w in row.words]
    small = sum(text[:1].islower() for text in words)
    return small >= SMALL_WORDS and not any("@" in text for text in words)


def holds_people(table: Sequence[dict[int, list[Word]]]) -> bool:
    """The first column begins with a form of address, and in each such row another with a post.

    The first row is a person's, and so are as many as one in four. In running text a comma
    follows the name.
    """
    led = [row for row in table if begins_with(row.get(0, []), *HONORIFICS)]
    if not led or led[0] is not table[0] or len(table) > LONGEST_ENTRY * len(led):
        return False
    if any(w.text.endswith(_PARTING) for row in led for w in row[0]):
        return False
    others = {column for row in led for column in row if column}
    if len(led) == 1:  # one row proves little: the post must follow the name
        others &= {1}
    return any(
        sum(begins_with(row.get(c, []), "title_heads") for row in led) >= POSTS * len(led)
        for c in others
    )
