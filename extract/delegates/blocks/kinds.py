"""What the columns of a table hold: by their names, and by a vote of the cells below them."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from extract.delegates.blocks.cell_kinds import kind_of_cell
from extract.delegates.blocks.spelled import NAMES, without_latin
from extract.delegates.parts.classify import classify
from extract.delegates.parts.columns import FieldKind, kind_of_header, whole_names
from extract.language.emails_in_cell import find_emails_in_cell
from extract.language.phones import find_phones
from extract.language.terms import HONORIFICS
from extract.layout.text_run import TextRun

if TYPE_CHECKING:
    from extract.delegates.blocks.grid import Grid
    from extract.layout.document import Document
    from extract.layout.text_run import Span

HEADER_ROWS = 3  # rows at the top that may name the columns
SIGNS: tuple[FieldKind, ...] = ("email", "phone", "number", "courtesy")
SURE: tuple[FieldKind, ...] = (*SIGNS, "role", "details")
"""What the words of a cell tell whatever the column is called."""
DESCRIBING: tuple[FieldKind, ...] = ("title", "organization", "role", "email", "phone")
MOST = 0.7  # share of a column's cells that overrule its name


def columns_of(
    document: Document, grid: Grid, before: dict[int, FieldKind]
) -> tuple[dict[int, FieldKind], tuple[int, ...], bool]:
    """The kinds of a table's columns, the rows below its header, and whether there is one.

    ``before`` are the kinds of the table before it: one that goes on over a page has no header.
    """
    header, named = _header(document, grid)
    if not named and before and len(grid.columns) == len(before):
        named = dict(zip(grid.columns, (before[c] for c in sorted(before)), strict=True))
    rows = tuple(r for r in grid.rows if header is None or r > header)
    votes = {c: _votes(document, grid, rows, c) for c in grid.columns}
    if header is None and _names_columns(document, grid, rows, votes):
        rows = rows[1:]
        votes = {c: _votes(document, grid, rows, c) for c in grid.columns}
    kinds = _with_ranks(document, grid, rows, _elected(named, votes))
    if "title" not in kinds.values():
        kinds |= {c: "title" for c in _posts(document, grid, rows, kinds, named)}
    renamed = whole_names(set(kinds.values()))
    kinds = {c: renamed.get(k, k) for c, k in kinds.items()}
    return without_latin(document, grid, rows, kinds), rows, header is not None


def _with_ranks(
    document: Document, grid: Grid, rows: tuple[int, ...], kinds: dict[int, FieldKind]
) -> dict[int, FieldKind]:
    """Of two columns of posts one of nothing but ranks: these are forms of address."""
    posts = [c for c, kind in kinds.items() if kind == "title"]
    ranked = [c for c in posts if _are_ranks(document, grid, rows, c)]
    return kinds | {c: "courtesy" for c in ranked} if len(ranked) == 1 < len(posts) else kinds


def _are_ranks(document: Document, grid: Grid, rows: tuple[int, ...], column: int) -> bool:
    """``Major`` and ``Captain of Justice``, where a rank that is a post as well is none alone."""
    runs = [TextRun(document, grid.cells[r, column]) for r in rows if (r, column) in grid.cells]
    led = [any(t.start == 0 for t in r.terms_in(0, len(r.text), "ranks")) for r in runs]
    posts = [any(t.start == 0 for t in r.terms_in(0, len(r.text), "title_heads")) for r in runs]
    return bool(led) and all(led) and not all(posts)


def _posts(
    document: Document,
    grid: Grid,
    rows: tuple[int, ...],
    kinds: dict[int, FieldKind],
    named: dict[int, FieldKind],
) -> list[int]:
    """Columns of nothing but ``Adviser`` or ``Member``, where no other holds posts: they do.

    Unless the column is called one of roles, or somebody in it leads the delegation.
    """
    found = [c for c, kind in kinds.items() if kind == "role" and named.get(c) != "role"]
    cells = {
        c: [TextRun(document, grid.cells[r, c]) for r in rows if (r, c) in grid.cells]
        for c in found
    }
    led = {
        c
        for c, runs in cells.items()
        for run in runs
        if classify(run, *run.trimmed(0, len(run.text)))[1] in ("head", "alternate")
    }
    return [c for c in found if c not in led]


def kind_below(run: TextRun, span: Span, kind: FieldKind | None) -> FieldKind | None:
    """What a cell of an entry's second row holds: in the column of posts stands the ministry."""
    start, end = span
    if find_emails_in_cell(run.text[start:end]):
        return "email"
    if find_phones(run.text[start:end]) and not any(c.isalpha() for c in run.text[start:end]):
        return "phone"
    told = classify(run, start, end)[0] if start < end else "junk"
    return "organization" if told == "organization" and kind in (*NAMES, "title") else kind


