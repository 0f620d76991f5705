"""Documents that came inside another one: kept, ordered, joined to the note they belong to.

A portfolio's cover, a covering note and the files inside it are documents each. What has no
formulas of its own is read as an annex of the note it came in, or of the only note beside it in
the same portfolio. Every function may be killed anywhere and called again.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from extract.types import FROM_ENCLOSING_NOTE, Doubt, Evidence, NoteVerbale, Value
from ingest.types import Attachment
from store import sanitize
from store.db.database import Store
from store.derived import refresh
from store.intake.document_rows import DocumentRow, add_document
from store.records.columns import doubts_json, with_arrival
from store.records.stored import load_note

MAX_DEPTH: Final = 2
"""Documents within documents that are taken out: a portfolio's note with its embedded list."""

TOO_DEEP: Final = "too_deep"
"""Problem: a file inside a file inside a file; it is kept, and not read."""

PERHAPS: Final = '%"note_uncertain"%'
"""How the doubts of a document look that shows too little of a note."""

NOBODY: Final = "no_delegate_found"
OTHER_NUMBER: Final = "announced_number_differs"
_BY_PERSON: Final = "person"


def keep_files(store: Store, document: int, files: Iterable[Attachment]) -> tuple[int, ...]:
    """Keep what was found inside a document: originals first, then their rows, all at once.

    What was found there before is left as it is. Bytes that came alone as well are adopted:
    they belong to this document wherever else they came.

    Returns:
        The ids of the new documents.
    """
    found: list[DocumentRow] = []
    for file in files:
        if not store.originals.refuses(file.sha256):
            store.originals.write(file.data, file.sha256)
        name, told = sanitize.one_line(file.filename), sanitize.one_line(file.media_type)
        found.append(
            DocumentRow(
                name or "unnamed",
                told or "application/octet-stream",
                file.sha256,
                len(file.data),
                file.problem,
            )
        )
    store.originals.settle()
    with store.writing() as conn:
        around = _above(store, document)
        known = {_identity(row) for row in around}
        known |= {
            _identity(row)
            for row in store.rows("SELECT * FROM documents WHERE enclosed_in = ?", [document])
        }
        fresh = [r for r in found if (r.sha256, r.filename if not r.size else "") not in known]
        if len(around) > MAX_DEPTH:
            fresh = [replace(row, problem=row.problem or TOO_DEEP) for row in fresh]
        return tuple(_add(conn, row, around[0]) for row in fresh)


def _identity(row: sqlite3.Row) -> tuple[str, str]:
    """What tells one file in a document from another: its bytes, without any its name."""
    return row["sha256"], row["filename"] if not row["bytes"] else ""


def _add(conn: sqlite3.Connection, row: DocumentRow, parent: sqlite3.Row) -> int:
    number = add_document(conn, row, parent["received_at"], message=parent["message"])
    conn.execute("UPDATE documents SET enclosed_in = ? WHERE id = ?", [parent["id"], number])
    conn.execute(
        "UPDATE documents SET enclosed_in = :parent WHERE enclosed_in IS NULL AND id <> :parent"
        " AND id = (SELECT duplicate_of FROM documents WHERE id = :id)",
        {"parent": parent["id"], "id": number},
    )
    return number


def _above(store: Store, document: int) -> list[sqlite3.Row]:
    """The document and those around it, from the inside."""
    return store.rows(  # asked for apart: joined, SQLite would read all documents for a filter
        "WITH RECURSIVE above (id, level) AS (SELECT ?, 0 UNION"
        "  SELECT (SELECT d.enclosed_in FROM documents AS d WHERE d.id = above.id), level + 1"
        "   FROM above WHERE id IS NOT NULL AND level < 8)"
        " SELECT d.* FROM above CROSS JOIN documents AS d USING (id) ORDER BY level",
        [document],
    )


def enclosing_note(store: Store, document: int) -> tuple[int, NoteVerbale] | None:
    """The note that a document came in, and what it says with people's corrections; else None.

    A list that is an attachment of its own came with the one note of its message.
    """
    around_it = _above(store, document)
    rows = [
        around if around["outcome"] == "processed" else _only_note(store, around, document)
        for around in around_it[1:]
    ]
    for row in rows or [_beside(store, document)]:
        if row is not None and row["part_of"] is not None:
            row = store.one("SELECT * FROM documents WHERE id = ?", [row["part_of"]])
        note = load_note(store, row["id"]) if row is not None else None
        if row is not None and note is not None and row["id"] != document:
            return row["id"], _corrected(note, row)
    return None


def _beside(store: Store, document: int) -> sqlite3.Row | None:
    """The one note among the attachments of the message that a document came with."""
    notes = store.rows(
        "SELECT n.* FROM documents AS mine"
        " CROSS JOIN documents AS n INDEXED BY documents_by_message ON n.message = mine.message"
        " WHERE mine.id = :id AND mine.enclosed_in IS NULL AND n.id <> :id"
        "   AND n.outcome = 'processed' AND n.part_of IS NULL AND n.enclosed_in IS NULL"
        "   AND n.form IN ('note_verbale', 'letter') AND n.doubts NOT LIKE :perhaps",
        {"id": document, "perhaps": PERHAPS},
    )
    return notes[0] if len(notes) == 1 else None


