"""The list of participants as a file: one way for the command line and for the review page."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import islice
from zoneinfo import ZoneInfo

from extract.types import Invitation
from store import sanitize
from store.db.database import Store
from store.export import groups, indico
from store.export import participants as exporting
from store.export.heading import Heading, heading
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
MOST_NAMED = 20
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
class Remark:
    """Something to know about a list, and of whom it is true; of nobody: of the whole list."""

    what: str
    whom: tuple[Participant, ...] = ()

    def __str__(self) -> str:
        """On one line, with the numbers of the delegates."""
        if not self.whom:
            return self.what
        named = (f"{row['delegate_id']} {row['state'] or ''}".strip() for row in self.whom)
        more = len(self.whom) - MOST_NAMED
        told = ", ".join(islice(named, MOST_NAMED)) + (f" and {more} more" if more > 0 else "")
        return f"delegate {told}: {self.what}"


@dataclass(frozen=True, slots=True)
class ListFile:
    """The file, how many persons stand in it, and what is to be said about them.

    ``refused`` counts those whom the format has no room for.
    """

    content: bytes
    count: int
    told: tuple[Remark, ...]
    refused: int = 0


def make(store: Store, meeting: str, format_: str, choices: Choices) -> ListFile:
    """The list of a meeting in one of ``FORMATS``.

    Raises:
        UnknownRecord: no such meeting is registered.
    """
    rows = exporting.rows(store, meeting, approved_only=not choices.everything)
    told = remarks(store, meeting, rows, format_, choices.style)
    if format_ in BINARY:
        found = next(m for m in meetings.all(store) if m.reference == sanitize.text(meeting))
        content = _document(rows, format_, _heading(found, choices), choices.style)
        return ListFile(content, len(rows), tuple(told))
    text = io.StringIO()
    if format_ == "indico":
        ready = indico.prepare(rows, choices.style)
        indico.write(ready.rows, text)
        refused = sum(problem.left_out for problem in ready.problems)
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


def remarks(
    store: Store, meeting: str, rows: list[Participant], format_: str, style: Style
) -> list[Remark]:
    """Where a place in the list is not certain, or a name is not as it was wanted."""
    found = [*_of_states(store, meeting, rows), *_of_names(rows, format_, style)]
    if format_ == "indico":
        found += _of_import(rows, indico.prepare(rows, style).problems)
    return found


def _of_states(store: Store, meeting: str, rows: list[Participant]) -> Iterable[Remark]:
    present = {str(row["state"]): groups.delegation(row) for row in rows if row["state"]}
    for code, standing in groups.standings(store, meeting).items():
        if code in present and standing.doubt:
            under = groups.GROUPS[standing.group]
            yield Remark(f'{present[code]} stands under "{under}": {standing.doubt}')
    for group, where in (("entity", "under the organization it names"), ("unknown", "at the end")):
        among = tuple(row for row in rows if row["group"] == group)
        if among:
            yield Remark(f"the State is not known, so printed {where}", among)


def _of_names(rows: list[Participant], format_: str, style: Style) -> Iterable[Remark]:
    shown = [(row, printed(row, style)) for row in rows] if style != Style() else []
    if style.names != NAMES[0] and format_ in (*BINARY, "indico"):
        missing = tuple(row for row, name in shown if not name.latin)
        if missing:
            yield Remark("no form in Latin letters, so printed as written", missing)
    if style.capitals == CAPITALS[1] and format_ in BINARY:
        unknown = tuple(row for row, name in shown if not name.family_known)
        if unknown:
            yield Remark(
                "family name not put into capitals: nothing tells which part it is", unknown
            )


def _of_import(
    rows: list[Participant], problems: Iterable[indico.ImportProblem]
) -> Iterable[Remark]:
    """Whom Indico would refuse and what it will change, each thing once."""
    by_id = {row["delegate_id"]: row for row in rows}
    told: dict[str, list[Participant]] = {}
    for problem in problems:
        said = "left out, " if problem.left_out else ""
        told.setdefault(said + problem.what, []).append(by_id[problem.delegate])
    return [Remark(what, tuple(whom)) for what, whom in told.items()]
