"""Whom to write to before a meeting: one file, because all is asked of one list of States."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from dataclasses import dataclass
from typing import Literal

from store import sanitize
from store.db.database import Store
from store.errors import UnknownRecord
from store.records import missions
from store.records.missions import Address, Mission, Reminder
from store.rules.names import folded
from store.service import answered, drafts
from store.service.answered import Confirmation
from store.service.drafts import ReminderDraft

Missing = Literal[
    "no_reply",
    "acknowledged",
    "more_time",
    "nobody",
    "late",
    "no_address",
    "unreadable",
    "unconfirmed",
]

WORDS: dict[Missing, str] = {
    "no_reply": "no reply",
    "acknowledged": "acknowledged only",
    "more_time": "asked for more time",
    "nobody": "nominates, and nobody was found in it",
    "late": "the first reply came after the deadline",
    "no_address": "no e-mail address for a delegate",
    "unreadable": "could not be read, or a page of it",
    "unconfirmed": "asked to confirm its list, and no answer by the day",
}
"""In the order in which they are told."""

STANDINGS = {
    "answered": "an answer nobody has looked at",
    "errors": "told of errors",
    "asked": "asked, no answer yet",
    "wanted": "a draft is laid with the next poll",
    "given_up": "no draft was made",
    "confirmed": "confirmed",
}
"""What a State said of its list, in the order in which it is told."""

_BY_KIND: dict[str, Missing] = {
    "acknowledgement": "acknowledged",
    "extension_request": "more_time",
    "nomination": "nobody",
    "revision": "nobody",
}
UNREAD_PAGE = frozenset({"page_unread", "unread_print"})
"""Doubts of a note for which the State is to send it again."""

MOST_UNREAD = 200
"""Files that were not read, the latest first."""

_NOTES = """
SELECT n.id, n.state, n.kind, n.same_as, n.received_at, n.open_reasons
  FROM documents AS n
 WHERE n.meeting = :meeting AND n.state IS NOT NULL AND n.outcome = 'processed'
 ORDER BY coalesce(n.note_date, n.received_at, ''), n.id
"""
# Who has an address is not read, only that there is somebody.
_NAMING = """
SELECT DISTINCT n.state FROM documents AS n
 WHERE n.meeting = :meeting AND n.state IS NOT NULL AND n.outcome = 'processed'
   AND EXISTS (SELECT 1 FROM delegates AS d
                WHERE d.document_id = n.id AND d.current = 1 AND +d.status <> 'rejected')
"""
# Told which indexes to use: SQLite would rather read all documents in order than sort a few rows.
_WITHOUT_ADDRESS = """
SELECT n.state, d.name
  FROM documents AS n INDEXED BY documents_by_meeting
 CROSS JOIN delegates AS d INDEXED BY delegates_without_address ON d.document_id = n.id
 WHERE n.meeting = :meeting AND n.state IS NOT NULL AND n.outcome = 'processed'
   AND d.current = 1 AND d.status <> 'rejected' AND coalesce(trim(d.email), '') = ''
 ORDER BY n.id, d.seq, d.id
"""
# What was not read cannot say whose it is: its sender's newest note does. No word is needed where
# the same message brought something that was read.
_UNREAD = """
SELECT n.id, n.filename, n.reason, n.received_at, m.from_address,
       coalesce(n.state, (SELECT o.state FROM messages AS p
                           CROSS JOIN documents AS o ON o.message = p.id
                           WHERE p.from_address = m.from_address AND o.state IS NOT NULL
                           ORDER BY p.id DESC LIMIT 1)) AS state
  FROM documents AS n LEFT JOIN messages AS m ON m.id = n.message
 WHERE (n.outcome = 'failed' OR n.outcome = 'rejected'
        AND n.reason IN ('not_a_scan', 'encrypted', 'too_large', 'too_many_pages', 'unreadable'))
   AND n.forgotten_at IS NULL AND (n.meeting IS NULL OR n.meeting = :meeting)
   AND (n.received_at IS NULL
        OR substr(n.received_at, 1, 10) BETWEEN coalesce(:issued, '') AND coalesce(:ends, '9999'))
   AND NOT EXISTS (SELECT 1 FROM documents AS o
                    WHERE o.message = n.message AND o.outcome IN ('processed', 'pending'))
 ORDER BY n.id DESC LIMIT :most
