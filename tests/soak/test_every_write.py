"""Killed before every single write, fsync, rename and commit in turn, then started again.

The calls are counted where Python makes them: ``os.write``, ``os.fsync``, ``os.rename``,
``os.replace``, ``os.unlink``, ``os.mkdir``, and SQLite's COMMIT. What SQLite does inside a COMMIT
is its own affair and tried by its own authors in the same way (sqlite.org/testing.html).
"""

from __future__ import annotations

import itertools
import os
import signal
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from noteverbale.config import Config
from tests.mail_server import Mailbox
from tests.soak import driver
from tests.soak.conftest import Tell

CALLS = ("write", "fsync", "rename", "replace", "unlink", "mkdir")
MESSAGES = 4


class _Counter:
    """Kills this process before operation number ``fatal`` (from 1); 0 only counts."""

    def __init__(self, fatal: int) -> None:
        self.fatal = fatal
        self.count = 0
        self.kinds: list[str] = []
        self._mine = 0

    def step(self, kind: str) -> None:
        if os.getpid() != self._mine:
            return  # children of ours
        self.count += 1
        self.kinds.append(kind)
        if self.count == self.fatal:
            os.kill(self._mine, signal.SIGKILL)

    def install(self) -> None:
        """Called in the child that is to die."""
        self._mine = os.getpid()
        for name in CALLS:
            setattr(os, name, self._counted(name, getattr(os, name)))
        counter = self

        class Connection(sqlite3.Connection):
            def execute(self, sql: str, *args: object) -> sqlite3.Cursor:
                if sql.startswith("COMMIT"):
                    counter.step("commit")
                return super().execute(sql, *args)  # type: ignore[arg-type]

        connect = sqlite3.connect
        sqlite3.connect = lambda *a, **k: connect(*a, **{**k, "factory": Connection})

    def _counted(self, name: str, call: Callable[..., object]) -> Callable[..., object]:
        def counted(*args: object, **kwargs: object) -> object:
            self.step(name)
            return call(*args, **kwargs)

        return counted


def _operations(config: Config, database: Path, folder: Path) -> list[str]:
    """What one undisturbed round does, in order."""
    listing = folder / "kinds"
    child = os.fork()
    if child == 0:
        code = 1
        try:
            counter = _Counter(0)
            counter.install()
            driver.round_here(config, database)
            kinds = list(counter.kinds)
            listing.write_text(" ".join(kinds))
            code = 0
        finally:
            os._exit(code)
    assert driver.ended(child) == 0
    return listing.read_text().split()


@pytest.mark.parametrize(
    "every",
    [
        pytest.param(60, id="short"),
        pytest.param(1, id="long", marks=[pytest.mark.soak, pytest.mark.timeout(3600)]),
    ],
)
def test_killed_before_each_operation(
    tmp_path: Path, mailbox: Mailbox, tell: Tell, every: int
) -> None:
    sent = [driver.message(n) for n in range(MESSAGES)]

    def fresh(name: str) -> tuple[Mailbox, Config, Path]:
        box = Mailbox(mailbox.server, f"{mailbox.user}{name}")
        folder = tmp_path / name
        folder.mkdir()
        driver.folders(box)
        box.deliver_all(sent)
        return box, driver.configuration(box, folder), folder / "data" / "n.db"

    box, config, database = fresh("whole")
    kinds = _operations(config, database, tmp_path)
    driver.finish(config, database)
    driver.verify(box, database, sent)
    killed = 0
    for fatal in itertools.count(1, every):
        box, config, database = fresh(f"k{fatal}")
        if driver.ended(driver.start(config, database, _Counter(fatal).install)) is not None:
            break
        killed += 1
        driver.finish(config, database)
        driver.verify(box, database, sent)
    counts = {kind: kinds.count(kind) for kind in sorted(set(kinds))}
    tell(
        f"every write: {killed} kills in turn, every {every} of {len(kinds)} ({counts}): all sound"
    )
    assert killed >= len(kinds) // every
    assert set(kinds) >= {"write", "fsync", "rename", "commit"}


@pytest.mark.soak
@pytest.mark.timeout(3600)
def test_killed_before_each_operation_while_reading(
    tmp_path: Path, mailbox: Mailbox, tell: Tell
) -> None:
    """The other half: a document goes through the workers. It is no scan, and so costs no OCR."""
    sent = [(driver.ROOT / "samples" / "mail" / "mail-08-nam-digital.eml").read_bytes()]
    killed = 0
    for fatal in itertools.count(1):
        box = Mailbox(mailbox.server, f"{mailbox.user}r{fatal}")
        folder = tmp_path / f"r{fatal}"
        folder.mkdir()
        driver.folders(box)
        box.deliver_all(sent)
        config, database = driver.configuration(box, folder), folder / "data" / "n.db"
        assert driver.ended(driver.start(config, database, part="mailbox")) == 0
        reading = driver.start(config, database, _Counter(fatal).install, part="reading")
        if driver.ended(reading) is not None:
            break
        killed += 1
        driver.finish(config, database)
        driver.verify(box, database, sent)
        assert driver.counted(box, "Drafts") == 1
    tell(f"every write while reading: {killed} kills in turn: all sound")
    assert killed > 10
