from __future__ import annotations

import sqlite3
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from store.db import migrations
from store.db.database import Store
from store.errors import DatabaseFull, DatabaseLocked, DatabaseTooNew, DatabaseUnusable
from store.opening import open_store
from tests.store.replies import delegate, edit, nominate, table

pytestmark = pytest.mark.usefixtures("made_anew")


def test_opened_for_safety(store: Store) -> None:
    def pragma(name: str) -> object:
        return store.rows(f"PRAGMA {name}")[0][0]

    assert pragma("journal_mode") == "wal"
    assert pragma("synchronous") == 2
    assert int(str(pragma("busy_timeout"))) >= 30_000
    assert pragma("foreign_keys") == 1


def test_each_migration_is_recorded_once(store: Store) -> None:
    with open_store(store.path) as again:
        names = [row["name"] for row in again.rows("SELECT name FROM _sqlite_migrations")]
    assert names == sorted(migrations.known_names())
    assert len(names) >= 4


def test_a_failed_migration_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        migrations, "statements", lambda sql: iter(["CREATE TABLE t (a)", "CREATE nonsense"])
    )
    with pytest.raises(Exception, match="nonsense"):
        open_store(tmp_path / "x.db")
    conn = sqlite3.connect(tmp_path / "x.db")
    assert conn.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] == 0
    conn.close()


def test_a_database_of_a_newer_version_is_refused(store: Store) -> None:
    edit(
        store,
        "INSERT INTO _sqlite_migrations (migration_set, name, applied_at)"
        " VALUES ('noteverbale', '9999_later', '')",
    )
    with pytest.raises(DatabaseTooNew, match="newer version"):
        open_store(store.path)


def test_what_is_no_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    path.write_bytes(b"this is a letter, not a database\n" * 100)
    before = path.read_bytes()
    with pytest.raises(DatabaseUnusable, match="damaged or is no SQLite database") as refused:
        open_store(path)
    assert refused.value.reason == "database_damaged"
    assert path.read_bytes() == before


def test_a_damaged_database_is_refused_with_a_clear_message(tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    with open_store(path) as store:
        nominate(store, *(delegate(i, f"Person Number{i}") for i in range(1, 200)))
    data = bytearray(path.read_bytes())
    for start in range(4096 * 20, len(data), 4096):
        data[start : start + 600] = b"\xff" * 600
    path.write_bytes(data)
    with pytest.raises(DatabaseUnusable, match="backup"):
        open_store(path)


def test_a_folder_in_the_place_of_the_database_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.db").mkdir()
    with pytest.raises(DatabaseUnusable):
        open_store(tmp_path / "x.db")


def test_another_writer_is_waited_for(store: Store) -> None:
    other = sqlite3.connect(store.path, isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")

    released = threading.Event()

    def release() -> None:
        time.sleep(1)
        released.set()
        other.execute("ROLLBACK")

    thread = threading.Thread(target=release)
    thread.start()
    with store.writing() as conn:
        assert released.is_set()
        conn.execute("INSERT INTO settings VALUES ('k', 'v')")
    thread.join()
    other.close()
    assert store.rows("SELECT value FROM settings WHERE key = 'k'")[0][0] == "v"


def test_a_writer_that_never_lets_go_gives_a_clear_error(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("store.db.connection.LOCK_PATIENCE_S", 0.2)
    store.db.conn.execute("PRAGMA busy_timeout = 100")
    other = sqlite3.connect(store.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(DatabaseLocked, match="in use by another program"), store.writing():
        pass
    other.close()


def test_a_full_disk_writes_nothing(store: Store) -> None:
    pages = store.rows("PRAGMA page_count")[0][0]
    store.db.conn.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(DatabaseFull), store.writing() as conn:
        conn.execute("INSERT INTO settings VALUES ('k', ?)", ["v" * 100_000])
    assert not store.rows("SELECT * FROM settings WHERE key = 'k'")
    assert not store.db.conn.in_transaction


def test_a_transaction_is_all_or_nothing(store: Store) -> None:
    with pytest.raises(sqlite3.IntegrityError), store.writing() as conn:
        conn.executemany("INSERT INTO settings VALUES ('k', ?)", [["v"], ["twice"]])
    assert not store.rows("SELECT * FROM settings WHERE key = 'k'")
    assert not store.rows("SELECT * FROM writer")


def test_a_person_writing_beside_the_pipeline_is_still_recorded(store: Store) -> None:
    nominate(store, delegate(1, "Amina Odhiambo"))
    with store.writing() as conn:
        conn.execute("INSERT INTO settings VALUES ('k', 'v')")
        other = sqlite3.connect(store.path)
        assert other.execute("SELECT count(*) FROM writer").fetchone()[0] == 0
        other.close()
    edit(store, "UPDATE delegates SET title = 'Judge'")
    assert table(store, "field, new", "corrections") == [("title", "Judge")]


def test_programs_that_open_a_new_database_at_once_agree(tmp_path: Path) -> None:
    path = tmp_path / "new" / "noteverbale.db"
    script = (
        "import pathlib, sys\n"
        "from store.db.database import Store\n"
        "from store.opening import open_store\n"
        "with open_store(pathlib.Path(sys.argv[1])) as store:\n"
        "    with store.writing() as conn:\n"
        "        conn.execute('INSERT INTO settings VALUES (?, ?)', [sys.argv[2], ''])\n"
    )
    running = [
        subprocess.Popen([sys.executable, "-c", script, str(path), str(n)]) for n in range(4)
    ]
    assert [process.wait(timeout=120) for process in running] == [0] * 4
    with open_store(path) as store:
        assert len(store.rows("SELECT key FROM settings WHERE key IN ('0','1','2','3')")) == 4
        assert store.rows("SELECT count(*) FROM states")[0][0] > 190
