"""A new database is made once for a session and then copied: its steps take a fifth of a second.

The program goes on from the copy as from any database that is there: it looks which steps are
applied, and fills anew what was packaged when that has changed. Programs that tests start in
processes of their own know nothing of this, nor do tests of how a database is made: those ask for
the fixture ``made_anew``.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from sqlite3 import Connection
from unittest.mock import patch

from store import opening
from store.db import private
from store.db.connection import connect as _connect


@contextmanager
def copied(folder: Path) -> Iterator[None]:
    """While this lasts a new database is a copy of one that is made in ``folder``, in no time."""
    opening.open_store(folder / "new.db").close()
    new = (folder / "new.db").read_bytes()

    def connect(path: Path) -> Connection:
        with suppress(OSError):  # the program meets the same and says so in its words
            if not path.exists():
                private.make_folder(path.parent)
                _put(new, path)
        return _connect(path)

    with patch.object(opening, "connect", connect):
        yield


@contextmanager
def made_anew() -> Iterator[None]:
    """While this lasts databases are made as the program makes them."""
    with patch.object(opening, "connect", _connect):
        yield


def _put(data: bytes, path: Path) -> None:
    """The file whole or not at all, and none in the place of one that is there."""
    made = path.with_name(f"{path.name}.{os.getpid()}.{threading.get_ident()}")
    try:
        handle = os.open(made, os.O_WRONLY | os.O_CREAT | os.O_EXCL, private.FILE)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        os.link(made, path)
    finally:
        made.unlink(missing_ok=True)
