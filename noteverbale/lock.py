"""One writing run at a time: an advisory lock the kernel lets go of, however we end."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ingest.errors import NoteVerbaleError
from noteverbale import early_lock
from store.db import private


class Locked(NoteVerbaleError):  # noqa: N818 - says what is so
    """Another run holds the lock."""

    reason = "locked"


class FolderUnusable(NoteVerbaleError):  # noqa: N818 - says what is so
    """The database's folder cannot be made or written to."""

    reason = "usage"


@contextmanager
def run_lock(database: Path, suffix: str = early_lock.RUN) -> Iterator[None]:
    """Holds ``<database>.lock`` while the block runs (flock(2)).

    A service holds a lock of its own, with another suffix, as long as it lives, and this one
    during each poll.

    Raises:
        Locked: another run holds it.
        FolderUnusable: there is no place for the database.
    """
    path = f"{database}{suffix}"
    handle = early_lock.take_over(path)
    if handle is None:
        handle = _taken(database, path)
    try:
        yield
    finally:
        os.close(handle)


def _taken(database: Path, path: str) -> int:
    try:
        private.make_folder(database.parent)
        handle = early_lock.open_file(path)
    except OSError as error:
        raise FolderUnusable(f"{database}: cannot be made there ({error.strerror})") from None
    if not early_lock.acquired(handle):
        os.close(handle)
        raise Locked(f"Another run is at work on {database}; try again later.")
    return handle