def _header(document: Document, grid: Grid) -> tuple[int | None, dict[int, FieldKind]]:
    """The row of the header and what it names; of two, the lower one parts what the upper names.

    Examples: ``Participant`` above ``Name`` and ``E-mail``, ``Affiliation`` above ``Post`` ...;
    or it goes on: ``Position`` above ``held``.
    """
    for at, row in enumerate(grid.rows[:HEADER_ROWS]):
        kinds = _names_of(document, grid, row)
        if len(set(kinds.values())) > 1:
            for below in grid.rows[at + 1 : at + 2]:
                parts = _names_of(document, grid, below)
                filled = [c for c in grid.columns if (below, c) in grid.cells]
                whole = _names_of(document, grid, row, below)
                if len(whole) > len(kinds) and whole.keys() >= {*filled}:
                    return below, whole
                if len(set(parts.values())) > 1 and len(parts) == len(filled):
                    return below, {**kinds, **parts}
            return row, kinds
    return None, {}


def _names_of(document: Document, grid: Grid, *rows: int) -> dict[int, FieldKind]:
    """What the cells of a row, or of two, name; nothing where one is an address or a number."""
    kinds: dict[int, FieldKind] = {}
    for column in grid.columns:
        held = tuple(n for row in rows for n in grid.cells.get((row, column), ()))
        if held:
            run = TextRun(document, held)
            kind = kind_of_header(run, 0, len(run.text))
            if kind is not None:
                kinds[column] = kind
            elif any(c in "@0123456789" for c in run.text) and kind_of_cell(run) in SIGNS:
                return {}
    return kinds


def _votes(
    document: Document, grid: Grid, rows: tuple[int, ...], column: int
) -> Counter[FieldKind | None]:
    """What the cells of a column hold."""
    runs = [TextRun(document, grid.cells[(r, column)]) for r in rows if (r, column) in grid.cells]
    told = Counter(kind_of_cell(run) for run in runs)
    if told["details"]:
        told["details"] += sum(told.pop(k, 0) for k in DESCRIBING)
    return told


def _names_columns(
    document: Document,
    grid: Grid,
    rows: tuple[int, ...],
    votes: dict[int, Counter[FieldKind | None]],
) -> bool:
    """A first row of words nobody knows, where every row below it has an address or the like.

    Or a form of address: ``Participante`` above ``Sr. X`` and ``Sra. Y``.
    """
    if len(rows) < HEADER_ROWS:
        return False
    if any(_heads_persons(document, grid, rows, c) for c in votes):
        return True
    below = {c: kind for c in votes for kind in SIGNS if votes[c][kind] == votes[c].total() - 1 > 1}
    first = {
        c: kind_of_cell(TextRun(document, grid.cells[(rows[0], c)]))
        for c in votes
        if (rows[0], c) in grid.cells
    }
    told = [c for c in below if c in first]
    return bool(told) and not any(kind in SIGNS for kind in first.values())


def _heads_persons(document: Document, grid: Grid, rows: tuple[int, ...], column: int) -> bool:
    """One word above cells that all begin with a form of address, and no post beside it."""
    runs = [TextRun(document, grid.cells.get((row, column), ())) for row in rows]
    led = [any(t.start == 0 and t.label in HONORIFICS for t in run.terms) for run in runs]
    others = [c for c in grid.columns if c != column]
    beside = (TextRun(document, grid.cells.get((rows[0], c), ())) for c in others)
    return (
        not led[0]
        and all(led[1:])
        and len(runs[0].text.split()) == 1
        and not any(run.terms_in(0, len(run.text), "title_heads") for run in beside)
    )


