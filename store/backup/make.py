"""A backup made while the service runs and writes: SQLite's backup API, then the originals.

The database comes first: an original is on the disk before its row, so all that the copy names are
there. One moment's database is copied in one step, as a copy in parts begins anew whenever another
program writes (https://www.sqlite.org/c3ref/backup_finish.html); in WAL mode nobody waits for it.
"""

from __future__ import annotations

import hashlib
import sqlite3
from contextlib import closing
from pathlib import Path

from store import sanitize
from store.backup.folder import (
    DATABASE,
    Contents,
    copy_original,
    name,
    unfinished,
    write_manifest,
)
from store.db import private
from store.db.connection import connect, translated
from store.db.database import ORIGINALS
from store.db.originals import Originals
from store.errors import DatabaseUnusable, StoreError

TRIES = 3
"""A person may be forgotten while the copy is made: then it is made again."""

_NAMED = (
    "SELECT sha256 FROM documents WHERE forgotten_at IS NULL"
    " UNION SELECT sha256 FROM messages WHERE forgotten_at IS NULL"
    " EXCEPT SELECT sha256 FROM forgotten_files ORDER BY 1"
)


def make(database: Path, place: Path, *, link: bool = False) -> Contents:
    """Copy database and originals into a new folder, look at every byte, then give it its name.

    Killed anywhere, there is no folder of that name; the next call removes what is left.

    Args:
        database: the live one; it is not changed.
        place: a folder that is not there yet, its parent is.
        link: originals as further names of the same files where the disk allows it: no room, but
            no second copy of their bytes either.

    Raises:
        StoreError: ``usage``: there is something at ``place``, or no folder to make it in.
        DatabaseUnusable: there is no database, or the copy is damaged.
    """
    if not database.is_file():
        raise StoreError(f"There is no database {database}.", reason="usage")
    if place.exists() or place.is_symlink():
        raise StoreError(f"{place} is there already: nothing is written over.", reason="usage")
    if not place.parent.is_dir():
        raise StoreError(f"There is no folder {place.parent}.", reason="usage")
    for _ in range(TRIES):
        with unfinished(place) as folder:
            contents = _fill(database, folder, link=link)
            if contents is not None:
                write_manifest(folder, contents)
                name(folder, place)
                return contents
    raise StoreError("What was being backed up was forgotten meanwhile; try again.")


def _fill(database: Path, folder: Path, *, link: bool) -> Contents | None:
    """The contents; None if something in it was forgotten meanwhile."""
    copy = folder / DATABASE
    private.make_database(copy)
    with translated(database), closing(connect(database)) as live:
        with closing(sqlite3.connect(copy, isolation_level=None)) as target:
            live.backup(target)
            _settle(target, database)
            digests = [row[0] for row in target.execute(_NAMED)]
            documents, delegates = (
                int(target.execute(f"SELECT count(*) FROM {table}").fetchone()[0])  # noqa: S608
                for table in ("documents", "delegates")
            )
        found, linked, size, unusable = 0, 0, 0, []
        originals = Originals(database.parent / ORIGINALS)
        for digest in digests:
            done = copy_original(originals.path(digest), folder / ORIGINALS, digest, link=link)
            if done is None:
                forgotten = "SELECT 1 FROM forgotten_files WHERE sha256 = ?"
                if live.execute(forgotten, [digest]).fetchone() is not None:
                    return None
                unusable.append(digest)
                continue
            found, linked = found + 1, linked + done
            size += Originals(folder / ORIGINALS).path(digest).stat().st_size
    with copy.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    return Contents(
        made_at=sanitize.now(),
        documents=documents,
        delegates=delegates,
        originals=found,
        originals_bytes=size,
        database_bytes=copy.stat().st_size,
        database_sha256=sha256,
        linked=linked,
        unusable=tuple(unusable),
    )


def _settle(copy: sqlite3.Connection, path: Path) -> None:
    """One file without a log, without traces of what is being forgotten, found whole.

    Raises:
        DatabaseUnusable: it is damaged.
    """
    copy.execute("PRAGMA journal_mode = DELETE")
    if copy.execute("SELECT 1 FROM erasures LIMIT 1").fetchone() is not None:
        for index in ("search_words", "search_chinese"):
            copy.execute(f"INSERT INTO {index} ({index}) VALUES ('optimize')")  # noqa: S608 - ours
        copy.execute("VACUUM")
    said = [row[0] for row in copy.execute("PRAGMA integrity_check(1)")]
    if said != ["ok"] or copy.execute("PRAGMA foreign_key_check").fetchone() is not None:
        raise DatabaseUnusable(
            f"The copy of {path} is damaged ({said[0][:200]}); no backup was made.",
            reason="database_damaged",
        )
