"""One reply with all that a person needs to judge it: page, words, boxes, readings, doubts."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass

from ocr.types import Page
from store.db.database import Store
from store.derived import corrected
from store.errors import UnknownRecord
from store.records.stored import load_note, load_pages
from store.review.history import Correction, history
from store.review.rows import (
    EDITABLE_FACTS,
    delegates,
    note_version,
    order_version,
    row_version,
)
from store.review.values import Doubts, Field, ReplyRow, note_field, reply_rows
from store.rules import reconcile

WHOLE = 30
"""Rows of a reply shown whole at once: 500 of them took the browser 4 s (docs/decisions)."""

_ABOVE = 5
"""Of these so many stand above the one in hand."""


@dataclass(frozen=True, slots=True)
class ReplyPage:
    """A page image: its size and its words, each as (text, left, top, right, bottom)."""

    number: int
    width: int
    height: int
    outcome: str
    reason: str | None
    words: tuple[tuple[str, int, int, int, int], ...]
    unread: tuple[tuple[int, int, int, int], ...]


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Another note of the same State for the same meeting, or of an unknown one.

    ``same`` if it is the same note as the one on the screen, scanned another time.
    """

    id: int
    filename: str
    kind: str | None
    revision: str | None
    note_date: str | None
    received_at: str | None
    outcome: str
    delegates: int
    same: bool


@dataclass(frozen=True, slots=True)
class Reply:
    """Everything about one document. ``facts`` are columns of the document and its message.

    ``doubts`` are why a person should look at the note as a whole.
    """

    id: int
    facts: Mapping[str, object]
    version: str
    order_version: str
    note: tuple[Field, ...]
    doubts: Doubts
    rows: tuple[ReplyRow, ...]
    pages: tuple[ReplyPage, ...]
    history: tuple[Correction, ...]
    neighbours: tuple[Neighbour, ...]
    reviewed: tuple[str, str] | None


def load(store: Store, document: int, at: int | None = None, *, most: int = WHOLE) -> Reply:
    """The reply as of one moment.

    Args:
        store: where to look.
        document: its id.
        at: the delegate in hand; of a long list the rows around it are whole. None for the first
            one that waits.
        most: so many rows of a long list are whole.

    Raises:
        UnknownRecord: there is no such document.
    """
    with store.reading():
        facts = store.one(
            "SELECT n.*, m.from_address, m.subject, m.message_id, m.sent_at,"
            " s.name_en AS state_name, i.title AS meeting_title, i.deadline,"
            " coalesce(f.received_at, n.received_at) >= i.deadline_ends AS late"
            " FROM documents AS n LEFT JOIN documents AS f ON f.id = n.same_as"
            " LEFT JOIN messages AS m ON m.id = n.message"
            " LEFT JOIN states AS s ON s.iso3 = n.state"
            " LEFT JOIN meetings AS i ON i.reference = n.meeting WHERE n.id = ?",
            [document],
        )
        if facts is None:
            raise UnknownRecord(f"There is no document {document}.")
        pages = load_pages(store, document)
        note = load_note(store, document)
        found = delegates(store, document)
        settled = corrected.settled_fields(store, "documents", document)
        reviewed = store.one("SELECT who, at FROM reviews WHERE document_id = ?", [document])
        own = [] if facts["doubts"] is None else json.loads(facts["doubts"])
        return Reply(
            id=document,
            facts=dict(facts),
            version=note_version(facts),
            order_version=order_version(row["id"] for row in found),
            note=tuple(note_field(name, facts, note, own, settled) for name in EDITABLE_FACTS),
            doubts=_open_reasons(
                store, facts, {d["code"] for d in own if d["field"] in EDITABLE_FACTS}
            ),
            rows=reply_rows(
                store, found, note, {page.number: page for page in pages}, _whole(found, at, most)
            ),
            pages=tuple(_reply_page(page) for page in pages),
            history=history(store, document),
            neighbours=_neighbours(store, facts),
            reviewed=(reviewed["who"], reviewed["at"]) if reviewed else None,
        )


