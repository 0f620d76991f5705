"""Fixtures of the whole suite: the mail server for the session, a fresh mailbox a test."""

from __future__ import annotations

import itertools
import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.mail_server import (
    CONFIGURATION,
    OAUTH2,
    PASSWORD,
    Dovecot,
    Mailbox,
    certificate,
    free_port,
    give,
    owner,
    wait_for,
)
from tests.token_server import introspection

_numbers = itertools.count(1)


def pytest_addoption(parser: pytest.Parser) -> None:
    """``--golden-write`` writes the golden readings anew instead of comparing with them."""
    parser.addoption("--golden-write", action="store_true", default=False)


@pytest.fixture(scope="session")
def introspection_port() -> Iterator[int]:
    """Where dovecot asks whether a token is good."""
    with introspection() as port:
        yield port


@pytest.fixture(scope="session")
def dovecot(introspection_port: int) -> Iterator[Dovecot]:
    """The server; its folder has a short name, for the sake of its unix sockets."""
    program = shutil.which("dovecot") or "/usr/sbin/dovecot"
    if not Path(program).exists():
        pytest.fail("dovecot is not installed: apt-get install dovecot-imapd")
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


@pytest.fixture
def mailbox(dovecot: Dovecot) -> Mailbox:
    """An empty mailbox of a new user."""
    return Mailbox(dovecot, f"u{next(_numbers)}")
