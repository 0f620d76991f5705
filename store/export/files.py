"""The list of participants as a file: one way for the command line and for the review page."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from extract.types import Invitation
from store import sanitize
from store.db.database import Store
from store.export import groups, indico
from store.export import participants as exporting
from store.export.heading import Heading, counted, heading
from store.export.names import CAPITALS, NAMES, Style, printed
from store.export.participants import Participant
from store.records import meetings

FORMATS = ("csv", "xlsx", "docx", "json", "indico")
BINARY = ("xlsx", "docx")
SEPARATORS = {"comma": ",", "semicolon": ";", "tab": "\t"}
HOUSE = ZoneInfo("Europe/Vienna")

_OFFICE = "application/vnd.openxmlformats-officedocument"
MEDIA_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "indico": "text/csv; charset=utf-8",
    "json": "application/json",
    "xlsx": f"{_OFFICE}.spreadsheetml.sheet",
    "docx": f"{_OFFICE}.wordprocessingml.document",
}
_MOST_NAMED = 20
"""Delegates named in one line of what there is to say."""


@dataclass(frozen=True, slots=True)
class Choices:
    """How a list is to be.

    ``everything`` takes in rows that nobody has approved. ``final`` leaves out the word
    "provisional". ``as_of`` is the day the list tells of, today without it; ``symbol`` the
    document's. ``separator`` is one of ``SEPARATORS``, for CSV.
    """

    everything: bool = False
    final: bool = False
    as_of: date | None = None
    symbol: str | None = None
    style: Style = field(default_factory=Style)
    separator: str = "comma"


@dataclass(frozen=True, slots=True)
class ListFile:
    """The file, how many persons stand in it, and what is to be said about them.

    ``refused`` counts those whom the format has no room for.
    """

    content: bytes
    count: int
    told: tuple[str, ...]
    refused: int = 0


def make(store: Store, meeting: str, format_: str, choices: Choices) -> ListFile:
    """The list of a meeting in one of ``FORMATS``.

    Raises:
        UnknownRecord: no such meeting is registered.
    """
    rows = exporting.rows(store, meeting, approved_only=not choices.everything)
    told = [*_of_states(store, meeting, rows), *_of_names(rows, format_, choices.style)]
    if format_ in BINARY:
        found = next(m for m in meetings.all(store) if m.reference == sanitize.text(meeting))
        content = _document(rows, format_, _heading(found, choices), choices.style)
        return ListFile(content, len(rows), tuple(told))
    text = io.StringIO()
    if format_ == "indico":
        ready = indico.prepare(rows, choices.style)
        indico.write(ready.rows, text)
        refused = sum(problem.left_out for problem in ready.problems)
        told += _of_import(ready.problems)
        return ListFile(text.getvalue().encode(), len(ready.rows), tuple(told), refused)
    if format_ == "csv":
        exporting.write_csv(rows, text, SEPARATORS[choices.separator])
    else:
        exporting.write_json(rows, text)
    # Excel takes a CSV file for the system's own coding unless a byte order mark begins it
    coding = "utf-8-sig" if format_ == "csv" else "utf-8"
    return ListFile(text.getvalue().encode(coding), len(rows), tuple(told))


def filename(meeting: str, format_: str) -> str:
    """A name for the file, of ASCII letters and digits: a reference has strokes and brackets."""
    plain = "-".join(re.findall("[A-Za-z0-9]+", meeting))[:60]
    ending = "csv" if format_ == "indico" else format_
    kind = "registrants" if format_ == "indico" else "participants"
    return f"{kind}-{plain}.{ending}" if plain else f"{kind}.{ending}"


def _heading(meeting: Invitation, choices: Choices) -> Heading:
    as_of = choices.as_of or datetime.now(HOUSE).date()
    return heading(meeting, as_of, final=choices.final, symbol=choices.symbol)


def _document(rows: list[Participant], format_: str, head: Heading, style: Style) -> bytes:
    if format_ == "xlsx":
        from store.export.xlsx_file import write_xlsx

        return write_xlsx(rows, head, style)
    from store.export.docx_file import write_docx

    return write_docx(rows, head, style)


def _of_states(store: Store, meeting: str, rows: list[Participant]) -> Iterable[str]:
    """Where a delegation's place in the list is not certain."""
    present = {str(row["state"]): groups.delegation(row) for row in rows if row["state"]}
    for code, standing in groups.standings(store, meeting).items():
        if code in present and standing.doubt:
            under = groups.GROUPS[standing.group]
            yield f'{present[code]} stands under "{under}": {standing.doubt}'
    for group, what in (
        ("entity", "of a note whose State is not known, under the organization it names"),
        ("unknown", "of a note whose State is not known, at the end"),
    ):
        among = [row for row in rows if row["group"] == group]
        if among:
            yield f"{counted(len(among), 'participant')} {what}: {_whose(among)}"


def _of_names(rows: list[Participant], format_: str, style: Style) -> Iterable[str]:
    """Whose name could not be printed as it was wanted."""
    shown = [(row, printed(row, style)) for row in rows]
    if style.names != NAMES[0] and format_ in (*BINARY, "indico"):
        missing = [row for row, name in shown if not name.latin]
        if missing:
            yield f"as written, for want of a form in Latin letters: {_whose(missing)}"
    if style.capitals == CAPITALS[1] and format_ in BINARY:
        unknown = [row for row, name in shown if not name.family_known]
        if unknown:
            yield f"no capitals, nothing tells which part is the family name: {_whose(unknown)}"


def _of_import(problems: Iterable[indico.ImportProblem]) -> Iterable[str]:
    """Who is left out and what Indico will change, each thing once with all it is true of."""
    told: dict[str, list[str]] = {}
    for problem in problems:
        said = "left out, " if problem.left_out else ""
        who = f"{problem.delegate} {problem.state or ''}".strip()
        told.setdefault(said + problem.what, []).append(who)
    for what, delegates in told.items():
        yield f"delegate {', '.join(delegates)}: {what}"


def _whose(rows: list[Participant]) -> str:
    named = ", ".join(f"{r['delegate_id']} {r['state'] or ''}".strip() for r in rows[:_MOST_NAMED])
    more = len(rows) - _MOST_NAMED
    return f"delegate {named}" + (f" and {more} more" if more > 0 else "")
