"""Which rule made which value from which words; and what a person has changed since."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass

from extract.types import Delegate, Evidence, NoteVerbale, Value
from store import sanitize
from store.db.database import Store
from store.derived import corrected, latin
from store.errors import UnknownRecord
from store.fields import DELEGATE_VALUES, NOTE_VALUES
from store.records.stored import load_note

LATIN = "latin"
"""Component of what is proposed in Latin letters: no part of the pipeline, it follows from rows."""


@dataclass(frozen=True, slots=True)
class Explained:
    """One value of a document's reading.

    ``delegate_id`` is None for values of the note itself, and ``seq`` with it; a delegate whose
    row a person deleted has a ``seq`` and no ``delegate_id``. ``stored`` is what the table says
    now; it differs from ``read`` where a person corrected it. ``original`` is the reading
    before a repair, None when nothing was repaired. ``component`` is the part of the pipeline that
    took the value.
    """

    delegate_id: int | None
    seq: int | None
    field: str
    read: str
    stored: str | None
    original: str | None
    confidence: float
    evidence: tuple[Evidence, ...]
    corrected: bool
    component: str


def explain(store: Store, document: int) -> tuple[Explained, ...]:
    """Every value of the document's last reading with its evidence, note first.

    Raises:
        UnknownRecord: there is no such document.
    """
    row = store.one("SELECT * FROM documents WHERE id = ?", [document])
    if row is None:
        raise UnknownRecord(f"There is no document {document}.")
    note = load_note(store, document)
    return () if note is None else tuple(_explained(store, row, note))


def _explained(store: Store, row: sqlite3.Row, note: NoteVerbale) -> Iterator[Explained]:
    document = row["id"]
    edited = corrected.edited_fields(store, "documents", document)
    for field in NOTE_VALUES:
        value: Value | None = getattr(note, field)
        if value is not None:
            yield _one(None, None, field, value, row[field], field in edited)
    for delegate in note.delegates:
        yield from _of_delegate(store, row, delegate)


def _of_delegate(store: Store, note: sqlite3.Row, delegate: Delegate) -> Iterator[Explained]:
    row = store.one(
        "SELECT * FROM delegates WHERE document_id = ? AND read_seq = ?",
        [note["id"], sanitize.integer(delegate.seq)],
    )
    edited = corrected.edited_fields(store, "delegates", row["id"]) if row else frozenset()
    for field in DELEGATE_VALUES:
        value: Value | None = getattr(delegate, field)
        if value is not None:
            stored = row[field] if row else None
            yield _one(
                row["id"] if row else None, delegate.seq, field, value, stored, field in edited
            )
        if field == "name" and row is not None and value is not None:
            yield from _latin(store, row, note["state"], value, "name_latin" in edited)


def _latin(
    store: Store, row: sqlite3.Row, state: str | None, name: Value, edited: bool
) -> Iterator[Explained]:
    """Where the name's Latin letters are from: the words of the note, the address, the name."""
    found = latin.proposal_for(store, row, state)
    if found is None:
        return
    rule = f"{LATIN}.{found.source}"
    seen = Evidence(
        name.evidence[0].page, found.evidence or row["name"], None, name.confidence, rule
    )
    value = Value(found.latin, name.confidence, (seen,))
    yield _one(row["id"], row["read_seq"], "name_latin", value, row["name_latin"], edited)


def _one(
    delegate_id: int | None,
    seq: int | None,
    field: str,
    value: Value,
    stored: str | None,
    edited: bool,
) -> Explained:
    return Explained(
        delegate_id,
        seq,
        field,
        value.text,
        stored,
        value.original,
        value.confidence,
        value.evidence,
        edited,
        value.evidence[0].component,
    )
