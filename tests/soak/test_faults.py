"""Full disks, locked databases, renumbered folders: nothing is lost, and it goes on by itself."""

from __future__ import annotations

import contextlib
import os
import resource
import signal
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from noteverbale.config import Config
from store.opening import open_store
from tests.mail_server import Mailbox
from tests.soak import driver
from tests.soak.conftest import Tell

MESSAGES = 12


@pytest.fixture
def sent(mailbox: Mailbox) -> list[bytes]:
    """Messages in a mailbox that has all folders."""
    driver.folders(mailbox)
    # subjects that fill the database
    messages = [driver.message(n, "note " + "x" * 900) for n in range(MESSAGES)]
    mailbox.deliver_all(messages)
    return messages


@pytest.fixture
def config(mailbox: Mailbox, tmp_path: Path) -> Config:
    """Moves and drafts, without a proxy."""
    return driver.configuration(mailbox, tmp_path)


def _last(database: Path) -> tuple[str, str | None]:
    with contextlib.closing(sqlite3.connect(database)) as conn:
        outcome, reason = conn.execute(
            "SELECT outcome, reason FROM polls ORDER BY id DESC LIMIT 1"
        ).fetchone()
    return outcome, reason


def _full_database(pages: int) -> Callable[[], None]:
    """The database may grow by so many pages only (``PRAGMA max_page_count``)."""

    def install() -> None:
        connect = sqlite3.connect

        def limited(path: str, **options: object) -> sqlite3.Connection:
            conn: sqlite3.Connection = connect(path, **options)  # type: ignore[call-overload]
            (now,) = conn.execute("PRAGMA page_count").fetchone()
            conn.execute(f"PRAGMA max_page_count = {now + pages}")
            return conn

        setattr(sqlite3, "connect", limited)  # noqa: B010 - it is overloaded

    return install


def _full_disk(size: int) -> Callable[[], None]:
    """No file may grow beyond so many bytes: writes fail as on a full disk."""

    def install() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

    return install


@pytest.mark.parametrize("pages", [0, pytest.param(3, marks=pytest.mark.soak)])
def test_a_full_database_loses_nothing_and_it_goes_on_when_there_is_room(
    tmp_path: Path, mailbox: Mailbox, sent: list[bytes], config: Config, pages: int
) -> None:
    database = tmp_path / "data" / "n.db"
    open_store(database).close()
    assert driver.ended(driver.start(config, database, _full_database(pages))) != 0
    assert _last(database)[0] != "complete"
    assert driver.counted(mailbox, "INBOX") + driver.counted(mailbox, "Processed") == MESSAGES
    driver.finish(config, database)
    driver.verify(mailbox, database, sent)


def test_a_full_disk_loses_nothing_and_it_goes_on_when_there_is_room(
    tmp_path: Path, mailbox: Mailbox, sent: list[bytes], config: Config
) -> None:
    database = tmp_path / "data" / "n.db"
    open_store(database).close()
    size = database.stat().st_size
    for room in (100, size // 4, size + 5000):
        assert driver.ended(driver.start(config, database, _full_disk(room))) != 0
        assert driver.counted(mailbox, "INBOX") + driver.counted(mailbox, "Processed") == MESSAGES
    driver.finish(config, database)
    driver.verify(mailbox, database, sent)


@pytest.mark.parametrize(
    "seconds",
    [
        pytest.param(1.5, id="short"),
        pytest.param(32.0, id="long", marks=[pytest.mark.soak, pytest.mark.timeout(600)]),
    ],
)
def test_a_reviewer_who_holds_the_database_is_waited_for(
    tmp_path: Path,
    mailbox: Mailbox,
    sent: list[bytes],
    config: Config,
    tell: Tell,
    seconds: float,
) -> None:
    database = tmp_path / "data" / "n.db"
    open_store(database).close()
    reviewer = os.fork()
    if reviewer == 0:
        conn = sqlite3.connect(database, isolation_level=None)
        conn.execute("BEGIN EXCLUSIVE")
        (tmp_path / "locked").touch()
        time.sleep(seconds)
        conn.execute("ROLLBACK")
        os._exit(0)
    while not (tmp_path / "locked").exists():
        time.sleep(0.01)
    began = time.monotonic()
    assert driver.ended(driver.start(config, database)) == 0
    took = time.monotonic() - began
    os.waitpid(reviewer, 0)
    assert took >= seconds - 0.5
    assert _last(database) == ("complete", None)
    driver.finish(config, database)
    found = driver.verify(mailbox, database, sent)
    tell(f"database locked for {seconds:g} s: waited {took:.1f} s, then complete: {found}")


def test_renumbered_emptied_and_moved_back_nothing_is_lost_or_doubled(
    tmp_path: Path, mailbox: Mailbox, sent: list[bytes], config: Config
) -> None:
    database = tmp_path / "data" / "n.db"
    driver.ended(driver.start(config, database), 0.25)
    mailbox.change_uidvalidity()
    driver.ended(driver.start(config, database), 0.3)
    driver.finish(config, database)
    driver.verify(mailbox, database, sent)
    with driver.client(mailbox) as person:  # moves everything back
        person.select_folder("Processed")
        for uid in person.search():
            person.move([uid], "INBOX")
    mailbox.change_uidvalidity()
    driver.ended(driver.start(config, database), 0.3)
    driver.finish(config, database)
    driver.verify(mailbox, database, sent)
    with driver.client(mailbox) as person:
        person.select_folder("Processed")
        person.delete_messages(person.search())
        person.expunge()
    assert driver.ended(driver.start(config, database)) == 0
    with contextlib.closing(sqlite3.connect(database)) as conn:
        assert conn.execute("SELECT count(*) FROM messages").fetchone() == (MESSAGES,)
