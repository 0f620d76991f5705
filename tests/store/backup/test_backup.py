"""A backup is made while others write, and what is put back is what was there."""

from __future__ import annotations

import json
import os
import shutil
import signal
import sqlite3
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from noteverbale import cli
from noteverbale.exit_codes import ExitCode
from store.backup import folder as layout
from store.db.database import Store
from store.erasure import forget, selection
from store.opening import open_store
from store.records import meetings
from tests.store.replies import INVITATION, delegate, mailed, note, save, scan

ROOT = Path(__file__).parents[3]
SCANS = 400
"""So many originals take long enough to copy that a run can be killed over them."""

WRITER = """
import sys, itertools
from pathlib import Path
from store.opening import open_store
from tests.store.replies import delegate, note, save, scan
with open_store(Path(sys.argv[1])) as store:
    for n in itertools.count():
        name = f"Written Meanwhile {n}"
        save(store, scan(store, b"written meanwhile %d" % n), note(delegate(1, name)))
        print(n, flush=True)
"""


@pytest.fixture
def database(store: Store) -> Path:
    """Replies with corrections, kept originals, and one scan that was forgotten."""
    meetings.add(store, INVITATION)
    save(store, scan(store, b"one"), note(delegate(1, "Ana Ruiz"), delegate(2, "Li Wei")))
    save(store, scan(store, b"two"), note(delegate(1, "Ivan Petrov"), state="UGA"))
    with store.writing("A. Otieno") as conn:
        conn.execute("UPDATE delegates SET title = 'Judge' WHERE id = 1")
    forget.apply(store, selection.person(store, name="Petrov Ivan"))
    return store.path


@pytest.fixture
def writer(database: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that saves readings until it is stopped."""
    process = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(database)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "0\n"  # it is at work
    yield process
    process.kill()
    process.communicate()


def content(database: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every table that holds something of its own, row by row."""
    with sqlite3.connect(database) as conn:
        tables = [
            row[0]
            for row in conn.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
            )
        ]
        found = {t: conn.execute(f"SELECT * FROM {t}").fetchall() for t in tables}  # noqa: S608
    conn.close()
    return found


def originals(folder: Path) -> dict[str, bytes]:
    files = (folder / "originals").glob("??/??/*")
    return {file.name: file.read_bytes() for file in files}


def run(*arguments: object) -> int:
    return cli.run([str(one) for one in arguments])


def test_what_is_put_back_is_what_was_there(database: Path, tmp_path: Path) -> None:
    assert run("backup", tmp_path / "b", "--db", database) == ExitCode.OK
    assert run("restore", tmp_path / "b", "--to", tmp_path / "again") == ExitCode.OK
    restored = tmp_path / "again" / "noteverbale.db"
    assert content(restored) == content(database)
    assert originals(tmp_path / "again") == originals(database.parent)
    assert len(originals(tmp_path / "again")) == 1
    with open_store(restored) as store:
        assert store.originals.get(next(iter(originals(tmp_path / "again"))))


def test_a_backup_under_a_writer_is_one_moment_and_whole(
    database: Path, writer: subprocess.Popen[str], tmp_path: Path
) -> None:
    assert writer.stdout is not None
    for n in range(3):
        assert run("backup", tmp_path / str(n), "--db", database) == ExitCode.OK
        before = int(writer.stdout.readline())
        assert run("restore", tmp_path / str(n), "--to", tmp_path / f"r{n}") == ExitCode.OK
        found = content(tmp_path / f"r{n}" / "noteverbale.db")
        named = {row[1] for row in found["documents"] if row[1]}
        kept = originals(tmp_path / f"r{n}")
        # every document has its original, but the one that was forgotten
        assert len(named - set(kept)) == 1
        assert len(found["documents"]) == len(kept) + 1
        assert len(found["delegates"]) >= 2
        assert before >= 0
    assert writer.poll() is None  # nobody was in its way
    assert int(writer.stdout.readline()) > 0


def test_only_its_owner_can_read_it(database: Path, tmp_path: Path) -> None:
    run("backup", tmp_path / "b", "--db", database)
    run("restore", tmp_path / "b", "--to", tmp_path / "again")
    for place in (tmp_path / "b", tmp_path / "again"):
        for file in (place, *place.rglob("*")):
            assert stat.S_IMODE(file.stat().st_mode) & 0o077 == 0, file