def _elected(
    named: dict[int, FieldKind], votes: dict[int, Counter[FieldKind | None]]
) -> dict[int, FieldKind]:
    """Kinds by name; by what most cells hold where there is no name or the cells are sure."""
    kinds: dict[int, FieldKind] = {}
    named = {c: kind for c, kind in named.items() if not _is_belied(kind, votes[c])}
    for column, counted in votes.items():
        sure = [k for k in SURE if counted[k] >= MOST * counted.total() > 0]
        if "organization" in named.values():  # a second line of a post is the rest of the post
            sure = [k for k in sure if k != "details"]
        if column in named and not (sure and named[column] in (*NAMES, "title")):
            kinds[column] = named[column]
        elif sure:
            kinds[column] = sure[0]
    for column, counted in votes.items():
        told = [(n, kind) for kind, n in counted.items() if kind is not None]
        # "Consejero" beside "Primer Secretario" is a post, though it may be a role
        most, best = max(told, key=lambda t: (t[0], t[1] != "role"), default=(0, None))
        single = best in ("name", "email") and best in [
            kind for c, kind in kinds.items() if 2 * votes[c]["number"] <= votes[c].total()
        ]
        if column not in kinds and best and 2 * most >= counted.total() and not single:
            kinds[column] = best
    return _with_rest(_with_roles(kinds, votes), votes, named)


def _is_belied(kind: FieldKind, counted: Counter[FieldKind | None]) -> bool:
    """``Post / Office`` asks for no telephone where posts and offices stand below it.

    Nor for an address, where a tab too few or a long name before it has put posts there.
    """
    said = sum(counted[k] for k in ("title", "organization", "details", "role"))
    reach = kind in ("phone", "email") and not any(counted[k] for k in ("phone", "email"))
    return reach and 2 * said > counted.total()


def _with_roles(
    kinds: dict[int, FieldKind], votes: dict[int, Counter[FieldKind | None]]
) -> dict[int, FieldKind]:
    """``Статус`` beside ``Должность``: of two columns of posts one holds the offices or the roles.

    A ministry may begin as a post does (``Secretaría de ...``), a post seldom as a ministry. The
    roles may stand beside posts with their offices.
    """
    others: tuple[FieldKind, ...] = ("organization", "role")
    for kind in others:
        posts = ("title", "details") if kind == "role" else ("title",)
        titles = sorted((votes[c][kind], c) for c, told in kinds.items() if told in posts)
        two = len(titles) == 2 and kinds[titles[1][1]] == "title"
        if two and kind not in kinds.values() and titles[1][0] > titles[0][0]:
            kinds = {**kinds, titles[1][1]: kind}
    return kinds


def _with_rest(
    kinds: dict[int, FieldKind],
    votes: dict[int, Counter[FieldKind | None]],
    named: dict[int, FieldKind],
) -> dict[int, FieldKind]:
    """Posts nobody knows: the one column of words that is left beside names."""
    rest = [c for c in votes if c not in kinds and votes[c].total() > 1]
    told = set(kinds.values())
    if len(rest) == 1 and not named and told & {*NAMES} and told & {*SIGNS, "organization"}:
        if "title" not in kinds.values():
            return {**kinds, rest[0]: "title"}
        if "organization" not in kinds.values():
            return {**kinds, rest[0]: "organization"}
    return kinds


def told_by_values(
    document: Document, grid: Grid, known: dict[int, FieldKind]
) -> dict[int, FieldKind]:
    """What rows are of whose label was misread, or is in words nobody listed: their values say it.

    A post or an office may be of somebody else, a next of kin's; if one label only is not known
    it is not.
    """
    unread = [r for r in grid.rows if r not in known]
    likely: tuple[FieldKind, ...] = ("role", "email", "phone")
    likely = (*likely, "title", "organization") if len(unread) == 1 else likely
    found = {r: k for k in likely for r in unread if _are(k, document, grid, r)}
    held = Counter((*known.values(), *found.values()))
    return {r: k for r, k in found.items() if held[k] == 1}


def _are(kind: FieldKind, document: Document, grid: Grid, row: int) -> bool:
    """Nothing but values of a kind stands behind a label."""
    held = (grid.cells.get((row, c)) for c in grid.columns[1:])
    return {kind_of_cell(TextRun(document, numbers)) for numbers in held if numbers} == {kind}
