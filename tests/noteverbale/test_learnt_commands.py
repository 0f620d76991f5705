"""persons and words: shown, taken out and put back from the command line."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from noteverbale.cli import run
from noteverbale.exit_codes import ExitCode
from store.opening import open_store
from tests.store.learn.test_known import EMAIL, NAME, approve, person, reply

OTHER = "Zoe Mbeki"


@pytest.fixture
def database(tmp_path: Path) -> Path:
    path = tmp_path / "data" / "noteverbale.db"
    with open_store(path) as store:
        for number, who in ((1, person()), (2, person()), (3, person(OTHER, "z@mfa.go.ke"))):
            approve(store, reply(store, number, who))
    return path


def asked(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[dict[str, object]]:
    assert run([*arguments, "--json"]) == ExitCode.OK
    found: list[dict[str, object]] = json.loads(capsys.readouterr().out)
    return found


def test_persons_are_listed_searched_taken_out_and_put_back(
    database: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    db = ("--db", str(database))
    found = asked(capsys, "persons", *db)
    assert [(p["name"], p["notes"]) for p in found] == [(NAME, 2), (OTHER, 1)]
    [one] = asked(capsys, "persons", "--search", "ondurak", *db)
    assert (one["email"], one["removed"]) == (EMAIL, False)
    assert run(["persons", "remove", str(one["id"]), *db]) == ExitCode.OK
    assert "2 approved rows" in capsys.readouterr().out
    assert asked(capsys, "persons", "--search", "ondurak", *db)[0]["removed"] is True
    assert run(["persons", *db, "restore", str(one["id"])]) == ExitCode.OK
    assert "Put back" in capsys.readouterr().out
    assert asked(capsys, "persons", "--search", "ondurak", *db)[0]["removed"] is False
    assert run(["persons", "remove", "999", *db]) == ExitCode.USAGE
    assert "999" in capsys.readouterr().err


def test_words_are_listed_exported_taken_out_and_put_back(
    database: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    db = ("--db", str(database))
    found = {str(w["word"]): w for w in asked(capsys, "words", "--state", "Kenya", *db)}
    assert (found["Judge"]["notes"], found["Judge"]["evidence"]) == (3, True)
    assert (found["mfa.go.ke"]["notes"], found["mfa.go.ke"]["evidence"]) == (1, False)
    assert run(["words", "remove", "judge", "--state", "KEN", *db]) == ExitCode.OK
    assert run(["words", "--state", "KEN", "export", *db]) == ExitCode.OK
    text = capsys.readouterr().out.partition("\ufeff")[2]
    rows = {row["word"]: row for row in csv.DictReader(io.StringIO(text))}
    assert rows["Judge"]["removed"] == "True"
    assert run(["words", *db, "restore", "--state", "KEN", "Judge"]) == ExitCode.OK
    assert run(["words", "remove", "Judge", *db]) == ExitCode.USAGE
    assert "--state" in capsys.readouterr().err


def test_of_an_empty_database_nothing_has_been_learnt(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "noteverbale.db"
    open_store(path).close()
    for command in ("persons", "words"):
        assert run([command, "--db", str(path)]) == ExitCode.OK
        assert "Nothing has been learnt yet." in capsys.readouterr().out