"""


@dataclass(frozen=True, slots=True)
class Unread:
    """A file that was not read; ``reason`` is a code."""

    document: int
    filename: str
    reason: str | None
    from_address: str | None
    received_at: str | None


@dataclass(frozen=True, slots=True)
class ChaseLine:
    """A State to write to.

    ``names`` are its delegates without an address, ``unread`` its files that were not read, as far
    as their sender tells, ``document`` its latest note. ``language`` is that of its newest note of
    any meeting. ``reminded`` is the last reminder of this meeting, ``draft`` the last one that was
    asked for.
    """

    state: str
    name: str
    party: bool
    missing: tuple[Missing, ...]
    names: tuple[str, ...]
    unread: tuple[Unread, ...]
    document: int | None
    language: str | None
    addresses: tuple[Address, ...]
    reminded: Reminder | None
    draft: ReminderDraft | None

    @property
    def details(self) -> str:
        """Whose address is missing, which files were not read."""
        files = tuple(f"document {one.document}" for one in self.unread)
        return ", ".join((*self.names, *files))


@dataclass(frozen=True, slots=True)
class Chase:
    """Of one meeting: States by name, and unread files of senders who wrote for no State.

    ``confirmations`` are the States that were asked to confirm their lists, by name.
    """

    id: int
    reference: str
    title: str
    deadline: str | None
    lines: tuple[ChaseLine, ...]
    unknown: tuple[Unread, ...]
    confirmations: tuple[tuple[str, Confirmation], ...] = ()

    def of(self, what: Missing) -> tuple[ChaseLine, ...]:
        """The States of which this is true."""
        return tuple(line for line in self.lines if what in line.missing)


def chase(store: Store, meeting: str) -> Chase:
    """Who is to be written to about a meeting, as of one moment.

    Raises:
        UnknownRecord: no such meeting is registered.
    """
    with store.reading():
        row = store.one("SELECT * FROM meetings WHERE reference = ?", [sanitize.text(meeting)])
        if row is None:
            raise UnknownRecord("No meeting is registered under this reference.")
        unread = _unread(store, row)
        asked = answered.confirmations(store, row["reference"])
        return Chase(
            id=row["id"],
            reference=row["reference"],
            title=row["title"],
            deadline=row["deadline"],
            lines=_lines(store, row, unread, _overdue(asked)),
            unknown=tuple(unread.get(None, ())),
            confirmations=_by_name(store, asked),
        )


def _lines(
    store: Store,
    meeting: sqlite3.Row,
    unread: dict[str | None, list[Unread]],
    unconfirmed: frozenset[str],
) -> tuple[ChaseLine, ...]:
    asked = {"meeting": meeting["reference"]}
    notes, nameless = defaultdict(list), defaultdict(list)
    for row in store.rows(_NOTES, asked):
        notes[row["state"]].append(row)
    for row in store.rows(_WITHOUT_ADDRESS, asked):
        nameless[row["state"]].append(row["name"])
    naming = {row["state"] for row in store.rows(_NAMING, asked)}
    parties = {
        row["state"]
        for row in store.rows("SELECT state FROM coverage WHERE meeting = :meeting", asked)
    }
    reminded = missions.reminders(store, meeting["reference"])
    drafted = drafts.reminder_drafts(store, meeting["id"])
    known = missions.missions(store)
    found = []
    for state in store.rows("SELECT iso3, name_en FROM states"):
        code = state["iso3"]
        missing = _missing(code in parties, notes[code], code in naming, meeting)
        if nameless[code]:
            missing.add("no_address")
        if code in unread:
            missing.add("unreadable")
        if code in unconfirmed:
            missing.add("unconfirmed")
        if missing:
            mission = known.get(code, Mission())
            found.append(
                ChaseLine(
                    state=code,
                    name=state["name_en"],
                    party=code in parties,
                    missing=tuple(what for what in WORDS if what in missing),
                    names=tuple(nameless[code]),
                    unread=tuple(unread.get(code, ())),
                    document=notes[code][-1]["id"] if notes[code] else None,
                    language=mission.language,
                    addresses=mission.addresses,
                    reminded=reminded.get(code),
                    draft=drafted.get(code),
                )
            )
    return tuple(sorted(found, key=lambda line: folded(line.name)))


def _overdue(asked: dict[str, Confirmation]) -> frozenset[str]:
    """States whose answer should be there and is not."""
    today = sanitize.now()[:10]
    late = (one.state for one in asked.values() if one.until and one.until < today)
    return frozenset(state for state in late if asked[state].standing == "asked")


def _by_name(store: Store, asked: dict[str, Confirmation]) -> tuple[tuple[str, Confirmation], ...]:
    """What needs a person first, then by the States' names."""
    names = {row["iso3"]: row["name_en"] for row in store.rows("SELECT iso3, name_en FROM states")}
    order = list(STANDINGS)
    found = [(names.get(state, state), one) for state, one in asked.items()]
    return tuple(sorted(found, key=lambda it: (order.index(it[1].standing), folded(it[0]))))


