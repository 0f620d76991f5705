"""Nothing is overlooked and nothing is counted twice: what the command line says of notes."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from email.message import EmailMessage
from pathlib import Path

import cv2
import numpy as np
import pytest
from pdf2image import convert_from_path

from extract.types import Doubt
from noteverbale import cli
from store.opening import open_store
from store.records import meetings
from tests.store.replies import INVITATION, MEETING, delegate, note, save, scan, table

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "samples" / "replies" / "001-ken-numbered.pdf"


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """Nobody found, all well, an approved row whose page was not read, and all well once more."""
    path = tmp_path / "n.db"
    with open_store(path) as store:
        meetings.add(store, INVITATION)
        save(store, scan(store, b"1", "nobody\x1b[31m.pdf"), note(state="UGA"))
        well = note(delegate(1, "Ana Ruiz", email="a@example.org"))
        save(store, scan(store, b"2", "well.pdf"), well)
        half = replace(note(delegate(1, "Bo Two"), state="FRA"), doubts=(Doubt("page_unread"),))
        save(store, scan(store, b"3", "half.pdf"), half)
        save(store, scan(store, b"4", "again.pdf"), well)
        with store.writing("amal") as conn:
            conn.execute("UPDATE delegates SET status = 'approved' WHERE name = 'Bo Two'")
    return path


def test_status_names_the_notes_that_no_row_speaks_for(
    database: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.run(["status", "--db", str(database)]) == 0
    text = capsys.readouterr().out
    assert "notes      2 to look at, 1 of them without anybody, 1 came again" in text
    nobody, half = text.split("no row of theirs asks:\n")[1].splitlines()[:2]
    assert nobody == ("  document 1 nobody[31m.pdf (Uganda): no delegate was found in a nomination")
    assert half.startswith("  document 3 half.pdf (France): a page could not be read")
    assert cli.run(["status", "--db", str(database), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["notes"] == {"needs_review": 2, "nobody_found": 1, "same_note_again": 1}
    assert [n["document"] for n in found["to_look_at"]] == [1, 3]
    assert found["to_look_at"][0]["reasons"] == ["no_delegate_found"]
    assert found["meetings"][0]["needs_review"] == 2


def test_review_lists_notes_before_rows(database: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["delegations", "--review", "--db", str(database)]) == 0
    first, second = capsys.readouterr().out.split("\n\n")
    assert first.splitlines()[0] == "UGA document 1, nobody[31m.pdf"
    assert first.splitlines()[1].strip() == "- no delegate was found in a nomination"
    assert second.startswith("FRA document 3, half.pdf\n")
    assert cli.run(["delegations", "--review", "--db", str(database), "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert [(row["delegate_id"], row["document_id"]) for row in rows] == [(None, 1), (None, 3)]


def _rescanned(pdf: Path, jpeg: Path) -> None:
    """The same sheet on another day: a little turned, and as a JPEG of middling quality."""
    page = np.asarray(convert_from_path(str(pdf), dpi=200)[0])[:, :, ::-1]
    height, width = page.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), 0.7, 1)
    turned = cv2.warpAffine(page, turn, (width, height), borderValue=(255, 255, 255))
    cv2.imwrite(str(jpeg), turned, [cv2.IMWRITE_JPEG_QUALITY, 60])


def test_a_note_by_mail_and_on_the_scanner_is_listed_once(
    tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    mail = EmailMessage()
    mail["Received"] = "from mx.kenya.example by mx.example.org; Fri, 03 May 2019 09:00:05 +0200"
    mail["From"], mail["Subject"] = "mission@kenya.example", "Note verbale"
    mail["Date"], mail["Message-ID"] = "Fri, 03 May 2019 09:00:00 +0200", "<1@kenya.example>"
    mail.add_attachment(
        SAMPLE.read_bytes(), maintype="application", subtype="pdf", filename="note.pdf"
    )
    (tmp_path / "note.eml").write_bytes(mail.as_bytes())
    (tmp_path / "scanner").mkdir()
    _rescanned(SAMPLE, tmp_path / "scanner" / "scan0007.jpg")
    database = str(tmp_path / "n.db")
    invitation = str(ROOT / "samples" / "invitation.txt")
    assert cli.run(["meeting", "add", invitation, "--db", database]) == 0
    for path in ("note.eml", "scanner"):
        assert cli.run(["process", str(tmp_path / path), "--db", database]) == 0
    with open_store(tmp_path / "n.db") as store:
        assert table(store, "document_id, late, kind", "documents_list") == [
            (1, 0, "nomination"),
            (2, 0, "nomination"),
        ]
        again = table(store, "current, reasons", "delegation_list WHERE document_id = 2")
        assert len(again) == 3
        assert {row[0] for row in again} == {0}
        assert all("same_note_again" in str(row[1]) for row in again)
    capsysbinary.readouterr()
    assert cli.run(["export", "--meeting", MEETING, "--all", "--db", database]) == 0
    text = capsysbinary.readouterr().out.decode("utf-8-sig")
    assert len(list(csv.DictReader(io.StringIO(text, newline="")))) == 3
