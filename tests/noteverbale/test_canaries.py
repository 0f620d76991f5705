"""Fifty words in names, subjects, addresses, files and passwords: none in a log or left behind.

Logs carry numbers and reasons. Looked at are standard error, the JSON log, the metrics file, every
byte of the temporary folder, and the arguments and environment of every program that is started.
"""

from __future__ import annotations

import contextlib
import http.client
import os
import re
import shutil
import signal
import socket
import socketserver
import subprocess
import sys
import threading
import time
import urllib.parse
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.mail_server import Mailbox
from tests.noteverbale import canaries
from tests.noteverbale.canaries import ALL, FILE_NAMES, IN_FILES, SECRETS, TYPED

ROOT = Path(__file__).parents[2]
ENDS_S = 200
_POLLED = re.compile(rb"last_complete_poll_timestamp_seconds [1-9]")
NO_NAMES = tuple(word for word in ALL if word not in FILE_NAMES)


def found(where: bytes, words: tuple[str, ...] = ALL) -> list[str]:
    """The canaries in it, in whatever case."""
    lower = where.lower()
    return [word for word in words if word.lower().encode() in lower]


@dataclass
class Place:
    """One run's folders, and all that was said in it."""

    folder: Path
    said: dict[str, bytes] = field(default_factory=dict)
    started: list[str] = field(default_factory=list)
    more: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name in ("home", "tmp", "data"):
            (self.folder / name).mkdir()

    @property
    def database(self) -> Path:
        return self.folder / "data" / "n.db"

    def environment(self) -> dict[str, str]:
        return {
            "PATH": os.environ["PATH"],
            "HOME": str(self.folder / "home"),
            "TMPDIR": str(self.folder / "tmp"),
            "LANG": "C.UTF-8",
            "PYTHONPATH": str(ROOT),
            "NOTEVERBALE_DEBUG": "1",
            **self.more,
        }

    def command(self, name: str, *arguments: str) -> list[str]:
        """The program under a strace that notes what is started, with all arguments."""
        strace = shutil.which("strace")
        assert strace, "apt-get install strace"
        report = self.folder / f"{name}.execve"
        options = ["-f", "-qq", "-v", "-s", "65536", "--seccomp-bpf", "-e", "trace=execve"]
        program = [sys.executable, "-m", "noteverbale", *arguments]
        return [strace, *options, "-o", str(report), *program, "--db", str(self.database)]

    def run(self, name: str, *arguments: str) -> int:
        """Runs a command to its end and keeps what it said."""
        done = subprocess.run(
            self.command(name, *arguments),
            env=self.environment(),
            cwd=self.folder / "data",
            capture_output=True,
            check=False,
            timeout=ENDS_S,
        )
        self.note(name, done.stderr)
        return done.returncode

    def note(self, name: str, stderr: bytes) -> None:
        """Keeps what was said and what was started."""
        self.said[name] = stderr
        report = self.folder / f"{name}.execve"
        lines = [line for line in report.read_text().splitlines() if "execve(" in line]
        self.started += lines[1:]  # the first is our own command line

    def config(self, name: str, text: str) -> Path:
        """A configuration file."""
        path = self.folder / f"{name}.toml"
        path.write_text(text)
        return path

    def check(self) -> None:
        """Nothing is left over, and no program was told anything."""
        assert list((self.folder / "tmp").iterdir()) == []
        assert list((self.folder / "home").iterdir()) == []
        assert len(self.started) > 3
        for line in self.started:
            assert found(line.encode()) == [], line


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path)


def _mailbox(port: int, user: str, tls: str = "none") -> str:
    return (
        f'[mailbox]\nhost = "127.0.0.1"\nport = {port}\ntls = "{tls}"\nuser = "{user}"\n'
        'password_env = "MAILBOX_PASSWORD"\ntimeout_s = 5\n'
    )


def test_there_are_fifty_of_them() -> None:
    assert len({word.lower() for word in ALL}) == len(ALL) == 50


def test_a_canary_would_be_seen(place: Place) -> None:
    """The net itself: a program that is told one, and one that says one."""
    assert found(b"x " + SECRETS[0].upper().encode()) == [SECRETS[0]]
    (place.folder / "tmp" / "x").write_text(SECRETS[0])
    with pytest.raises(AssertionError):
        place.check()