def _missing(
    party: bool, notes: list[sqlite3.Row], anybody: bool, meeting: sqlite3.Row
) -> set[Missing]:
    """What the notes of a State leave open; the latest decides."""
    if not notes:
        return {"no_reply"} if party else set()
    missing: set[Missing] = set()
    latest = [note for note in notes if note["same_as"] is None][-1:] or notes[-1:]
    what = _BY_KIND.get(latest[0]["kind"] or "")
    if what and not (what == "nobody" and anybody):
        missing.add(what)
    received = [note["received_at"] for note in notes if note["received_at"]]
    if received and meeting["deadline_ends"] and min(received) >= meeting["deadline_ends"]:
        missing.add("late")
    if any(UNREAD_PAGE.intersection(json.loads(note["open_reasons"])) for note in notes):
        missing.add("unreadable")
    return missing


def _unread(store: Store, meeting: sqlite3.Row) -> dict[str | None, list[Unread]]:
    found: dict[str | None, list[Unread]] = {}
    for row in store.rows(
        _UNREAD,
        {
            "meeting": meeting["reference"],
            "issued": meeting["issued"],
            "ends": meeting["ends"] or meeting["starts"],
            "most": MOST_UNREAD,
        },
    ):
        found.setdefault(row["state"], []).append(
            Unread(
                row["id"], row["filename"], row["reason"], row["from_address"], row["received_at"]
            )
        )
    return found


COLUMNS = (
    "meeting",
    "deadline",
    "state",
    "state_name",
    "missing",
    "details",
    "addresses",
    "language",
    "reminded_on",
    "reminded_by",
)
"""Of the list as a file, in this order."""


def records(found: Chase) -> list[dict[str, object]]:
    """One record a State, for a spreadsheet: texts alone."""
    return [
        {
            "meeting": found.reference,
            "deadline": found.deadline,
            "state": line.state,
            "state_name": line.name,
            "missing": "; ".join(WORDS[what] for what in line.missing),
            "details": line.details,
            "addresses": "; ".join(one.email for one in line.addresses),
            "language": line.language,
            "reminded_on": line.reminded.at[:10] if line.reminded else None,
            "reminded_by": line.reminded.who if line.reminded else None,
        }
        for line in found.lines
    ]
