"""A table in two parts: the persons and their posts in one, what else is said of them in another.

A row of the second part says whose it is by the number or by the name.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from extract.delegates.blocks.kinds import DESCRIBING, columns_of
from extract.delegates.blocks.spelled import NAMES
from extract.delegates.parts.columns import kind_of_header
from extract.language.normalise import fold
from extract.layout.text_run import TextRun

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from extract.delegates.blocks.grid import Grid
    from extract.delegates.parts.columns import FieldKind
    from extract.layout.document import Document

LEAST = 2  # rows that show which is whose
_WORD = re.compile(r"[^\W\d_]+|\d+")


def joined(document: Document, grids: Iterable[Grid]) -> list[Grid]:
    """The grids, a second part's cells in the rows of the first one, in columns behind its own."""
    found: list[Grid] = []
    for grid in grids:
        whole = _with_part(document, found[-1], grid) if found else None
        if whole is not None:
            found[-1] = whole
        else:
            found.append(_with_own_part(document, grid) or grid)
    return found


def _with_own_part(document: Document, grid: Grid) -> Grid | None:
    """The parts of one grid put together: some rows have addresses in a column, those above none.

    A row with one cell is a caption between them; rows below the addresses are text.
    """
    for column in grid.columns:
        held = [_holds_address(document, grid.cells.get((r, column), ())) for r in grid.rows]
        at = held.index(True) if True in held else 0
        end = next((n for n in range(at, len(held)) if not held[n]), len(held))
        if at < LEAST or end - at < LEAST or True in held[end:]:
            continue
        above, below = list(grid.rows[:at]), list(grid.rows[at:end])
        if _heads(document, grid, above[-1]):
            below.insert(0, above.pop())
        if len(_cells_of(grid, above[-1])) == 1:
            above.pop()
        parts = (
            replace(grid, cells={p: x for p, x in grid.cells.items() if p[0] in of})
            for of in (above, below)
        )
        return _with_part(document, *parts) if above else None
    return None


def _cells_of(grid: Grid, row: int) -> list[tuple[int, ...]]:
    return [x for (r, _), x in grid.cells.items() if r == row]


def _holds_address(document: Document, numbers: Iterable[int]) -> bool:
    return any("@" in document.lines[n].text for n in numbers)


def _heads(document: Document, grid: Grid, row: int) -> bool:
    runs = [TextRun(document, numbers) for numbers in _cells_of(grid, row)]
    return len(runs) > 1 and any(kind_of_header(x, 0, len(x.text)) is not None for x in runs)


def _with_part(document: Document, first: Grid, second: Grid) -> Grid | None:
    kinds, rows, _ = columns_of(document, first, {})
    more, below, _ = columns_of(document, second, {})
    said = set(kinds.values())
    new = [c for c, kind in more.items() if kind in DESCRIBING and kind not in said]
    if not new or not said & {*NAMES} or len(below) < LEAST:
        return None
    keys = _keys(document, second, more, below)
    owners = _owners(_keys(document, first, kinds, rows), keys)
    if len(owners) < len(below):
        return None
    base = first.columns[-1] + 1
    cells = {
        (owners[r], base + c): x for (r, c), x in second.cells.items() if r in owners and c in new
    }
    return replace(first, cells={**first.cells, **cells})


def _keys(
    document: Document, grid: Grid, kinds: Mapping[int, FieldKind], rows: Iterable[int]
) -> dict[int, tuple[frozenset[str], frozenset[str]]]:
    """Of each row the words of its number and of its name."""
    return {
        row: (
            _words(document, grid, row, [c for c, kind in kinds.items() if kind == "number"]),
            _words(document, grid, row, [c for c, k in kinds.items() if k in (*NAMES, "given")]),
        )
        for row in rows
    }


def _words(document: Document, grid: Grid, row: int, columns: Iterable[int]) -> frozenset[str]:
    numbers = tuple(n for c in columns for n in grid.cells.get((row, c), ()))
    text = fold(TextRun(document, numbers).text) if numbers else ""
    return frozenset(w for w in _WORD.findall(text) if len(w) > 1 or not w.isalpha())


def _owners(
    first: Mapping[int, tuple[frozenset[str], frozenset[str]]],
    second: Mapping[int, tuple[frozenset[str], frozenset[str]]],
) -> dict[int, int]:
    """Row of the second part → row of the first: the only one with its name, or with its number."""
    owners: dict[int, int] = {}
    for row, (number, name) in second.items():
        if name:
            fits = [r for r, (_, whole) in first.items() if name <= whole or whole <= name]
        else:
            fits = [r for r, (own, _) in first.items() if number and own == number]
        if len(fits) == 1 and fits[0] not in owners.values():
            owners[row] = fits[0]
    return owners
