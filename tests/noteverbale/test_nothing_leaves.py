"""Nothing leaves the machine: every command under strace(1), and all that the page refers to.

Each step is a process of its own with an empty home folder, which must stay empty.
"""

from __future__ import annotations

import contextlib
import os
import re
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests import namespaces, strace
from tests.mail_server import Mailbox

ROOT = Path(__file__).parents[2]
SCAN = ROOT / "samples" / "replies" / "001-ken-numbered.pdf"
MAIL = ROOT / "samples" / "mail" / "mail-01-ken-logo.eml"
REFERENCE = "CU 2019/59/(A)/DTA/CEB/CSS"
ENDS_S = 120


@dataclass(frozen=True)
class Machine:
    """Folders of one invented user."""

    folder: Path

    @property
    def home(self) -> Path:
        return self.folder / "home"

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def temporary(self) -> Path:
        return self.folder / "tmp"

    @property
    def database(self) -> Path:
        return self.data / "noteverbale.db"

    def environment(self) -> dict[str, str]:
        """As a service has it; nothing of ours."""
        return {
            "PATH": os.environ["PATH"],
            "HOME": str(self.home),
            "TMPDIR": str(self.temporary),
            "LANG": "C.UTF-8",
            "PYTHONPATH": str(ROOT),
        }

    def command(self, report: Path, *arguments: str) -> list[str]:
        """The program under strace."""
        return [*strace.command(report), sys.executable, "-m", "noteverbale", *arguments]

    def run(self, name: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Runs a command to its end; fails if anything leaked."""
        report = self.folder / f"{name}.strace"
        done = subprocess.run(
            self.command(report, *arguments),
            env=self.environment(),
            cwd=self.data,
            capture_output=True,
            text=True,
            check=False,
            timeout=ENDS_S,
        )
        self.check(report)
        return done

    def check(self, report: Path) -> None:
        """Fails if anything went where it must not."""
        seen = list(strace.calls(report.read_text(errors="surrogateescape")))
        assert len(seen) > 100, "strace saw nothing"
        found = strace.leaks(seen, (self.data, self.temporary))
        assert not found, "\n".join(found)
        assert list(self.home.iterdir()) == []


@pytest.fixture(scope="module")
def machine(tmp_path_factory: pytest.TempPathFactory) -> Machine:
    """One reply and one message, read under strace."""
    found = Machine(tmp_path_factory.mktemp("machine"))
    for folder in (found.home, found.data, found.temporary):
        folder.mkdir()
    done = found.run("process", "process", str(SCAN), str(MAIL), "--db", str(found.database))
    assert "1 processed" in done.stderr, done.stderr
    return found


def test_reading_again_leaks_nothing(machine: Machine) -> None:
    done = machine.run("reprocess", "reprocess", "--all", "--db", str(machine.database))
    assert done.returncode in (0, 1), done.stderr


def test_read_leaks_nothing(machine: Machine) -> None:
    done = machine.run("read", "read", str(SCAN))
    assert "compliments" in done.stdout, done.stderr


@pytest.mark.parametrize("format_", ["csv", "xlsx", "docx", "json", "indico"])
def test_export_leaks_nothing(machine: Machine, format_: str) -> None:
    invitation = str(ROOT / "samples" / "invitation.txt")
    machine.run("meeting", "meeting", "add", invitation, "--db", str(machine.database))
    target = machine.data / f"list.{format_}"
    where = ["--db", str(machine.database), "--out", str(target)]
    done = machine.run(
        "export", "export", "--meeting", REFERENCE, "--all", "--format", format_, *where
    )
    assert done.returncode == 0, done.stderr
    assert target.stat().st_size > 0


def test_check_and_status_leak_nothing(machine: Machine) -> None:
    assert machine.run("status", "status", "--db", str(machine.database)).returncode == 0
    done = machine.run("check", "check", "--db", str(machine.database))
    assert re.search(r"^ok +usage reports +off", done.stdout, re.MULTILINE), done.stdout
    told = "cut off" if namespaces.allowed() else "not cut off"
    assert re.search(rf"^ok +readers' network +{told}", done.stdout, re.MULTILINE), done.stdout


def test_a_backup_and_its_restoring_leak_nothing(machine: Machine) -> None:
    saved, again = machine.data / "saved", machine.data / "again"
    done = machine.run("backup", "backup", str(saved), "--db", str(machine.database))
    assert done.returncode == 0, done.stderr
    done = machine.run("restore", "restore", str(saved), "--to", str(again))
    assert done.returncode == 0, done.stderr
    assert (again / "noteverbale.db").stat().st_size > 0


def test_a_poll_speaks_to_the_configured_server_alone(machine: Machine, mailbox: Mailbox) -> None:
    mailbox.deliver(MAIL.with_name("mail-04-auto-reply.eml").read_bytes())
    (machine.data / "password").write_text(mailbox.server.password)
    config = machine.data / "noteverbale.toml"
    config.write_text(
        f'[mailbox]\nhost = "127.0.0.1"\nport = {mailbox.server.port}\ntls = "none"\n'
        f'user = "{mailbox.user}"\npassword_file = "{machine.data}/password"\n'
    )
    where = ["--config", str(config), "--db", str(machine.database)]
    done = machine.run("fetch", "fetch", *where)
    assert "1 new" in done.stderr, done.stderr


class _References(HTMLParser):
    """Everything in a page that a browser would fetch or go to."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = ("src", "href", "action", "srcset", "poster", "data", "formaction", "background")
        del tag
        self.found += [value or "" for name, value in attrs if name in names]


@contextlib.contextmanager
def _page(machine: Machine) -> Iterator[tuple[urllib.request.OpenerDirector, str]]:
    """The review page under strace, logged in, and its address."""
    report = machine.folder / "review.strace"
    process = subprocess.Popen(
        machine.command(report, "review", "--db", str(machine.database), "--port", "0"),
        env=machine.environment(),
        cwd=machine.data,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        assert process.stdout is not None
        door = process.stdout.readline().strip()
        opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
        with opener.open(door, timeout=ENDS_S) as answer:
            assert answer.status == 200
        yield opener, door.partition("/start")[0]
    finally:
        os.killpg(process.pid, signal.SIGINT)
        with process:
            process.wait(ENDS_S)
    machine.check(report)


def test_the_review_page_leaks_nothing_and_refers_to_nothing_elsewhere(machine: Machine) -> None:
    with _page(machine) as (opener, address):
        waiting = ["/queue", "/reply/1"]
        seen: dict[str, str] = {}
        while waiting:
            path = waiting.pop()
            if path in seen or path.startswith("#"):
                continue
            with opener.open(address + path, timeout=ENDS_S) as answer:
                policy = answer.headers["Content-Security-Policy"]
                body = answer.read()
            seen[path] = kind = answer.headers.get_content_type()
            assert "default-src 'none'" in policy
            assert re.search(r"https?:|\*|(?<!-)\bdata:", policy) is None, policy
            if kind == "text/html":
                parser = _References()
                parser.feed(body.decode())
                for found in parser.found:
                    assert re.match(r"(/(?!/)|[#?]|$)", found), found
                    if re.match(r"/(reply|page|image|static|queue|overview|chase|changes)", found):
                        waiting.append(found)
            elif kind in ("text/css", "text/javascript"):
                text = re.sub(r"http://www\.w3\.org/\S+", "", body.decode())  # names, no addresses
                assert re.search(r"(https?:)?//[\w.-]+\.\w", text) is None
    assert {"text/html", "text/css", "text/javascript", "image/png"} <= set(seen.values()), seen
