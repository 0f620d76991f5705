"""Personal data removed for good, and a record that it was, which says nothing of whose.

Of a person, the rows go, and of every document that names it the pages, the reading and the
original: a scan cannot be read without the name on it. Rows of other people in that document
stay. Of a meeting, or of what is old, everything goes but the fact that a State answered, when,
and with which note. A file that was forgotten is recognised by its hash and not taken in again.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from extract.types import NoteVerbale, Replacement
from ocr.types import Page
from store import sanitize
from store.db import codec
from store.db.database import Store
from store.derived import refresh
from store.erasure import erase, selection
from store.erasure.selection import IDS, Selection
from store.records.stored import load_note

RETENTION = "retention"
"""Who forgot, when the configured time had passed."""

GONE = "forgotten"
"""Stands in place of file names, and as the reason of what was forgotten."""


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What was removed, in numbers; ``clean`` when no byte of it is left in our files."""

    documents: int
    delegates: int
    messages: int
    pages: int
    corrections: int
    originals: int
    clean: bool


def apply(store: Store, chosen: Selection, who: str | None = None) -> Forgotten:
    """Remove what was chosen, and its bytes.

    Args:
        store: where from.
        chosen: by ``store.erasure.selection``.
        who: for the record; the name in the table ``reviewer`` if it is None.
    """
    erase.secure(store)
    with store.writing() as conn:
        files = _files(store, chosen)
        pages = _count(conn, "SELECT count(*) FROM pages WHERE document_id IN", chosen.documents)
        corrections = _corrections(store, chosen)
        there = {digest for digest in files if store.originals.has(digest)}
        _many(conn, "DELETE FROM corrections WHERE id IN", corrections)
        _many(conn, "DELETE FROM delegates WHERE id IN", chosen.delegates)
        for document in chosen.documents:
            _forget_document(store, conn, document, chosen)
        _forget_messages(conn, chosen.messages)
        _forget_besides(conn, files, chosen)
        done = Forgotten(
            documents=len(chosen.documents),
            delegates=len(chosen.delegates),
            messages=len(chosen.messages),
            pages=pages,
            corrections=len(corrections),
            originals=len(there),
            clean=False,
        )
        record = _record(conn, chosen, done, who)
        conn.executemany(
            "INSERT OR IGNORE INTO forgotten_files (sha256, forgotten) VALUES (?, ?)",
            [[digest, record] for digest in sorted(files)],
        )
        erase.note(store, files)
    return replace(done, clean=erase.finish(store))


def apply_retention(store: Store, days: int | None) -> Forgotten | None:
    """Forget what is older than the configured number of days; None if there was nothing.

    Also finishes what an earlier call could not, and what came in again meanwhile.
    """
    refuse_again(store)
    if days is not None:
        chosen = selection.older_than(store, days, datetime.now(UTC).date())
        if not chosen.empty:
            return apply(store, chosen, RETENTION)
    erase.finish(store)
    return None


def refuse_again(store: Store) -> int:
    """Empty new messages that brought a forgotten scan once more; how many there were."""
    rows = store.rows(
        "SELECT DISTINCT m.id, m.sha256 FROM documents AS n JOIN messages AS m ON m.id = n.message"
        " WHERE n.forgotten_at IS NOT NULL AND m.forgotten_at IS NULL"
        " AND n.sha256 IN (SELECT sha256 FROM forgotten_files)"
    )
    if not rows:
        return 0
    erase.secure(store)
    with store.writing() as conn:
        _forget_messages(conn, [row["id"] for row in rows])
        conn.executemany(
            "INSERT OR IGNORE INTO forgotten_files (sha256, forgotten)"
            " SELECT ?, max(id) FROM forgotten",
            [[row["sha256"]] for row in rows],
        )
        erase.note(store, [row["sha256"] for row in rows], database=False)
    erase.finish(store)
    return len(rows)


