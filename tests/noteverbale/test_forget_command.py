"""noteverbale forget and the configured retention, as they are typed and run."""

from __future__ import annotations

import json
import shutil
import sqlite3
from pathlib import Path

import pytest

from noteverbale import cli
from noteverbale.config import ConfigError, parse_config
from noteverbale.exit_codes import ExitCode
from store.opening import open_store
from tests.store.replies import MEETING, delegate, nominate

ROOT = Path(__file__).parents[2]


@pytest.fixture
def database(tmp_path: Path) -> Path:
    path = tmp_path / "n.db"
    with open_store(path) as store:
        nominate(store, delegate(1, "Ana Ruiz", email="a.ruiz@example.org"), delegate(2, "Li Wei"))
    return path


def forget(database: Path, *arguments: str) -> int:
    return cli.run(["forget", *arguments, "--db", str(database)])


def names(database: Path) -> list[str]:
    with sqlite3.connect(database) as conn:
        found = [row[0] for row in conn.execute("SELECT name FROM delegates ORDER BY id")]
    conn.close()
    return found


def test_a_dry_run_shows_who_and_removes_nothing(
    database: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert forget(database, "--name", "RUIZ Ana", "--dry-run") == ExitCode.OK
    said = capsys.readouterr().out
    assert "Ana Ruiz" in said
    assert "1 delegates, 1 documents and 0 messages" in said
    assert names(database) == ["Ana Ruiz", "Li Wei"]


def test_it_asks_first(
    database: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for answer, left in (("n\n", ["Ana Ruiz", "Li Wei"]), ("y\n", ["Li Wei"])):
        monkeypatch.setattr("click.termui.visible_prompt_func", lambda _, a=answer: a.strip())
        code = forget(database, "--email", "a.ruiz@example.org")
        assert code == (ExitCode.OK if answer == "y\n" else ExitCode.SOME_FAILED)
        assert names(database) == left
    assert "removed: 1 delegates, 1 documents with 1 pages" in capsys.readouterr().out


def test_a_dry_run_for_programs_prints_json_and_who_is_asked_sees_it_elsewhere(
    database: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert forget(database, "--name", "RUIZ Ana", "--dry-run", "--json") == ExitCode.OK
    found = json.loads(capsys.readouterr().out)
    assert found == {"delegates": 1, "documents": 1, "messages": 0}
    monkeypatch.setattr("click.termui.visible_prompt_func", lambda _: "n")
    assert forget(database, "--name", "RUIZ Ana", "--json") == ExitCode.SOME_FAILED
    said = capsys.readouterr()
    assert said.out == ""
    assert "Ana Ruiz" in said.err
    assert names(database) == ["Ana Ruiz", "Li Wei"]


@pytest.mark.parametrize(
    ("arguments", "left"),
    [
        (["--delegate", "2"], ["Ana Ruiz"]),
        (["--meeting", MEETING], []),
        (["--older-than", "10"], ["Ana Ruiz", "Li Wei"]),
        (["--name", "Nobody Known"], ["Ana Ruiz", "Li Wei"]),
    ],
)
def test_yes_does_not_ask(database: Path, arguments: list[str], left: list[str]) -> None:
    assert forget(database, *arguments, "--yes") == ExitCode.OK
    assert names(database) == left


def test_numbers_are_printed_as_json(database: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert forget(database, "--meeting", MEETING, "--yes", "--json") == ExitCode.OK
    assert json.loads(capsys.readouterr().out)["delegates"] == 2


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["--name", "x", "--email", "y"],
        ["--delegate", "99"],
        ["--meeting", "CU 1"],
        ["--older-than", "-1"],
    ],
)
def test_what_is_not_clear_is_wrong_usage(database: Path, arguments: list[str]) -> None:
    assert forget(database, *arguments, "--yes") == ExitCode.USAGE
    assert names(database) == ["Ana Ruiz", "Li Wei"]


def test_the_same_file_is_not_read_again_unless_asked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (sample,) = (ROOT / "samples" / "replies").glob("043-*")  # rejected at once: no page is read
    scan = tmp_path / "in" / sample.name
    scan.parent.mkdir()
    shutil.copy(sample, scan)
    database = tmp_path / "data" / "n.db"
    process = ["process", str(scan), "--db", str(database), "--jobs", "1"]
    assert cli.run(process) == ExitCode.SOME_FAILED
    capsys.readouterr()
    assert forget(database, "--older-than", "0", "--yes") == ExitCode.OK
    with sqlite3.connect(database) as conn:
        conn.execute("INSERT INTO writer (who) VALUES ('pipeline')")
        conn.execute("UPDATE documents SET kept_at = '2019-01-01T00:00:00Z'")
        conn.execute("DELETE FROM writer")
    conn.close()
    assert forget(database, "--older-than", "1", "--yes") == ExitCode.OK
    assert "removed: 0 delegates, 1 documents" in capsys.readouterr().out
    assert cli.run(process) == ExitCode.OK
    assert "0 new, 1 known" in capsys.readouterr().err
    assert not [f for f in (tmp_path / "data" / "originals").rglob("*") if f.is_file()]
    assert cli.run([*process, "--again"]) == ExitCode.SOME_FAILED
    assert f"{sample.name}: rejected, not a scan" in capsys.readouterr().err


def test_a_poll_forgets_what_is_older_than_the_configured_days(tmp_path: Path) -> None:
    """Whether the mailbox can be reached or not."""
    path = tmp_path / "noteverbale.db"
    with open_store(path) as store:
        nominate(store, delegate(1, "Ana Ruiz"))
        with store.writing() as conn:
            conn.execute("UPDATE documents SET kept_at = '2019-06-01T00:00:00Z'")
    (tmp_path / "password").write_text("x\n")
    file = tmp_path / "c.toml"
    text = (
        f'[data]\nfolder = "{tmp_path}"\n[mailbox]\nhost = "127.0.0.1"\nport = 1\ntls = "none"\n'
        f'user = "u"\npassword_file = "{tmp_path / "password"}"\n'
    )
    file.write_text(text)
    assert cli.run(["fetch", "--config", str(file)]) == ExitCode.SOME_FAILED
    assert names(path) == ["Ana Ruiz"]
    file.write_text(f"{text}[retention]\ndays = 365\n")
    assert cli.run(["fetch", "--config", str(file)]) == ExitCode.SOME_FAILED
    assert names(path) == []


def test_retention_is_configured_in_days() -> None:
    assert parse_config("").retention.days is None
    assert parse_config("[retention]\ndays = 365\n").retention.days == 365
    with pytest.raises(ConfigError, match=r"retention\.days = 0 must be greater"):
        parse_config("[retention]\ndays = 0\n")
