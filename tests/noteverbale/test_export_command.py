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
from tests.store.replies import MEETING, delegate, edit, nominate, note, save, scan

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


def test_it_says_who_is_not_in_the_list_and_why(
    database: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with open_store(database) as store:
        second = scan(store, b"another", "another.pdf")
        save(store, second, note(delegate(1, "MUTUA Jane"), delegate(2, "OTIENO Peter")))
        edit(store, "UPDATE delegates SET status = 'needs_review' WHERE name = 'MUTUA Jane'")
        edit(store, "UPDATE delegates SET status = 'rejected' WHERE name = 'OTIENO Peter'")
        edit(store, "UPDATE delegates SET status = 'new' WHERE name = 'Not Approved'")
        scan(store, b"locked", "locked.pdf")
        edit(store, "UPDATE documents SET outcome = 'rejected' WHERE filename = 'locked.pdf'")
    assert export(database, "--format", "csv") == ExitCode.OK
    said = capsys.readouterr().err
    assert "the list: 2 participants" in said
    assert "1 delegate to be reviewed, because something is doubtful" in said
    assert "1 delegate that nobody has looked at" in said
    assert "1 delegate rejected by a person" in said
    assert "1 file of all meetings, not read" in said
    assert "`noteverbale review` shows what waits" in said


def test_where_nothing_is_approved_it_says_what_to_do(
    database: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with open_store(database) as store:
        edit(store, "UPDATE delegates SET status = 'new'")
    assert export(database) == ExitCode.OK
    said = capsys.readouterr().err
    assert "the list: 0 participants" in said
    assert "3 delegates that nobody has looked at" in said
    assert "`noteverbale review`" in said
    assert export(database, "--all") == ExitCode.OK
    assert "3 participants in it that nobody has approved" in capsys.readouterr().err


def test_the_count_of_an_import_file_is_that_of_its_rows(
    database: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    export(database, "--format", "indico", "--out", str(tmp_path / "list.csv"))
    assert "list.csv: 1 participant\n" in capsys.readouterr().err


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


def test_a_final_list_that_lacks_somebody_says_so_and_is_written(
    database: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "list.docx"
    arguments = ("--format", "docx", "--out", str(file), "--final", "--as-of", "2019-05-30")
    assert export(database, *arguments, "--symbol", "CAC/COSP/WG.9/INF/1") == ExitCode.OK
    said = capsys.readouterr().err
    assert "called final, and somebody may be missing" in said
    texts = [paragraph.text for paragraph in docx.Document(str(file)).paragraphs]
    assert texts[0] == "CAC/COSP/WG.9/INF/1"
    assert "List of participants" in texts
    assert "As of 30 May 2019" in texts
    with open_store(database) as store:
        edit(store, "UPDATE delegates SET status = 'approved'")
    assert export(database, *arguments) == ExitCode.OK
    assert "called final" not in capsys.readouterr().err


def test_complete_writes_nothing_while_somebody_waits(
    database: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "list.csv"
    assert export(database, "--complete", "--out", str(file)) == ExitCode.SOME_FAILED
    said = capsys.readouterr()
    assert not file.exists()
    assert "nothing was written: --complete" in said.err
    assert "1 delegate that nobody has looked at" in said.err
    assert said.out == ""
    with open_store(database) as store:
        edit(store, "UPDATE delegates SET status = 'approved'")
    assert export(database, "--complete", "--out", str(file)) == ExitCode.OK
    assert file.exists()


def test_names_and_capitals_are_a_choice_and_what_is_missing_is_said(
    database: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with open_store(database) as store:
        second = scan(store, b"chinese", "chinese.pdf")
        save(store, second, note(delegate(1, "钱婉清"), delegate(2, "გიორგი ბერიძე"), state="CHN"))
        edit(store, "UPDATE delegates SET status = 'approved'")
    file = tmp_path / "list.docx"
    arguments = ("--format", "docx", "--out", str(file), "--names", "both")
    assert export(database, *arguments, "--capitals", "family") == ExitCode.OK
    said = capsys.readouterr().err
    assert "delegate 5 CHN: no form in Latin letters, so printed as written" in said
    assert "3 KEN: family name not put into capitals" in said
    texts = [paragraph.text for paragraph in docx.Document(str(file)).paragraphs]
    assert texts[texts.index("QIAN Wanqing") + 1] == "钱婉清"


@pytest.mark.parametrize(("name", "sign"), [("comma", ","), ("semicolon", ";"), ("tab", "\t")])
def test_the_separator_of_csv_is_a_choice(
    database: Path, tmp_path: Path, name: str, sign: str
) -> None:
    file = tmp_path / "list.csv"
    assert export(database, "--separator", name, "--out", str(file)) == ExitCode.OK
    data = file.read_bytes()
    assert data.startswith(f"\ufeffstate{sign}state_name{sign}honorific".encode())
    assert data.decode("utf-8-sig").split("\r\n")[1].split(sign)[:2] == ["KEN", "Kenya"]


@pytest.mark.parametrize(
    "arguments",
    [
        ("--final", "--all"),
        ("--separator", "tab", "--format", "indico"),
        ("--as-of", "tomorrow"),
        ("--names", "greek"),
    ],
)
def test_choices_that_go_together_badly_are_wrong_usage(
    database: Path, arguments: tuple[str, ...]
) -> None:
    assert export(database, *arguments) == ExitCode.USAGE


def test_an_unknown_meeting_is_wrong_usage(
    database: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.run(["export", "--meeting", "CU 1", "--db", str(database)]) == ExitCode.USAGE
    assert "No meeting CU 1. Registered: CU 2019/59/" in capsys.readouterr().err
    assert export(database, "--format", "pdf") == ExitCode.USAGE
