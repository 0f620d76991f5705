"""What the commands print, in a terminal of 80 columns and in others, in any script."""

from __future__ import annotations

import io
import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st
from wcwidth import wcswidth

from noteverbale import cli, terminal_tables
from noteverbale.exit_codes import ExitCode
from store.opening import open_store
from store.records import steps
from tests.store.replies import MEETING, delegate, nominate, note, save, scan

LONG = "Permanent Representative to the United Nations Office and to other organizations"


@pytest.fixture
def database(tmp_path: Path) -> Path:
    path = tmp_path / "n.db"
    with open_store(path) as store:
        nominate(
            store,
            delegate(
                1, "Ana María RUIZ DE LOS ÁNGELES " + "Y MÁS " * 9, title=LONG, email="a@b.example"
            ),
            delegate(2, "كريم عبد الرحيم الحمصاني", "low_ocr", title="رئيس نيابة عامة في محكمة"),
        )
        people = (delegate(1, "欧阳磊" * 9, title="国际合作局处长", organization="司法部" * 20),)
        save(store, scan(store, b"b"), note(*people, state="CHN"))
        save(store, scan(store, b"c"), note(kind="nomination", state="CIV"))
    return path


def run(database: Path, *arguments: str) -> int:
    return cli.run([*arguments, "--db", str(database)])


COMMANDS = (
    ("delegations",),
    ("delegations", "--review"),
    ("delegations", "--columns", "name,title,organization,email"),
    ("status",),
    ("status", "--all"),
    ("search", "ruiz"),
    ("search", "石", "司法部"),
    ("explain", "--document", "1"),
    ("meeting", "list"),
    ("chase",),
    ("changes", "--since", "2019-01-01"),
    ("history",),
    ("undo", "--list"),
)


@pytest.mark.parametrize("columns", [80, 60, 120])
@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_no_line_is_wider_than_the_terminal(
    database: Path,
    command: tuple[str, ...],
    columns: int,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    if columns == 60 and command[0] == "chase":
        pytest.skip("name, address and day of a State are laid out for 80")
    monkeypatch.setenv("COLUMNS", str(columns))
    with open_store(database) as store, store.writing("نور") as conn:
        conn.execute("UPDATE delegates SET status = 'approved', organization = ?", [LONG])
    assert run(database, *command) == ExitCode.OK
    said = capsys.readouterr().out
    lines = said.splitlines()
    assert lines or command[0] == "search"
    assert max(map(wcswidth, lines), default=0) <= columns, max(lines, key=wcswidth)
    assert "Traceback" not in said


def test_in_a_real_terminal_the_table_is_as_wide_as_that(database: Path) -> None:
    """Through a pseudo-terminal; the shell's COLUMNS is not set there."""
    import fcntl
    import struct
    import termios

    mother, child = pty.openpty()
    fcntl.ioctl(child, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 100, 0, 0))
    environment = {k: v for k, v in os.environ.items() if k not in ("COLUMNS", "LINES")}
    command = [sys.executable, "-m", "noteverbale", "delegations", "--db", str(database)]
    process = subprocess.Popen(command, stdout=child, env=environment)
    os.close(child)
    said = b""
    while True:
        try:
            part = os.read(mother, 4096)
        except OSError:  # the other end is closed
            break
        if not part:
            break
        said += part
    assert process.wait(60) == 0
    os.close(mother)
    lines = said.decode().splitlines()
    assert 80 < max(map(wcswidth, lines)) <= 100
    assert any("欧阳磊" in line for line in lines)


