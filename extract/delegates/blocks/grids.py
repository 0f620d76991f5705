"""Tables of delegates, ruled or set in columns: one person a row."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from extract.delegates.blocks.cell_kinds import ROW_NUMBER, kind_of_cell, without_number
from extract.delegates.blocks.fields import fill
from extract.delegates.blocks.folded_forms import folded
from extract.delegates.blocks.grid import Grid
from extract.delegates.blocks.grid_rows import entries_of, is_closing, is_sentence, with_rests
from extract.delegates.blocks.headings import heading_role, office_of
from extract.delegates.blocks.kinds import columns_of, kind_below, told_by_values
from extract.delegates.blocks.shared_offices import with_shared_address, with_shared_offices
from extract.delegates.blocks.spelled import NAMES, with_family
from extract.delegates.draft import Draft, Heading
from extract.delegates.parts.columns import FieldKind, kind_of_header, whole_names
from extract.language.normalise import main_script
from extract.language.terms import HONORIFICS
from extract.layout.rows import header_label
from extract.layout.text_run import TextRun

if TYPE_CHECKING:
    from extract.layout.document import Document
    from extract.layout.text_run import Span

HEADER_NAMES = ("name", "family", "given", "middle")


@dataclass(frozen=True, slots=True)
class GridReading:
    """Persons of a grid, what its columns hold, and whether a row has nobody's name."""

    drafts: tuple[Draft, ...]
    kinds: dict[int, FieldKind]
    nameless: bool = False


def read_grid(document: Document, grid: Grid, before: dict[int, FieldKind]) -> GridReading | None:
    """The persons of a grid, None when it is no table of persons.

    ``before`` are the kinds of the columns of the grid before it (a table over several pages).
    """
    upright = read_form(document, grid)
    if upright is not None:
        return upright
    kinds, rows, headed = columns_of(document, grid, before)
    named, kinds = kinds, with_family(document, grid, rows, kinds)
    guessed = () if kinds == named else ("boundary_uncertain",)
    grid = with_rests(document, grid, kinds)
    rows = tuple(r for r in rows if r in grid.rows)
    if not set(kinds.values()) & {*NAMES} or len(kinds) < 2:
        return None
    if not headed and not before and _leads_to_persons(document, grid):
        return None
    drafts: list[Draft] = []
    heading: Heading | None = None
    office = None if "organization" in kinds.values() else _office_above(document, grid, rows)
    nameless = False
    for entry in entries_of(document, grid, rows, kinds):
        if is_closing(document, grid, entry) or is_sentence(document, grid, entry):
            break
        given = _heading(document, grid, entry) or _band(document, grid, entry, kinds)
        heading = given if given and given.role else heading
        office = given if given and not given.role else office
        office = _merged_office(document, grid, rows[: rows.index(entry[0])], kinds) or office
        draft = None if given else _read_entry(document, grid, entry, kinds)
        if draft is not None and draft.name_parts and any(c.isalpha() for c in draft.name_text):
            doubts = (*draft.doubts, *guessed)
            drafts.append(replace(draft, heading=heading, office=office, doubts=doubts))
        elif draft is not None:
            nameless = nameless or bool(draft.emails or draft.title)
    if grid.kind == "columns" and "organization" in kinds.values():
        drafts = with_shared_offices(drafts)
    drafts = with_shared_address(drafts) if grid.kind == "columns" else drafts
    told = headed or before or any(map(_is_told, drafts))
    return GridReading(tuple(drafts), kinds, nameless) if told else None


def _leads_to_persons(document: Document, grid: Grid) -> bool:
    """A post on a line that ends in a colon leads to who stands below: ``Adviser, Ministry X:``."""
    leads = (TextRun(document, (n,)) for n in grid.lines)
    return any(
        run.text.rstrip().endswith((":", "："))
        and header_label(run.text) is None
        and bool(run.terms_in(0, len(run.text), "title_heads"))
        for run in leads
    )


CONTACT = ("contact_not_delegate", "roles.focal_point")
BAND = 3  # characters that are no mark read for a number
COUNTED = 2  # rows with a number that show what a row has
LABEL = 40  # characters of a label that begins a row
_COLON = re.compile(r"\s?[:：]")


def _is_told(draft: Draft) -> bool:
    """A form of address, a post or an address: a stamp over the letterhead has none."""
    return bool(draft.honorific or draft.title or draft.emails)