def allow(store: Store, sha256: str, filename: str | None = None) -> bool:
    """Let a forgotten file be taken in once more, because a person asks for it.

    Args:
        store: where it was forgotten.
        sha256: of a scan or a raw message; of a message, its scans are meant as well, and of
            either the files inside it.
        filename: the scan's name.

    Returns:
        Whether it was forgotten.
    """
    if store.one("SELECT 1 FROM forgotten_files WHERE sha256 = ?", [sha256]) is None:
        return False
    with store.writing() as conn:
        digests = [sha256] + [
            row["sha256"]
            for row in store.rows(
                "SELECT n.sha256 FROM documents AS n JOIN messages AS m ON m.id = n.message"
                " WHERE m.sha256 = :digest UNION SELECT n.sha256 FROM documents AS n"
                "  JOIN documents AS a ON a.id = n.enclosed_in"
                "  LEFT JOIN documents AS b ON b.id = a.enclosed_in"
                "  WHERE :digest IN (a.sha256, b.sha256) AND n.sha256 <> :digest",
                {"digest": sha256},
            )
        ]
        for digest in digests:
            conn.execute("DELETE FROM forgotten_files WHERE sha256 = ?", [digest])
            conn.execute("DELETE FROM erasures WHERE what = ?", [digest])
            conn.execute(
                "UPDATE documents SET forgotten_at = NULL, outcome = 'pending', reason = NULL,"
                " attempts = 0, filename = coalesce(?, filename)"
                " WHERE id = (SELECT min(id) FROM documents"
                "   WHERE sha256 = ? AND forgotten_at IS NOT NULL)",
                [sanitize.one_line(filename) if digest == sha256 else None, digest],
            )
        conn.execute(
            "UPDATE messages SET forgotten_at = NULL, outcome = 'pending', reason = NULL,"
            " parsed_at = NULL, attempts = 0"
            " WHERE id = (SELECT min(id) FROM messages WHERE sha256 = ?)",
            [sha256],
        )
    return True


def _files(store: Store, chosen: Selection) -> set[str]:
    """SHA-256 of the scans and raw messages."""
    found: set[str] = set()
    for table, ids in (("documents", chosen.documents), ("messages", chosen.messages)):
        sql = f"SELECT sha256 FROM {table} WHERE id IN {IDS}"  # noqa: S608 - our own names
        found.update(row[0] for row in store.rows(sql, {"ids": json.dumps(ids)}))
    return found


def _corrections(store: Store, chosen: Selection) -> list[int]:
    """Corrections of rows that go, and those that show the person's name or address."""
    whole = () if chosen.what == "person" else chosen.documents
    rows = store.rows(
        "SELECT id FROM corrections WHERE table_name = 'delegates' AND"  # noqa: S608 - a constant
        f" (row_id IN {IDS} OR document_id IN (SELECT value FROM json_each(:whole)))",
        {"ids": json.dumps(chosen.delegates), "whole": json.dumps(whole)},
    )
    found = {row["id"] for row in rows}
    if chosen.what == "person":
        for row in store.rows("SELECT id, old, new FROM corrections"):
            text = f"{row['old'] or ''} {row['new'] or ''}"
            if chosen.mentioned_in(text):
                found.add(row["id"])
    return sorted(found)


def _forget_document(
    store: Store, conn: sqlite3.Connection, document: int, chosen: Selection
) -> None:
    refresh.touch(conn, document)
    note = load_note(store, document) if chosen.what == "person" else None
    conn.execute("DELETE FROM readings WHERE document_id = ?", [document])
    if note is not None:
        conn.execute(
            "INSERT INTO readings (document_id, settings_version, note, read_at)"
            " VALUES (?, ?, ?, ?)",
            [document, GONE, codec.note_to_json(_bare(note, chosen)), sanitize.now()],
        )
    conn.execute(
        "DELETE FROM page_cache WHERE sha256 = (SELECT sha256 FROM documents WHERE id = ?)",
        [document],
    )
    for number, outcome in conn.execute(
        "SELECT number, outcome FROM pages WHERE document_id = ?", [document]
    ).fetchall():
        blank = Page(number, 1, 1, 1, outcome, (), engine=GONE)
        conn.execute(
            "UPDATE pages SET text = '', body = ?, reason = ? WHERE document_id = ? AND number = ?",
            [codec.page_to_bytes(blank), GONE, document, number],
        )
    for table, key in (("documents", "id"), ("delegates", "document_id")):
        conn.execute(
            f"UPDATE {table} SET doubts = (SELECT json_group_array(json_object("  # noqa: S608
            "  'code', json_extract(value, '$.code'), 'field', json_extract(value, '$.field'),"
            f"  'detail', '')) FROM json_each({table}.doubts)) WHERE {key} = ?",
            [document],
        )
    conn.execute(
        "UPDATE documents SET filename = ?, reason = ?, forgotten_at = ?, settled = '[]', outcome ="
        " CASE WHEN outcome IN ('processed', 'rejected', 'duplicate') THEN outcome"
        "      ELSE 'rejected' END WHERE id = ?",
        [GONE, GONE, sanitize.now(), document],
    )


