"""Invitations come as text, Word file or PDF; notes that were here first find their meeting."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlite_utils
from docx import Document
from weasyprint import HTML

from noteverbale import cli
from noteverbale.exit_codes import ExitCode

SAMPLES = Path(__file__).parents[2] / "samples"
TEXT = (SAMPLES / "invitation.txt").read_text(encoding="utf-8")
REFERENCE = "CU 2019/59/(A)/DTA/CEB/CSS"


def _text(file: Path) -> None:
    file.write_text(TEXT, encoding="utf-8")


def _docx(file: Path) -> None:
    document = Document()
    for paragraph in TEXT.replace("*", "").split("\n\n"):
        document.add_paragraph(paragraph)
    document.save(str(file))


def _pdf(file: Path) -> None:
    paragraphs = "".join(f"<p>{p}</p>" for p in TEXT.replace("*", "").split("\n\n"))
    HTML(string=f"<html><body>{paragraphs}</body></html>").write_pdf(file)


@pytest.mark.parametrize(
    ("name", "write"),
    [("i.txt", _text), ("i.docx", _docx), ("i.pdf", _pdf)],
    ids=["text", "docx", "pdf"],
)
def test_an_invitation_is_read_from_any_usual_file(
    name: str,
    write: Callable[[Path], None],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    write(tmp_path / name)
    database = str(tmp_path / "n.db")
    assert cli.run(["meeting", "add", str(tmp_path / name), "--db", database]) == ExitCode.OK
    capsys.readouterr()
    assert cli.run(["meeting", "list", "--json", "--db", database]) == ExitCode.OK
    (meeting,) = json.loads(capsys.readouterr().out)
    assert meeting["reference"] == REFERENCE
    assert (meeting["starts"], meeting["deadline"]) == ("2019-05-31", "2019-05-10")
    assert "international cooperation" in meeting["title"]


def test_a_note_read_before_its_invitation_finds_its_meeting_later(tmp_path: Path) -> None:
    database = str(tmp_path / "n.db")
    (reply,) = (SAMPLES / "replies").glob("001-*")
    assert cli.run(["process", str(reply), "--db", database]) == ExitCode.OK
    assert _meetings(database) == [None]
    for _ in range(2):
        invitation = str(SAMPLES / "invitation.txt")
        assert cli.run(["meeting", "add", invitation, "--db", database]) == ExitCode.OK
        assert _meetings(database) == [REFERENCE]


def test_a_damaged_invitation_is_said_to_be_damaged(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _docx(tmp_path / "i.docx")
    whole = (tmp_path / "i.docx").read_bytes()
    (tmp_path / "i.docx").write_bytes(whole[: len(whole) // 2])
    code = cli.run(["meeting", "add", str(tmp_path / "i.docx"), "--db", str(tmp_path / "n.db")])
    assert code == ExitCode.USAGE
    assert len(capsys.readouterr().err.splitlines()) == 1


def _meetings(database: str) -> list[str | None]:
    db = sqlite_utils.Database(database)
    found = [row["meeting"] for row in db["documents_list"].rows]
    db.close()
    return found
