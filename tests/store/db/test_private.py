"""What the program keeps is for its owner only, whatever the umask and whatever was there."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from noteverbale.lock import run_lock
from store.db import private
from store.opening import open_store

pytestmark = pytest.mark.usefixtures("made_anew")


@pytest.fixture(autouse=True)
def open_umask() -> Iterator[None]:
    """The worst umask: whatever is made without a mode is open to all."""
    before = os.umask(0)
    yield
    os.umask(before)


def _open_to_others(folder: Path) -> list[str]:
    return [
        f"{path.name} {stat.S_IMODE(path.stat().st_mode):o}"
        for path in (folder, *folder.rglob("*"))
        if stat.S_IMODE(path.stat().st_mode) & 0o077
    ]


def test_everything_that_is_made_is_closed_to_others(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "data"
    with run_lock(folder / "n.db"), open_store(folder / "n.db") as store:
        store.originals.put(b"a note")
        with store.writing() as conn:
            conn.execute("INSERT INTO settings VALUES ('a', 'b')")
        assert {"n.db", "n.db-wal", "n.db-shm", "n.db.lock"} <= {p.name for p in folder.iterdir()}
        assert len([p for p in folder.rglob("*") if p.is_file()]) == 5
        assert _open_to_others(tmp_path / "new") == []


def test_what_an_older_version_left_open_is_narrowed(tmp_path: Path) -> None:
    with open_store(tmp_path / "n.db") as store:
        store.originals.put(b"a note")
    (tmp_path / "n.db").chmod(0o666)
    (tmp_path / "originals").chmod(0o777)
    (tmp_path / "n.db-wal").touch(0o666)
    with open_store(tmp_path / "n.db") as store:
        store.rows("SELECT 1 FROM settings")
        found = _open_to_others(tmp_path)
    assert [f for f in found if not f.startswith(tmp_path.name)] == []


def test_a_folder_that_was_there_and_may_be_shared_is_left_alone(tmp_path: Path) -> None:
    shared = tmp_path / "shared"
    shared.mkdir(0o775)
    open_store(shared / "n.db").close()
    assert stat.S_IMODE(shared.stat().st_mode) == 0o775


def test_no_right_is_added_to_a_file_that_is_narrower_still(tmp_path: Path) -> None:
    open_store(tmp_path / "n.db").close()
    (tmp_path / "n.db").chmod(0o400)
    open_store(tmp_path / "n.db").close()
    assert stat.S_IMODE((tmp_path / "n.db").stat().st_mode) == 0o400


def test_what_a_link_leads_to_is_left_alone(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir(0o755)
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "originals").symlink_to(elsewhere)
    with open_store(tmp_path / "data" / "n.db") as store:
        assert store.originals.get(store.originals.put(b"a note")) == b"a note"
    assert stat.S_IMODE(elsewhere.stat().st_mode) == 0o755


def test_narrowing_gives_up_no_lock_of_an_open_database(tmp_path: Path) -> None:
    path = tmp_path / "n.db"
    with open_store(path) as store, store.writing():
        open_store(path, check=False).close()
        path.chmod(0o644)
        private.make_database(path)
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        other = (
            f"import sqlite3; sqlite3.connect({str(path)!r}, timeout=0).execute('BEGIN IMMEDIATE')"
        )
        tried = subprocess.run([sys.executable, "-c", other], capture_output=True, check=False)
        assert b"database is locked" in tried.stderr
