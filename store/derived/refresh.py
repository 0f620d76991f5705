"""Keeps ``current``, ``supersedes``, ``same_as``, ``reasons`` and ``status`` true after any change.

Triggers and the pipeline note in the table ``stale`` which documents are touched; ``refresh``
works that list off, together with the other notes of the same State for the same meeting.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from store.db.database import PIPELINE, Store
from store.derived import copies, following
from store.derived.group import StoredNote, as_judged, judged_for, load_group
from store.learn import audits, calibrations, switches, verdicts
from store.rules.revisions import GroupVerdict, resolve_group


def refresh(store: Store) -> None:
    """Work off the list of touched documents; run inside a transaction."""
    conn = store.conn
    done: set[int] = set()
    with _silent(conn):
        _write_words(conn)  # copies are found by them
        _find_copies(store)
        _weigh_errors(store)
        while (
            waiting := conn.execute("SELECT min(document_id) FROM stale").fetchone()[0]
        ) is not None:
            group = load_group(store, waiting)
            if waiting not in done:
                _settle(store, group)
            done.update(document.id for document in group)
            ids = [document.id for document in group] or [waiting]
            conn.executemany("DELETE FROM stale WHERE document_id = ?", [[i] for i in ids])
        _look_again(conn)


def _write_words(conn: sqlite3.Connection) -> None:
    """Put what was written into the search's indexes, in one go (``0028_write.sql``)."""
    if conn.execute("SELECT 1 FROM search_later LIMIT 1").fetchone() is not None:
        conn.execute("INSERT INTO search_write VALUES (0)")


def _look_again(conn: sqlite3.Connection) -> None:
    """Compute once for each note what was put off while rows were written (``0026_large.sql``)."""
    _write_words(conn)
    for view, waiting, step in (
        ("note_refresh", "notes_later", 2),
        ("review_refresh", "reviews_later", None),
    ):
        conn.execute("UPDATE writer SET later = ? WHERE later IS NOT NULL", [step])
        conn.execute(f"INSERT INTO {view} SELECT document_id FROM {waiting}")  # noqa: S608 - our own
        conn.execute(f"DELETE FROM {waiting}")  # noqa: S608


def _weigh_errors(store: Store) -> None:
    """Judge all open rows anew if one that was left alone in spite of doubts turned out wrong."""
    if not calibrations.leaves_alone(store):
        return
    before = calibrations.left_alone_wrongly(store)
    for row in store.rows(
        "SELECT document_id FROM stale AS s WHERE EXISTS (SELECT 1 FROM delegates AS d"
        "  WHERE d.document_id = s.document_id"
        "   AND d.status IN ('approved', 'corrected', 'rejected'))"
        " OR EXISTS (SELECT 1 FROM verdicts AS v WHERE v.document_id = s.document_id)"
    ):
        verdicts.write(store, row["document_id"])
    if calibrations.left_alone_wrongly(store) != before:
        switches.judge_again(store)


def _find_copies(store: Store) -> None:
    """Tell of the touched documents which came twice; scans that depend on that are touched too."""
    waiting = [row["document_id"] for row in store.rows("SELECT document_id FROM stale")]
    done: set[int] = set()
    while waiting:
        document = waiting.pop()
        if document not in done:
            done.add(document)
            waiting.extend(copies.link(store, document))
    store.conn.executemany(
        "INSERT OR IGNORE INTO stale (document_id) VALUES (?)", [[d] for d in sorted(done)]
    )


def touch(conn: sqlite3.Connection, document: int) -> None:
    """Note that the document, and the notes beside it, must be looked at again."""
    conn.execute(
        "INSERT OR IGNORE INTO stale (document_id) SELECT id FROM documents WHERE id = :id"
        " UNION SELECT n.id FROM documents AS n JOIN documents AS d"
        "   ON n.meeting = d.meeting AND n.state = d.state WHERE d.id = :id",
        {"id": document},
    )


@contextmanager
def _silent(conn: sqlite3.Connection) -> Iterator[None]:
    """What is computed here is no correction, even if it follows from one."""
    rowid = conn.execute("INSERT INTO writer (who, later) VALUES (?, 1)", [PIPELINE]).lastrowid
    yield
    conn.execute("DELETE FROM writer WHERE rowid = ?", [rowid])


def _settle(store: Store, group: list[StoredNote]) -> None:
    alone = any(d.row["state"] is None or d.row["meeting"] is None for d in group)
    active = [document for document in group if document.active]
    scans = {d.id: copies.merged(store, d.row["part_of"] or d.id) for d in group}
    verdict = GroupVerdict() if alone else resolve_group(as_judged(store, active, scans))
    if linked := [d.linked_by_hand for d in active if d.linked_by_hand is not None]:
        for document in group:
            if document.id in linked:
                verdict.replaced.update(d["id"] for d in document.delegates)
    following.write_revisions(store.conn, group, verdict)
    for document in group:
        scan = scans[document.id]
        beside = sorted(verdict.reasons.get(judged_for(document, active), ()))
        following.write_note(store, document, verdict, beside, scan)
        following.write_rows(store, document, verdict, beside, scan)
        verdicts.write(store, document.id)
        audits.write(store, document.id)
