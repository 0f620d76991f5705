"""Tables of delegates, ruled or set in columns: which column holds what, one person a row."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from extract.delegates.blocks.labelled import fill
from extract.delegates.blocks.paragraphs import heading_role
from extract.delegates.draft import Draft, Heading
from extract.delegates.parts.classify import classify
from extract.delegates.parts.columns import FieldKind, kind_of_header, whole_names
from extract.delegates.parts.names import looks_like_name, take_name
from extract.delegates.parts.persons import han_persons
from extract.delegates.parts.roles import role_of
from extract.language.emails import find_emails_in_cell
from extract.language.normalise import is_han
from extract.language.phones import find_phones
from extract.language.terms import HONORIFICS
from extract.layout.text_run import TextRun

if TYPE_CHECKING:
    from extract.layout.document import Document
    from extract.layout.text_run import Span
    from extract.layout.unruled import GridKind

HEADER_ROWS = 3  # rows at the top that may name the columns
HEADER_NAMES = ("name", "family", "given", "middle")
_ROW_NUMBER = re.compile(r"\d{1,3}(?:\s?[.)]\s*|\s+|$)")


@dataclass(frozen=True, slots=True, eq=False)
class Grid:
    """Cells of one table: (row, column) → numbers of the lines in it, in reading order."""

    cells: dict[tuple[int, int], tuple[int, ...]]
    kind: GridKind = "ruled"

    @property
    def rows(self) -> tuple[int, ...]:
        """Row numbers that hold anything."""
        return tuple(sorted({r for r, _ in self.cells}))

    @property
    def columns(self) -> tuple[int, ...]:
        """Column numbers that hold anything."""
        return tuple(sorted({c for _, c in self.cells}))

    @property
    def lines(self) -> tuple[int, ...]:
        """Numbers of all lines of the grid."""
        return tuple(sorted({n for numbers in self.cells.values() for n in numbers}))


@dataclass(slots=True)
class GridReading:
    """Persons of a grid and the header that told its columns, for a continuation on a new page."""

    drafts: list[Draft] = field(default_factory=list)
    kinds: dict[int, FieldKind] = field(default_factory=dict)
    nameless_rows: int = 0


def find_grids(document: Document) -> list[Grid]:
    """The grids of all pages, in reading order."""
    found: dict[tuple[int, int, GridKind], dict[tuple[int, int], list[int]]] = {}
    for number, line in enumerate(document.lines):
        if line.cell is not None and line.cell.kind in ("ruled", "columns"):
            cells = found.setdefault((line.page, line.cell.grid, line.cell.kind), {})
            for row in range(line.cell.row, line.cell.row + line.cell.rows):
                cells.setdefault((row, line.cell.column), []).append(number)
    return [
        Grid({place: tuple(numbers) for place, numbers in cells.items()}, kind)
        for (_, _, kind), cells in found.items()
    ]


def read_grid(document: Document, grid: Grid, before: dict[int, FieldKind]) -> GridReading | None:
    """The persons of a grid, None when it is no table of persons.

    ``before`` is the column reading of the grid before it, used when this one has no header and
    the same number of columns (a table that goes on over a page).
    """
    upright = _read_form(document, grid)
    if upright is not None:
        return upright
    header, kinds = _header(document, grid)
    if not kinds and before and len(grid.columns) == len(before):
        kinds = dict(zip(grid.columns, (before[c] for c in sorted(before)), strict=True))
    rows = [r for r in grid.rows if header is None or r > header]
    kinds = _over_number_column(document, grid, rows, kinds)
    kinds = {**_by_content(document, grid, rows, kinds), **kinds}
    kinds = _second_title(document, grid, rows, kinds)
    renamed = whole_names(set(kinds.values()))
    kinds = {c: renamed.get(k, k) for c, k in kinds.items()}
    if not set(kinds.values()) & {"name", "entry", "family"} or len(kinds) < 2:
        return None
    reading = GridReading(kinds=kinds)
    heading: Heading | None = None
    for row in rows:
        heading = _read_row(document, grid, row, kinds, heading, reading)
    told = header is not None or before
    return reading if told or any(_is_told(d) for d in reading.drafts) else None


def _is_told(draft: Draft) -> bool:
    """A form of address, a post or an address: a stamp over the letterhead has none."""
    return bool(draft.honorific or draft.title or draft.emails)


def _over_number_column(
    document: Document, grid: Grid, rows: list[int], kinds: dict[int, FieldKind]
) -> dict[int, FieldKind]:
    """``S/N Full name`` in one cell of the header, over a column of numbers and one of names."""
    for column, kind in kinds.items():
        following = column + 1
        if kind not in ("name", "entry", "family") or following in kinds:
            continue
        cells = [
            TextRun(document, grid.cells[(r, column)]).text
            for r in rows
            if (r, column) in grid.cells
        ]
        bare = sum(not any(c.isalpha() for c in text) for text in cells)
        if any((r, following) in grid.cells for r in rows) and 2 * bare > len(cells):
            return {**kinds, following: kind}
    return kinds


def _second_title(
    document: Document, grid: Grid, rows: list[int], kinds: dict[int, FieldKind]
) -> dict[int, FieldKind]:
    """``Статус`` beside ``Должность``: of two columns of posts one may hold the roles."""
    titles = [c for c, kind in kinds.items() if kind == "title"]
    if len(titles) != 2 or "role" in kinds.values():
        return kinds
    for column in titles:
        runs = [
            TextRun(document, grid.cells[(r, column)]) for r in rows if (r, column) in grid.cells
        ]
        roles = sum(role_of(f, *f.trimmed(0, len(f.text))) is not None for f in runs)
        if runs and roles == len(runs):
            return {**kinds, column: "role"}
    return kinds


def _read_form(document: Document, grid: Grid) -> GridReading | None:
    """A table on its side: labels in the first column, one person in each other column."""
    first = grid.columns[0]
    kinds: dict[int, FieldKind] = {}
    for row in grid.rows:
        numbers = grid.cells.get((row, first))
        if numbers:
            run = TextRun(document, numbers)
            kind = kind_of_header(run, 0, len(run.text))
            if kind is not None:
                kinds[row] = kind
    renamed = whole_names(set(kinds.values()))
    kinds = {r: renamed.get(k, k) for r, k in kinds.items()}
    if len(set(kinds.values())) < 3 or not set(kinds.values()) & {"name", "family", "entry"}:
        return None
    reading = GridReading()
    for column in grid.columns[1:]:
        rows = [r for r in grid.rows if (r, column) in grid.cells]
        run = TextRun(document, tuple(n for r in rows for n in grid.cells[(r, column)]))
        draft = Draft(run, "grid.form")
        at = 0
        for row in rows:
            size = sum(len(document.lines[n].text) + 1 for n in grid.cells[(row, column)]) - 1
            span = run.trimmed(at, at + size)
            at += size + 1
            if row in kinds and span[0] < span[1]:
                draft = fill(draft, kinds[row], span)
        if draft.name_parts:
            reading.drafts.append(draft)
    return reading if reading.drafts else None


def _header(document: Document, grid: Grid) -> tuple[int | None, dict[int, FieldKind]]:
    for row in grid.rows[:HEADER_ROWS]:
        kinds: dict[int, FieldKind] = {}
        for column in grid.columns:
            numbers = grid.cells.get((row, column))
            if numbers:
                run = TextRun(document, numbers)
                kind = kind_of_header(run, 0, len(run.text))
                if kind is not None:
                    kinds[column] = kind
        if len(set(kinds.values())) >= 2 and not _holds_address(document, grid, row):
            return row, kinds
    return None, {}


def _holds_address(document: Document, grid: Grid, row: int) -> bool:
    """A row with an address is a person's, although ministries' names are headers, too."""
    cells = (grid.cells.get((row, column), ()) for column in grid.columns)
    return any("@" in document.lines[n].text for numbers in cells for n in numbers)


def _by_content(
    document: Document, grid: Grid, rows: list[int], known: dict[int, FieldKind]
) -> dict[int, FieldKind]:
    """Kinds of columns that no header names, by what most of their cells hold."""
    result: dict[int, FieldKind] = {}
    for column in grid.columns:
        if column in known:
            continue
        runs = [
            TextRun(document, grid.cells[(r, column)]) for r in rows if (r, column) in grid.cells
        ]
        votes: dict[FieldKind, int] = {}
        for run in runs:
            kind = _kind_of_cell(run)
            if kind is not None:
                votes[kind] = votes.get(kind, 0) + 1
        if votes:
            best = max(votes, key=votes.__getitem__)
            taken = {*known.values(), *result.values()}
            if 2 * votes[best] >= len(runs) and not (best in ("name", "email") and best in taken):
                result[column] = best
    return result


def _kind_of_cell(run: TextRun) -> FieldKind | None:
    text = run.text
    if find_emails_in_cell(text):
        return "email"
    if not any(c.isalpha() for c in text):
        return "phone" if find_phones(text) else "number"
    if any(t.start == 0 and t.label in HONORIFICS for t in run.terms) and not _is_post(run):
        return "name"
    if _ends_in_honorific(run):
        return "name"
    if _names_and_describes(run):
        return "name"
    kind, _ = classify(run, *run.trimmed(0, len(text)))
    if kind in ("title", "unit"):
        return "title"
    if kind in ("organization", "role"):
        return "organization" if kind == "organization" else "role"
    return "name" if looks_like_name(run, 0, len(text), wraps=True) else None


def _is_post(run: TextRun) -> bool:
    """``Judge of the Anti-Corruption Chamber``: a post, though judges are addressed so, too."""
    posts = [t.end for t in run.terms if t.start == 0 and t.label == "title_heads"]
    honorifics = [t.end for t in run.terms if t.start == 0 and t.label in HONORIFICS]
    if not posts or max(posts) < max(honorifics):
        return False
    name = take_name(run, max(posts), len(run.text), prose=True)
    return name is None or len(run.text[slice(*name)].split()) < 2


def _names_and_describes(run: TextRun) -> bool:
    """A name and, on the lines below it, a post."""
    first, below, _ = run.text.partition("\n")
    if not below or looks_like_name(run, 0, len(first)) is None:
        return False
    return classify(run, *run.trimmed(len(first) + 1, len(run.text)))[0] in ("title", "role")


def _without_number(run: TextRun, span: Span) -> Span:
    """The row's number is none of the name: ``1. Mr. Kofi MENSAH``."""
    number = _ROW_NUMBER.match(run.text, *span)
    return run.trimmed(number.end(), span[1]) if number else span


