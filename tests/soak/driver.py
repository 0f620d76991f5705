"""Rounds of the service in child processes that may be killed anywhere, and what must hold after.

Documents cost no OCR here: what is tried is that nothing is lost and nothing comes twice, and for
that a file that is no scan, is damaged or asks for a password does as well as one that is read.
"""

from __future__ import annotations

import base64
import contextlib
import hashlib
import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event

from imapclient import IMAPClient

from noteverbale.config import Config, MailboxConfig, OcrConfig
from noteverbale.rounds import go, locks
from noteverbale.service import Quiet
from noteverbale.service_config import DraftsConfig
from store.opening import open_store
from store.service.polls import Part
from tests.mail_server import Mailbox

ROOT = Path(__file__).parents[2]
WEATHER = Path(__file__).with_name("weather.py")
DAMAGED = "Content-Transfer-Encoding: base64\r\n\r\nJVBERi0x=LjQKJcOkw7zDtsOfCjIgMCBvYmoK=====\r\n"


def message(number: int, subject: str = "note") -> bytes:
    """Message ``number``: every fourth has no file, one that is damaged, encrypted, or no page."""
    kind = number % 4
    head = (
        f"From: mission{number}@example.org\r\nTo: uncac@example.org\r\n"
        f"Subject: {subject} {number}\r\n"
        f"Message-ID: <{number}@example.org>\r\nDate: Mon, 6 May 2019 09:00:00 +0000\r\n"
    )
    if kind == 0:
        return (head + f"\r\nNo file in {number}.\r\n").encode()
    data = base64.encodebytes(_encrypted_zip(number)).decode().replace("\n", "\r\n")
    name, body = f"note{number}.zip", f"Content-Transfer-Encoding: base64\r\n\r\n{data}\r\n"
    if kind == 1:
        name, body = f"note{number}.pdf", DAMAGED
    if kind == 2:
        name, body = f"note{number}.exe", f"\r\nMZ {number}\r\n"
    return (
        head + "MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n"
        f"\r\nhello {number}\r\n--b\r\nContent-Type: application/octet-stream; name={name}\r\n"
        f"Content-Disposition: attachment; filename={name}\r\n{body}--b--\r\n"
    ).encode()


def _encrypted_zip(number: int) -> bytes:
    """A zip whose one member is flagged as encrypted (APPNOTE 4.4.4, bit 0)."""
    import io
    import zipfile

    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("note.pdf", f"%PDF-1.4 {number}")
    data = bytearray(made.getvalue())
    data[6] |= 1
    central = data.index(b"PK\x01\x02")
    data[central + 8] |= 1
    return bytes(data)


def configuration(mailbox: Mailbox, folder: Path, port: int | None = None) -> Config:
    """Messages are moved when they are kept, and drafts are laid: all that changes the server."""
    (folder / "password").write_text(mailbox.server.password)
    return Config(
        mailbox=MailboxConfig(
            host="localhost",
            port=port or mailbox.server.tls_port,
            ca_file=mailbox.server.ca_file,
            user=mailbox.user,
            password_file=folder / "password",
            after="move",
            move_to="Processed",
            timeout_s=2.0,
        ),
        ocr=OcrConfig(jobs=1),
        drafts=DraftsConfig(enabled=True, from_="uncac@example.org"),
    )


def folders(mailbox: Mailbox) -> None:
    """Makes the folders that messages are moved and drafts laid into."""
    with client(mailbox) as connected:
        for name in ("Processed", "Drafts"):
            connected.create_folder(name)


@contextmanager
def client(mailbox: Mailbox) -> Iterator[IMAPClient]:
    """A mail program beside us."""
    with IMAPClient("127.0.0.1", mailbox.server.port, ssl=False) as connected:
        connected.login(mailbox.user, mailbox.server.password)
        yield connected


def counted(mailbox: Mailbox, folder: str) -> int:
    """Messages in a folder on the server."""
    with client(mailbox) as connected:
        return int(connected.folder_status(folder, ["MESSAGES"])[b"MESSAGES"])


def round_here(config: Config, database: Path, part: Part = "both") -> str:
    """One round in this process; how it ended."""
    with locks(database, part), open_store(database, check=False) as store:
        tally = go(config, store, part, Quiet(), Event())
    return tally.trouble.reason if tally.trouble else "complete"


