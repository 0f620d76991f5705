"""Who changed what and when, in words, a State at a time: the minutes of the list.

Told are what came in, what people did (``corrections``, a step as one sentence a reply), and whom
a later note took off the list or put back (``turns``).
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass

from store import sanitize
from store.db.database import Store
from store.records import steps
from store.rules import sentences
from store.rules.names import folded

COLUMNS = ("state", "state_name", "meeting", "at", "who", "what", "document", "taken_back")
"""Of the list as a file."""

_NOTES = """
SELECT n.id, n.state, n.meeting, n.kind, n.outcome, n.filename, n.note_reference, n.note_date,
       coalesce(n.received_at, n.kept_at) AS at,
       (SELECT count(*) FROM delegates AS d
         WHERE d.document_id = n.id AND d.origin = 'read') AS read
  FROM documents AS n
 WHERE n.forgotten_at IS NULL AND (n.state IS NOT NULL OR n.outcome = 'processed')
"""
_ONLY = {"state": " AND n.state = :state", "meeting": " AND n.meeting = :meeting"}
_TURNS = """
SELECT t.at, t.current, d.name, d.document_id FROM turns AS t
  JOIN delegates AS d ON d.id = t.delegate_id
 WHERE t.added = 0 AND d.document_id IN (SELECT value FROM json_each(:ids))
   AND NOT EXISTS (SELECT 1 FROM corrections AS c WHERE c.table_name = 'delegates'
                      AND c.row_id = d.id AND c.field = 'current'
                      AND substr(c.at, 1, 19) = substr(t.at, 1, 19))
 ORDER BY t.id