def stamp(store: Store, document: int) -> str:
    """Changes whenever anything that can be edited in the reply does.

    Raises:
        UnknownRecord: there is no such document.
    """
    with store.reading():
        note = store.one("SELECT * FROM documents WHERE id = ?", [document])
        if note is None:
            raise UnknownRecord(f"There is no document {document}.")
        rows = delegates(store, document)
        reviewed = store.one("SELECT who, at FROM reviews WHERE document_id = ?", [document])
    facts = [note_version(note), order_version(row["id"] for row in rows)]
    facts += [row_version(row) for row in rows]
    facts.append(str((tuple(reviewed or ()), note["needs_review"], note["same_as"])))
    return hashlib.sha256(" ".join(facts).encode()).hexdigest()[:16]


def certain_rows(store: Store, document: int) -> dict[int, str]:
    """Versions of the delegates of whom nothing is doubtful and at whom nobody has looked."""
    return {
        row["id"]: row_version(row)
        for row in delegates(store, document)
        if row["current"] and row["status"] == "new" and not _reading_changed(row)
    }


def _reading_changed(row: sqlite3.Row) -> bool:
    return reconcile.READING_CHANGED in json.loads(row["reasons"])


def _whole(found: list[sqlite3.Row], at: int | None, most: int) -> frozenset[int] | None:
    """Ids of the rows that are loaded whole; None if all are."""
    if len(found) <= WHOLE:
        return None
    ids = [row["id"] for row in found]
    if at not in ids:
        at = next((row["id"] for row in found if _waits(row)), ids[0])
    above = min(_ABOVE, most - 1)
    first = max(0, min(ids.index(at) - above, len(ids) - most))
    return frozenset(ids[first : first + most])


def _waits(row: sqlite3.Row) -> bool:
    return bool(row["current"]) and (
        row["status"] in ("new", "needs_review") or _reading_changed(row)
    )


def _open_reasons(store: Store, facts: sqlite3.Row, told: set[str]) -> Doubts:
    """Reasons that nobody has settled, without those that stand at a field of the note."""
    rows = store.rows(
        "SELECT code, detail FROM note_reasons WHERE document_id = ? AND open", [facts["id"]]
    )
    found = [(row["code"], row["detail"]) for row in rows if row["code"] not in told]
    urgent = json.loads(facts["open_reasons"])
    return tuple(sorted(found, key=lambda reason: urgent.index(reason[0])))


def _reply_page(page: Page) -> ReplyPage:
    return ReplyPage(
        number=page.number,
        width=page.width,
        height=page.height,
        outcome=page.outcome,
        reason=page.reason,
        words=tuple(
            (word.text, word.box.left, word.box.top, word.box.right, word.box.bottom)
            for line in page.lines
            for word in line.words
        ),
        unread=tuple((box.left, box.top, box.right, box.bottom) for box in page.unread),
    )


def _neighbours(store: Store, facts: sqlite3.Row) -> tuple[Neighbour, ...]:
    rows = store.rows(
        "SELECT n.*, (SELECT count(*) FROM delegates AS d WHERE d.document_id = n.id) AS people"
        " , coalesce(n.same_as, n.id) = :first AS same"
        " FROM documents AS n WHERE n.id <> :id AND (coalesce(n.same_as, n.id) = :first OR"
        " n.state = :state AND (n.meeting IS NULL OR :meeting IS NULL OR n.meeting = :meeting))"
        " ORDER BY n.note_date, n.id LIMIT 50",
        {
            "state": facts["state"],
            "id": facts["id"],
            "meeting": facts["meeting"],
            "first": facts["same_as"] or facts["id"],
        },
    )
    return tuple(
        Neighbour(
            row["id"],
            row["filename"],
            row["kind"],
            row["revision"],
            row["note_date"],
            row["received_at"],
            row["outcome"],
            row["people"],
            bool(row["same"]),
        )
        for row in rows
    )
