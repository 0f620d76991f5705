"""A backup put back into an empty folder, with every byte looked at before and after.

The database gets its name last. Killed before that, there is no database, and the next call begins
anew; killed after, all is there.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Final

from store.backup.folder import (
    DATABASE,
    MANIFEST,
    Contents,
    copy_original,
    is_whole,
    originals_in,
    read_manifest,
)
from store.db import private
from store.db.database import ORIGINALS
from store.db.originals import Originals, sync_folder
from store.errors import DatabaseUnusable, OriginalUnusable, StoreError

RESTORING: Final = ".restoring"
"""The folder, in the one that is filled, where all is until it is whole."""


def put_back(backup: Path, database: Path) -> Contents:
    """Lay the backup's database at ``database`` and its originals beside it.

    Args:
        backup: a folder that ``make`` made; it stays as it is.
        database: where to; its folder is made, or has nothing in it but locks and what a killed
            restore left.

    Raises:
        StoreError: ``usage``: it is no backup, or the folder is not empty.
        DatabaseUnusable: the backup's database is damaged.
        OriginalUnusable: an original of the backup is missing or changed.
    """
    contents = read_manifest(backup)
    require_empty(database)
    folder = database.parent
    private.make_folder(folder)
    work = folder / RESTORING
    shutil.rmtree(work, ignore_errors=True)
    if (folder / ORIGINALS).exists():  # of a restore that was killed: there is no database
        shutil.rmtree(folder / ORIGINALS)
    work.mkdir(private.FOLDER)
    try:
        _copy_database(backup, work, contents)
        _copy_originals(backup, work, contents)
    except BaseException:
        shutil.rmtree(work, ignore_errors=True)
        raise
    os.sync()
    (work / ORIGINALS).rename(folder / ORIGINALS)
    sync_folder(folder)
    (work / DATABASE).rename(database)
    sync_folder(folder)
    work.rmdir()
    return contents


def require_empty(database: Path) -> None:
    """See that the folder of a database to be has nothing in it that would be lost or mixed.

    Raises:
        StoreError: ``usage``: it has.
    """
    folder = database.parent
    if not folder.exists():
        return
    if not folder.is_dir():
        raise StoreError(f"{folder} is no folder.", reason="usage")
    there = {entry.name for entry in folder.iterdir() if not entry.name.endswith(".lock")}
    if RESTORING in there and database.name not in there:
        there -= {RESTORING, ORIGINALS}
    if there:
        raise StoreError(
            f"{folder} is not empty ({min(there)}): nothing is written over. Move it away, or name"
            " another folder by --to.",
            reason="usage",
        )


def _copy_database(backup: Path, work: Path, contents: Contents) -> None:
    place = work / DATABASE
    private.make_database(place)
    try:
        shutil.copyfile(backup / DATABASE, place)
    except FileNotFoundError:
        raise DatabaseUnusable(f"There is no {DATABASE} in {backup}.") from None
    if not is_whole(place, contents.database_sha256):
        raise DatabaseUnusable(
            f"The database in {backup} is not the one that {MANIFEST} tells of: it was changed or"
            " is damaged. Nothing was put back.",
            reason="database_damaged",
        )
    with closing(sqlite3.connect(place)) as conn:
        said = [row[0] for row in conn.execute("PRAGMA integrity_check(1)")]
    if said != ["ok"]:
        raise DatabaseUnusable(
            f"The database in {backup} is damaged ({said[0][:200]}).", reason="database_damaged"
        )


def _copy_originals(backup: Path, work: Path, contents: Contents) -> None:
    (work / ORIGINALS).mkdir(private.FOLDER)
    kept = Originals(backup / ORIGINALS)
    copied = 0
    for digest in originals_in(backup):
        if copy_original(kept.path(digest), work / ORIGINALS, digest, link=False) is None:
            raise OriginalUnusable(
                f"The original {digest[:12]} in {backup} was changed; nothing was put back.",
                "original_changed",
            )
        copied += 1
    if copied != contents.originals:
        raise OriginalUnusable(
            f"{backup} has {copied} originals, and {contents.originals} were put into it; nothing"
            " was put back.",
            "original_missing",
        )
