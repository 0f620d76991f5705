"""Rows of a table that hold several persons, cut between them.

White does not tell where a row begins if rows are set as closely as the lines in them, and on a
scan a rule between two may be lost. Then what stands in the cells does: forms of address, and texts
and addresses that are as many in several columns. Word boxes alone, pixels of the page image.
"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from extract.language.terms import HONORIFICS
from extract.layout.row_signs import has_mail
from extract.layout.rows import PHRASE_WORDS, begins_person, begins_with, is_phrase
from extract.layout.steps import NOISE, WRAPPED, blocks_of, cut_at, height_of, middle_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from extract.layout.steps import Cells, Lines
    from ocr.types import Word


def by_person(cells: Cells) -> Cells:
    """The rows, each in which several persons begin cut above each of these."""
    found: Cells = {}
    place = 0
    for row in sorted({r for r, _ in cells}):
        own = {c: lines for (r, c), lines in cells.items() if r == row}
        cut = cut_at(own, persons_in(own))
        for (part, column), lines in cut.items():
            found[place + part, column] = lines
        place += 1 + max(part for part, _ in cut)
    return found


def persons_in(cells: dict[int, Lines]) -> list[float]:
    """Where the persons of a row begin (y), none if it has one.

    A column that a form of address begins is one of names; in another one what begins persons has
    something beside it.
    """
    near = NOISE / 2 * height_of([line for lines in cells.values() for line in lines])
    begun = {column: _led(lines) for column, lines in cells.items()}
    if len({len(led) for led in begun.values() if led}) > 1:
        return []  # persons side by side, and a post below one is a rank
    for column, lines in cells.items():
        led = begun[column]
        tops = [middle_of(line) - near for line in led]
        others = [middle_of(x) for c, held in cells.items() if c != column for x in held]
        beside = all(any(0 <= y - top <= 2 * near for y in others) for top in tops)
        if len(tops) > 1 and (beside or led[0] is lines[0]):
            return tops
    return _texts_in(cells, near)


def _led(lines: Lines) -> Lines:
    """The lines that begin with a form of address; beside ``Mr.`` in its column ``Dr.`` is one.

    ``His Excellency`` and below it ``Mr. X`` are one; ``Mr. Azlan bin`` and below it
    ``HAJI OTHMAN`` go on; ``Colonel`` and nobody below it is the post of who stands above.
    """
    if not any(map(begins_person, lines)):
        return []
    above = [False, *(is_phrase(line, *HONORIFICS) for line in lines[:-1])]
    begun = zip(lines, above, strict=True)
    found = [line for line, led in begun if not led and begins_with(line, *HONORIFICS)]
    found = [line for line in found if not _is_post(line)]
    ends = {id(lines[n - 1]) for n, x in enumerate(lines) if x in found} | {id(lines[-1])}
    found = [x for x in found if not (id(x) in ends and is_phrase(x, *HONORIFICS))]
    return [line for line in found if not begins_with(line, "honorifics_in_names")] or found


def _is_post(line: Sequence[Word]) -> bool:
    """``Commissioner, Asset Recovery``: a comma behind a rank, and no name."""
    sizes = range(1, min(PHRASE_WORDS, len(line)) + 1)
    return any(line[n - 1].text[-1] == "," and is_phrase(line[:n], *HONORIFICS) for n in sizes)


def texts_of(lines: Lines) -> Lines:
    """The lines of each text of a cell in one: white parts it from the text above."""
    step = WRAPPED * height_of(lines)
    return [tuple(w for n in block for w in lines[n]) for block in blocks_of(lines, step)]


def _texts_in(cells: dict[int, Lines], near: float) -> list[float]:
    """Where several texts begin (y) beside each other in two columns, with an address each.

    The addresses are in one column; in several, they are those of persons side by side.
    """
    held = [sum(map(has_mail, lines)) for lines in cells.values()]
    mails = max(held) if sum(map(bool, held)) == 1 else 0
    begun = [[t[0].box.center[1] for t in texts_of(lines)] for lines in cells.values()]
    several = [tops for tops in begun if len(tops) == mails > 1]
    for first, second in combinations(several, 2):
        if all(abs(a - b) <= near for a, b in zip(first, second, strict=True)):
            return [min(both) - near for both in zip(first, second, strict=True)]
    return []
