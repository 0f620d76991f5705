"""Asking missions to confirm what was registered: which drafts are wanted, and what each says.

A draft tells of the State's whole delegation to a meeting: who was approved, and nobody else. It is
wanted once, and again only when that has changed. Whether an answer confirms it, a person says.
"""

from __future__ import annotations

import json
import secrets
import sqlite3
from dataclasses import dataclass
from typing import Literal

from store import sanitize
from store.db.database import Store
from store.errors import EditRefused, UnknownRecord

After = Literal["rows", "notes"]
"""When a review is finished: every row decided; nothing of the notes unsettled either."""

TOLD = ("role", "honorific", "name", "name_latin", "title", "organization")
"""What a mission is told of each person: what the list prints."""

_ROWS = """
SELECT n.state, d.role, d.honorific, d.name, d.name_latin, d.title, d.organization
  FROM documents AS n CROSS JOIN delegates AS d ON d.document_id = n.id
 WHERE n.meeting = :meeting AND n.state IS NOT NULL AND n.outcome = 'processed'
   AND {} AND d.current = 1 AND d.status IN ('approved', 'corrected')
 ORDER BY coalesce(n.note_date, n.received_at, ''), n.id, d.seq, d.id
"""
_UNFINISHED = """
SELECT n.state,
       total(n.needs_review = 1) AS notes,
       total((SELECT count(*) FROM delegates AS d
               WHERE d.document_id = n.id AND d.current = 1
                 AND (d.status IN ('new', 'needs_review')
                      OR instr(d.reasons, '"reading_changed"') > 0))) AS rows
  FROM documents AS n
 WHERE n.meeting = :meeting AND n.state IS NOT NULL AND n.outcome IN ('processed', 'pending')
   AND {}
 GROUP BY n.state
"""
_ONE, _ALL = "n.state = :state", "1"
"""Of one State or of all: a condition that asks for both would find no index."""


def registered(
    store: Store, meeting: str, state: str | None = None
) -> dict[str, tuple[dict[str, str | None], ...]]:
    """Who of each State was approved for a meeting, in the order of the notes."""
    found: dict[str, list[dict[str, str | None]]] = {}
    for row in _of(store, _ROWS, meeting, state):
        found.setdefault(row["state"], []).append({field: row[field] for field in TOLD})
    return {state: tuple(people) for state, people in found.items()}


def _of(store: Store, sql: str, meeting: str, state: str | None) -> list[sqlite3.Row]:
    return store.rows(sql.format(_ONE if state else _ALL), {"meeting": meeting, "state": state})


def finished(store: Store, meeting: str, after: After, state: str | None = None) -> frozenset[str]:
    """States whose review is finished and of whom somebody was approved."""
    open_states = {
        row["state"]
        for row in _of(store, _UNFINISHED, meeting, state)
        if row["rows"] or (after == "notes" and row["notes"])
    }
    return frozenset(registered(store, meeting, state)) - open_states


def due(store: Store, meeting: str, after: After, state: str | None = None) -> tuple[str, ...]:
    """States that are to be asked: finished, and never told what stands on the list now.

    What a State has answered is read before it is asked again.
    """
    before = {row["to_state"]: row for row in last(store, meeting, state)}
    unread = {
        row["to_state"]
        for row in store.rows(
            "SELECT DISTINCT c.to_state FROM confirmation_answers AS a"
            " JOIN confirmation_drafts AS c ON c.id = a.draft"
            " JOIN meetings AS m ON m.id = c.meeting"
            " WHERE m.reference = ? AND a.verdict IS NULL",
            [sanitize.text(meeting)],
        )
    }
    people = registered(store, meeting, state)
    return tuple(
        state
        for state in sorted(finished(store, meeting, after, state) - unread)
        if (asked := before.get(state)) is None
        or (asked["state"] != "wanted" and told(asked) != people[state] and _again(asked))
    )


def _again(asked: sqlite3.Row) -> bool:
    """Given up without having told anything: nothing has changed since."""
    return asked["told"] is not None


