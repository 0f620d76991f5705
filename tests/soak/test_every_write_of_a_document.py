"""A scan and a message from a folder to the table: each write fails once, and kills once.

Whatever happened, the next run ends where an undisturbed one ends, and nothing is left over.
"""

from __future__ import annotations

import contextlib
import hashlib
import itertools
import json
import os
import sqlite3
import sys
import tempfile
import time
from email.message import EmailMessage
from pathlib import Path

import img2pdf
import pytest

from noteverbale import cli
from tests.soak import driver
from tests.soak.conftest import Tell
from tests.soak.operations import Deed, Operations, fail, kill
from tests.soak.small_scans import scan

GONE_S = 120.0
PROBE = (b"", b"blat")  # tempfile._get_default_tempdir

QUESTIONS = (
    "SELECT sha256, outcome, reason FROM messages ORDER BY 1",
    "SELECT sha256, filename, outcome, reason, message IS NULL FROM documents ORDER BY 1",
    "SELECT name, email, status, current FROM delegation_list ORDER BY 1",
    "SELECT sha256, page_number, text FROM pages_list JOIN documents d ON d.id = document_id"
    " ORDER BY 1, 2",
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """What came in."""
    found = tmp_path / "replies"
    found.mkdir()
    (found / "note.png").write_bytes(scan("Kari Solberg", "k.solberg"))
    message = EmailMessage()
    message["From"] = "mission@example.org"
    message["Subject"] = "Note verbale"
    message["Message-ID"] = "<1@example.org>"
    message.set_content("Please find attached.\n")
    message.add_attachment(
        img2pdf.convert(scan("Liv Brekke", "l.brekke")),
        maintype="application",
        subtype="pdf",
        filename="note.pdf",
    )
    (found / "reply.eml").write_bytes(message.as_bytes())
    return found


def _run(folder: Path, place: Path, operations: Operations | None = None) -> int | None:
    """One `process` in a fork of its own; its exit code, None if it was killed."""
    temporary = place / "tmp"
    temporary.mkdir(parents=True, exist_ok=True)
    child = os.fork()
    if child == 0:
        code = 99
        try:
            os.setsid()
            os.environ["TMPDIR"] = str(temporary)
            tempfile.tempdir = None
            os.dup2(os.open(place / "stderr", os.O_WRONLY | os.O_CREAT | os.O_TRUNC), 2)
            sys.stderr = os.fdopen(2, "w", closefd=False)
            config = place.parent / "config.toml"
            config.write_text("[ocr]\nsecond_reader = false\n")
            if operations is not None:
                operations.install()
            where = ["--db", str(place / "n.db"), "--config", str(config), "--jobs", "1"]
            code = cli.run(["process", str(folder), *where])
            if operations is not None:
                (place / "kinds").write_text(json.dumps(operations.kinds))
        finally:
            sys.stderr.flush()
            os._exit(code)
    ended = driver.ended(child)
    _wait_for_the_last_of(child)
    return ended


def _wait_for_the_last_of(group: int) -> None:
    """Workers see that their coordinator was killed, and end; then what they left can be swept."""
    until = time.monotonic() + GONE_S
    while time.monotonic() < until:
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return
        time.sleep(0.01)
    raise AssertionError("workers outlive their coordinator")


def _state(place: Path) -> list[list[tuple[object, ...]]]:
    """What the database says, after a look at its soundness and at the originals."""
    with contextlib.closing(sqlite3.connect(place / "n.db")) as conn:
        assert conn.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert conn.execute("PRAGMA foreign_key_check").fetchall() == []
        named = {row[0] for row in conn.execute("SELECT sha256 FROM documents")}
        named |= {row[0] for row in conn.execute("SELECT sha256 FROM messages")}
        found = [conn.execute(question).fetchall() for question in QUESTIONS]
    files = {p.name: p for p in (place / "originals").rglob("*") if p.is_file()}
    assert set(files) == named
    for name, path in files.items():
        assert hashlib.sha256(path.read_bytes()).hexdigest() == name
    return found


def _left_over(temporary: Path) -> list[str]:
    """Files of ours; not the word with which Python tries whether it may write there."""
    return [p.name for p in temporary.iterdir() if p.is_dir() or p.read_bytes() not in PROBE]


@pytest.mark.parametrize("deed", [kill, fail], ids=["kill", "fail"])
@pytest.mark.parametrize(
    "every",
    [
        pytest.param(41, id="short"),
        pytest.param(1, id="long", marks=[pytest.mark.soak, pytest.mark.timeout(7200)]),
    ],
)
def test_whatever_fails_the_next_run_ends_the_same(
    tmp_path: Path, folder: Path, tell: Tell, deed: Deed, every: int
) -> None:
    whole = tmp_path / "whole"
    assert _run(folder, whole, Operations()) == 0, (whole / "stderr").read_text()
    right = _state(whole)
    assert [row[0] for row in right[2]] == ["Kari Solberg", "Liv Brekke"]
    kinds: list[str] = json.loads((whole / "kinds").read_text())
    assert {"write", "fsync", "rename", "commit"} <= set(kinds)
    tried, unharmed = 0, 0
    for chosen in itertools.count(1, every):
        if chosen > len(kinds):
            break
        place = tmp_path / f"n{chosen}"
        code = _run(folder, place, Operations(chosen, deed))
        said = (place / "stderr").read_text()
        assert "Traceback" not in said
        if code == 0:  # not one of the things that have to succeed
            assert _state(place) == right, (chosen, kinds[chosen - 1])
            unharmed += 1
        tried += 1
        assert _run(folder, place) == 0, (chosen, (place / "stderr").read_text())
        assert _state(place) == right, (chosen, kinds[chosen - 1])
        assert _left_over(place / "tmp") == [], (chosen, kinds[chosen - 1])
    tell(
        f"every write of a document: {deed.__name__} {tried} times, every {every} of {len(kinds)};"
        f" {unharmed} made no difference; all sound"
    )
    assert tried == len(range(1, len(kinds) + 1, every))
