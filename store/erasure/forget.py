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

from store import sanitize
from store.db.database import Store
from store.erasure import come_again, erase, selection
from store.erasure.emptied import (
    empty_besides,
    empty_document,
    empty_letters,
    empty_messages,
)
from store.erasure.selection import Selection
from store.erasure.traces import IDS, may_mention

RETENTION = "retention"
"""Who forgot, when the configured time had passed."""


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
            empty_document(store, conn, document, chosen)
        empty_messages(conn, chosen.messages)
        empty_letters(conn, chosen)
        empty_besides(conn, files, chosen)
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
    come_again.refuse_again(store)
    if days is not None:
        chosen = selection.older_than(store, days, datetime.now(UTC).date())
        if not chosen.empty:
            return apply(store, chosen, RETENTION)
    erase.finish(store)
    return None


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
    settled = store.rows(
        "SELECT id FROM corrections WHERE table_name = 'settled_doubts'"  # noqa: S608 - a constant
        f" AND json_extract(coalesce(new, old), '$.delegate_id') IN {IDS}",
        {"ids": json.dumps(chosen.delegates)},
    )
    found |= {row["id"] for row in settled}
    if chosen.what == "person":
        text = "coalesce(old, '') || ' ' || coalesce(new, '')"
        may, parameters = may_mention(text, chosen.names, chosen.emails)
        sql = f"SELECT id, {text} FROM corrections WHERE {may}"  # noqa: S608 - our own
        found |= {row[0] for row in store.rows(sql, parameters) if chosen.mentioned_in(row[1])}
    return sorted(found)


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