def test_nothing_is_written_over(
    database: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run("backup", tmp_path / "b", "--db", database)
    before = content(database)
    assert run("backup", tmp_path / "b", "--db", database) == ExitCode.USAGE
    assert run("restore", tmp_path / "b", "--db", database) == ExitCode.USAGE
    assert "is not empty" in capsys.readouterr().err
    assert content(database) == before
    other = tmp_path / "other"
    other.mkdir()
    (other / "letter.txt").write_text("mine")
    assert run("restore", tmp_path / "b", "--to", other) == ExitCode.USAGE
    assert [file.name for file in other.iterdir()] == ["letter.txt"]
    assert run("restore", other, "--to", tmp_path / "new") == ExitCode.USAGE
    assert not (tmp_path / "new").exists()


def test_links_take_no_room(database: Path, tmp_path: Path) -> None:
    assert run("backup", tmp_path / "b", "--link", "--db", database) == ExitCode.OK
    (file,) = (tmp_path / "b" / "originals").glob("??/??/*")
    assert file.stat().st_nlink == 2
    assert layout.read_manifest(tmp_path / "b").linked == 1
    assert run("restore", tmp_path / "b", "--to", tmp_path / "again") == ExitCode.OK
    (back,) = (tmp_path / "again" / "originals").glob("??/??/*")
    assert back.stat().st_nlink == 1


def test_an_original_that_is_not_what_was_kept_is_named_and_left_out(
    database: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with open_store(database) as store:
        scan(store, b"third")
    changed, missing = sorted((database.parent / "originals").glob("??/??/*"))
    changed.write_bytes(b"another")
    missing.unlink()
    assert run("backup", tmp_path / "b", "--db", database, "--json") == ExitCode.SOME_FAILED
    said = capsys.readouterr()
    assert sorted(json.loads(said.out)["unusable"]) == [changed.name, missing.name]
    assert "2 originals are missing or changed" in said.err
    assert originals(tmp_path / "b") == {}
    assert run("restore", tmp_path / "b", "--to", tmp_path / "again") == ExitCode.OK


@pytest.mark.parametrize("part", ["original", "gone", "database"])
def test_a_backup_that_was_damaged_is_not_put_back(
    database: Path, tmp_path: Path, part: str
) -> None:
    run("backup", tmp_path / "b", "--db", database)
    (original,) = (tmp_path / "b" / "originals").glob("??/??/*")
    if part == "original":
        original.write_bytes(b"another")
    elif part == "gone":
        original.unlink()
    else:
        with (tmp_path / "b" / "noteverbale.db").open("r+b") as file:
            file.seek(5000)
            file.write(b"\0\0\0\0damage")
    again = tmp_path / "again"
    assert run("restore", tmp_path / "b", "--to", again) == ExitCode.SOME_FAILED
    assert [file.name for file in again.iterdir()] == ["noteverbale.db.lock"]


def test_what_is_forgotten_but_not_erased_yet_is_not_in_a_backup(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save(store, scan(store, b"of Qwxyzabel"), note(delegate(1, "Qwxyzabel Ondurak")))
    monkeypatch.setattr("store.erasure.erase.PATIENCE_S", 0.1)
    reader = sqlite3.connect(store.path, isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM delegates").fetchone()
    assert not forget.apply(store, selection.person(store, name="Ondurak Qwxyzabel")).clean
    assert run("backup", tmp_path / "b", "--db", store.path) == ExitCode.OK
    reader.close()
    for file in (tmp_path / "b").rglob("*"):
        assert file.is_dir() or b"qwxyzabel" not in file.read_bytes().lower()


def _killed(sign: str, where: Path, *arguments: object) -> None:
    """Run a command and kill it when something with this name and a file in it is there."""
    process = subprocess.Popen(
        [sys.executable, "-m", "noteverbale", *map(str, arguments)], cwd=ROOT
    )
    while process.poll() is None and not list(where.glob(f"{sign}/originals/??/??/*")):
        time.sleep(0.002)
    os.kill(process.pid, signal.SIGKILL)
    assert process.wait() == -signal.SIGKILL


def test_a_run_that_is_killed_leaves_nothing_that_looks_whole(store: Store, tmp_path: Path) -> None:
    for n in range(SCANS):
        store.originals.write(b"scan %d" % n * 5000)
        with store.writing() as conn:
            conn.execute(
                "INSERT INTO documents (sha256, bytes, filename, media_type, kept_at)"
                " VALUES (?, 1, 'n.pdf', 'application/pdf', '2019-04-01T00:00:00Z')",
                [store.originals.write(b"scan %d" % n * 5000)],
            )
    backup, again = tmp_path / "b", tmp_path / "again"
    _killed(".b.partial-*", tmp_path, "backup", backup, "--db", store.path)
    assert not backup.exists()
    assert list(tmp_path.glob(".b.partial-*"))
    assert run("backup", backup, "--db", store.path) == ExitCode.OK
    assert not list(tmp_path.glob(".b.partial-*"))
    _killed(".restoring", again, "restore", backup, "--to", again)
    assert not (again / "noteverbale.db").exists()
    shutil.copytree(again / ".restoring" / "originals", again / "originals")  # killed a step later
    assert run("restore", backup, "--to", again) == ExitCode.OK
    assert len(originals(again)) == SCANS
    assert content(again / "noteverbale.db") == content(store.path)
    assert {file.name for file in again.iterdir()} == {
        "noteverbale.db",
        "noteverbale.db.lock",
        "originals",
    }


def test_messages_are_in_it(store: Store, tmp_path: Path) -> None:
    save(store, mailed(store, b"scan", 3, datetime(2019, 4, 5, tzinfo=UTC)), note())
    run("backup", tmp_path / "b", "--db", store.path)
    assert len(originals(tmp_path / "b")) == 2
