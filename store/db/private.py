"""Files for nobody but their owner: names and addresses of persons are in all of them.

The mode is set when a file is made, whatever the umask, and an older file that is open to others
is narrowed when the database is opened. SQLite gives the write-ahead log and its index the mode
of the database (sqlite.org/src, ``findCreateFileMode``), so the database comes first.
"""

from __future__ import annotations

import contextlib
import os
import stat
from pathlib import Path
from typing import Final

FILE: Final = 0o600
"""Mode of a file: read and written by its owner."""

FOLDER: Final = 0o700
"""Mode of a folder: entered, too."""

_BESIDE: Final = ("", "-wal", "-shm", "-journal")
"""What SQLite keeps beside a database, and the database itself."""


def make_folder(folder: Path) -> None:
    """Makes the folder and those above it, ours alone; one that is there stays as it is.

    A database may lie in a folder that is shared for good reason, so only what is in it is ours.
    """
    if folder.is_dir():
        return
    make_folder(folder.parent)
    folder.mkdir(FOLDER, exist_ok=True)


def make_database(path: Path) -> None:
    """Makes an empty database file if there is none; narrows it and what lies beside it."""
    with contextlib.suppress(FileExistsError):
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, FILE))
    for suffix in _BESIDE:
        _narrow(path.with_name(path.name + suffix), FILE)


def narrow_folder(folder: Path) -> None:
    """Closes a folder to others; nobody else gets at what is in it, whatever its own mode."""
    _narrow(folder, FOLDER)


def _narrow(path: Path, mode: int) -> None:
    """Takes rights away, never adds any; what is not ours to change stays as it is.

    Nor is a link followed: what it leads to may be anybody's, and one may be put in our way.
    The file is held by its path alone (O_PATH, open(2)), as closing it otherwise would give up
    the locks that SQLite has on it (sqlite.org/howtocorrupt.html, 2.2).
    """
    with contextlib.suppress(OSError):
        handle = os.open(path, os.O_PATH | os.O_NOFOLLOW | os.O_CLOEXEC)
        try:
            found = os.fstat(handle).st_mode
            if not stat.S_ISLNK(found) and found & ~mode & 0o777:
                Path(f"/proc/self/fd/{handle}").chmod(stat.S_IMODE(found) & mode)
        finally:
            os.close(handle)
