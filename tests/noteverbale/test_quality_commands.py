"""noteverbale quality and calibrate, as they are typed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from noteverbale import cli
from noteverbale.exit_codes import ExitCode
from store.opening import open_store
from store.records import meetings
from store.review.delegate_edits import save_delegate
from store.review.rows import get_delegate, row_version
from tests.store.replies import INVITATION, MEETING, delegate, note, save, scan


@pytest.fixture
def database(tmp_path: Path) -> Path:
    path = tmp_path / "n.db"
    with open_store(path) as store:
        meetings.add(store, INVITATION)
        for number, state in enumerate(("KEN", "PER", "FRA", "UGA", "ESP", "ITA")):
            person = delegate(1, f"{chr(65 + number) * 6} {chr(90 - number) * 5}", title="Judge")
            save(store, scan(store, b"%d" % number), note(person, state=state))
        for row in range(1, 5):
            values = {"title": "Minister"} if row == 1 else {}
            version = row_version(get_delegate(store, row))
            save_delegate(store, "ada", row, version, values, "approved")
    return path


def run(command: str, database: Path, *arguments: str) -> int:
    return cli.run([command, "--db", str(database), *arguments])


def test_few_rows_are_told_by_their_interval(
    database: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    assert run("quality", database) == ExitCode.OK
    said = capsys.readouterr().out
    assert said.startswith("4 rows decided: 3 right as read, 1 not, 0 missed, 0 no person.")
    assert "3 of 4 (30 to 95 %)" in said
    assert "75.0 %" not in said
    assert "6 of 6 rows that nobody had to look at wait to be typed" in said
    assert max(map(len, said.splitlines())) <= 80 + len("Silent errors. ") + 60


def test_quality_for_programs(database: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("quality", database, "--json", "--meeting", MEETING) == ExitCode.OK
    told = json.loads(capsys.readouterr().out)
    assert told["fields"]["title"] | {"low": 0, "high": 0} == {
        "count": 3.0,
        "of": 4.0,
        "share": 0.75,
        "low": 0,
        "high": 0,
    }
    assert told["silent_errors"]["high"] == 1.0
    assert told["audits"][0]["waiting"] == 6


def test_calibrate_tells_writes_and_withdraws(
    database: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("calibrate", database) == ExitCode.OK
    assert "4 decided rows of 4 notes; 4 of them were not marked." in capsys.readouterr().out
    assert run("calibrate", database, "--write", "--json") == ExitCode.OK
    told = json.loads(capsys.readouterr().out)
    assert (told["written"], told["rows"], told["refusal"]) == (1, 4, None)
    assert run("calibrate", database, "--undo") == ExitCode.OK
    assert "the tables that ship hold" in capsys.readouterr().out


def test_an_error_that_one_accepts_is_a_share(
    database: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("calibrate", database, "--accept-error", "1/3") == ExitCode.OK
    assert "This is no promise" in capsys.readouterr().out
    assert run("calibrate", database, "--accept-error", "1/5000", "--write") == (
        ExitCode.SOME_FAILED
    )
    assert "not written: no row is so likely right" in capsys.readouterr().err
    for wrong in ("soon", "2", "1/0", "0"):
        assert run("calibrate", database, "--accept-error", wrong) == ExitCode.USAGE
    assert run("calibrate", database, "--undo", "--write") == ExitCode.USAGE


def test_status_tells_what_the_audit_knows(
    database: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("status", database) == ExitCode.OK
    assert "audit      Not known: 6 of 6 rows" in capsys.readouterr().out
