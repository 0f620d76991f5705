"""noteverbale chase, as it is typed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from noteverbale import cli
from noteverbale.exit_codes import ExitCode
from store.opening import open_store
from store.service import drafts
from tests.store.replies import MEETING, delegate, nominate, save, scan


@pytest.fixture
def database(tmp_path: Path) -> Path:
    path = tmp_path / "n.db"
    with open_store(path) as store:
        nominate(store, delegate(1, "RUIZ Ana"))
        save(store, scan(store, b"locked", "locked.pdf"), None, None)
    return path


def chase(database: Path, *arguments: str) -> int:
    return cli.run(["chase", "--db", str(database), *arguments])


def test_it_says_who_is_missing_what_within_80_columns(
    database: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ("--address", "ESP", "protocol@mission.example", "--reminded", "spain")
    assert chase(database, *arguments, "--who", "noor") == ExitCode.OK
    said = capsys.readouterr().out
    assert "deadline 2019-05-10" in said
    assert "no e-mail address for a delegate (1)\n  Kenya" in said
    assert "    RUIZ Ana" in said
    assert "document 2 locked.pdf" in said
    (spain,) = [line for line in said.splitlines() if line.startswith("  Spain ")]
    assert "protocol@mission.example" in spain
    assert "reminded 20" in spain
    assert max(map(len, said.splitlines())) <= 80


def test_the_same_for_programs_and_for_a_spreadsheet(
    database: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert chase(database, "--json") == ExitCode.OK
    found = json.loads(capsys.readouterr().out)
    kenya = next(line for line in found["lines"] if line["state"] == "KEN")
    assert kenya["missing"] == ["no_address"]
    assert chase(database, "--csv") == ExitCode.OK
    lines = capsys.readouterr().out.split("\r\n")
    assert lines[0].lstrip("\ufeff").startswith("meeting,deadline,state")
    assert any("RUIZ Ana" in line for line in lines)


def test_a_draft_is_promised_only_where_drafts_are_laid(
    database: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert chase(database, "--draft", "ESP") == ExitCode.USAGE
    config = tmp_path / "c.toml"
    config.write_text('[mailbox]\nhost = "mail.example"\nuser = "u"\n[drafts]\nenabled = true\n')
    arguments = ("--config", str(config), "--draft", "ESP", "--draft", "Spain", "--json")
    assert chase(database, *arguments) == ExitCode.OK
    spain = next(s for s in json.loads(capsys.readouterr().out)["lines"] if s["state"] == "ESP")
    assert spain["draft"]["state"] == "wanted"
    with open_store(database) as store:
        assert [one.state for one in drafts.wanted_reminders(store)] == ["ESP"]


def test_what_it_does_not_know_is_said_and_nothing_is_written(
    database: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert chase(database, "--meeting", "CU 1") == ExitCode.USAGE
    assert chase(database, "--reminded", "ESP", "--reminded", "Atlantis") == ExitCode.USAGE
    assert "Atlantis" in capsys.readouterr().err
    assert chase(database, "--json", "--meeting", MEETING) == ExitCode.OK
    found = json.loads(capsys.readouterr().out)
    assert [line for line in found["lines"] if line["reminded"]] == []
