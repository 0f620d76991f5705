"""What the columns of a table hold: by their names, and by a vote of the cells below them."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from extract.delegates.blocks.spelled import NAMES, without_latin
from extract.delegates.blocks.unled import NAME_KINDS
from extract.delegates.parts import segments
from extract.delegates.parts.classify import classify
from extract.delegates.parts.columns import FieldKind, kind_of_header, whole_names
from extract.delegates.parts.honorifics import honorific_at, is_post_too
from extract.delegates.parts.mails import find_mails
from extract.delegates.parts.names import looks_like_name, take_name
from extract.delegates.parts.persons import han_persons
from extract.delegates.parts.roles import role_of
from extract.language.emails import find_emails_in_cell
from extract.language.name_fit import name_fit
from extract.language.normalise import is_han
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
    votes |= {c: Counter({"title": len(rows)}) for c in _posts(document, grid, rows, named)}
    kinds = _elected(named, votes)
    renamed = whole_names(set(kinds.values()))
    kinds = {c: renamed.get(k, k) for c, k in kinds.items()}
    return without_latin(document, grid, rows, kinds), rows, header is not None


def _posts(
    document: Document, grid: Grid, rows: tuple[int, ...], named: dict[int, FieldKind]
) -> list[int]:
    """``Adviser``, ``Special Adviser`` in the only column that is called for posts: no roles."""
    called = [c for c, kind in named.items() if kind == "title"]
    runs = [TextRun(document, grid.cells.get((row, c), ())) for c in called for row in rows]
    held = [role_of(run, *run.trimmed(0, len(run.text))) for run in runs if run.lines]
    return called if len(called) == 1 and held and {*held} == {"adviser"} else []


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

    Examples: ``Participant`` above ``Name`` and ``E-mail``, ``Affiliation`` above ``Post`` ...
    """
    for at, row in enumerate(grid.rows[:HEADER_ROWS]):
        kinds = _names_of(document, grid, row)
        if len(set(kinds.values())) > 1:
            for below in grid.rows[at + 1 : at + 2]:
                parts = _names_of(document, grid, below)
                filled = [c for c in grid.columns if (below, c) in grid.cells]
                if len(set(parts.values())) > 1 and len(parts) == len(filled):
                    return below, {**kinds, **parts}
            return row, kinds
    return None, {}


def _names_of(document: Document, grid: Grid, row: int) -> dict[int, FieldKind]:
    kinds: dict[int, FieldKind] = {}
    for column in grid.columns:
        if (row, column) in grid.cells:
            run = TextRun(document, grid.cells[row, column])
            kind = kind_of_header(run, 0, len(run.text))
            if kind is not None:
                kinds[column] = kind
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


def _with_roles(
    kinds: dict[int, FieldKind], votes: dict[int, Counter[FieldKind | None]]
) -> dict[int, FieldKind]:
    """``Статус`` beside ``Должность``: of two columns of posts one holds the offices or the roles.

    A ministry may begin as a post does (``Secretaría de ...``), a post seldom as a ministry.
    """
    others: tuple[FieldKind, ...] = ("organization", "role")
    for kind in others:
        titles = sorted((votes[c][kind], c) for c, told in kinds.items() if told == "title")
        if len(titles) == 2 and kind not in kinds.values() and titles[1][0] > titles[0][0]:
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


def kind_of_cell(run: TextRun) -> FieldKind | None:
    """What the words of one cell tell, whatever its column is called."""
    text = run.text
    if find_emails_in_cell(text):
        return ("name" if _is_led(run) else "details") if _describes(run) else "email"
    courtesy = honorific_at(run, 0) if text[:1].isalpha() else None
    if courtesy is not None and courtesy[1] >= len(text.rstrip(". ")):
        return "title" if is_post_too(run, courtesy) else "courtesy"
    if not any(c.isalpha() for c in text):
        return "phone" if find_phones(text) else "number"
    if any(t.start == 0 and t.label in HONORIFICS for t in run.terms) and not _is_post(run):
        return "name"
    if _ends_in_honorific(run):
        return "name"
    if _names_and_describes(run):
        return "name"
    kind, _ = classify(run, *run.trimmed(0, len(text)))
    if kind in ("title", "organization") and _is_post_of(run):
        return "details"
    if kind in ("title", "unit"):
        return "title"
    if kind in ("organization", "role"):
        return "organization" if kind == "organization" else "role"
    return "name" if looks_like_name(run, 0, len(text), wraps=True) else None


def _describes(run: TextRun) -> bool:
    """Something is said of a person above the address, and it is no part of it or label of it."""
    first, below, _ = run.text.partition("\n")
    begins = min((m.start for m in find_mails(run, 0, len(run.text), cell=True)), default=0)
    bare = first[0].isalpha() and not first[0].islower() and not first.endswith((":", "："))
    return bool(below) and begins > len(first) and bare and not find_phones(first)


def _is_led(run: TextRun) -> bool:
    """One person above one address: led by a form of address, or named as the address spells."""
    mails = find_mails(run, 0, len(run.text), cell=True)
    if len(mails) != 1:
        return False
    if any(t.start == 0 and t.label in HONORIFICS for t in run.terms) and not _is_post(run):
        return True
    first = run.text.partition("\n")[0]
    spelled = name_fit(mails[0].local, first).kind in NAME_KINDS
    return spelled and looks_like_name(run, 0, len(first)) is not None


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


def _is_post_of(run: TextRun) -> bool:
    """``国际合作局副局长，司法部``: a post, and behind a comma the office; or on lines of its own.

    Between them may stand a part of the office, behind the post's comma.
    """
    parts = segments.split(run, 0, len(run.text), ())
    kinds = [p.kind for p in parts]
    if kinds[:1] + kinds[-1:] != ["title", "organization"] or {*kinds[1:-1]} - {"unit"}:
        return False
    office = parts[-1].start
    below = parts[-1].before == "\n" and run.text[office - 2 : office - 1].isalpha()
    return below or (len(parts) == 2 and is_han(run.text[0]))


def _ends_in_honorific(run: TextRun) -> bool:
    """``张三先生``: in Chinese it stands behind the name."""
    people = han_persons(run, 0, len(run.text)) if is_han(run.text[0]) else []
    return bool(people) and people[0].name[0] == 0 and people[0].end == len(run.text.rstrip())
