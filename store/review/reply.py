"""One reply with all that a person needs to judge it: page, words, boxes, readings, doubts."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass

from extract.types import Evidence, NoteVerbale, Value
from ocr.types import Page
from store.db.database import Store
from store.derived import corrected
from store.errors import UnknownRecord
from store.fields import AS_PRINTED, NOTE_VALUES
from store.records.stored import load_note, load_pages
from store.review.choices import Choice, choices
from store.review.rows import (
    EDITABLE_FACTS,
    delegates,
    note_version,
    order_version,
    row_version,
)
from store.rules import reconcile
from store.rules.same_note import SAME_NOTE_AGAIN

HISTORY = 200
"""Corrections shown of one reply, the latest first."""

Doubts = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a value stands: page from 1, box as left, top, right, bottom in its pixels."""

    page: int
    box: tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Field:
    """A value with its places, other readings and doubts, these as (code, detail).

    ``confidence`` is None where nothing was read; ``edited`` if it
    says something else than was read, because a person has written it.
    """

    name: str
    value: str | None
    confidence: float | None = None
    places: tuple[Place, ...] = ()
    readings: tuple[Choice, ...] = ()
    doubts: Doubts = ()
    edited: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A delegate. ``doubts`` are those about the person as a whole.

    ``again`` if the person stands in the list from another scan of the same note.
    """

    id: int
    seq: int
    status: str
    current: bool
    confidence: float
    added: bool
    fields: tuple[Field, ...]
    doubts: Doubts
    changed: bool
    again: bool
    version: str

    @property
    def waits(self) -> bool:
        """Whether a person has yet to decide."""
        return self.current and (self.status in ("new", "needs_review") or self.changed)

    @property
    def by_name(self) -> dict[str, Field]:
        """The fields by their names."""
        return {field.name: field for field in self.fields}


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page image: its size and its words, each as (text, left, top, right, bottom)."""

    number: int
    width: int
    height: int
    outcome: str
    reason: str | None
    words: tuple[tuple[str, int, int, int, int], ...]
    unread: tuple[tuple[int, int, int, int], ...]


@dataclass(frozen=True, slots=True)
class Correction:
    """One change by a person; ``whom`` is the delegate's name, None for the note itself."""

    at: str
    who: str
    action: str
    field: str | None
    old: str | None
    new: str | None
    whom: str | None


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
    rows: tuple[Row, ...]
    sheets: tuple[Sheet, ...]
    history: tuple[Correction, ...]
    neighbours: tuple[Neighbour, ...]
    reviewed: tuple[str, str] | None


def load(store: Store, document: int) -> Reply:
    """The reply as of one moment.

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
            note=tuple(_note_field(name, facts, note, own, settled) for name in EDITABLE_FACTS),
            doubts=_open_reasons(
                store, facts, {d["code"] for d in own if d["field"] in EDITABLE_FACTS}
            ),
            rows=_rows(store, found, note, {page.number: page for page in pages}),
            sheets=tuple(_sheet(page) for page in pages),
            history=history(store, document),
            neighbours=_neighbours(store, facts),
            reviewed=(reviewed["who"], reviewed["at"]) if reviewed else None,
        )


def _open_reasons(store: Store, facts: sqlite3.Row, told: set[str]) -> Doubts:
    """Reasons that nobody has settled, without those that stand at a field of the note."""
    rows = store.rows(
        "SELECT code, detail FROM note_reasons WHERE document_id = ? AND open", [facts["id"]]
    )
    found = [(row["code"], row["detail"]) for row in rows if row["code"] not in told]
    urgent = json.loads(facts["open_reasons"])
    return tuple(sorted(found, key=lambda reason: urgent.index(reason[0])))


def history(store: Store, document: int) -> tuple[Correction, ...]:
    """What people changed in the reply, the latest first."""
    rows = store.rows(
        "SELECT c.*, d.name AS name FROM corrections AS c LEFT JOIN delegates AS d"
        " ON c.table_name = 'delegates' AND d.id = c.row_id"
        " WHERE c.document_id = ? ORDER BY c.id DESC LIMIT ?",
        [document, HISTORY],
    )
    return tuple(_correction(row) for row in rows)


def _correction(row: sqlite3.Row) -> Correction:
    old, new, whom = row["old"], row["new"], row["name"]
    if row["action"] != "update":  # the whole row stands there as JSON
        whole = json.loads(old or new or "{}")
        whom, old, new = whole.get("name"), None, None
    if row["table_name"] != "delegates":
        whom = None
    return Correction(
        row["at"], row["who"], row["action"], row["field"], _text(old), _text(new), whom
    )


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _rows(
    store: Store,
    found: list[sqlite3.Row],
    note: NoteVerbale | None,
    pages: Mapping[int, Page],
) -> tuple[Row, ...]:
    read = {d.seq: d for d in note.delegates} if note else {}
    rows = []
    for row in found:
        delegate = read.get(row["read_seq"]) if row["read_seq"] is not None else None
        doubts = json.loads(row["doubts"])
        settled = corrected.settled_fields(store, "delegates", row["id"])
        fields = tuple(
            _field(
                name,
                row[name],
                getattr(delegate, name) if delegate else None,
                doubts,
                name in settled,
                pages,
            )
            for name in AS_PRINTED
        )
        rows.append(
            Row(
                id=row["id"],
                seq=row["seq"],
                status=row["status"],
                current=bool(row["current"]),
                confidence=row["confidence"],
                added=row["origin"] == "added",
                fields=fields,
                doubts=_about(doubts, None),
                changed=reconcile.READING_CHANGED in json.loads(row["reasons"]),
                again=SAME_NOTE_AGAIN in json.loads(row["reasons"]),
                version=row_version(row),
            )
        )
    return tuple(rows)


def _field(
    name: str,
    stored: str | None,
    value: Value | None,
    doubts: list[dict[str, str]],
    settled: bool,
    pages: Mapping[int, Page],
) -> Field:
    return Field(
        name=name,
        value=stored,
        confidence=value.confidence if value and not settled else None,
        places=_places(value.evidence) if value else (),
        readings=choices(name, stored, value, pages),
        doubts=() if settled else _about(doubts, name),
        edited=settled,
    )


def _about(doubts: list[dict[str, str]], field: str | None) -> Doubts:
    return tuple((d["code"], d["detail"]) for d in doubts if d["field"] == field)


def _note_field(
    name: str,
    facts: sqlite3.Row,
    note: NoteVerbale | None,
    doubts: list[dict[str, str]],
    settled: frozenset[str],
) -> Field:
    value: Value | None = getattr(note, name) if note and name in NOTE_VALUES else None
    if name == "meeting" and note is not None:
        value = note.quoted_reference
    return Field(
        name=name,
        value=facts[name],
        confidence=value.confidence if value and name not in settled else None,
        places=_places(value.evidence) if value else (),
        doubts=() if name in settled else _about(doubts, name),
        edited=name in settled,
    )


def _places(evidence: tuple[Evidence, ...]) -> tuple[Place, ...]:
    return tuple(
        Place(e.page, (e.box.left, e.box.top, e.box.right, e.box.bottom))
        for e in evidence
        if e.box is not None
    )


def _sheet(page: Page) -> Sheet:
    return Sheet(
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
