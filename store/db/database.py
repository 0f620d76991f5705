"""The database as everybody uses it: read by rows, written in transactions that are whole."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from store.db.connection import begin, translated
from store.db.originals import Originals

if TYPE_CHECKING:
    from sqlite_utils import Database

PIPELINE = "pipeline"
"""The writer whose changes are no corrections."""

ORIGINALS = "originals"
"""The folder of kept originals, beside the database."""

_BEGIN = "INSERT INTO writer (who, later) VALUES (?, 1)"
"""What follows from the pipeline's rows for queue and notes is computed once, at the end."""
_BEGIN_STEP = (
    "INSERT INTO writer (who, step) VALUES (?, (SELECT coalesce(max(seq), 0) + 1"
    " FROM sqlite_sequence WHERE name = 'corrections'))"
)
"""What a person does in one transaction bears the number of its first correction."""

Parameters = Sequence[object] | Mapping[str, object]


def _nothing() -> None:
    """Nobody watches."""


class Store:
    """One open database and its kept originals, which lie beside it.

    A context manager, made by ``store.opening``. It belongs to the thread that opened it.
    """

    def __init__(
        self, conn: sqlite3.Connection, path: Path, settle: Callable[[Store], None]
    ) -> None:
        """``settle`` computes what follows from a transaction, as the last thing in it."""
        self.conn = conn
        self.path = path
        self.originals = Originals(path.parent / ORIGINALS, self._is_forgotten)
        self._settle = settle
        self.committed: Callable[[], None] = _nothing
        """Called after every transaction that was kept: a sign of life for who watches a run."""

    @property
    def db(self) -> Database:
        """The same database for sqlite-utils, whose import takes a poll's worth of time.

        It sets a PRAGMA, after which SQLite prepares every statement anew (5 ms for one that has
        many triggers): not to be asked for in a transaction that is repeated.
        """
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
        with translated(self.path):
            if conn.in_transaction:  # part of the transaction that is open already
                yield conn
                return
            begin(conn)
            try:
                conn.execute(_BEGIN_STEP if who != PIPELINE else _BEGIN, [who])
                yield conn
                self._settle(self)
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
        with translated(self.path):
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
        with translated(self.path):
            cursor = self.conn.cursor()
            cursor.row_factory = sqlite3.Row
            return cursor.execute(sql, parameters).fetchall()

    def one(self, sql: str, parameters: Parameters = ()) -> sqlite3.Row | None:
        """The result's first row, None if there is none."""
        found = self.rows(sql, parameters)
        return found[0] if found else None

    def _is_forgotten(self, sha256: str) -> bool:
        """Whether a file with these bytes was removed for good and is not taken in again."""
        found = self.one("SELECT 1 FROM forgotten_files WHERE sha256 = ?", [sha256])
        return found is not None
