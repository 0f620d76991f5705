"""The bytes of what was forgotten: files unlinked, free pages and the write-ahead log emptied.

What is to be done stands in the table ``erasures``, written together with the removal of the
rows. Killed anywhere, it is done at the next call. File systems and backups keep copies that no
program can reach from here.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterable

from store.db.connection import BUSY_TIMEOUT_S
from store.db.database import Store
from store.errors import DatabaseLocked

DATABASE = "database"
"""The entry of ``erasures`` that stands for the database file itself."""

PAGE_IMAGES = "page-images"
"""The folder beside the database where images of pages are kept, by the scan's SHA-256."""

PATIENCE_S = 10.0
"""How long others may keep the write-ahead log in use before we leave it for the next time."""


def may_be_due(store: Store) -> bool:
    """Whether anything was ever to be removed: what may have come in again, or was not finished."""
    found = store.one(
        "SELECT EXISTS (SELECT 1 FROM erasures) OR EXISTS (SELECT 1 FROM forgotten_files)"
    )
    return found is not None and bool(found[0])


def secure(store: Store) -> None:
    """Overwrite with zeros what is deleted from now on; call it outside a transaction.

    https://www.sqlite.org/pragma.html#pragma_secure_delete
    """
    store.conn.execute("PRAGMA secure_delete = ON")


def note(store: Store, sha256: Iterable[str], *, database: bool = True) -> None:
    """Note what is to be erased; inside the transaction that removes the rows."""
    entries = [[digest] for digest in sha256] + ([[DATABASE]] if database else [])
    store.conn.executemany("INSERT OR IGNORE INTO erasures (what) VALUES (?)", entries)


def finish(store: Store) -> bool:
    """Do what is to be done.

    Returns:
        Whether nothing is left. Not, when another program holds on to the database's log; that
        part is then done at the next call.
    """
    waiting = [row["what"] for row in store.rows("SELECT what FROM erasures")]
    if not waiting:
        return True
    secure(store)
    for digest in waiting:
        if digest != DATABASE:
            store.originals.remove(digest)
            shutil.rmtree(store.path.parent / PAGE_IMAGES / digest, ignore_errors=True)
    try:
        if DATABASE in waiting:
            _clean(store)
        if not _truncate(store):
            return False
        with store.writing() as conn:
            conn.execute("DELETE FROM erasures")
    except DatabaseLocked:
        return False
    return _truncate(store)


def _clean(store: Store) -> None:
    """Write the database anew, without free pages and without deleted words in the indexes.

    FTS5 only marks words as deleted, until its segments are merged ("optimize").
    """
    with store.writing() as conn:
        for index in ("search_words", "search_chinese"):
            conn.execute(f"INSERT INTO {index} ({index}) VALUES ('optimize')")  # noqa: S608
    store.rows("VACUUM")


def _truncate(store: Store) -> bool:
    """Bring the write-ahead log into the database and cut it to nothing."""
    deadline = time.monotonic() + PATIENCE_S
    store.rows("PRAGMA busy_timeout = 100")  # a checkpoint would wait as long as a writer does
    try:
        while True:
            (busy, *_) = store.rows("PRAGMA wal_checkpoint(TRUNCATE)")[0]
            if not busy:
                return True
            if time.monotonic() > deadline:
                return False
    finally:
        store.rows(f"PRAGMA busy_timeout = {int(BUSY_TIMEOUT_S * 1000)}")
