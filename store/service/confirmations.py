"""Asking missions to confirm what was registered: which drafts are wanted, and what came back.

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


@dataclass(frozen=True, slots=True)
class Answer:
    """A mail that answered; ``text`` is its sender's own words.

    ``documents`` came with it, each with its own review. ``verdict`` is a person's: ``confirmed``,
    ``errors``, or None as long as nobody has said so. ``known`` tells whether the sender wrote to
    us for this State before.
    """

    id: int
    from_address: str | None
    received_at: str | None
    text: str
    documents: tuple[tuple[int, str], ...]
    verdict: str | None
    who: str | None
    at: str | None
    known: bool


@dataclass(frozen=True, slots=True)
class Confirmation:
    """The last draft to a State about a meeting, and all that came back of any.

    ``changed`` if the list is another one than was told.
    """

    meeting: str
    state: str
    document: int | None
    draft: str
    error: str | None
    at: str
    who: str | None
    until: str | None
    told: tuple[dict[str, str | None], ...]
    changed: bool
    answers: tuple[Answer, ...]

    @property
    def standing(self) -> Literal["wanted", "given_up", "asked", "answered", "errors", "confirmed"]:
        """How far it is, as people said of the newest answer; an open answer comes before all."""
        if any(one.verdict is None for one in self.answers):
            return "answered"
        if self.answers and not self.changed:
            return "confirmed" if self.answers[-1].verdict == "confirmed" else "errors"
        return {"wanted": "wanted", "placed": "asked"}.get(self.draft, "given_up")  # type: ignore[return-value]


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
    last = {row["to_state"]: row for row in _last(store, meeting, state)}
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
        if (asked := last.get(state)) is None
        or (asked["state"] != "wanted" and _told(asked) != people[state] and _again(asked))
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


def confirmations(store: Store, meeting: str, state: str | None = None) -> dict[str, Confirmation]:
    """What every State that was asked was told and said, by State."""
    rows = _last(store, meeting, state)
    if not rows:
        return {}
    people = registered(store, meeting, state)
    answers = _answers(store, meeting, state)
    return {
        row["to_state"]: Confirmation(
            meeting=meeting,
            state=row["to_state"],
            document=row["document_id"],
            draft=row["state"],
            error=row["error"],
            at=row["at"],
            who=row["who"],
            until=row["until"],
            told=_told(row),
            changed=row["told"] is not None and _told(row) != people.get(row["to_state"], ()),
            answers=tuple(answers.get(row["to_state"], ())),
        )
        for row in rows
    }


def open_answers(store: Store) -> int:
    """Answers of which nobody has said yet what they are."""
    sql = "SELECT count(*) FROM confirmation_answers WHERE verdict IS NULL"
    return int(store.rows(sql)[0][0])


def _last(store: Store, meeting: str, state: str | None) -> list[sqlite3.Row]:
    """The last draft to each State."""
    return store.rows(
        "SELECT c.* FROM confirmation_drafts AS c JOIN meetings AS m ON m.id = c.meeting"
        " WHERE m.reference = :meeting AND (:state IS NULL OR c.to_state = :state)"
        " AND c.id = (SELECT max(o.id) FROM confirmation_drafts AS o"
        "              WHERE o.meeting = c.meeting AND o.to_state = c.to_state)"
        " ORDER BY c.to_state",
        {"meeting": sanitize.text(meeting), "state": state},
    )


def _told(row: sqlite3.Row) -> tuple[dict[str, str | None], ...]:
    return tuple(json.loads(row["told"] or "[]"))


def _answers(store: Store, meeting: str, state: str | None) -> dict[str, list[Answer]]:
    found: dict[str, list[Answer]] = {}
    for row in store.rows(
        "SELECT a.*, c.to_state, p.from_address, p.received_at,"
        " EXISTS (SELECT 1 FROM messages AS q JOIN documents AS n ON n.message = q.id"
        "          WHERE q.from_address = p.from_address AND n.state = c.to_state"
        "            AND q.id <> p.id)"
        " OR EXISTS (SELECT 1 FROM mission_addresses AS x WHERE x.state = c.to_state"
        "             AND x.email = p.from_address AND x.wrong = 0) AS known,"
        " (SELECT json_group_array(json_array(n.id, n.filename)) FROM documents AS n"
        "   WHERE n.message = p.id) AS documents"
        " FROM confirmation_answers AS a JOIN confirmation_drafts AS c ON c.id = a.draft"
        " JOIN meetings AS m ON m.id = c.meeting JOIN messages AS p ON p.id = a.message"
        " WHERE m.reference = :meeting AND (:state IS NULL OR c.to_state = :state)"
        " ORDER BY coalesce(p.received_at, ''), a.id",
        {"meeting": sanitize.text(meeting), "state": state},
    ):
        found.setdefault(row["to_state"], []).append(
            Answer(
                id=row["id"],
                from_address=row["from_address"],
                received_at=row["received_at"],
                text=row["text"],
                documents=tuple((n, name) for n, name in json.loads(row["documents"])),
                verdict=row["verdict"],
                who=row["who"],
                at=row["at"],
                known=bool(row["known"]),
            )
        )
    return found