def _heading(document: Document, grid: Grid, entry: tuple[int, ...]) -> Heading | None:
    """A row of one cell that gives a role to the rows below, or an office: ``Advisers``."""
    filled = [grid.cells[(entry[0], c)] for c in grid.columns if (entry[0], c) in grid.cells]
    if len(filled) != 1:
        return None
    run = TextRun(document, filled[0])
    role = heading_role(run)
    if role is not None:
        return Heading(role, run, (0, len(run.text)))
    span = (
        office_of(run, row=True)
        if len(grid.columns) > 1
        and ((entry[0], grid.columns[0]) in grid.cells or _is_in_line(document, grid, entry[0]))
        else None
    )
    return Heading(None, run, span) if span else None


def _is_in_line(document: Document, grid: Grid, row: int) -> bool:
    """Rows of one line each that are set to one middle, in whatever columns that puts them."""
    lone = {
        r: (held[0], grid.cells[held[0]])
        for r in grid.rows
        if len(held := [(r, c) for c in grid.columns if (r, c) in grid.cells]) == 1
    }
    if row not in lone or len(lone[row][1]) > 1:
        return False
    (_, column), (number,) = lone[row]
    line = document.lines[number]
    others = (document.lines[n[0]] for (_, c), n in lone.values() if c != column and len(n) == 1)
    return any(abs(o.box.center[0] - line.box.center[0]) < line.height / 2 for o in others)


def _band(
    document: Document, grid: Grid, entry: tuple[int, ...], kinds: dict[int, FieldKind]
) -> Heading | None:
    """An office over the whole width: its words begin where the other rows have a number."""
    column = next((c for c in grid.columns if kinds.get(c) == "number"), None)
    places = [(entry[0], c) for c in grid.columns if (entry[0], c) in grid.cells]
    if column is None or not places or any(len(grid.cells[p]) > 1 for p in places):
        return None
    run = TextRun(document, tuple(grid.cells[p][0] for p in places))
    counted = [grid.cells[p][0] for p in grid.cells if p[1] == column and p[0] != entry[0]]
    numbers = [document.lines[n] for n in counted if ROW_NUMBER.fullmatch(document.lines[n].text)]
    first = document.lines[run.lines[0]]
    if any(t.start == 0 for t in run.terms_in(0, len(run.text), *HONORIFICS)):
        return None  # elsewhere a word of an office: "Ministry of Justice"
    if (
        len(numbers) < COUNTED
        or len(first.text) < BAND
        or any(c in "@0123456789" for c in run.text)
    ):
        return None
    if main_script(run.text) == "arabic":
        begins = first.box.right > min(line.box.left for line in numbers)
    else:
        begins = first.box.left < max(line.box.right for line in numbers)
    whole = begins or places[0][1] == column
    return Heading(None, run, run.trimmed(0, len(run.text))) if whole else None


def _office_above(document: Document, grid: Grid, rows: tuple[int, ...]) -> Heading | None:
    """The first of several bands of offices, right above the first row and below the header."""
    if not rows:
        return None  # the header takes all of it: the list is on the next page
    first = min((n for c in grid.columns for n in grid.cells.get((rows[0], c), ())), default=0)
    held = {n for numbers in grid.cells.values() for n in numbers}
    if not first or first - 1 in held:
        return None
    run = TextRun(document, (first - 1,))
    span = office_of(run)
    return Heading(None, run, span) if span else None


def _merged_office(
    document: Document, grid: Grid, above: tuple[int, ...], kinds: dict[int, FieldKind]
) -> Heading | None:
    """The last office in the rows ``above``, in a column before the names and without rules.

    What several persons have in common is printed once, beside the first of them.
    """
    column = next((c for c, kind in kinds.items() if kind == "organization"), None)
    names = [c for c, kind in kinds.items() if kind in NAMES]
    if column is None or column > min(names) or grid.kind != "columns":
        return None
    held = (grid.cells.get((row, column)) for row in reversed(above))
    run = next((TextRun(document, numbers) for numbers in held if numbers), None)
    return Heading(None, run, run.trimmed(0, len(run.text))) if run else None


def read_form(document: Document, grid: Grid) -> GridReading | None:
    """A table on its side: labels in the first column, one person in each other column."""
    grid = folded(document, grid)
    kinds = _kinds_of_rows(document, grid)
    if len(set(kinds.values())) < 3 or not set(kinds.values()) & {"name", "family"}:
        return None
    drafts = [
        draft
        for group in _persons_below_each_other(document, grid, kinds)
        for column in grid.columns[1:]
        if (draft := _read_upright(document, grid, group, column, kinds)).name_parts
    ]
    return GridReading(tuple(drafts), {}) if drafts else None


