"""Which rows of a table are one person's, and which are nobody's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extract.delegates.blocks.grid import Grid
from extract.delegates.blocks.headings import heading_role, office_of
from extract.delegates.blocks.spelled import NAMES
from extract.delegates.parts.contact_lines import contact_lines
from extract.language import terms
from extract.language.normalise import fold
from extract.language.terms import HONORIFICS
from extract.layout.text_run import TextRun

if TYPE_CHECKING:
    from collections.abc import Sequence

    from extract.delegates.parts.columns import FieldKind
    from extract.layout.document import Document

SEVERAL = 2  # persons that show what each row has
SENTENCE_CELLS = 2  # cells over which a sentence goes on


def entries_of(
    document: Document, grid: Grid, rows: tuple[int, ...], kinds: dict[int, FieldKind]
) -> list[tuple[int, ...]]:
    """The rows of each person: one, or several that share the name's cell or go on without one.

    Rows without a name go on with the row above where every name has one row below it. So does
    each row of nothing but labelled addresses and numbers: ``E-mail: x@y`` beside ``Tel. +7 63``,
    and a number set to the middle of its person's rows.
    """
    names = [c for c in grid.columns if kinds.get(c) in (*NAMES, "given")]
    cells = [tuple(grid.cells.get((r, c)) for c in names) for r in rows]
    named = [any(cell) for cell in cells]
    in_twos = len(rows) > 2 and named == [n % 2 == 0 for n in range(len(rows))]
    counts = {c for c, kind in kinds.items() if kind == "number"}
    entries: list[list[int]] = []
    for at, row in enumerate(rows):
        same = at > 0 and named[at] and cells[at] == cells[at - 1]
        reach = at > 0 and _only_reaches(document, grid, row, counts)
        count = {c for c in grid.columns if (row, c) in grid.cells} <= counts
        counted = entries and any((r, c) in grid.cells for r in entries[-1] for c in counts)
        if entries and (same or reach or (count and not counted) or (in_twos and not named[at])):
            entries[-1].append(row)
        else:
            entries.append([row])
    return [tuple(e) for e in entries]


def _only_reaches(document: Document, grid: Grid, row: int, counts: set[int]) -> bool:
    """Each cell of the row, but its number, begins with a label of an address or a telephone."""
    told = (c for c in grid.columns if (row, c) in grid.cells and c not in counts)
    runs = [TextRun(document, grid.cells[row, c]) for c in told]
    return bool(runs) and all(
        contact_lines(run, (0, len(run.text))) == (0, len(run.text)) for run in runs
    )


def with_rests(document: Document, grid: Grid, kinds: dict[int, FieldKind]) -> Grid:
    """The grid, each row in which nobody begins joined to the one above that has its number.

    An address or as many cells begin somebody; else the rule between the rows is none. Nobody
    begins in a row that holds but ``da Silva``, below a name in capitals, or where forms of
    address and addresses begin all persons.
    """
    begun = _addressed_rows(document, grid, kinds)
    counts = next((c for c, kind in kinds.items() if kind == "number"), None)
    number: tuple[int, ...] | None = None
    cells: dict[tuple[int, int], tuple[int, ...]] = {}
    place = -1
    for row in grid.rows:
        held = {c: grid.cells[row, c] for c in grid.columns if (row, c) in grid.cells}
        shared = counts is not None and held.get(counts) == number is not None
        own = {c: TextRun(document, h) for c, h in held.items() if cells.get((place, c)) != h}
        begins = any("@" in r.text for r in own.values())
        above = {c for r, c in cells if r == place and cells[r, c] != held.get(c)}
        ended = any(
            kinds.get(c) in (*NAMES, "given")
            and r.text[:1].islower()
            and TextRun(document, cells.get((place, c), ())).text[:1].isupper()
            for c, r in own.items()
        )
        rest = shared or (ended and len(own) == 1)
        rest = rest or (place in begun and _may_be_rest(own, kinds))
        if rest and not begins and own.keys() < above:
            for column, numbers in held.items():
                known = cells.get((place, column), ())
                cells[place, column] = known + tuple(n for n in numbers if n not in known)
            continue
        place, number = row, held.get(counts) if counts is not None else None
        cells.update({(row, c): numbers for c, numbers in held.items()})
    return Grid(cells, grid.kind)


def _addressed_rows(document: Document, grid: Grid, kinds: dict[int, FieldKind]) -> frozenset[int]:
    """The rows of names behind forms of address, where each of several has an address, too.

    Where white alone parts the rows of a table, a row without both is lines of the one above.
    """
    names = [c for c, kind in kinds.items() if kind in NAMES]
    cells = {place: TextRun(document, held) for place, held in grid.cells.items()}
    led = {row for (row, column), run in cells.items() if column in names and _is_led(run)}
    reached = {row for (row, _), run in cells.items() if "@" in run.text}
    told = grid.kind == "columns" and len(led) >= SEVERAL and led == reached
    return frozenset(led) if told else frozenset()


def _may_be_rest(own: dict[int, TextRun], kinds: dict[int, FieldKind]) -> bool:
    """No form of address begins a cell, no cell alone heads rows, and no sentence is in a name."""
    names = [run.text for c, run in own.items() if kinds.get(c) in (*NAMES, "given")]
    told = any(map(_is_led, own.values())) or any(map(_has_small_words, names))
    return not told and not _is_heading(list(own.values()))


def _has_small_words(text: str) -> bool:
    """``Copies of the`` is no name; ``dos Santos`` is."""
    known = terms.folded("name_particles")
    return any(word[0].islower() and fold(word) not in known for word in text.split())


def _is_led(run: TextRun) -> bool:
    """A form of address begins the cell."""
    return any(t.start == 0 and t.label in HONORIFICS for t in run.terms)


def _is_heading(runs: Sequence[TextRun]) -> bool:
    """One cell alone names a role or an office."""
    return len(runs) == 1 and (
        heading_role(runs[0]) is not None or office_of(runs[0], row=True) is not None
    )


def is_sentence(document: Document, grid: Grid, entry: tuple[int, ...]) -> bool:
    """Text below the last row, which the columns' white goes through by chance.

    ``Rooms`` | ``have been booked by the delegation.``: what begins in the first cell goes on in
    the second in small letters, and ends as sentences do or has more small letters than a name;
    no form of address leads it, while one leads whoever stands above it.
    """
    held = [grid.cells[entry[0], c] for c in grid.columns if (entry[0], c) in grid.cells]
    if len(held) < SENTENCE_CELLS or len(entry) > 1 or entry[0] != grid.rows[-1]:
        return False
    first, second = TextRun(document, held[0]), TextRun(document, held[1])
    last = TextRun(document, held[-1]).text.rstrip()
    above = [
        TextRun(document, grid.cells[r, grid.columns[0]])
        for r in grid.rows[:-1]
        if (r, grid.columns[0]) in grid.cells
    ]
    led = [_is_led(run) for run in above]
    return (
        second.text[:1].islower()
        and (last.endswith(".") or _has_small_words(first.text))
        and "@" not in first.text + second.text
        and bool(led)
        and led[-1]
        and not _is_led(first)
    )


def is_closing(document: Document, grid: Grid, entry: tuple[int, ...]) -> bool:
    """Below the last row ``顺致崇高敬意。``, the formula, or what leads to a list of addresses.

    Columns without rules go through both: ``Correos`` | ``electrónicos de los participantes:``.
    """
    filled = [n for c in grid.columns for n in grid.cells.get((entry[0], c), ())]
    if not filled:
        return False
    run = TextRun(document, tuple(filled))
    leads = run.text.rstrip().endswith((":", "：")) and "@" not in run.text
    labelled = leads and any(t.start == 0 for t in run.terms_in(0, len(run.text), "labels_email"))
    return labelled or bool(document.terms_of(filled[0], "closing"))
