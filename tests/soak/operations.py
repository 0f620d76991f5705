"""The writes of this process, counted, so that one of them can kill it or fail.

They are counted where Python makes them: ``os.write``, ``os.fsync``, ``os.rename``,
``os.replace``, ``os.unlink``, ``os.mkdir``, and SQLite's COMMIT. What SQLite does inside a COMMIT
is its own affair and tried by its own authors in the same way (sqlite.org/testing.html).
"""

from __future__ import annotations

import errno
import os
import signal
import sqlite3
from collections.abc import Callable
from typing import NoReturn

CALLS = ("write", "fsync", "rename", "replace", "unlink", "mkdir")
COMMIT = "commit"

Deed = Callable[[str], None]
"""What happens before the chosen operation, given its kind."""


def nothing(kind: str) -> None:
    """The operation goes on."""
    del kind


def kill(kind: str) -> None:
    """The process is gone."""
    del kind
    os.kill(os.getpid(), signal.SIGKILL)


def fail(kind: str) -> NoReturn:
    """The operation fails as on a bad disk."""
    if kind == COMMIT:
        raise sqlite3.OperationalError("disk I/O error")
    raise OSError(errno.EIO, os.strerror(errno.EIO))


class Operations:
    """Counts; does ``deed`` before operation number ``chosen`` (from 1; 0 is none)."""

    def __init__(self, chosen: int = 0, deed: Deed = kill) -> None:
        self.kinds: list[str] = []
        self._chosen = chosen
        self._deed = deed
        self._mine = 0

    def step(self, kind: str) -> None:
        """One more."""
        if os.getpid() != self._mine:
            return  # children of ours
        self.kinds.append(kind)
        if len(self.kinds) == self._chosen:
            self._deed(kind)

    def install(self) -> None:
        """Called in the child in which it is to happen."""
        self._mine = os.getpid()
        for name in CALLS:
            setattr(os, name, self._counted(name, getattr(os, name)))
        operations = self

        class Connection(sqlite3.Connection):
            def execute(self, sql: str, *args: object) -> sqlite3.Cursor:
                if sql.startswith("COMMIT"):
                    operations.step(COMMIT)
                return super().execute(sql, *args)  # type: ignore[arg-type]

        connect = sqlite3.connect
        sqlite3.connect = lambda *a, **k: connect(*a, **{**k, "factory": Connection})

    def _counted(self, name: str, call: Callable[..., object]) -> Callable[..., object]:
        def counted(*args: object, **kwargs: object) -> object:
            self.step(name)
            return call(*args, **kwargs)

        return counted