def test_reading_a_folder_tells_nothing(place: Place) -> None:
    folder = place.folder / "replies"
    canaries.replies(folder)
    assert place.run("process", "process", str(folder), "--jobs", "1") == 1
    assert place.run("reprocess", "reprocess", "--all") == 1
    read = place.database.read_bytes() + b"".join(
        p.read_bytes() for p in place.database.parent.glob("n.db-*")
    )
    assert len(found(read, canaries.ON_SCANS[:8])) >= 7, "the scan was not read"
    for name, said in place.said.items():
        assert found(said, NO_NAMES) == [], name
    assert found(place.said["process"], FILE_NAMES)  # each that failed is named, by contract
    exported = place.folder / "data" / "list.csv"
    place.run("meeting", "meeting", "add", str(ROOT / "samples" / "invitation.txt"))
    where = ["--meeting", "CU 2019/59/(A)/DTA/CEB/CSS", "--all", "--out", str(exported)]
    place.run("export", "export", *where)
    place.run("export-nowhere", "export", *where[:-1], "/nowhere/list.csv")
    for name in ("export", "export-nowhere"):
        assert found(place.said[name]) == []
    place.check()


def test_polls_and_the_service_tell_nothing(place: Place, mailbox: Mailbox) -> None:
    mailbox.deliver_all(canaries.mail())
    port = mailbox.server.port
    config = place.config("refused", _mailbox(port, mailbox.user))
    place.more["MAILBOX_PASSWORD"] = SECRETS[0]
    assert place.run("refused", "fetch", "--config", str(config)) != 0
    metrics = place.folder / "data" / "metrics.prom"
    text = _mailbox(port, mailbox.user) + '[service]\nlog = "json"\n'
    config = place.config("good", text + f'metrics_file = "{metrics}"\n[ocr]\njobs = 1\n')
    place.more["MAILBOX_PASSWORD"] = mailbox.server.password
    service = subprocess.Popen(
        place.command("run", "run", "--config", str(config)),
        env=place.environment(),
        cwd=place.folder / "data",
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    with service:
        try:
            _wait_for(lambda: metrics.exists() and bool(_POLLED.search(metrics.read_bytes())))
            os.killpg(service.pid, signal.SIGTERM)
            _, said = service.communicate(timeout=ENDS_S)
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(service.pid, signal.SIGKILL)
    place.note("run", said)
    assert b'"level"' in said
    for name, told in place.said.items():
        assert found(told) == [], name
    assert found(metrics.read_bytes()) == []
    assert not any("MAILBOX_PASSWORD" in line for line in place.started)
    kept = place.database.read_bytes()
    assert len(found(kept, canaries.IN_MAIL)) >= 6, "the mail was not read"
    assert len(found(kept, canaries.ON_SCANS[8:])) >= 7, "the scan was not read"
    place.check()


def _wait_for(there: Callable[[], bool]) -> None:
    until = time.monotonic() + ENDS_S
    while not there():
        assert time.monotonic() < until, "it does not come"
        time.sleep(0.1)


class _Echo(socketserver.StreamRequestHandler):
    """A mail server that repeats what it was told when it refuses."""

    def handle(self) -> None:
        self.wfile.write(b"* OK ready\r\n")
        while line := self.rfile.readline():
            tag, _, rest = line.strip().partition(b" ")
            command = rest.partition(b" ")[0].upper()
            if command == b"CAPABILITY":
                self.wfile.write(b"* CAPABILITY IMAP4rev1\r\n" + tag + b" OK\r\n")
            elif command == b"LOGOUT":
                self.wfile.write(b"* BYE\r\n" + tag + b" OK\r\n")
                return
            else:
                self.wfile.write(tag + b" NO [AUTHENTICATIONFAILED] no: " + rest + b"\r\n")


@contextmanager
def _echoing() -> Iterator[int]:
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Echo) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_address[1]
        server.shutdown()


