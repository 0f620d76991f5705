"""What is different in the lists of delegates since a moment: new, changed, replaced, withdrawn.

A delegate counts while the row is current and not rejected. Who counted then is told by the table
``turns`` and by what people did since; who follows whom, by ``successions``. A row that a new
reading of a kept file brings or takes is told like one of a new note.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal

from store import sanitize
from store.db.database import Store
from store.errors import StoreError
from store.fields import AS_PRINTED
from store.reports.change_questions import EVERYWHERE, Questions
from store.rules.names import folded

_DAYS = re.compile(r"([0-9]{1,4}) days?")

ChangeKind = Literal["new", "changed", "replaced", "withdrawn", "reply"]

WORDS: dict[ChangeKind, str] = {
    "new": "new",
    "changed": "changed",
    "replaced": "in the place of another",
    "withdrawn": "no longer comes",
    "reply": "reply without delegates",
}
"""In the order in which they are told."""


@dataclass(frozen=True, slots=True)
class ChangedValue:
    """A value of a delegate then and now."""

    field: str
    old: str | None
    new: str | None


@dataclass(frozen=True, slots=True)
class Change:
    """One line of what is different.

    ``earlier`` is the person whose place was taken, ``by`` who did it by hand; ``kind`` is the
    note's, of a ``reply``. ``delegate`` is None for a reply and for a deleted row.
    """

    what: ChangeKind
    state: str | None
    state_name: str | None
    meeting: str | None
    document: int
    delegate: int | None
    name: str | None
    earlier: str | None = None
    values: tuple[ChangedValue, ...] = ()
    by: str | None = None
    kind: str | None = None


@dataclass(frozen=True, slots=True)
class Edits:
    """What people wrote over in one row since then: by field the value it had, and who was last."""

    then: dict[str, str | None]
    who: str


def changes(store: Store, since: str, meeting: str | None = None) -> tuple[Change, ...]:
    """By meeting and State, those of unknown ones last.

    Args:
        store: where from.
        since: a moment as ``sanitize.moment`` writes it.
        meeting: only of notes that answer this meeting.
    """
    # corrections have fractions of seconds: "00.5Z" is before "00Z", and not before "00"
    with store.reading():
        found = told(store, EVERYWHERE, {"since": since.rstrip("Z")})
    return tuple(one for one in found if meeting is None or one.meeting == sanitize.text(meeting))


def told(store: Store, asked: Questions, parameters: Mapping[str, object]) -> tuple[Change, ...]:
    """What some questions find, in order; those of a State and meeting must be found together."""
    names = {r["iso3"]: r["name_en"] for r in store.rows("SELECT iso3, name_en FROM states")}
    edits = _edits(store.rows(asked.edits, parameters))
    rows = {row["id"]: row for row in store.rows(asked.rows, parameters)}
    found = [
        *_of_rows(rows, edits, names),
        *_deleted(store.rows(asked.deleted, parameters), names),
        *(
            _change("reply", row, names, document=row["id"], kind=row["kind"] or "other")
            for row in store.rows(asked.replies, parameters)
        ),
    ]
    return tuple(sorted(found, key=_place))


def counts(found: tuple[Change, ...]) -> tuple[tuple[str | None, dict[ChangeKind, int]], ...]:
    """How many of each kind, State by State: for texts that name no delegate."""
    told: dict[str | None, dict[ChangeKind, int]] = {}
    for one in found:
        of_state = told.setdefault(one.state_name, {})
        of_state[one.what] = of_state.get(one.what, 0) + 1
    return tuple(told.items())


def moment(text: str, now: datetime | None = None) -> str:
    """``today``, ``yesterday``, ``3 days``, a day or a moment (ISO 8601), as the database has it.

    A day begins at midnight of the machine's own time.

    Raises:
        StoreError: it is none of these.
    """
    here = (now or datetime.now(UTC)).astimezone()
    asked_for = " ".join(text.lower().split())
    days = {"today": 0, "yesterday": 1}.get(asked_for)
    if ago := _DAYS.fullmatch(asked_for):
        days = int(ago[1])
    if days is not None:
        day = here.date() - timedelta(days=days)
        return str(sanitize.moment(datetime(day.year, day.month, day.day).astimezone()))
    try:
        asked = datetime.fromisoformat(text.strip())
        return str(sanitize.moment(asked if asked.tzinfo else asked.astimezone()))
    except (ValueError, OverflowError):
        raise StoreError(
            f"{sanitize.visible(text)!r} is no time: today, yesterday, 3 days, or 2019-04-03.",
            reason="usage",
        ) from None


def _edits(rows: list[sqlite3.Row]) -> dict[int, Edits]:
    found: dict[int, Edits] = {}
    for row in rows:
        before = found[row["row_id"]].then if row["row_id"] in found else {}
        found[row["row_id"]] = Edits({row["field"]: row["old"], **before}, row["who"])
    return found


def _of_rows(
    rows: dict[int, sqlite3.Row], edits: dict[int, Edits], names: dict[str, str]
) -> list[Change]:
    now = {row for row in rows if _counts(rows[row])}
    then = {row for row in rows if _counted(rows[row], edits.get(row))}
    found, followed = [], set()
    for row in sorted(now - then):
        earlier = _earlier(rows, then, rows[row])
        if earlier is None:
            found.append(_change("new", rows[row], names))
            continue
        before, same = earlier
        followed.add(before["id"])
        values = _differences(before, rows[row]) if same else ()
        if values:
            found.append(_change("changed", rows[row], names, values=values))
        elif not same:
            found.append(_change("replaced", rows[row], names, earlier=before["name"]))
    for row in sorted(now & then):
        if row in edits and (values := _edited(rows[row], edits[row])):
            found.append(_change("changed", rows[row], names, values=values, by=edits[row].who))
    for row in sorted(then - now - followed):
        edited = edits.get(row)
        by_hand = edited and (rows[row]["status"] == "rejected" or "current" in edited.then)
        by = edited.who if edited and by_hand else None
        found.append(_change("withdrawn", rows[row], names, by=by))
    return found


def _counts(row: sqlite3.Row) -> bool:
    return bool(row["current"] == 1 and row["status"] != "rejected")


def _counted(row: sqlite3.Row, edits: Edits | None) -> bool:
    if row["added"] or row["moved"]:
        return False
    current = row["current"] if row["current_then"] is None else row["current_then"]
    status = edits.then.get("status", row["status"]) if edits else row["status"]
    return bool(current == 1 and status != "rejected")


def _earlier(
    rows: dict[int, sqlite3.Row], then: set[int], row: sqlite3.Row
) -> tuple[sqlite3.Row, bool] | None:
    """The row that counted then and whose place this one has; whether it is the same person."""
    same, seen = True, {row["id"]}
    while row["earlier_id"] is not None and row["earlier_id"] not in seen:
        same = same and bool(row["same_person"])
        seen.add(row["earlier_id"])
        before = rows.get(row["earlier_id"])
        if before is None:  # it has not turned since, and counts beside this one
            return None
        if before["id"] in then:
            return before, same
        row = before
    return None


def _differences(old: sqlite3.Row, new: sqlite3.Row) -> tuple[ChangedValue, ...]:
    return tuple(ChangedValue(f, old[f], new[f]) for f in AS_PRINTED if old[f] != new[f])


def _edited(row: sqlite3.Row, edits: Edits) -> tuple[ChangedValue, ...]:
    return tuple(
        ChangedValue(field, edits.then[field], row[field])
        for field in AS_PRINTED
        if field in edits.then and edits.then[field] != row[field]
    )


def _deleted(rows: list[sqlite3.Row], names: dict[str, str]) -> list[Change]:
    found = []
    for row in rows:
        old = json.loads(row["old"])
        if old.get("current") == 1 and old.get("status") != "rejected":
            facts = {"document": row["document_id"], "name": old["name"], "by": row["who"]}
            found.append(_change("withdrawn", row, names, **facts))
    return found


def _change(
    what: ChangeKind,
    row: sqlite3.Row,
    names: dict[str, str],
    *,
    document: int | None = None,
    name: str | None = None,
    earlier: str | None = None,
    values: tuple[ChangedValue, ...] = (),
    by: str | None = None,
    kind: str | None = None,
) -> Change:
    """``row`` has State and meeting, and, unless ``document`` is given, is a delegate's."""
    of_delegate = document is None
    return Change(
        what=what,
        state=row["state"],
        state_name=names.get(row["state"], row["state"]),
        meeting=row["meeting"],
        document=row["document_id"] if document is None else document,
        delegate=row["id"] if of_delegate else None,
        name=row["name"] if of_delegate else name,
        earlier=earlier,
        values=values,
        by=by,
        kind=kind,
    )


def _place(one: Change) -> tuple[bool, str, bool, str, int, int, int]:
    return (
        one.meeting is None,
        one.meeting or "",
        one.state is None,
        folded(one.state_name or ""),
        list(WORDS).index(one.what),
        one.document,
        one.delegate or 0,
    )