"""
_OF_THESE = (
    "c.id IN (SELECT id FROM corrections WHERE document_id IN (SELECT value FROM json_each(:ids))"
    " UNION SELECT id FROM corrections WHERE table_name = 'documents' AND field = 'state'"
    "   AND :state IN (old, new))"
)
_OF_STATES = (
    "c.id IN (SELECT id FROM corrections"
    "          WHERE table_name IN ('reminders', 'reminder_drafts', 'confirmation_drafts',"
    "                               'mission_addresses'))"
    " AND (:state IS NULL OR :state = coalesce(json_extract(coalesce(c.new, c.old), '$.to_state'),"
    "      json_extract(coalesce(c.new, c.old), '$.state')))"
)
KINDS = {
    "nomination": "a nomination",
    "revision": "a revision",
    "decline": "a note that declines",
    "acknowledgement": "an acknowledgement",
    "extension_request": "a request for more time",
}
PROGRAM = "the program"


@dataclass(frozen=True, slots=True)
class Event:
    """One line of the minutes: a moment in UTC, who, and what in words.

    ``document`` is the reply it concerns, None where it concerns the State; ``taken_back`` if it
    does not hold any more.
    """

    state: str | None
    state_name: str | None
    meeting: str | None
    at: str
    who: str
    what: str
    document: int | None
    taken_back: bool = False


def history(
    store: Store, state: str | None = None, meeting: str | None = None, since: str | None = None
) -> tuple[Event, ...]:
    """By State, those of unknown ones last, and within a State the earliest first.

    Args:
        store: where from.
        state: only this State, by its code.
        meeting: only notes that answer this meeting, and reminders of it.
        since: only from this moment on, as ``sanitize.moment`` writes it.
    """
    asked: dict[str, object] = {"state": state, "meeting": sanitize.text(meeting)}
    with store.reading():
        names = {r["iso3"]: r["name_en"] for r in store.rows("SELECT iso3, name_en FROM states")}
        only = "".join(sql for name, sql in _ONLY.items() if asked[name] is not None)
        notes = {row["id"]: row for row in store.rows(_NOTES + only, asked)}
        asked["ids"] = json.dumps(list(notes))
        rows = steps.corrections(store, _OF_THESE, asked)
        beside = steps.corrections(store, _OF_STATES, asked)
        numbers = {
            r["id"]: r["reference"] for r in store.rows("SELECT id, reference FROM meetings")
        }
        found = [
            *(_arrival(row) for row in notes.values() if row["at"]),
            *_turned(notes, store.rows(_TURNS, asked)),
            *_edited(notes, rows, asked["state"]),
            *(e for e in _of_states(beside, numbers) if meeting is None or e.meeting == meeting),
        ]
    named = [
        Event(e.state, names.get(e.state or "", e.state), *_rest(e))
        for e in found
        if since is None or e.at >= since.rstrip("Z")
    ]
    places = {name: folded(name or "") for name in {e.state_name for e in named}}
    return tuple(
        sorted(
            named,
            key=lambda e: (e.state is None, places[e.state_name], e.at[:19], e.document or 0),
        )
    )


def records(found: Iterable[Event]) -> list[dict[str, object]]:
    """Each event as a row of ``COLUMNS``."""
    return [
        {
            **{column: getattr(event, column) for column in COLUMNS},
            "taken_back": "taken back" if event.taken_back else None,
        }
        for event in found
    ]


def _rest(e: Event) -> tuple[str | None, str, str, str, int | None, bool]:
    return e.meeting, e.at, e.who, e.what, e.document, e.taken_back


def _arrival(row: sqlite3.Row) -> Event:
    what = KINDS.get(row["kind"] or "", "a document") + " came"
    label = " of ".join(str(v) for v in (row["note_reference"], row["note_date"]) if v)
    if label:
        what += f" ({label})"
    if row["read"]:
        count = row["read"]
        what += f", {count} delegate read" if count == 1 else f", {count} delegates read"
    elif row["outcome"] != "processed":
        what += f", {row['outcome']}"
    return Event(row["state"], None, row["meeting"], row["at"], PROGRAM, what, row["id"])


def _turned(notes: dict[int, sqlite3.Row], rows: list[sqlite3.Row]) -> list[Event]:
    """Whom other notes took off the list or put back, those of one moment together."""
    at_once: dict[tuple[int, str, int], list[str]] = {}
    for row in rows:
        at_once.setdefault((row["document_id"], row["at"], row["current"]), []).append(row["name"])
    found = []
    for (document, at, current), names in at_once.items():
        verb = "back on the list" if current else "no longer on the list, by another note"
        what = sentences.sentence(sentences.Told(f"{verb}:", name) for name in names)
        note = notes[document]
        found.append(Event(note["state"], None, note["meeting"], at, PROGRAM, what, document))
    return found


def _edited(notes: dict[int, sqlite3.Row], rows: list[sqlite3.Row], state: object) -> list[Event]:
    """What people did, a step and a reply as one sentence."""
    parts: dict[tuple[int, int | None], list[sqlite3.Row]] = {}
    for row in rows:
        parts.setdefault((row["step"], row["document_id"]), []).append(row)
    found = []
    for (_, document), edits in parts.items():
        what = in_words(edits)
        if not what:
            continue
        note = notes.get(document or 0)
        of = str(state) if note is None else note["state"]
        meeting = None if note is None else note["meeting"]
        first = edits[0]
        gone = first["undone"] is not None
        found.append(Event(of, None, meeting, first["at"], first["who"], what, document, gone))
    return found


def _of_states(rows: list[sqlite3.Row], references: dict[int, str]) -> list[Event]:
    """Reminders and addresses, which belong to a State and no reply."""
    found = []
    for row in rows:
        whole = json.loads(row["new"] or row["old"] or "{}")
        state = whole.get("to_state") or whole.get("state")
        meeting = references.get(whole.get("meeting", 0))
        what = in_words([row])
        gone = row["undone"] is not None
        found.append(Event(state, None, meeting, row["at"], row["who"], what, None, gone))
    return found


def in_words(rows: list[sqlite3.Row]) -> str:
    """Corrections of one step in one sentence; what took something back says what."""
    if any(row["action"] == "insert" and row["table_name"] == "delegates" for row in rows):
        rows = [row for row in rows if row["field"] != "seq"]  # the others make room
    if rows[0]["undoes"] is None:
        return sentences.sentence(map(_told, rows))
    return "took back: " + sentences.sentence(_told(row, back=True) for row in reversed(rows))


def _told(row: sqlite3.Row, *, back: bool = False) -> sentences.Told | None:
    old, new, action = row["old"], row["new"], row["action"]
    if back:  # what it reverses, the other way round
        old, new = new, old
        action = {"insert": "delete", "delete": "insert"}.get(action, action)
        if row["field"] == "status" and new == "corrected":
            return None  # that followed from a value
    return sentences.told(row["table_name"], action, row["field"], old, new, row["name"])
