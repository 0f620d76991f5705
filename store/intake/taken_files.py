"""Files of the scanner folder that are kept: told by path, size and time of change."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from store import sanitize
from store.db.database import Store
from store.intake.keeping import Kept


@dataclass(frozen=True, slots=True)
class Taken:
    """A file as it was when it was taken in; ``changed_ns`` is nanoseconds since 1970."""

    path: str
    size: int
    changed_ns: int
    sha256: str


def taken(store: Store) -> dict[str, Taken]:
    """All files taken in so far, by path."""
    return {
        row["path"]: Taken(row["path"], row["size"], row["changed_ns"], row["sha256"])
        for row in store.rows("SELECT path, size, changed_ns, sha256 FROM taken_files")
    }


def note(conn: sqlite3.Connection, file: Taken, kept: Kept) -> None:
    """Note a file; part of the transaction that keeps what is in it.

    A path holds the file that was there last.
    """
    conn.execute(
        "INSERT INTO taken_files (path, size, changed_ns, sha256, message, document, taken_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (path) DO UPDATE SET size = excluded.size,"
        "   changed_ns = excluded.changed_ns, sha256 = excluded.sha256,"
        "   message = excluded.message, document = excluded.document, taken_at = excluded.taken_at",
        [
            sanitize.text(file.path),
            sanitize.integer(file.size),
            sanitize.integer(file.changed_ns),
            file.sha256,
            kept.message,
            kept.document,
            sanitize.now(),
        ],
    )
