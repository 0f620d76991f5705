"""The database: opened, migrated, checked, and written in transactions that wait their turn."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from store import reasons
from store.db import private, states
from store.db.originals import Originals
from store.errors import DatabaseFull, DatabaseLocked, DatabaseTooNew, DatabaseUnusable, StoreError

if TYPE_CHECKING:
    from sqlite_utils import Database

PIPELINE = "pipeline"
"""The writer whose changes are no corrections."""

ORIGINALS = "originals"
"""The folder of kept originals, beside the database."""

BUSY_TIMEOUT_S = 30.0
"""How long SQLite waits for another writer before the first retry."""

LOCK_PATIENCE_S = 120.0
"""How long we wait for another writer in all."""

Parameters = Sequence[object] | dict[str, object]


class Store:
    """One open database and its kept originals, which lie beside it.

    A context manager. A store belongs to the thread that opened it.
    """

    def __init__(self, conn: sqlite3.Connection, path: Path, originals: Originals) -> None:
        self.conn = conn
        self.path = path
        self.originals = originals
        self.committed: Callable[[], None] = _nothing
        """Called after every transaction that was kept: a sign of life for who watches a run."""

    @classmethod
    def open(cls, path: Path, *, check: bool = True) -> Store:
        """Open the database, making or migrating it as needed.

        Args:
            path: the file; its folder is made if it is missing.
            check: run SQLite's ``quick_check`` first.

        Raises:
            DatabaseUnusable: no database, damaged, or not to be opened.
            DatabaseTooNew: made by a newer version of this program.
            DatabaseLocked: another program held it for too long.
        """
        conn = _connect(path)
        try:
            with _translated(path):
                _configure(conn)
                if check:
                    _quick_check(conn, path)
                store = cls(conn, path, Originals(path.parent / ORIGINALS))
                store._migrate()
                store._freshen()
                store.originals = Originals(store.originals.folder, store._is_forgotten)
        except BaseException:
            conn.close()
            raise
        store.originals.sweep()
        return store

    @property
    def db(self) -> Database:
        """The same database for sqlite-utils, whose import takes a poll's worth of time."""
        from sqlite_utils import Database

        return Database(self.conn)

    def close(self) -> None:
        """Close the database."""
        self.conn.close()

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @contextmanager
    def writing(self, who: str = PIPELINE) -> Iterator[sqlite3.Connection]:
        """One transaction: all of it is kept, or nothing.

        Args:
            who: whose changes these are. The pipeline's leave no trace in ``corrections``;
                a person's are recorded under that name.

        Raises:
            DatabaseLocked, DatabaseFull, DatabaseUnusable: nothing was written.
        """
        conn = self.conn
        with _translated(self.path):
            if conn.in_transaction:  # part of the transaction that is open already
                yield conn
                return
            _begin(conn)
            try:
                conn.execute("INSERT INTO writer (who) VALUES (?)", [who])
                yield conn
                self._settle()
                conn.execute("DELETE FROM writer")
                conn.execute("COMMIT")
            except BaseException:
                if conn.in_transaction:
                    conn.execute("ROLLBACK")
                raise
        self.committed()

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """One moment's view of the database over several queries."""
        conn = self.conn
        with _translated(self.path):
            if conn.in_transaction:
                yield conn
                return
            conn.execute("BEGIN")
            try:
                yield conn
            finally:
                conn.execute("ROLLBACK")

    def rows(self, sql: str, parameters: Parameters = ()) -> list[sqlite3.Row]:
        """The result's rows, by name."""
        with _translated(self.path):
            cursor = self.conn.cursor()
            cursor.row_factory = sqlite3.Row
            return cursor.execute(sql, parameters).fetchall()

    def one(self, sql: str, parameters: Parameters = ()) -> sqlite3.Row | None:
        """The result's first row, None if there is none."""
        found = self.rows(sql, parameters)
        return found[0] if found else None

    def _migrate(self) -> None:
        if self._applied() == _steps():
            return
        from store.db.migrations import MIGRATIONS, known_names

        conn = self.conn
        if MIGRATIONS.pending(self.db):
            _begin(conn)  # whoever comes second finds nothing left to do
            try:
                MIGRATIONS.apply(self.db)
                conn.execute("COMMIT")
            except BaseException:
                if conn.in_transaction:
                    conn.execute("ROLLBACK")
                raise
        newer = {step.name for step in MIGRATIONS.applied(self.db)} - known_names()
        if newer:
            raise DatabaseTooNew(
                f"{self.path} was made by a newer version of this program; install that version."
            )

    def _applied(self) -> frozenset[str]:
        """The steps that ``store.db.migrations`` has applied; asked without loading it."""
        if self.one("SELECT 1 FROM sqlite_master WHERE name = '_sqlite_migrations'") is None:
            return frozenset()
        return frozenset(row[0] for row in self.rows("SELECT name FROM _sqlite_migrations"))

    def _freshen(self) -> None:
        """Bring up to date what depends on packaged data or on edits made by hand."""
        for packaged in (states, reasons):
            if packaged.outdated(self.conn):
                with self.writing() as conn:
                    packaged.refresh(conn)
        if self.one("SELECT 1 FROM stale LIMIT 1"):
            with self.writing():
                pass  # every transaction of ours ends with _settle

    def _is_forgotten(self, sha256: str) -> bool:
        """Whether a file with these bytes was removed for good and is not taken in again."""
        found = self.one("SELECT 1 FROM forgotten_files WHERE sha256 = ?", [sha256])
        return found is not None

    def _settle(self) -> None:
        """Compute again what follows from the rows that were touched, before they show."""
        if self.one("SELECT 1 FROM stale LIMIT 1"):
            from store.derived import refresh

            refresh.refresh(self)


