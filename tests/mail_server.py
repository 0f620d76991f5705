"""A real IMAP server (dovecot) on loopback, and the mailboxes on it."""

from __future__ import annotations

import contextlib
import grp
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

PASSWORD = "secret"
CONFIGURATION = Path(__file__).with_name("dovecot.conf.in")

OAUTH2 = """introspection_url = http://127.0.0.1:{port}/
introspection_mode = post
force_introspection = yes
username_attribute = username
active_attribute = active
active_value = true
timeout_msecs = 2000
"""


@dataclass(frozen=True)
class Dovecot:
    """A running server: plain text on ``port``, TLS on ``tls_port``, any user name is known."""

    folder: Path
    port: int
    tls_port: int
    host: str = "127.0.0.1"
    password: str = PASSWORD

    @property
    def ca_file(self) -> Path:
        """The server's own certificate."""
        return self.folder / "cert.pem"


@contextmanager
def running(introspection_port: int) -> Iterator[Dovecot]:
    """A server; its folder has a short name, for the sake of its unix sockets."""
    program = shutil.which("dovecot") or "/usr/sbin/dovecot"
    if not Path(program).exists():
        raise RuntimeError("dovecot is not installed: apt-get install dovecot-imapd")
    folder = Path(tempfile.mkdtemp(prefix="nv"))
    user, group, uid, gid = owner()
    server = Dovecot(folder, free_port(), free_port())
    certificate(folder)
    configuration = folder / "dovecot.conf"
    configuration.write_text(
        CONFIGURATION.read_text().format(
            d=folder,
            name=folder.name,
            port=server.port,
            tls_port=server.tls_port,
            user=user,
            group=group,
            uid=uid,
            gid=gid,
            password=PASSWORD,
        )
    )
    (folder / "oauth2.ext").write_text(OAUTH2.format(port=introspection_port))
    for name in ("run", "state", "home"):
        (folder / name).mkdir()
    give(folder)
    as_user = {"user": uid, "group": gid, "extra_groups": []} if os.geteuid() == 0 else {}
    process = subprocess.Popen([program, "-F", "-c", str(configuration)], **as_user)  # type: ignore[call-overload]
    try:
        wait_for(server.port, process, folder / "dovecot.log")
        yield server
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(10)
        shutil.rmtree(folder, ignore_errors=True)


@dataclass
class Mailbox:
    """One user's mailbox on the server."""

    server: Dovecot
    user: str
    delivered: int = field(default=0)

    @property
    def maildir(self) -> Path:
        """The Maildir of INBOX."""
        return self.server.folder / "home" / self.user / "Maildir"

    def deliver(self, data: bytes) -> None:
        """Puts a message into INBOX as a mail server does: written aside, then renamed."""
        self.deliver_all((data,))

    def deliver_all(self, messages: Iterable[bytes]) -> None:
        """Puts messages into INBOX, in this order."""
        for name in ("tmp", "new", "cur"):
            (self.maildir / name).mkdir(parents=True, exist_ok=True)
        names = []
        for data in messages:
            self.delivered += 1
            names.append(f"{1_550_000_000 + self.delivered}.{self.user}.{self.delivered}")
            (self.maildir / "tmp" / names[-1]).write_bytes(data)
        give(self.server.folder / "home" / self.user)
        for name in names:
            (self.maildir / "tmp" / name).rename(self.maildir / "new" / name)

    def files(self) -> list[Path]:
        """The message files, oldest first."""
        return sorted(
            (p for sub in ("new", "cur") for p in (self.maildir / sub).glob("*")),
            key=lambda p: p.name,
        )

    def make_folder(self, name: str) -> None:
        """A folder beside INBOX, as Maildir++ keeps it."""
        for part in ("tmp", "new", "cur"):
            (self.maildir / f".{name}" / part).mkdir(parents=True, exist_ok=True)
        give(self.server.folder / "home" / self.user)

    def filed(self, name: str) -> list[bytes]:
        """The messages in a folder beside INBOX, sorted by their bytes."""
        folder = self.maildir / f".{name}"
        return sorted(p.read_bytes() for sub in ("new", "cur") for p in (folder / sub).glob("*"))

    def contents(self) -> list[bytes]:
        """The messages in INBOX, sorted by their bytes."""
        return sorted(path.read_bytes() for path in self.files())

    def expunge(self, index: int) -> None:
        """Removes a message as another client would."""
        self.files()[index].unlink()

    def change_uidvalidity(self) -> None:
        """Makes the server forget its UIDs, as after a restore."""
        for pattern in ("dovecot-uidlist", "dovecot.index*", "dovecot-uidvalidity*"):
            for path in self.maildir.glob(pattern):
                path.unlink()
        time.sleep(1.1)


def owner() -> tuple[str, str, int, int]:
    """User, group, uid and gid the server runs as; it refuses to run as root."""
    if os.geteuid() == 0:
        user = pwd.getpwnam("nobody")
        return "nobody", grp.getgrgid(user.pw_gid).gr_name, user.pw_uid, user.pw_gid
    user = pwd.getpwuid(os.geteuid())
    return user.pw_name, grp.getgrgid(user.pw_gid).gr_name, user.pw_uid, user.pw_gid


def give(path: Path) -> None:
    """Hands files over to the user the server runs as."""
    if os.geteuid() != 0:
        return
    _, _, uid, gid = owner()
    for found in (path, *path.rglob("*")):
        with contextlib.suppress(FileNotFoundError):  # the server's own locks come and go
            os.chown(found, uid, gid)


def free_port() -> int:
    """A TCP port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def certificate(folder: Path) -> None:
    """Makes the server's key and self-signed certificate."""
    subprocess.run(
        [
            "openssl",
            "req",
            "-x509",
            "-newkey",
            "ec",
            "-pkeyopt",
            "ec_paramgen_curve:P-256",
            "-nodes",
            "-days",
            "30",
            "-subj",
            "/CN=localhost",
            "-addext",
            "subjectAltName=DNS:localhost,IP:127.0.0.1",
            "-keyout",
            str(folder / "key.pem"),
            "-out",
            str(folder / "cert.pem"),
        ],
        check=True,
        capture_output=True,
    )


def wait_for(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    """Returns when the server listens."""
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline and process.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    said = log.read_text() if log.exists() else ""
    raise RuntimeError(f"dovecot did not start: {said[-2000:]}")
