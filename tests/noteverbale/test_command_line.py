"""The program as a user starts it: real scans, real mail server, real signals."""

from __future__ import annotations

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing, suppress
from pathlib import Path

import pytest
import sqlite_utils

from ingest.types import ItemKey, RawItem
from noteverbale import cli
from noteverbale.exit_codes import ExitCode
from noteverbale.worker_pool import WorkerPool
from store.intake import keeping
from store.opening import open_store
from tests.mail_server import Mailbox

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "samples"
REPLIES = SAMPLES / "replies"
VIEWS = ("delegation_list", "documents_list", "pages_list", "messages_list")


def _replies(folder: Path, *numbers: str) -> Path:
    folder.mkdir(exist_ok=True)
    for number in numbers:
        for file in REPLIES.glob(f"{number}-*"):
            shutil.copy(file, folder)
    assert len(list(folder.iterdir())) == len(numbers)
    return folder


def _start(*arguments: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-c", "from noteverbale.cli import main; main()", *arguments],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stderr=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )


KEPT = "SELECT count(*) = 2 FROM documents"
READ = "SELECT count(*) > 0 FROM readings"


def _wait_until(database: Path, reached: str) -> None:
    """The run has come so far, and hardly further."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        with (
            suppress(sqlite3.Error),
            closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as conn,
        ):
            if conn.execute(reached).fetchone()[0]:
                return
        time.sleep(0.02)
    raise AssertionError(f"it never came to: {reached}")


def _content(database: Path) -> dict[str, list[tuple[str, ...]]]:
    db = sqlite_utils.Database(database)
    content = {
        view: sorted(
            tuple(map(str, row))
            for row in db.execute(f"select * from {view}").fetchall()  # noqa: S608 - own names
        )
        for view in VIEWS
    }
    db.close()
    return content


def test_help_is_instant_and_imports_nothing_heavy() -> None:
    code = (
        "import sys, noteverbale.cli as c; c.run(['--help']);"
        "print([m for m in ('spacy','cv2','numpy','sqlite_utils','onnxruntime','pikepdf')"
        " if m in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stderr.strip() == "[]"
    assert all(name in done.stdout for name in cli.COMMANDS)


@pytest.fixture(scope="module")
def processed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with an invitation, three replies and one that is rejected."""
    folder = tmp_path_factory.mktemp("processed")
    database = folder / "noteverbale.db"
    invitation = str(SAMPLES / "invitation.txt")
    assert cli.run(["meeting", "add", invitation, "--db", str(database)]) == 0
    scans = _replies(folder / "scans", "001", "004", "043")
    code = cli.run(["process", str(scans), "--db", str(database), "--jobs", "2"])
    assert code == ExitCode.SOME_FAILED
    return database


def test_process_ends_every_document_in_an_outcome(processed: Path) -> None:
    db = sqlite_utils.Database(processed)
    rows = {r["filename"]: r for r in db["documents_list"].rows}
    db.close()
    outcomes = {name[:3]: (r["outcome"], r["reason"]) for name, r in rows.items()}
    assert outcomes == {
        "001": ("processed", None),
        "004": ("processed", None),
        "043": ("rejected", "not_a_scan"),
    }
    kenya = next(r for name, r in rows.items() if name.startswith("001"))
    assert (kenya["state"], kenya["meeting"]) == ("KEN", "CU 2019/59/(A)/DTA/CEB/CSS")


def test_process_again_changes_nothing_and_reads_nothing(
    processed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_worker(self: object, *task: object) -> None:
        raise AssertionError(f"something is read: {task}")

    monkeypatch.setattr(WorkerPool, "submit", no_worker)
    before = _content(processed)
    scans = str(processed.parent / "scans")
    assert cli.run(["process", scans, "--db", str(processed)]) == ExitCode.OK
    assert _content(processed) == before


def test_listings_speak_json(processed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for arguments in (
        ["status"],
        ["delegations"],
        ["delegations", "--review"],
        ["meeting", "list"],
        ["explain", "--document", "1"],
    ):
        assert cli.run([*arguments, "--json", "--db", str(processed)]) == 0
        assert json.loads(capsys.readouterr().out)


def test_tables_name_the_delegates(processed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["delegations", "--wide", "--db", str(processed)]) == 0
    out = capsys.readouterr().out
    assert "Desmond Kirimania" in out
    assert "desmond.kirimania@ago.gov.ke" in out


def test_export_gives_reviewed_rows_only_unless_asked(
    processed: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    meeting = ["--meeting", "CU 2019/59/(A)/DTA/CEB/CSS", "--db", str(processed)]
    assert cli.run(["export", "--format", "json", *meeting]) == 0
    assert json.loads(capsys.readouterr().out) == []
    assert cli.run(["export", "--all", *meeting]) == 0
    assert "Desmond Kirimania" in capsys.readouterr().out


def test_reprocess_keeps_what_a_person_corrected(processed: Path, tmp_path: Path) -> None:
    database = tmp_path / "noteverbale.db"
    shutil.copytree(processed.parent / "originals", tmp_path / "originals")
    source = sqlite_utils.Database(processed)
    source.execute("vacuum into ?", [str(database)])
    source.close()
    edit = "update delegation_list set title='Chief Adviser' where name='Desmond Kirimania'"
    subprocess.run(
        [sys.executable, "-m", "sqlite_utils", str(database), edit], check=True, capture_output=True
    )
    assert cli.run(["reprocess", "--all", "--db", str(database)]) == ExitCode.SOME_FAILED
    db = sqlite_utils.Database(database)
    row = next(iter(db.query("select * from delegation_list where name='Desmond Kirimania'")))
    db.close()
    assert (row["title"], row["status"]) == ("Chief Adviser", "corrected")


def test_accept_overrules_a_rejection(processed: Path, tmp_path: Path) -> None:
    del tmp_path
    db = sqlite_utils.Database(processed)
    query = "select document_id from documents_list where outcome = 'rejected'"
    document = next(iter(db.query(query)))["document_id"]
    db.close()
    assert cli.run(["accept", "--document", str(document), "--db", str(processed)]) == 0
    db = sqlite_utils.Database(processed)
    outcome = db.execute("select outcome from documents where id = ?", [document]).fetchone()[0]
    db.close()
    assert outcome == "processed"


def test_read_prints_text_json_and_hocr(capsys: pytest.CaptureFixture[str]) -> None:
    scan = str(next(REPLIES.glob("004-*")))
    assert cli.run(["read", scan, "--format", "json"]) == 0
    pages = json.loads(capsys.readouterr().out)
    words = [w["text"] for line in pages[0]["lines"] for w in line["words"]]
    assert "Thorsten" in words
    assert cli.run(["read", scan, "--format", "hocr"]) == 0
    assert 'class="ocr_page"' in capsys.readouterr().out


def test_a_missing_file_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["process", "/nowhere/at/all.pdf"]) == ExitCode.USAGE
    assert "no such file" in capsys.readouterr().err


def test_a_second_run_is_told_that_another_is_at_work(tmp_path: Path) -> None:
    from noteverbale.lock import run_lock

    database = tmp_path / "noteverbale.db"
    with run_lock(database):
        code = cli.run(["process", str(REPLIES), "--db", str(database)])
        assert code == ExitCode.LOCKED
    assert not database.exists()


def test_killed_in_the_middle_and_started_again_gives_the_same_database(tmp_path: Path) -> None:
    scans = _replies(tmp_path / "scans", "001", "004")
    whole, killed = tmp_path / "whole" / "n.db", tmp_path / "killed" / "n.db"
    assert cli.run(["process", str(scans), "--db", str(whole), "--jobs", "1"]) == 0
    for reached in (KEPT, READ):
        process = _start("process", str(scans), "--db", str(killed), "--jobs", "1")
        _wait_until(killed, reached)
        process.send_signal(signal.SIGKILL)
        process.communicate()
    assert cli.run(["process", str(scans), "--db", str(killed), "--jobs", "1"]) == 0
    assert _content(killed) == _content(whole)


def test_sigterm_ends_the_run_and_the_next_one_goes_on(tmp_path: Path) -> None:
    scans = _replies(tmp_path / "scans", "001", "004")
    database = tmp_path / "n.db"
    process = _start("process", str(scans), "--db", str(database), "--jobs", "1")
    _wait_until(database, KEPT)
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=30)
    assert process.returncode in (0, 1)
    assert cli.run(["process", str(scans), "--db", str(database)]) == 0


def _configuration(folder: Path, mailbox: Mailbox, every: str = "1h") -> Path:
    password = folder / "password"
    password.write_text(mailbox.server.password + "\n")
    file = folder / "c.toml"
    file.write_text(
        f'[data]\nfolder = "{folder / "data"}"\n[mailbox]\nhost = "localhost"\n'
        f'port = {mailbox.server.tls_port}\nca_file = "{mailbox.server.ca_file}"\n'
        f'user = "{mailbox.user}"\npassword_file = "{password}"\n[schedule]\nevery = "{every}"\n'
    )
    return file


def test_fetch_takes_in_what_is_new_and_leaves_the_mailbox_alone(
    tmp_path: Path, mailbox: Mailbox
) -> None:
    configuration = str(_configuration(tmp_path, mailbox))
    mailbox.deliver((SAMPLES / "mail" / "mail-04-auto-reply.eml").read_bytes())
    mailbox.deliver((SAMPLES / "mail" / "mail-08-nam-digital.eml").read_bytes())
    assert cli.run(["fetch", "--config", configuration]) == ExitCode.SOME_FAILED
    assert cli.run(["fetch", "--config", configuration]) == ExitCode.OK
    db = sqlite_utils.Database(tmp_path / "data" / "noteverbale.db")
    messages = {r["uid"]: r["outcome"] for r in db["messages_list"].rows}
    documents = [(r["outcome"], r["reason"]) for r in db["documents_list"].rows]
    db.close()
    assert messages == {1: "skipped", 2: "processed"}
    assert documents == [("rejected", "not_a_scan")]
    assert {p.parent.name for p in mailbox.files()} == {"new"}


def test_a_new_uidvalidity_loses_and_doubles_nothing(tmp_path: Path, mailbox: Mailbox) -> None:
    configuration = str(_configuration(tmp_path, mailbox))
    mailbox.deliver((SAMPLES / "mail" / "mail-08-nam-digital.eml").read_bytes())
    cli.run(["fetch", "--config", configuration])
    mailbox.change_uidvalidity()
    assert cli.run(["fetch", "--config", configuration]) == ExitCode.OK
    db = sqlite_utils.Database(tmp_path / "data" / "noteverbale.db")
    counts = [db[name].count for name in ("messages", "documents")]
    db.close()
    assert counts == [1, 1]


def test_a_wrong_password_is_one_plain_line(
    tmp_path: Path, mailbox: Mailbox, capsys: pytest.CaptureFixture[str]
) -> None:
    configuration = _configuration(tmp_path, mailbox)
    (tmp_path / "password").write_text("wrong\n")
    assert cli.run(["fetch", "--config", str(configuration)]) == ExitCode.SOME_FAILED
    said = capsys.readouterr().err
    assert "user name or password" in said
    assert "wrong" not in said
    assert cli.run(["check", "--config", str(configuration)]) == ExitCode.SOME_FAILED
    assert "MEND  mailbox" in capsys.readouterr().out


def test_the_service_polls_and_stops_on_sigterm(tmp_path: Path, mailbox: Mailbox) -> None:
    configuration = str(_configuration(tmp_path, mailbox, every="10s"))
    mailbox.deliver((SAMPLES / "mail" / "mail-04-auto-reply.eml").read_bytes())
    process = _start("run", "--config", configuration)
    database = tmp_path / "data" / "noteverbale.db"
    deadline = time.monotonic() + 40
    second = False
    while time.monotonic() < deadline:
        time.sleep(0.1)
        if database.exists() and _uids(database) == [1] and not second:
            mailbox.deliver((SAMPLES / "mail" / "mail-08-nam-digital.eml").read_bytes())
            second = True
        if second and _uids(database) == [1, 2]:
            break
    process.send_signal(signal.SIGTERM)
    _, said = process.communicate(timeout=30)
    assert process.returncode == 0, said.decode()
    assert _uids(database) == [1, 2]
    assert b"example.org" not in said


def _uids(database: Path) -> list[int]:
    db = sqlite_utils.Database(database)
    try:
        return sorted(r["uid"] for r in db["messages_list"].rows)
    except Exception:  # noqa: BLE001 - the other process is just making the tables
        return []
    finally:
        db.close()


def test_what_is_kept_is_read_though_the_mailbox_cannot_be_reached(
    tmp_path: Path, mailbox: Mailbox, capsys: pytest.CaptureFixture[str]
) -> None:
    configuration = _configuration(tmp_path, mailbox)
    database = tmp_path / "data" / "noteverbale.db"
    with open_store(database) as store:
        data = (SAMPLES / "mail" / "mail-08-nam-digital.eml").read_bytes()
        keeping.keep(store, RawItem(ItemKey("a@localhost:993", "INBOX", 1, 1), "message", data))
    text = configuration.read_text()
    configuration.write_text(text.replace(f"port = {mailbox.server.tls_port}", "port = 1"))
    assert cli.run(["fetch", "--config", str(configuration)]) == ExitCode.SOME_FAILED
    said = capsys.readouterr().err
    assert "rejected, not a scan" in said
    assert "noteverbale: localhost" in said