def _persons_below_each_other(
    document: Document, grid: Grid, kinds: dict[int, FieldKind]
) -> list[tuple[int, ...]]:
    """The rows of each person: the label that asks for a name first asks for the next one, too."""
    first = grid.columns[0]
    labels = {r: TextRun(document, grid.cells.get((r, first), ())).text for r in grid.rows}
    asks = next(r for r in grid.rows if kinds.get(r) in HEADER_NAMES)
    begins = [r for r in grid.rows if labels[r] and labels[r] == labels[asks]]
    ends = [*begins[1:], grid.rows[-1] + 1]
    parts = zip((grid.rows[0], *begins[1:]), ends, strict=True) if begins else ()
    return [tuple(r for r in grid.rows if a <= r < b) for a, b in parts] or [grid.rows]


def _read_upright(
    document: Document,
    grid: Grid,
    among: tuple[int, ...],
    column: int,
    kinds: dict[int, FieldKind],
) -> Draft:
    """One person's values in some rows of a column."""
    rows = [r for r in among if (r, column) in grid.cells]
    run = TextRun(document, tuple(n for r in rows for n in grid.cells[(r, column)]))
    draft = Draft(run, "grid.form")
    at = 0
    for row in rows:
        size = sum(len(document.lines[n].text) + 1 for n in grid.cells[(row, column)]) - 1
        span = run.trimmed(at, at + size)
        at += size + 1
        if kinds.get(row) in HEADER_NAMES:
            span = without_number(run, span)
        if row in kinds and span[0] < span[1]:
            draft = fill(draft, kinds[row], span)
    return draft


def _kinds_of_rows(document: Document, grid: Grid) -> dict[int, FieldKind]:
    """What the labels of the first column ask for.

    Names may head the columns without one, or with one that nobody knows.
    """
    first = grid.columns[0]
    kinds: dict[int, FieldKind] = {}
    for row in grid.rows:
        run = TextRun(document, grid.cells.get((row, first), ()))
        kind = kind_of_header(run, 0, len(run.text))
        if kind == "phone" and not _holds_digits(document, grid, row):  # "Poste"
            kind = kind_of_header(run, 0, len(run.text), but="phone") or kind
        if kind is not None:
            kinds[row] = kind
    if kinds and not set(kinds.values()) & {*HEADER_NAMES}:
        above = (r for r in grid.rows if r < min(kinds))
        kinds |= {
            r: "name"
            for r in above
            if (r, first) not in grid.cells or _are_names(document, grid, r)
        }
    kinds |= told_by_values(document, grid, kinds)
    renamed = whole_names(set(kinds.values()))
    return {r: renamed.get(k, k) for r, k in kinds.items()}


def _holds_digits(document: Document, grid: Grid, row: int) -> bool:
    held = (n for c in grid.columns[1:] for n in grid.cells.get((row, c), ()))
    return any(c.isdigit() for n in held for c in document.lines[n].text)


def _are_names(document: Document, grid: Grid, row: int) -> bool:
    """Nothing but names stands beside a word that is none: ``Asistente`` beside ``Sr. X``."""
    held = (grid.cells.get((row, c), ()) for c in grid.columns)
    told = [kind_of_cell(TextRun(document, numbers)) for numbers in held if numbers]
    return told[0] in (None, "role") and {*told[1:]} == {"name"}


def _read_entry(
    document: Document, grid: Grid, entry: tuple[int, ...], kinds: dict[int, FieldKind]
) -> Draft | None:
    """One person's cells; None for a header that goes on: "Фамилия, имя," and "отчество"."""
    places = [(r, c) for r in entry for c in grid.columns if (r, c) in grid.cells]
    places = [
        p for n, p in enumerate(places) if grid.cells[p] not in [grid.cells[q] for q in places[:n]]
    ]
    run = TextRun(document, tuple(n for place in places for n in grid.cells[place]))
    if any(
        t.start == 0 and _COLON.match(run.text, t.end) for t in run.terms_in(0, LABEL, *CONTACT)
    ):
        return None
    draft = Draft(run, f"grid.{grid.kind}")
    said: list[tuple[FieldKind, Span]] = []
    at = 0
    for row, column in places:
        size = sum(len(document.lines[n].text) + 1 for n in grid.cells[(row, column)]) - 1
        span = run.trimmed(at, at + size)
        at += size + 1
        kind = kinds.get(column)
        if row != entry[0]:
            kind = kind_below(run, span, kind)
        if kind in NAMES:
            span = without_number(run, span)
            if kind_of_header(run, *span) in HEADER_NAMES:
                return None
        if kind is not None and kind != "ignored" and span[0] < span[1]:
            said.append((kind, span))
    # an office that has a column of its own is none above the post
    for kind, span in sorted(said, key=lambda s: s[0] != "organization"):
        draft = fill(draft, kind, span)
    return draft