def _bare(note: NoteVerbale, chosen: Selection) -> NoteVerbale:
    """What must be known of a note to tell which rows hold: no people but those it replaces."""
    return replace(
        note,
        delegates=(),
        replacements=tuple(
            Replacement("" if chosen.mentioned_in(one.replaced_name) else one.replaced_name)
            for one in note.replacements
        ),
        doubts=tuple(replace(doubt, detail="") for doubt in note.doubts),
    )


def _forget_messages(conn: sqlite3.Connection, messages: Iterable[int]) -> None:
    for message in messages:
        conn.execute(
            "UPDATE messages SET message_id = NULL, from_address = NULL, subject = NULL,"
            " reason = ?, forgotten_at = ?, parsed_at = coalesce(parsed_at, ?), outcome ="
            " CASE WHEN outcome IN ('processed', 'duplicate', 'skipped') THEN outcome"
            "      ELSE 'skipped' END WHERE id = ?",
            [GONE, sanitize.now(), sanitize.now(), message],
        )
        conn.execute("UPDATE dropped_parts SET filename = ? WHERE message = ?", [GONE, message])


def _forget_besides(conn: sqlite3.Connection, files: Iterable[str], chosen: Selection) -> None:
    """What service and review page write down about files and messages, where they do.

    Nobody is to look at an empty document. A file that still lies in the scanner's folder keeps
    its path, or it would be taken for a new one at every poll.
    """
    tables = {row[0] for row in conn.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if "taken_files" in tables:
        for digest in files:
            rows = conn.execute("SELECT id, path FROM taken_files WHERE sha256 = ?", [digest])
            gone = [[row] for row, path in rows.fetchall() if not Path(path).exists()]
            conn.executemany("DELETE FROM taken_files WHERE id = ?", gone)
    if "releases" in tables:
        conn.executemany(
            "UPDATE releases SET why = ? WHERE message = ?", [[GONE, m] for m in chosen.messages]
        )
    if "reviews" in tables:
        conn.executemany(
            "INSERT OR IGNORE INTO reviews (document_id, who, at) VALUES (?, ?, ?)",
            [[document, GONE, sanitize.now()] for document in chosen.documents],
        )


def _record(
    conn: sqlite3.Connection, chosen: Selection, done: Forgotten, who: str | None
) -> int | None:
    return conn.execute(
        "INSERT INTO forgotten (what, detail, who, at, documents, delegates, messages, pages,"
        " corrections, originals) SELECT ?, ?, coalesce(?, nullif(trim(name), ''), 'command line'),"
        " ?, ?, ?, ?, ?, ?, ? FROM reviewer",
        [
            chosen.what,
            chosen.detail,
            sanitize.one_line(who),
            sanitize.now(),
            done.documents,
            done.delegates,
            done.messages,
            done.pages,
            done.corrections,
            done.originals,
        ],
    ).lastrowid


def _count(conn: sqlite3.Connection, sql: str, ids: Iterable[int]) -> int:
    return int(conn.execute(f"{sql} {IDS}", {"ids": json.dumps(list(ids))}).fetchone()[0])


def _many(conn: sqlite3.Connection, sql: str, ids: Iterable[int]) -> None:
    conn.execute(f"{sql} {IDS}", {"ids": json.dumps(list(ids))})
