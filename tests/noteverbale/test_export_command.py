"""noteverbale export, as it is typed: formats, files, exit codes."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path

import docx
import openpyxl
import pytest

from noteverbale import cli
from noteverbale.exit_codes import ExitCode
from store.opening import open_store
from tests.store.replies import MEETING, delegate, edit, nominate

ROOT = Path(__file__).parents[2]


@pytest.fixture
def database(tmp_path: Path) -> Path:
    path = tmp_path / "n.db"
    with open_store(path) as store:
        nominate(
            store,
            delegate(1, "RUIZ Ana", email="a.ruiz@example.org", title="Judge"),
            delegate(2, "DIALLO Omar", role="head"),
            delegate(3, "Not Approved", email="n@example.org"),
        )
        edit(store, "UPDATE delegates SET status = 'approved' WHERE seq < 3")
    return path


def export(database: Path, *arguments: str) -> int:
    return cli.run(["export", "--meeting", MEETING, "--db", str(database), *arguments])


@pytest.mark.parametrize("format_", ["csv", "json", "xlsx", "docx"])
def test_each_format_lists_the_approved_head_first(
    database: Path, tmp_path: Path, format_: str
) -> None:
    file = tmp_path / f"list.{format_}"
    assert export(database, "--format", format_, "--out", str(file)) == ExitCode.OK
    text = {
        "csv": lambda: file.read_text(encoding="utf-8"),
        "json": lambda: json.dumps(json.loads(file.read_text(encoding="utf-8"))),
        "xlsx": lambda: str(list(openpyxl.load_workbook(file).worksheets[0].values)),
        "docx": lambda: "\n".join(p.text for p in docx.Document(str(file)).paragraphs),
    }[format_]()
    assert text.index("DIALLO Omar") < text.index("RUIZ Ana")
    assert "Kenya" in text
    assert "Not Approved" not in text


def test_indico_names_who_is_left_out_and_ends_with_1(
    database: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert export(database, "--format", "indico") == ExitCode.SOME_FAILED
    said = capsys.readouterr()
    assert said.out == "Ana,RUIZ,Kenya,Judge,,a.ruiz@example.org\r\n"
    assert "delegate 2 KEN: left out, no e-mail address" in said.err
    assert "DIALLO" not in said.err
    edit_row = "UPDATE delegates SET email = 'o.diallo@example.org' WHERE seq = 2"
    with open_store(database) as store:
        edit(store, edit_row)
    assert export(database, "--format", "indico") == ExitCode.OK


def test_a_spreadsheet_goes_through_a_pipe(database: Path) -> None:
    arguments = ["--meeting", MEETING, "--db", str(database), "--format", "xlsx", "--all"]
    program = "from noteverbale.cli import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", program, "export", *arguments],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    rows = list(openpyxl.load_workbook(io.BytesIO(done.stdout)).worksheets[0].values)
    assert len(rows) == 4


def test_an_unknown_meeting_is_wrong_usage(
    database: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.run(["export", "--meeting", "CU 1", "--db", str(database)]) == ExitCode.USAGE
    assert "No meeting is registered" in capsys.readouterr().err
    assert export(database, "--format", "pdf") == ExitCode.USAGE