def _steps() -> frozenset[str]:
    """The names of all steps: one file each."""
    return frozenset(file.stem for file in (Path(__file__).parents[1] / "sql").glob("*.sql"))


def _nothing() -> None:
    """Nobody watches."""


def _connect(path: Path) -> sqlite3.Connection:
    try:
        private.make_folder(path.parent)
        private.make_database(path)
        private.narrow_folder(path.parent / ORIGINALS)
        # isolation_level None: transactions begin where we say so, and as we say
        return sqlite3.connect(path, timeout=BUSY_TIMEOUT_S, isolation_level=None)
    except (OSError, sqlite3.OperationalError) as error:
        raise DatabaseUnusable(f"The database {path} cannot be opened: {error}") from error


def _configure(conn: sqlite3.Connection) -> None:
    deadline = time.monotonic() + LOCK_PATIENCE_S
    while conn.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
        try:  # the change of mode needs the file for itself and does not always wait for it
            conn.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if not _is_locked(error) or time.monotonic() > deadline:
                raise
            time.sleep(0.05)
    conn.execute("PRAGMA synchronous = FULL")
    conn.execute("PRAGMA foreign_keys = ON")


def _quick_check(conn: sqlite3.Connection, path: Path) -> None:
    found = conn.execute("PRAGMA quick_check(1)").fetchone()[0]
    if found != "ok":
        raise _damaged(path, str(found))


def _damaged(path: Path, detail: str) -> DatabaseUnusable:
    return DatabaseUnusable(
        f"The database {path} is damaged or is no SQLite database ({detail[:200]}). Nothing was"
        " changed. Put back a backup, or move the file away and read the originals again.",
        reason="database_damaged",
    )


def _begin(conn: sqlite3.Connection) -> None:
    """BEGIN IMMEDIATE: a deferred one fails at once, when it would have to wait later on."""
    deadline = time.monotonic() + LOCK_PATIENCE_S
    while True:
        try:
            conn.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as error:
            if not _is_locked(error) or time.monotonic() > deadline:
                raise
            time.sleep(0.05)
        else:
            return


def _code(error: sqlite3.Error) -> int:
    """SQLite's primary result code, 0 if there is none."""
    return int(getattr(error, "sqlite_errorcode", 0)) & 0xFF


def _is_locked(error: sqlite3.Error) -> bool:
    return _code(error) in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


@contextmanager
def _translated(path: Path) -> Iterator[None]:
    """SQLite's errors as ours. What a trigger refuses passes as ``sqlite3.IntegrityError``."""
    try:
        yield
    except (sqlite3.OperationalError, sqlite3.DatabaseError) as error:
        code = _code(error)
        if isinstance(error, sqlite3.IntegrityError | sqlite3.ProgrammingError):
            raise
        if _is_locked(error):
            raise DatabaseLocked(
                f"The database {path} is in use by another program; try again in a moment."
            ) from error
        if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
            raise _damaged(path, str(error)) from error
        if code == sqlite3.SQLITE_FULL:
            raise DatabaseFull(f"There is no room left to write the database {path}.") from error
        if code in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM):
            raise DatabaseUnusable(f"The database {path} cannot be written: {error}") from error
        raise StoreError(f"The database {path} could not be used: {error}") from error
