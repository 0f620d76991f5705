"""noteverbale reprocess: compared first, then done; who disagrees is said."""

from __future__ import annotations

import json
import shutil
import sqlite3
from pathlib import Path

import pytest

from noteverbale import cli
from noteverbale.exit_codes import ExitCode

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def processed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a database with one reply."""
    folder = tmp_path_factory.mktemp("reprocess")
    (reply,) = (ROOT / "samples" / "replies").glob("004-*")
    database = folder / "n.db"
    assert cli.run(["process", str(reply), "--db", str(database), "--jobs", "1"]) == 0
    return folder


@pytest.fixture
def database(processed: Path, tmp_path: Path) -> Path:
    """That reply, of which the table says something else than today's reading."""
    shutil.copytree(processed, tmp_path, dirs_exist_ok=True)
    path = tmp_path / "n.db"
    with sqlite3.connect(path) as conn:
        conn.execute("INSERT INTO writer (who) VALUES ('pipeline')")
        conn.execute("UPDATE delegates SET title = 'As it was read before'")
        conn.execute("DELETE FROM writer")
    conn.close()
    return path


def dump(database: Path) -> list[str]:
    with sqlite3.connect(database) as conn:
        lines = list(conn.iterdump())
    conn.close()
    return lines


def test_a_dry_run_shows_a_table_and_writes_nothing(
    database: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "140")
    before = dump(database)
    capsys.readouterr()
    arguments = ["reprocess", "--all", "--dry-run", "--db", str(database), "--jobs", "1"]
    assert cli.run(arguments) == ExitCode.OK
    said = capsys.readouterr()
    assert "As it was read before" in said.out
    assert said.out.split()[:3] == ["doc", "id", "state"]
    assert "differences: 1; nothing was written" in said.err
    assert cli.run([*arguments, "--json"]) == ExitCode.OK
    (found,) = json.loads(capsys.readouterr().out)
    assert (found["change"], found["field"], found["now"]) == (
        "changed",
        "title",
        "As it was read before",
    )
    assert dump(database) == before


def test_reprocess_names_the_approved_rows_it_disagrees_with(
    database: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "140")
    with sqlite3.connect(database) as conn:
        conn.execute("UPDATE delegates SET status = 'approved'")
    conn.close()
    capsys.readouterr()
    arguments = ["reprocess", "--document", "1", "--db", str(database), "--jobs", "1"]
    assert cli.run(arguments) == ExitCode.OK
    said = capsys.readouterr()
    assert "stays, but differs" in said.out
    assert "1 approved or corrected rows differ from the new reading" in said.err
    with sqlite3.connect(database) as conn:
        (queued,) = conn.execute("SELECT title, status FROM review_queue").fetchall()
    conn.close()
    assert queued == ("As it was read before", "approved")
    assert cli.run(["reprocess", "--db", str(database)]) == ExitCode.USAGE