def _only_note(store: Store, around: sqlite3.Row, document: int) -> sqlite3.Row | None:
    """The one note in a portfolio whose cover is none."""
    notes = store.rows(
        "SELECT * FROM documents WHERE enclosed_in = ? AND id <> ? AND outcome = 'processed'"
        " AND part_of IS NULL AND form IN ('note_verbale', 'letter') AND doubts NOT LIKE ?",
        [around["id"], document, PERHAPS],
    )
    return notes[0] if len(notes) == 1 else None


def _corrected(note: NoteVerbale, row: sqlite3.Row) -> NoteVerbale:
    values: dict[str, Value | None] = {}
    for field in ("state", "note_reference", "note_date"):
        text, read = row[field], getattr(note, field)
        if (read.text if read else None) != text:
            by_hand = Evidence(1, text or "", None, 1.0, _BY_PERSON)
            values[field] = Value(text, 1.0, (by_hand,)) if text else None
    doubts = tuple(d for d in note.doubts if d.field not in values)
    return replace(note, doubts=doubts, **values)  # type: ignore[arg-type]  # by field name


_PERHAPS_ANNEX = (
    "SELECT id, state FROM documents AS mine INDEXED BY documents_perhaps"
    " WHERE instr(doubts, '\"note_uncertain\"') > 0 AND part_of IS NULL"
    "   AND (outcome = 'processed' OR (outcome = 'rejected' AND reason = 'not_a_note_verbale'))"
    "   AND forgotten_at IS NULL AND (enclosed_in IS NOT NULL OR EXISTS"
    "    (SELECT 1 FROM documents AS n WHERE n.message = mine.message AND n.id <> mine.id"
    "      AND n.outcome = 'processed'))"
    "   AND NOT EXISTS (SELECT 1 FROM corrections AS c WHERE c.table_name = 'documents'"
    "     AND c.row_id = mine.id AND c.field = 'outcome') ORDER BY id"
)
"""Of those that came with nothing else SQLite tells by itself that they belong to nothing."""


def wake(store: Store) -> tuple[int, ...]:
    """Let documents be read again that lack the words of a note, and came in one or with one.

    Returns:
        Their ids.
    """
    rows = store.rows(_PERHAPS_ANNEX)
    found = tuple(r["id"] for r in rows if _is_annex_of(enclosing_note(store, r["id"]), r["state"]))
    if found:
        with store.writing() as conn:
            conn.executemany(
                "UPDATE documents SET outcome = 'pending', reason = NULL, attempts = 0"
                " WHERE id = ?",
                [[document] for document in found],
            )
    return found


def _is_annex_of(note: tuple[int, NoteVerbale] | None, state: str | None) -> bool:
    """A list names no State, or that of its note."""
    there = note[1].state if note is not None else None
    return note is not None and state in (None, there.text if there else None)


def join(store: Store, document: int, note: int | None) -> None:
    """Record of which note a document is the annex, after both were read; inside a transaction.

    A note's own doubts about its persons are settled by those in its annexes.
    """
    with store.writing() as conn:
        doubts, before = conn.execute(
            "SELECT doubts, part_of FROM documents WHERE id = ?", [document]
        ).fetchone()
        annex = any(d["code"] == FROM_ENCLOSING_NOTE for d in json.loads(doubts))
        part_of = note if annex else None
        if part_of != before:
            conn.execute("UPDATE documents SET part_of = ? WHERE id = ?", [part_of, document])
            refresh.touch(conn, document)
        for whole in {document, part_of, before} - {None}:
            _settle_doubts(store, conn, whole)


def _settle_doubts(store: Store, conn: sqlite3.Connection, document: int) -> None:
    """Write the doubts of a note again, its annexes counted in."""
    people = conn.execute(
        "SELECT count(*) FROM delegates AS d JOIN documents AS n ON n.id = d.document_id"
        " WHERE n.part_of = ? AND n.outcome = 'processed' AND d.status <> 'rejected'",
        [document],
    ).fetchone()[0]
    note = load_note(store, document)
    if note is None:
        return
    doubts = list(note.doubts)
    if people:
        doubts = [d for d in doubts if d.code not in (NOBODY, OTHER_NUMBER)]
        people += len(note.delegates)
        if note.announced is not None and note.announced != people:
            detail = f"{note.announced} announced, {people} found"
            doubts.append(Doubt(OTHER_NUMBER, detail=detail))
    marks = conn.execute("SELECT arrival_marks FROM documents WHERE id = ?", [document]).fetchone()
    judged = doubts_json(replace(note, doubts=tuple(doubts)))
    written = conn.execute(
        "UPDATE documents SET doubts = :doubts WHERE id = :id AND doubts IS NOT :doubts",
        {"doubts": with_arrival(judged, tuple(json.loads(marks[0]))), "id": document},
    )
    if written.rowcount:
        refresh.touch(conn, document)