def start(
    config: Config,
    database: Path,
    before: Callable[[], None] = lambda: None,
    part: Part = "both",
) -> int:
    """A round in a forked child, the leader of its group; its process id."""
    child = os.fork()
    if child:
        return child
    code = 1
    try:
        os.setsid()
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
        before()
        code = 0 if round_here(config, database, part) == "complete" else 2
    finally:
        os._exit(code)


def ended(child: int, within_s: float | None = None) -> int | None:
    """Waits for a child, kills it and its group after ``within_s``; None if it was killed."""
    deadline = None if within_s is None else time.monotonic() + within_s
    while True:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            break
        if deadline is not None and time.monotonic() >= deadline:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(child, signal.SIGKILL)
            with contextlib.suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)
            _, status = os.waitpid(child, 0)
            break
        time.sleep(0.002)
    return None if os.WIFSIGNALED(status) else os.WEXITSTATUS(status)


def finish(config: Config, database: Path, rounds: int = 10) -> None:
    """Rounds that nobody disturbs, until one is complete and nothing waits."""
    for _ in range(rounds):
        with open_store(database) as store, store.writing() as conn:
            conn.execute("UPDATE retries SET not_before = '2019-01-01T00:00:00Z'")
        if ended(start(config, database)) == 0 and not _waiting(database):
            return
    raise AssertionError("it does not come to an end")


def _waiting(database: Path) -> int:
    with contextlib.closing(sqlite3.connect(database)) as conn:
        return int(
            conn.execute(
                "SELECT (SELECT count(*) FROM messages WHERE outcome = 'pending')"
                " + (SELECT count(*) FROM documents WHERE outcome = 'pending')"
                " + (SELECT count(*) FROM drafts WHERE state = 'wanted')"
            ).fetchone()[0]
        )


def verify(mailbox: Mailbox, database: Path, sent: list[bytes]) -> dict[str, int]:
    """Fails unless each message sent is here once, and once on the server, and nothing is left.

    Returns:
        Counts for the report.
    """
    wanted = sorted(hashlib.sha256(data).hexdigest() for data in sent)
    open_store(database).close()  # sweeps
    with contextlib.closing(sqlite3.connect(database)) as conn:
        kept = sorted(r[0] for r in conn.execute("SELECT sha256 FROM messages"))
        lost = len(set(wanted) - set(kept))
        twice = len(kept) - len(set(kept))
        documents = conn.execute("SELECT count(*), count(DISTINCT message) FROM documents")
        many, of = documents.fetchone()
        sound = conn.execute("PRAGMA integrity_check").fetchone()[0]
        foreign = conn.execute("PRAGMA foreign_key_check").fetchall()
        named = {r[0] for r in conn.execute("SELECT sha256 FROM messages")}
        named |= {r[0] for r in conn.execute("SELECT sha256 FROM documents")}
        drafts = conn.execute(
            "SELECT count(*) FROM documents WHERE reason IN ('encrypted', 'corrupt', 'not_a_scan')"
        ).fetchone()[0]
    originals = database.parent / "originals"
    files = {p.name: p for p in originals.rglob("*") if p.is_file()}
    bad = [n for n, p in files.items() if hashlib.sha256(p.read_bytes()).hexdigest() != n]
    found = {
        "messages": len(kept),
        "lost": lost,
        "twice": twice,
        "documents": many,
        "documents_twice": many - of,
        "files_left_over": len(set(files) - named) + len(bad),
        "files_missing": len(named - set(files)),
        "moved": counted(mailbox, "Processed"),
        "inbox": counted(mailbox, "INBOX"),
        "drafts": counted(mailbox, "Drafts"),
    }
    with_file = sum(b"multipart/mixed" in data for data in sent)
    assert (sound, foreign) == ("ok", [])
    assert found == {
        "messages": len(sent),
        "lost": 0,
        "twice": 0,
        "documents": with_file,
        "documents_twice": 0,
        "files_left_over": 0,
        "files_missing": 0,
        "moved": len(sent),
        "inbox": 0,
        "drafts": drafts,
    }
    return found


@contextmanager
def weather(port: int, seed: int, share: float) -> Iterator[tuple[int, dict[str, int]]]:
    """The proxy; its port, and, when the block has ended, the fates of its connections."""
    process = subprocess.Popen(
        [sys.executable, str(WEATHER), str(port), str(seed), str(share)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    fates: dict[str, int] = {}
    try:
        yield int(process.stdout.readline()), fates
    finally:
        with process:
            process.stdin.close()
            fates.update(json.loads(process.stdout.readline() or "{}"))