def want(store: Store, meeting: str, state: str, who: str | None = None) -> None:
    """A draft is to be laid; one that waits is enough.

    Args:
        store: where to.
        meeting: its reference.
        state: ISO 3166-1 alpha-3.
        who: the person who asks; None where the program does.

    Raises:
        UnknownRecord: no such meeting is registered.
    """
    found = store.one("SELECT id FROM meetings WHERE reference = ?", [sanitize.text(meeting)])
    if found is None:
        raise UnknownRecord("No meeting is registered under this reference.")
    with store.writing(*([sanitize.one_line(who) or "command line"] if who else [])) as conn:
        conn.execute(
            "INSERT OR IGNORE INTO confirmation_drafts"
            " (meeting, to_state, document_id, who, token, at) VALUES (?, ?,"
            " (SELECT n.id FROM documents AS n WHERE n.meeting = ? AND n.state = ?"
            "    AND n.outcome = 'processed' AND n.same_as IS NULL"
            "  ORDER BY n.note_date DESC, n.received_at DESC, n.id DESC LIMIT 1), ?, ?, ?)",
            [
                found["id"],
                state,
                sanitize.text(meeting),
                state,
                sanitize.one_line(who),
                secrets.token_hex(16),
                sanitize.now(),
            ],
        )


def ask(store: Store, meeting: str, state: str, after: After, who: str) -> None:
    """A person wants a draft laid to a State.

    Raises:
        UnknownRecord: no such meeting is registered.
        EditRefused: its review is not finished; or it was told just this already.
    """
    if state not in finished(store, meeting, after, state):
        raise EditRefused("the review of this State is not finished, or nobody is approved")
    if state not in due(store, meeting, after, state):
        raise EditRefused(
            "a draft says just this already, or its answer waits to be read; a new one follows"
            " when the list changes"
        )
    want(store, meeting, state, who)


def want_finished(store: Store, after: After, today: str) -> int:
    """Drafts for all that are due and whose meeting has not begun; how many there are.

    Args:
        store: where to.
        after: when a review is finished.
        today: ISO day.
    """
    found = 0
    for meeting in store.rows(
        "SELECT reference FROM meetings WHERE coalesce(starts, ends, '9999') > ?", [today]
    ):
        for state in due(store, meeting["reference"], after):
            want(store, meeting["reference"], state)
            found += 1
    return found


@dataclass(frozen=True, slots=True)
class WantedConfirmation:
    """A draft to be made. ``message_id`` and ``subject`` are of the mail that brought the note."""

    token: str
    meeting: str
    title: str
    starts: str | None
    state: str
    message_id: str | None
    note_reference: str | None


def wanted(store: Store) -> tuple[WantedConfirmation, ...]:
    """Drafts that are not in the mailbox yet, oldest first."""
    return tuple(
        WantedConfirmation(*row)
        for row in store.rows(
            "SELECT c.token, m.reference, m.title, coalesce(m.starts, m.ends), c.to_state,"
            " p.message_id, n.note_reference FROM confirmation_drafts AS c"
            " JOIN meetings AS m ON m.id = c.meeting"
            " LEFT JOIN documents AS n ON n.id = c.document_id"
            " LEFT JOIN messages AS p ON p.id = n.message WHERE c.state = 'wanted' ORDER BY c.id"
        )
    )


def tell(store: Store, token: str, told: tuple[dict[str, str | None], ...], until: str) -> None:
    """Write down what a draft says, before the mail server hears of it."""
    with store.writing() as conn:
        conn.execute(
            "UPDATE confirmation_drafts SET told = ?, until = ? WHERE token = ?",
            [json.dumps(told, ensure_ascii=False), until, token],
        )


def last(store: Store, meeting: str, state: str | None) -> list[sqlite3.Row]:
    """The last draft to each State."""
    return store.rows(
        "SELECT c.* FROM confirmation_drafts AS c JOIN meetings AS m ON m.id = c.meeting"
        " WHERE m.reference = :meeting AND (:state IS NULL OR c.to_state = :state)"
        " AND c.id = (SELECT max(o.id) FROM confirmation_drafts AS o"
        "              WHERE o.meeting = c.meeting AND o.to_state = c.to_state)"
        " ORDER BY c.to_state",
        {"meeting": sanitize.text(meeting), "state": state},
    )


def told(row: sqlite3.Row) -> tuple[dict[str, str | None], ...]:
    """What a draft (a row of its table) says of each person."""
    return tuple(json.loads(row["told"] or "[]"))
