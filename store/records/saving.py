"""Writing a document's reading: one transaction, in which people's edits win."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import replace
from typing import get_args

from extract.types import DocumentReading, Kind, NoteVerbale, RevisionMode
from store import sanitize
from store.db import codec
from store.db.codec import KeptPage
from store.db.database import Store
from store.db.statements import update
from store.derived import corrected, refresh
from store.errors import UnknownRecord
from store.fields import NOTE_VALUES
from store.records.columns import among, doubts_json, text_of, with_arrival
from store.records.delegate_rows import write_delegates

_KINDS = frozenset(get_args(Kind))
_REVISIONS = frozenset(get_args(RevisionMode))
_DOUBTFUL = ("corrupt", "not_a_note_verbale", "unsupported_type", "not_a_scan")
"""Rejections that may be for want of the bytes that were lost on the way."""


def save_reading(
    store: Store,
    document: int,
    reading: DocumentReading,
    meeting: str | None,
    settings_version: str,
    kept: Sequence[KeptPage | bytes] | None = None,
) -> DocumentReading:
    """Replace what the pipeline said about a document before; what people said stays.

    Args:
        store: where to.
        document: its id.
        reading: everything that was read, or why it was not.
        meeting: reference of the registered invitation it answers, None if unknown.
        settings_version: of the extraction, as ``extract.version.settings_version``.
        kept: its pages as they are kept, where the reading comes without them; of one that is
            there already the body is enough.

    Returns:
        The reading as it was saved: one that arrived damaged is never rejected for that.

    Raises:
        UnknownRecord: there is no such document.
    """
    with store.writing() as conn:
        row = store.one("SELECT * FROM documents WHERE id = ?", [document])
        if row is None:
            raise UnknownRecord(f"There is no document {document}.")
        pages = tuple(map(codec.kept, reading.pages)) if kept is None else tuple(kept)
        marks = tuple(json.loads(row["arrival_marks"]))
        reading = _as_arrived(reading, marks)
        refresh.touch(conn, document)  # the notes it stood beside until now
        earlier = store.one("SELECT note FROM readings WHERE document_id = ?", [document])
        before = codec.note_from_json(earlier["note"]).delegates if earlier else ()
        values = _document_values(store, reading, meeting)
        values |= {"pages": len(pages) or None}
        if reading.note is None and pages:
            values["language"] = sanitize.one_line(_whole(pages[0]).language)
        values["settings_version"] = sanitize.text(settings_version)
        values["doubts"] = with_arrival(str(values["doubts"]), marks)
        _write_document(store, row, values)
        _write_pages(store, document, pages)
        _write_note(conn, document, reading.note, settings_version)
        note = reading.note if reading.outcome == "processed" else None
        write_delegates(store, conn, document, note.delegates if note else (), before)
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


def _document_values(
    store: Store, reading: DocumentReading, meeting: str | None
) -> dict[str, object]:
    values: dict[str, object] = {
        "outcome": reading.outcome,
        "reason": sanitize.one_line(reading.reason),
        "meeting": None,
        **_note_values(store, reading.note),
    }
    known = store.one(
        "SELECT reference FROM meetings WHERE reference = ?", [sanitize.text(meeting)]
    )
    if reading.outcome == "processed" and known:
        values["meeting"] = known["reference"]
    return values


def _note_values(store: Store, note: NoteVerbale | None) -> dict[str, object]:
    if note is None:
        facts = ("language", "form", "kind", "revision", "announced")
        return {**dict.fromkeys((*facts, *NOTE_VALUES)), "doubts": "[]"}
    state = store.one("SELECT iso3 FROM states WHERE iso3 = ?", [text_of(note.state)])
    return {
        "language": sanitize.one_line(note.language),
        "form": sanitize.one_line(note.form),
        "kind": among(note.kind, _KINDS),
        "revision": among(note.revision, _REVISIONS),
        "state": state["iso3"] if state else None,
        "quoted_reference": text_of(note.quoted_reference),
        "note_reference": text_of(note.note_reference),
        "note_date": sanitize.iso_day(text_of(note.note_date)),
        "announced": None if note.announced is None else sanitize.integer(note.announced),
        "doubts": doubts_json(note),
    }


def _write_document(store: Store, row: sqlite3.Row, values: dict[str, object]) -> None:
    document = row["id"]
    edited = corrected.edited_fields(store, "documents", document)
    if "outcome" in edited:
        # the latest word of a person; the row says 'pending' while it is read again
        last = store.one(
            "SELECT new FROM corrections WHERE table_name = 'documents' AND row_id = ?"
            " AND field = 'outcome' AND undone IS NULL AND undoes IS NULL ORDER BY id DESC",
            [document],
        )
        values = {**values, "outcome": last["new"] if last else values["outcome"]}
        edited = (edited | {"reason"}) - {"outcome"}
    written = {field: value for field, value in values.items() if field not in edited}
    done = {"attempts": 0, "processed_at": sanitize.now()}
    update(store.conn, "documents", document, {**written, **done}, row)


def _whole(page: KeptPage | bytes) -> KeptPage:
    return codec.kept_from_bytes(page) if isinstance(page, bytes) else page


def _write_pages(store: Store, document: int, pages: Sequence[KeptPage | bytes]) -> None:
    """The pages in place of those that are there, if they are others."""
    there = store.rows("SELECT body FROM pages WHERE document_id = ? ORDER BY number", [document])
    bodies = [page if isinstance(page, bytes) else page.body for page in pages]
    if [row["body"] for row in there] == bodies:
        return
    store.conn.execute("DELETE FROM pages WHERE document_id = ?", [document])
    store.conn.executemany(
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
                page.body,
            ]
            for page in map(_whole, pages)
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
