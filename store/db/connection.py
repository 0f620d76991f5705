"""One connection to SQLite: made, set up, checked, its errors told in our words."""

from __future__ import annotations

import sqlite3
import time
from pathlib import Path
from types import TracebackType

from store.db import private
from store.errors import DatabaseFull, DatabaseLocked, DatabaseUnusable, StoreError

BUSY_TIMEOUT_S = 30.0
"""How long SQLite waits for another writer before the first retry."""

RETRY_S = 0.05
"""Between two tries to get the lock."""

LOCK_PATIENCE_S = 120.0
"""How long we wait for another writer in all."""

STATEMENTS = 512
"""Prepared statements that are kept: more than are used in one transaction, whichever columns of a
row differ. Python's own are 128."""

CACHE_KIB = 32_768
"""Pages of the file in memory: what is written into a database of 2 GB goes to indexes all over it.
With SQLite's own 2,000 KiB a document took a third more processor time there."""

CHECKPOINT_PAGES = 4_000
"""Pages of the write-ahead log (16 MB) after which it is brought into the database. Of a large one
the same pages of indexes are written in every transaction: with SQLite's own 1,000 a document took
a sixth more processor time in one of 100,000 documents."""


def connect(path: Path) -> sqlite3.Connection:
    """The file, made for its owner alone if there is none; transactions begin where we say so.

    Raises:
        DatabaseUnusable: it cannot be opened or made.
    """
    try:
        private.make_folder(path.parent)
        private.make_database(path)
        # isolation_level None: no transaction begins by itself
        return sqlite3.connect(
            path,
            timeout=BUSY_TIMEOUT_S,
            isolation_level=None,
            cached_statements=STATEMENTS,
        )
    except (OSError, sqlite3.OperationalError) as error:
        raise DatabaseUnusable(f"The database {path} cannot be opened: {error}") from error


def configure(conn: sqlite3.Connection) -> None:
    """Write-ahead log, every commit on the disk, foreign keys held."""
    deadline = time.monotonic() + LOCK_PATIENCE_S
    while conn.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
        try:  # the change of mode needs the file for itself and does not always wait for it
            conn.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if not _is_locked(error) or time.monotonic() > deadline:
                raise
            time.sleep(RETRY_S)
    conn.execute("PRAGMA synchronous = FULL")
    conn.execute("PRAGMA foreign_keys = ON")
    conn.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
    conn.execute(f"PRAGMA wal_autocheckpoint = {CHECKPOINT_PAGES}")


def quick_check(conn: sqlite3.Connection, path: Path) -> None:
    """SQLite's own look at the file, its indexes left out.

    Raises:
        DatabaseUnusable: it is damaged.
    """
    found = conn.execute("PRAGMA quick_check(1)").fetchone()[0]
    if found != "ok":
        raise _damaged(path, str(found))


def _damaged(path: Path, detail: str) -> DatabaseUnusable:
    return DatabaseUnusable(
        f"The database {path} is damaged or is no SQLite database ({detail[:200]}). Nothing was"
        " changed. Put back a backup, or move the file away and read the originals again.",
        reason="database_damaged",
    )


def begin(conn: sqlite3.Connection) -> None:
    """BEGIN IMMEDIATE: a deferred one fails at once, when it would have to wait later on."""
    deadline = time.monotonic() + LOCK_PATIENCE_S
    while True:
        try:
            conn.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as error:
            if not _is_locked(error) or time.monotonic() > deadline:
                raise
            time.sleep(RETRY_S)
        else:
            return


def _code(error: sqlite3.Error) -> int:
    """SQLite's primary result code, 0 if there is none."""
    return int(getattr(error, "sqlite_errorcode", 0)) & 0xFF


def _is_locked(error: sqlite3.Error) -> bool:
    return _code(error) in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


class translated:  # noqa: N801 - used like a function
    """SQLite's errors as ours. What a trigger refuses passes as ``sqlite3.IntegrityError``.

    A class, as a generator would take as long as most of the questions asked under it.
    """

    __slots__ = ("_path",)

    def __init__(self, path: Path) -> None:
        self._path = path

    def __enter__(self) -> None:
        pass

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        passes = sqlite3.IntegrityError | sqlite3.ProgrammingError
        if isinstance(error, sqlite3.DatabaseError) and not isinstance(error, passes):
            raise _told(self._path, error) from error


def _told(path: Path, error: sqlite3.DatabaseError) -> StoreError:
    code = _code(error)
    if _is_locked(error):
        return DatabaseLocked(
            f"The database {path} is in use by another program; try again in a moment."
        )
    if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
        return _damaged(path, str(error))
    if code == sqlite3.SQLITE_FULL:
        return DatabaseFull(f"There is no room left to write the database {path}.")
    if code in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM):
        return DatabaseUnusable(f"The database {path} cannot be written: {error}")
    return StoreError(f"The database {path} could not be used: {error}")