def test_columns_stand_below_each_other_in_every_script(
    database: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(database, "delegations") == ExitCode.OK
    heading, rule, *rows = capsys.readouterr().out.splitlines()
    assert heading.split()[:3] == ["id", "state", "name"]
    place = heading.index("status")
    for row in rows:
        signs = next(n for n in range(len(row) + 1) if wcswidth(row[:n]) >= place)
        assert row[signs:].lstrip("\u200e").startswith(("new", "needs_review")), row
    assert "\u200e" in rows[2]  # two Arabic columns stay two
    assert rule.count("-") > 60


def test_wide_cuts_nothing_and_columns_are_chosen(
    database: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(database, "delegations", "--wide", "--state", "kenya") == ExitCode.OK
    said = capsys.readouterr().out
    assert LONG in said
    assert "欧阳磊" not in said
    assert run(database, "delegations", "--columns", "email,name", "--state", "KEN") == ExitCode.OK
    assert capsys.readouterr().out.split()[:2] == ["e-mail", "name"]
    assert run(database, "delegations", "--json", "--columns", "name", "--state", "CHN") == 0
    assert json.loads(capsys.readouterr().out) == [{"name": "欧阳磊" * 9}]
    assert run(database, "delegations", "--columns", "nme") == ExitCode.USAGE
    assert "Did you mean name" in capsys.readouterr().err


@pytest.mark.parametrize(
    "typed",
    [
        MEETING,
        MEETING.lower(),
        "cu 2019/59/A/dta/ceb/css",
        "CU2019/59/(A) /DTA / CEB/CSS",
        "[CU]2019 59 A DTA CEB CSS",
    ],
)
@pytest.mark.parametrize(
    "command", ["delegations", "export", "changes", "chase", "history", "search ruiz"]
)
def test_a_reference_is_found_however_it_is_typed(
    database: Path, typed: str, command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(database, *command.split(), "--meeting", typed) == ExitCode.OK
    capsys.readouterr()


@pytest.mark.parametrize(
    "command", ["delegations", "export", "changes", "chase", "history", "search x", "forget --yes"]
)
def test_an_unknown_meeting_is_an_error_that_lists_what_there_is(
    database: Path, command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(database, *command.split(), "--meeting", "CU 2019/58") == ExitCode.USAGE
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert MEETING in said


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        (["statsu"], "Did you mean status?"),
        (["delegation"], "delegations"),
        (["delegations", "--meetng", "x"], "--meeting"),
        (["delegations", "--state", "Keniya"], "KEN (Kenya)"),
        (["history", "--state", "cote divoire"], "CIV"),
        (["meeting", "lst"], "list"),
    ],
)
def test_what_is_misspelt_names_the_nearest(
    database: Path, typed: list[str], meant: str, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = (
        typed
        if typed[0] in ("statsu", "delegation", "meeting")
        else [*typed, "--db", str(database)]
    )
    assert cli.run(arguments) == ExitCode.USAGE
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert meant in said


def test_nothing_asked_is_answered_by_the_list_of_commands(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert cli.run([]) == ExitCode.USAGE
    said = capsys.readouterr().err
    assert said.startswith("Usage: noteverbale")
    assert "\n  undo " in said


def test_all_who_are_missing_are_named_when_asked_for(
    database: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(database, "status") == ExitCode.OK
    assert "Zimbabwe" not in capsys.readouterr().out
    assert run(database, "status", "--all") == ExitCode.OK
    said = capsys.readouterr().out
    assert "Zimbabwe" in said
    assert "more: `noteverbale" not in said


def test_a_bulk_edit_is_shown_and_taken_back(
    database: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    edit = "update delegates set status = 'approved'"
    subprocess.run(
        [sys.executable, "-m", "sqlite_utils", str(database), edit], check=True, timeout=60
    )
    monkeypatch.setattr(sys, "stdin", io.StringIO(""))
    assert run(database, "undo") == ExitCode.SOME_FAILED
    said = capsys.readouterr().out
    assert "command line, 3 changes" in said
    assert "accepted Ana María RUIZ" in said
    assert run(database, "undo", "--yes", "--who", "amal") == ExitCode.OK
    assert "Taken back" in capsys.readouterr().out
    with open_store(database) as store:
        assert {r["status"] for r in store.rows("SELECT status FROM delegates")} == {
            "new",
            "needs_review",
        }
        assert [s.who for s in steps.latest(store, 9)] == ["amal", "command line"]
    assert run(database, "undo", "--list") == ExitCode.OK
    assert "(taken back by step" in capsys.readouterr().out
    assert run(database, "undo", "--yes") == ExitCode.OK
    assert "nothing to take back" in capsys.readouterr().err
    assert run(database, "undo", "--step", "77", "--yes") == ExitCode.USAGE
    assert "There is no step 77" in capsys.readouterr().err
    assert run(database, "undo", "--list", "--json") == ExitCode.OK
    listed = json.loads(capsys.readouterr().out)
    assert [one["undoes"] for one in listed] == [1, None]


def test_what_was_edited_since_is_not_taken_back(
    database: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with open_store(database) as store:
        for title in ("Judge", "Clerk"):
            with store.writing("noor") as conn:
                conn.execute("UPDATE delegates SET title = ? WHERE id = 1", [title])
    assert run(database, "undo", "--step", "1", "--yes") == ExitCode.SOME_FAILED
    said = capsys.readouterr().err
    assert said.startswith("noteverbale: not taken back: it has been changed again")
    assert said.count("\n") == 1


def test_the_history_is_read_and_written_in_every_form(
    database: Path, tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    with open_store(database) as store, store.writing("noor") as conn:
        conn.execute("UPDATE delegates SET title = 'Judge', status = 'approved' WHERE id = 2")
    assert run(database, "history", "--state", "Kenya", "--since", "today") == ExitCode.OK
    said = " ".join(capsysbinary.readouterr().out.decode().split())
    assert "noor: changed the title of كريم عبد الرحيم الحمصاني from" in said
    assert "to “Judge”; accepted كريم عبد الرحيم الحمصاني" in said
    assert run(database, "history", "--json", "--state", "CIV") == ExitCode.OK
    (event,) = json.loads(capsysbinary.readouterr().out)
    assert event["what"].startswith("a nomination came")
    file = tmp_path / "m.docx"
    assert run(database, "history", "--format", "docx", "--out", str(file)) == ExitCode.OK
    text = "\n".join(paragraph.text for paragraph in Document(str(file)).paragraphs)
    assert "Kenya" in text
    assert "noor: changed the title" in text
    assert run(database, "history", "--format", "csv") == ExitCode.OK
    assert b"state,state_name,meeting,at,who,what" in capsysbinary.readouterr().out


@given(st.text(max_size=60), st.integers(6, 40))
def test_a_cut_text_is_never_wider_than_asked(text: str, most: int) -> None:
    """Whatever a stranger writes."""
    assert terminal_tables.cells(terminal_tables.shown(text, most)) <= most


@given(
    st.lists(st.fixed_dictionaries({c: st.text(max_size=30) for c in "abc"}), max_size=5),
    st.integers(24, 100),
)
def test_a_table_has_a_line_a_record_and_fits(records: list[dict[str, str]], most: int) -> None:
    lines = terminal_tables.table(records, "abc", most).split("\n")
    assert len(lines) == len(records) + 2
    assert max(map(terminal_tables.cells, lines)) <= most
