"""A covering note and its list in one PDF: both are read, whatever the list hangs on, and once."""

from __future__ import annotations

import io
import os
import signal
import sqlite3
import subprocess
import sys
import time
from email.message import EmailMessage
from pathlib import Path

import pikepdf
import pytest
import sqlite_utils

from noteverbale import cli
from noteverbale.exit_codes import ExitCode
from tests.ocr.enclosing_pdfs import as_an_annotation, portfolio, specification
from tests.ocr.odd_pdfs import Sheet

ROOT = Path(__file__).parents[2]
NOTE = ROOT / "samples" / "replies" / "012-fra-annex.pdf"
"""A covering note, and on its second page the list of four persons."""

NAMES = [
    "Thibault LEFAUCHEUX-VIDAL",
    "Maëlle D'ESTOURNAC",
    "Jean-Baptiste LE GALLICOU",
    "Clémence GUÉRINVAL",
]
FACTS = "select filename, outcome, reason, kind, state, meeting, note_reference, note_date"
COVER = ("For the best experience, open this PDF portfolio in", "a reader of a later version.")


def page(number: int) -> pikepdf.Pdf:
    alone = pikepdf.new()
    with pikepdf.open(NOTE) as both:
        alone.pages.append(both.pages[number])
    return alone


def as_bytes(pdf: pikepdf.Pdf) -> bytes:
    written = io.BytesIO()
    pdf.save(written, deterministic_id=True)
    return written.getvalue()


def with_attached_list(path: Path) -> Path:
    covering = page(0)
    as_an_annotation(covering, specification(covering, "liste.pdf", as_bytes(page(1))))
    covering.save(path)
    return path


def database(folder: Path) -> Path:
    path = folder / "n.db"
    invitation = str(ROOT / "samples" / "invitation.txt")
    assert cli.run(["meeting", "add", invitation, "--db", str(path)]) == 0
    return path


def content(path: Path) -> tuple[list[tuple[object, ...]], list[tuple[object, ...]]]:
    db = sqlite_utils.Database(path)
    documents = db.execute(f"{FACTS} from documents_list order by document_id").fetchall()
    people = db.execute("select name, state, meeting, current from delegation_list").fetchall()
    db.close()
    return documents, people


@pytest.fixture(scope="module")
def attached(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("attached")
    path = database(folder)
    scan = with_attached_list(folder / "note.pdf")
    assert cli.run(["process", str(scan), "--db", str(path), "--jobs", "2"]) == ExitCode.OK
    return path


def test_the_list_is_a_document_of_the_same_note(attached: Path) -> None:
    documents, people = content(attached)
    assert [d[:4] for d in documents] == [
        ("note.pdf", "processed", None, "nomination"),
        ("liste.pdf", "processed", None, "nomination"),
    ]
    assert documents[0][4:] == documents[1][4:]
    assert documents[1][4] == "FRA"
    assert documents[1][5] is not None
    assert [person[0] for person in people] == NAMES
    assert {person[3] for person in people} == {1}


def test_its_rows_say_where_state_and_number_come_from(attached: Path) -> None:
    db = sqlite_utils.Database(attached)
    rows = list(db.query("select status, reasons from delegation_list"))
    counted = next(db.query("select delegates from coverage where state = 'FRA' and answered"))
    db.close()
    assert counted["delegates"] == len(NAMES)
    assert {row["status"] for row in rows} == {"needs_review"}
    assert all("from_enclosing_note" in row["reasons"] for row in rows)


def test_processed_and_read_again_it_stays_the_same(attached: Path) -> None:
    before = content(attached)
    scan = attached.parent / "note.pdf"
    assert cli.run(["process", str(scan), "--db", str(attached)]) == ExitCode.OK
    assert cli.run(["reprocess", "--all", "--db", str(attached), "--jobs", "2"]) == ExitCode.OK
    assert content(attached) == before


def test_killed_after_the_list_was_found_it_goes_on(attached: Path, tmp_path: Path) -> None:
    path = database(tmp_path)
    command = [sys.executable, "-m", "noteverbale", "process", str(attached.parent / "note.pdf")]
    running = subprocess.Popen(
        [*command, "--db", str(path), "--jobs", "1"],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    found = 0
    while found < 2 and running.poll() is None:
        time.sleep(0.02)
        with sqlite3.connect(path, timeout=30) as conn:
            found = conn.execute("select count(*) from documents").fetchone()[0]
        conn.close()
    os.killpg(running.pid, signal.SIGKILL)
    running.wait()
    assert found == 2
    scan = str(attached.parent / "note.pdf")
    assert cli.run(["process", scan, "--db", str(path), "--jobs", "2"]) == ExitCode.OK
    assert content(path) == content(attached)


def test_a_portfolios_cover_is_rejected_and_what_is_in_it_is_read(tmp_path: Path) -> None:
    sheet = Sheet()
    sheet.text(COVER, 100, 600, 14)
    files = {"annexe.pdf": as_bytes(page(1)), "note.pdf": as_bytes(page(0))}
    with pikepdf.open(sheet.save(tmp_path / "cover.pdf")) as cover:
        scan = portfolio(tmp_path / "portfolio.pdf", files, cover)
    path = database(tmp_path)
    code = cli.run(["process", str(scan), "--db", str(path), "--jobs", "2"])
    documents, people = content(path)
    assert [d[:3] for d in documents] == [
        ("portfolio.pdf", "rejected", "not_a_scan"),
        ("annexe.pdf", "processed", None),
        ("note.pdf", "processed", None),
    ]
    assert [person[0] for person in people] == NAMES
    assert code == ExitCode.SOME_FAILED  # the cover


def test_a_list_beside_its_note_in_a_mail_is_its_annex(tmp_path: Path) -> None:
    message = EmailMessage()
    message["From"], message["To"] = "mission@mfa.example", "office@secretariat.example"
    message["Message-ID"] = "<annex@mfa.example>"
    message.set_content("Please find attached our note and its annex.")
    for name, number in (("annexe.pdf", 1), ("note.pdf", 0)):  # the list comes first
        data = as_bytes(page(number))
        message.add_attachment(data, maintype="application", subtype="pdf", filename=name)
    mail = tmp_path / "note.eml"
    mail.write_bytes(bytes(message))
    path = database(tmp_path)
    cli.run(["process", str(mail), "--db", str(path), "--jobs", "2"])
    documents, people = content(path)
    assert [d[:3] for d in documents] == [
        ("annexe.pdf", "processed", None),
        ("note.pdf", "processed", None),
    ]
    assert [person[0] for person in people] == NAMES
    assert cli.run(["process", str(mail), "--db", str(path)]) == ExitCode.OK  # nothing to wake
    assert content(path) == (documents, people)


def test_read_says_that_a_file_is_inside(
    attached: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.run(["read", str(attached.parent / "note.pdf")]) == ExitCode.OK
    said = capsys.readouterr()
    assert "note.pdf holds a file, liste.pdf" in said.err
    assert "liste.pdf" not in said.out
