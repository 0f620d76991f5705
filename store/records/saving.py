"""Writing a document's reading: one transaction, in which people's edits win."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import replace
from typing import get_args

from extract.types import Delegate, DocumentReading, Kind, NoteVerbale, RevisionMode, Role, Value
from store import sanitize
from store.db import codec
from store.db.database import Store
from store.derived import corrected, refresh
from store.errors import UnknownRecord
from store.fields import DELEGATE_VALUES
from store.rules import reconcile

_KINDS = frozenset(get_args(Kind))
_REVISIONS = frozenset(get_args(RevisionMode))
_DOUBTFUL = ("corrupt", "not_a_note_verbale", "unsupported_type", "not_a_scan")
"""Rejections that may be for want of the bytes that were lost on the way."""

_ROLES = frozenset(get_args(Role))


def save_reading(
    store: Store,
    document: int,
    reading: DocumentReading,
    meeting: str | None,
    settings_version: str,
) -> DocumentReading:
    """Replace what the pipeline said about a document before; what people said stays.

    Args:
        store: where to.
        document: its id.
        reading: everything that was read, or why it was not.
        meeting: reference of the registered invitation it answers, None if unknown.
        settings_version: of the extraction, as ``extract.version.settings_version``.

    Returns:
        The reading as it was saved: one that arrived damaged is never rejected for that.

    Raises:
        UnknownRecord: there is no such document.
    """
    with store.writing() as conn:
        row = store.one("SELECT * FROM documents WHERE id = ?", [document])
        if row is None:
            raise UnknownRecord(f"There is no document {document}.")
        marks = tuple(json.loads(row["arrival_marks"]))
        reading = _as_arrived(reading, marks)
        refresh.touch(conn, document)  # the notes it stood beside until now
        earlier = store.one("SELECT note FROM readings WHERE document_id = ?", [document])
        before = codec.note_from_json(earlier["note"]).delegates if earlier else ()
        values = _document_values(store, reading, meeting)
        values["settings_version"] = sanitize.text(settings_version)
        values["doubts"] = with_arrival(str(values["doubts"]), marks)
        _write_document(store, conn, document, values)
        _write_pages(conn, document, reading)
        _write_note(conn, document, reading.note, settings_version)
        note = reading.note if reading.outcome == "processed" else None
        _write_delegates(store, conn, document, note.delegates if note else (), before)
        refresh.touch(conn, document)  # and those it stands beside now
    return reading


def _as_arrived(reading: DocumentReading, marks: tuple[str, ...]) -> DocumentReading:
    """Of a scan that arrived damaged, that it cannot be opened or understood is no verdict.

    It is ``failed``, for what was wrong with it when it arrived, and a person is shown it.
    """
    if reading.outcome != "rejected" or not marks:
        return reading
    damaged = next((mark for mark in marks if mark.startswith("damaged_")), None)
    if damaged is not None and reading.reason in _DOUBTFUL:
        return replace(reading, outcome="failed", reason=damaged)
    if reading.reason == "corrupt":
        return replace(reading, outcome="failed", reason=marks[0])
    return reading


def _text(value: Value | None) -> str | None:
    return None if value is None else sanitize.one_line(value.text)


def _among(value: str | None, allowed: frozenset[str]) -> str | None:
    return value if value in allowed else None


def _document_values(
    store: Store, reading: DocumentReading, meeting: str | None
) -> dict[str, object]:
    values: dict[str, object] = {
        "outcome": reading.outcome,
        "reason": sanitize.one_line(reading.reason),
        "pages": len(reading.pages) or None,
        "meeting": None,
        **_note_values(store, reading.note),
    }
    if reading.note is None and reading.pages:
        values["language"] = sanitize.one_line(reading.pages[0].language)
    known = store.one(
        "SELECT reference FROM meetings WHERE reference = ?", [sanitize.text(meeting)]
    )
    if reading.outcome == "processed" and known:
        values["meeting"] = known["reference"]
    return values


def _note_values(store: Store, note: NoteVerbale | None) -> dict[str, object]:
    if note is None:
        names = (
            "language form kind revision state quoted_reference note_reference note_date announced"
        )
        return {**dict.fromkeys(names.split()), "doubts": "[]"}
    state = store.one("SELECT iso3 FROM states WHERE iso3 = ?", [_text(note.state)])
    return {
        "language": sanitize.one_line(note.language),
        "form": sanitize.one_line(note.form),
        "kind": _among(note.kind, _KINDS),
        "revision": _among(note.revision, _REVISIONS),
        "state": state["iso3"] if state else None,
        "quoted_reference": _text(note.quoted_reference),
        "note_reference": _text(note.note_reference),
        "note_date": sanitize.iso_day(_text(note.note_date)),
        "announced": None if note.announced is None else sanitize.integer(note.announced),
        "doubts": doubts_json(note),
    }


def with_arrival(doubts: str, marks: tuple[str, ...]) -> str:
    """The doubts of a note and of how its scan arrived, which are doubts of every row."""
    arrived = [{"code": mark, "field": None, "detail": ""} for mark in marks]
    return json.dumps([*json.loads(doubts), *arrived])


def doubts_json(owner: NoteVerbale | Delegate) -> str:
    """The doubts of a note or a person as they stand in the table."""
    # through the edge, because SQL's JSON functions read this column
    return json.dumps(
        [
            {
                "code": sanitize.one_line(doubt.code) or "unknown",
                "field": sanitize.one_line(doubt.field),
                "detail": sanitize.one_line(doubt.detail) or "",
            }
            for doubt in owner.doubts
        ]
    )


def _write_document(
    store: Store, conn: sqlite3.Connection, document: int, values: dict[str, object]
) -> None:
    edited = corrected.edited_fields(store, "documents", document)
    if "outcome" in edited:
        # the latest word of a person; the row says 'pending' while it is read again
        last = store.one(
            "SELECT new FROM corrections WHERE table_name = 'documents' AND row_id = ?"
            " AND field = 'outcome' ORDER BY id DESC",
            [document],
        )
        values = {**values, "outcome": last["new"] if last else values["outcome"]}
        edited = (edited | {"reason"}) - {"outcome"}
    written = {field: value for field, value in values.items() if field not in edited}
    columns = ", ".join(f"{field} = :{field}" for field in written)
    conn.execute(
        f"UPDATE documents SET {columns}, attempts = 0, processed_at = :at"  # noqa: S608 - own names
        " WHERE id = :id",
        {**written, "at": sanitize.now(), "id": document},
    )


def _write_pages(conn: sqlite3.Connection, document: int, reading: DocumentReading) -> None:
    conn.execute("DELETE FROM pages WHERE document_id = ?", [document])
    conn.executemany(
        "INSERT INTO pages (document_id, number, outcome, reason, language, mean_confidence, text,"
        " body) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [
            [
                document,
                sanitize.integer(page.number),
                page.outcome,
                sanitize.one_line(page.reason),
                sanitize.one_line(page.language),
                sanitize.confidence(page.mean_confidence),
                sanitize.text(page.text),
                codec.page_to_bytes(page),
            ]
            for page in reading.pages
        ],
    )


def _write_note(
    conn: sqlite3.Connection, document: int, note: NoteVerbale | None, settings_version: str
) -> None:
    conn.execute("DELETE FROM readings WHERE document_id = ?", [document])
    if note is not None:
        conn.execute(
            "INSERT INTO readings (document_id, settings_version, note, read_at)"
            " VALUES (?, ?, ?, ?)",
            [document, sanitize.text(settings_version), codec.note_to_json(note), sanitize.now()],
        )


def _write_delegates(
    store: Store,
    conn: sqlite3.Connection,
    document: int,
    delegates: tuple[Delegate, ...],
    before: tuple[Delegate, ...],
) -> None:
    read_before = {sanitize.integer(d.seq): delegate_values(d) for d in before}
    rows = _rows(store, document, read_before) + _gone(store, document)
    readings = tuple(
        reconcile.Reading(sanitize.integer(d.seq), delegate_values(d)) for d in delegates
    )
    plan = reconcile.plan(rows, readings)
    conn.executemany("DELETE FROM delegates WHERE id = ?", [[row] for row in plan.delete])
    by_id = {row.id: row for row in rows}
    for change in plan.keep:
        source = None if change.reading is None else delegates[change.reading]
        _update_delegate(conn, by_id[change.row], change, source)
    for place in plan.insert:
        _insert_delegate(conn, document, delegates[place])


def delegate_values(delegate: Delegate) -> dict[str, str | None]:
    """The values of a delegate as they stand in the table."""
    values = {field: _text(getattr(delegate, field)) for field in DELEGATE_VALUES}
    values["name"] = values["name"] or "?"
    values["email"] = values["email"].lower() if values["email"] else None
    values["role"] = _among(values["role"], _ROLES)
    return values


def _rows(
    store: Store, document: int, read_before: dict[int, dict[str, str | None]]
) -> tuple[reconcile.Row, ...]:
    found = store.rows("SELECT * FROM delegates WHERE document_id = ? ORDER BY seq, id", [document])
    return tuple(
        reconcile.Row(
            id=row["id"],
            values={field: row[field] for field in DELEGATE_VALUES},
            seq=row["seq"],
            status=row["status"],
            read=read_before.get(row["read_seq"]) if row["read_seq"] is not None else None,
            read_seq=row["read_seq"],
            edited=corrected.edited_fields(store, "delegates", row["id"]),
            added=row["origin"] == "added",
        )
        for row in found
    )


def _gone(store: Store, document: int) -> tuple[reconcile.Row, ...]:
    """Rows of this document that a person deleted, or moved to another note."""
    deleted = [
        json.loads(row["old"])
        for row in store.rows(
            "SELECT old FROM corrections WHERE table_name = 'delegates' AND document_id = ?"
            " AND action = 'delete' ORDER BY id",
            [document],
        )
    ]
    moved = [
        dict(row)
        for row in store.rows(
            "SELECT d.* FROM corrections AS c JOIN delegates AS d ON d.id = c.row_id"
            " WHERE c.table_name = 'delegates' AND c.document_id = :id AND d.document_id <> :id"
            " AND c.action = 'update' AND c.field = 'document_id' GROUP BY d.id",
            {"id": document},
        )
    ]
    return tuple(
        reconcile.Row(
            id=None,
            values={field: row.get(field) for field in DELEGATE_VALUES},
            seq=row.get("seq"),
            read={"name": row["read_name"], "email": row.get("email")},
            read_seq=row.get("read_seq"),
        )
        for row in deleted + moved
        if row.get("read_name") is not None  # a row that a person added was never read
    )


def _insert_delegate(conn: sqlite3.Connection, document: int, delegate: Delegate) -> None:
    values = delegate_values(delegate)
    seq = sanitize.integer(delegate.seq)
    row = {
        **values,
        "document_id": document,
        "seq": seq,
        "confidence": sanitize.confidence(delegate.confidence),
        "doubts": doubts_json(delegate),
        "origin": "read",
        "read_seq": seq,
        "read_name": values["name"],
    }
    conn.execute(
        f"INSERT INTO delegates ({', '.join(row)})"  # noqa: S608 - our own names
        f" VALUES ({', '.join(f':{column}' for column in row)})",
        row,
    )


def _update_delegate(
    conn: sqlite3.Connection, row: reconcile.Row, change: reconcile.Change, source: Delegate | None
) -> None:
    written: dict[str, object] = dict(change.values)
    if source is None:
        # not in the reading any more; there is no value of its last reading to compare with
        written["read_seq"] = None
    elif not row.added:
        written["read_seq"] = sanitize.integer(source.seq)
        written["read_name"] = delegate_values(source)["name"]
        if not row.settled:
            written["doubts"] = doubts_json(source)
            written["confidence"] = sanitize.confidence(source.confidence)
            if "seq" not in row.edited:
                written["seq"] = sanitize.integer(source.seq)
    if change.changed:
        written["reasons"] = json.dumps([reconcile.READING_CHANGED])  # the others follow from it
    if written:
        columns = ", ".join(f"{field} = :{field}" for field in written)
        conn.execute(
            f"UPDATE delegates SET {columns} WHERE id = :id",  # noqa: S608 - our own names
            {**written, "id": change.row},
        )
