"""A database is opened here: made or migrated, brought up to date, and kept true from then on.

What follows from a change (``store.derived``) stands above the database it is written in; this is
where the two are put together.
"""

from __future__ import annotations

from pathlib import Path

from store.db import packaged, private
from store.db.connection import begin, configure, connect, quick_check, translated
from store.db.database import ORIGINALS, Store
from store.errors import DatabaseTooNew

STEPS = Path(__file__).parent / "sql"
"""The steps of the schema, one file each."""

_WAITING = (
    "SELECT EXISTS (SELECT 1 FROM stale) OR EXISTS (SELECT 1 FROM notes_later)"
    " OR EXISTS (SELECT 1 FROM reviews_later) OR EXISTS (SELECT 1 FROM search_later)"
)
"""Whether anything follows from what was written."""


CHECKED_BYTES = 100_000_000
"""A database up to this size is checked at every start, which takes a third of a second; a larger
one by the service once a day, and by ``noteverbale check``."""


def open_store(path: Path, *, check: bool = True, whole: bool = False) -> Store:
    """Open the database, making or migrating it as needed.

    Args:
        path: the file; its folder is made if it is missing.
        check: run SQLite's ``quick_check`` first, if the file is no larger than ``CHECKED_BYTES``.
        whole: check it whatever its size.

    Raises:
        DatabaseUnusable: no database, damaged, or not to be opened.
        DatabaseTooNew: made by a newer version of this program.
        DatabaseLocked: another program held it for too long.
    """
    conn = connect(path)
    private.narrow_folder(path.parent / ORIGINALS)
    try:
        with translated(path):
            configure(conn)
            if check and (whole or path.stat().st_size <= CHECKED_BYTES):
                quick_check(conn, path)
            store = Store(conn, path, _settle)
            _migrate(store)
            _freshen(store)
    except BaseException:
        conn.close()
        raise
    store.originals.sweep()
    return store


def _migrate(store: Store) -> None:
    if _applied(store) == frozenset(file.stem for file in STEPS.glob("*.sql")):
        return
    from store.db.migrations import MIGRATIONS, known_names

    conn = store.conn
    if MIGRATIONS.pending(store.db):
        begin(conn)  # whoever comes second finds nothing left to do
        try:
            MIGRATIONS.apply(store.db)
            conn.execute("COMMIT")
        except BaseException:
            if conn.in_transaction:
                conn.execute("ROLLBACK")
            raise
    newer = {step.name for step in MIGRATIONS.applied(store.db)} - known_names()
    if newer:
        raise DatabaseTooNew(
            f"{store.path} was made by a newer version of this program; install that version."
        )


def _applied(store: Store) -> frozenset[str]:
    """The steps that ``store.db.migrations`` has applied; asked without loading it."""
    if store.one("SELECT 1 FROM sqlite_master WHERE name = '_sqlite_migrations'") is None:
        return frozenset()
    return frozenset(row[0] for row in store.rows("SELECT name FROM _sqlite_migrations"))


def _freshen(store: Store) -> None:
    """Bring up to date what depends on packaged data or on edits made by hand."""
    packaged.bring_up_to_date(store)
    if _stale(store):
        with store.writing():
            pass  # every transaction of ours ends with _settle


def _settle(store: Store) -> None:
    """Compute again what follows from the rows that were touched, before they show."""
    if _stale(store):
        from store.derived import refresh  # a poll without mail never does

        refresh.refresh(store)


def _stale(store: Store) -> bool:
    return bool(store.rows(_WAITING)[0][0])