def test_secrets_that_a_server_repeats_are_not_told(place: Place) -> None:
    place.more["MAILBOX_PASSWORD"] = SECRETS[0]
    with _echoing() as port:
        text = _mailbox(port, "meetings") + '[service]\nlog = "json"\n'
        config = place.config("echo", text)
        assert place.run("echo", "fetch", "--config", str(config)) != 0
        assert place.run("check", "check", "--config", str(config)) != 0
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    (place.folder / "secret").write_text(SECRETS[1])
    (place.folder / "smtp").write_text(SECRETS[2])
    text = (
        _mailbox(port, "meetings", "tls")
        .replace(
            'password_env = "MAILBOX_PASSWORD"',
            'auth = "oauth2"\n[mailbox.oauth2]\ntenant = "t"\nclient_id = "c"\n'
            f'secret_file = "{place.folder}/secret"\nauthority = "https://127.0.0.1:{port}"',
        )
        .replace("timeout_s = 5\n", "")
    )
    text += (
        f'[digest]\nhost = "127.0.0.1"\nport = {port}\ntls = "none"\nuser = "d"\n'
        f'password_file = "{place.folder}/smtp"\nfrom = "d@example.org"\nto = ["e@example.org"]\n'
    )
    config = place.config("nobody", text)
    assert place.run("nobody", "fetch", "--config", str(config)) != 0
    assert place.run("check-nobody", "check", "--config", str(config)) != 0
    slip = place.config("slip", f'[mailbox]\npassword = "{SECRETS[3]}"\n')
    assert place.run("slip", "status", "--config", str(slip)) == 2
    for name, said in place.said.items():
        assert found(said) == [], name


def test_the_review_page_tells_nothing(place: Place) -> None:
    scan = place.folder / "note.pdf"
    words = canaries.ON_SCANS
    page = canaries.page(*canaries.persons(words[:4]))
    scan.write_bytes(canaries.pdf(page, IN_FILES[0], IN_FILES[1]))
    assert place.run("process", "process", str(scan), "--jobs", "1") == 0
    added = subprocess.run(
        [*place.command("add", "review", "--add-user", "noor")],
        input=f"{SECRETS[4]}\n{SECRETS[4]}\n".encode(),
        env=place.environment(),
        capture_output=True,
        check=True,
        timeout=ENDS_S,
    )
    place.note("add", added.stderr + added.stdout)
    with _review(place, "review") as address:
        for path in ("/", f"/reply/{TYPED[0]}", f"/{TYPED[0]}/../x", "/reply/1", "/image/1/1"):
            assert _asked(address, "GET", path) >= 200
        for password in (TYPED[1], SECRETS[4]):
            form = urllib.parse.urlencode({"name": "noor", "password": password})
            assert _asked(address, "POST", "/login", form) in (200, 303, 401, 403)
        assert _asked(address, "GET", "/", host=f"{TYPED[0]}.example.org") >= 400
    assert found(place.database.read_bytes(), words[:4])
    for name, said in place.said.items():
        assert found(said) == [], name
    assert SECRETS[4].encode() not in (place.folder / "data" / "review-users").read_bytes()
    place.check()


def test_the_token_of_the_review_page_is_printed_once_and_told_nobody(place: Place) -> None:
    invitation = str(ROOT / "samples" / "invitation.txt")
    assert place.run("empty", "meeting", "add", invitation) == 0
    with _review(place, "token") as address:
        token = address.rpartition("token=")[2]
        assert len(token) > 20
        assert _asked(address, "GET", f"/start?token={token}") == 303
        assert _asked(address, "GET", f"/start?token={token[:-1]}") == 403
        assert _asked(address, "GET", f"/elsewhere?token={token}") >= 400
    assert token.encode() not in place.said["token"]
    assert not any(token in line for line in place.started)


@contextmanager
def _review(place: Place, name: str) -> Iterator[str]:
    """The page at work; the address it prints."""
    process = subprocess.Popen(
        place.command(name, "review", "--port", "0"),
        env=place.environment(),
        cwd=place.folder / "data",
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    with process:
        try:
            assert process.stdout is not None
            yield process.stdout.readline().decode().strip()
        finally:
            os.killpg(process.pid, signal.SIGINT)
            _, said = process.communicate(timeout=ENDS_S)
            with contextlib.suppress(FileNotFoundError):
                place.note(name, said)


def _asked(address: str, method: str, path: str, body: str | None = None, host: str = "") -> int:
    """The status of an answer."""
    at = re.match(r"https?://([^/]+)", address)
    assert at is not None
    connection = http.client.HTTPConnection(at[1], timeout=60)
    headers = {"Host": host or at[1], "Origin": f"http://{at[1]}"}
    if body is not None:
        headers["Content-Type"] = "application/x-www-form-urlencoded"
    connection.request(method, path, body, headers)
    status = connection.getresponse().status
    connection.close()
    return status
