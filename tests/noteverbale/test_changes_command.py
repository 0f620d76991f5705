"""noteverbale changes, as it is typed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from noteverbale import cli
from noteverbale.exit_codes import ExitCode
from store.opening import open_store
from tests.store.replies import MEETING, delegate, nominate


@pytest.fixture
def database(tmp_path: Path) -> Path:
    path = tmp_path / "n.db"
    with open_store(path) as store:
        nominate(store, delegate(1, "RUIZ " + "Ana " * 30), delegate(2, "ROSSI Bo", title="Judge"))
        with store.writing() as conn:
            conn.execute("UPDATE turns SET at = '2019-04-05T08:00:00Z'")
            conn.execute("UPDATE documents SET kept_at = '2019-04-05T08:00:00Z'")
        with store.writing("noor") as conn:
            conn.execute("UPDATE delegates SET title = 'Minister' WHERE name = 'ROSSI Bo'")
    return path


def changes(database: Path, *arguments: str) -> int:
    return cli.run(["changes", "--db", str(database), *arguments])


def test_it_tells_by_state_what_is_different_within_80_columns(
    database: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert changes(database) == ExitCode.OK
    said = capsys.readouterr().out
    assert f"\nKenya  {MEETING}\n  changed: ROSSI Bo, by noor\n" in said
    assert "    title: Judge → Minister" in said
    assert "RUIZ" not in said
    assert changes(database, "--since", "2019-04-01") == ExitCode.OK
    said = capsys.readouterr().out
    assert "new: RUIZ Ana" in said
    assert max(map(len, said.splitlines())) <= 80


def test_the_same_for_programs(database: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert changes(database, "--json", "--meeting", MEETING) == ExitCode.OK
    (one,) = json.loads(capsys.readouterr().out)["changes"]
    assert (one["what"], one["by"]) == ("changed", "noor")
    assert one["values"] == [{"field": "title", "old": "Judge", "new": "Minister"}]


def test_what_is_no_time_or_no_meeting_is_said(
    database: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert changes(database, "--since", "soon") == ExitCode.USAGE
    assert "today, yesterday" in capsys.readouterr().err
    assert changes(database, "--meeting", "CU 1") == ExitCode.USAGE
    assert MEETING in capsys.readouterr().err
