"""One writing run at a time: an advisory lock the kernel lets go of, however we end."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ingest.errors import NoteVerbaleError


class Locked(NoteVerbaleError):  # noqa: N818 - says what is so
    """Another run holds the lock."""

    reason = "locked"


class FolderUnusable(NoteVerbaleError):  # noqa: N818 - says what is so
    """The database's folder cannot be made or written to."""

    reason = "usage"


@contextmanager
def run_lock(database: Path, suffix: str = ".lock") -> Iterator[None]:
    """Holds ``<database>.lock`` while the block runs (flock(2)).

    A service holds a lock of its own, with another suffix, as long as it lives, and this one
    during each poll.

    Raises:
        Locked: another run holds it.
        FolderUnusable: there is no place for the database.
    """
    path = database.with_name(database.name + suffix)
    try:
        database.parent.mkdir(parents=True, exist_ok=True)
        opened = path.open("a")
    except OSError as error:
        raise FolderUnusable(f"{database}: cannot be made there ({error.strerror})") from None
    with opened as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Locked(f"Another run is at work on {database}; try again later.") from None
        yield