def _ends_in_honorific(run: TextRun) -> bool:
    """``张三先生``: in Chinese it stands behind the name."""
    people = han_persons(run, 0, len(run.text)) if is_han(run.text[0]) else []
    return bool(people) and people[0].name[0] == 0 and people[0].end == len(run.text.rstrip())


def _spread_entry(
    grid: Grid, row: int, kinds: dict[int, FieldKind], columns: list[int]
) -> dict[int, FieldKind]:
    """The row's kinds where a false border parts the column of names and posts.

    A row with nothing in the column of the header then has both in the one beside it.
    """
    for column in grid.columns[:-1]:
        beside = column + 1
        missing = column not in columns and beside in columns
        if kinds.get(column) == "entry" and missing and kinds.get(beside) == "title":
            return {**kinds, beside: "entry"}
    return kinds


def _read_row(
    document: Document,
    grid: Grid,
    row: int,
    kinds: dict[int, FieldKind],
    heading: Heading | None,
    reading: GridReading,
) -> Heading | None:
    """Reads one row into ``reading``; returns the heading that gives a role to the rows below."""
    columns = [c for c in grid.columns if (row, c) in grid.cells]
    kinds = _spread_entry(grid, row, kinds, columns)
    numbers = tuple(n for c in columns for n in grid.cells[(row, c)])
    run = TextRun(document, numbers)
    if len(columns) == 1:
        given = heading_role(run)
        if given is not None:
            return Heading(given, run, (0, len(run.text)))
    draft = Draft(run, f"grid.{grid.kind}")
    at = 0
    for column in columns:
        size = sum(len(document.lines[n].text) + 1 for n in grid.cells[(row, column)]) - 1
        span = run.trimmed(at, at + size)
        at += size + 1
        kind = kinds.get(column)
        if kind in ("name", "entry", "family"):
            span = _without_number(run, span)
            if kind_of_header(run, *span) in HEADER_NAMES:
                return heading  # the header goes on: "Фамилия, имя," and below it "отчество"
        if kind is not None and kind != "ignored" and span[0] < span[1]:
            draft = fill(draft, kind, span)
    if draft.name_parts and any(c.isalpha() for c in draft.name_text):
        reading.drafts.append(replace(draft, heading=heading))
    elif draft.emails or draft.title:
        reading.nameless_rows += 1
    return heading
