"""Connections that say nothing or too slowly end, and never keep out who is logged in."""

from __future__ import annotations

import contextlib
import http.client
import socket
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from review import server as serving
from review.connections import MOST, MOST_OF_STRANGERS, Deadlines
from tests.review import conftest
from tests.review.conftest import Running

PATIENCE_S = 60.0
"""Only how long is waited for what must come; nothing is measured by it."""
QUICK = Deadlines(header_s=0.5, body_s=0.5, write_s=0.5)
FORM = "Content-Type: application/x-www-form-urlencoded\r\n"


@pytest.fixture
def quick(database: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Running]:
    """The server with deadlines of half a second."""
    real = serving.server
    monkeypatch.setattr(conftest, "server", lambda app: real(app, deadlines=QUICK))
    yield from conftest.run(database)


def _connected(running: Running, count: int, said: bytes = b"") -> list[socket.socket]:
    host, _, port = running.host.partition(":")
    found = []
    for _ in range(count):
        connection = socket.create_connection((host, int(port)), timeout=PATIENCE_S)
        connection.sendall(said)
        found.append(connection)
    return found


def _close(connections: list[socket.socket]) -> None:
    for connection in connections:
        connection.close()


def _status(running: Running, path: str, headers: dict[str, str]) -> int:
    connection = http.client.HTTPConnection(running.host, timeout=PATIENCE_S)
    connection.request("GET", path, headers=headers)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer.status


def _is_ended(connection: socket.socket) -> bool:
    """Waits for the other side to end it; answers that come before are read."""
    try:
        while connection.recv(65536):
            pass
    except TimeoutError:
        return False
    except ConnectionError:
        return True
    return True


def _is_ended_while_sending(connection: socket.socket, piece: bytes, *, pause_s: float) -> bool:
    """Sends on and on, and reads nothing."""
    until = time.monotonic() + PATIENCE_S
    try:
        while time.monotonic() < until:
            connection.sendall(piece)
            time.sleep(pause_s)
    except TimeoutError:
        return False
    except ConnectionError:
        return True
    return False


@pytest.mark.parametrize(
    "said",
    [b"", b"G", b"GET /queue HTTP/1.1\r\nHost: x\r\nX-Slow: "],
    ids=["nothing", "a letter", "half a header"],
)
def test_silent_connections_do_not_keep_anybody_out(running: Running, said: bytes) -> None:
    cookie = running.cookie()
    at_work = http.client.HTTPConnection(running.host, timeout=PATIENCE_S)
    at_work.request("GET", "/queue", headers=cookie)
    at_work.getresponse().read()
    silent = _connected(running, MOST + 50, said)
    try:
        at_work.request("GET", "/queue", headers=cookie)  # the connection that was there before
        assert at_work.getresponse().read()
        assert _status(running, "/queue", cookie) == 200
        assert _status(running, "/queue", {}) == 401
        more = _connected(running, 5)
        assert _status(running, "/queue", cookie) == 200
        _close(more)
    finally:
        at_work.close()
        _close(silent)


def test_one_address_has_no_more_than_its_share(running: Running) -> None:
    silent = _connected(running, 3 * MOST_OF_STRANGERS)
    try:
        gone = sum(_is_ended(connection) for connection in silent[: 2 * MOST_OF_STRANGERS])
        assert gone == 2 * MOST_OF_STRANGERS  # the oldest
        silent[-1].sendall(f"GET /queue HTTP/1.1\r\nHost: {running.host}\r\n\r\n".encode())
        assert b"401" in silent[-1].recv(65536).splitlines()[0]
    finally:
        _close(silent)


@pytest.mark.parametrize("said", [b"", b"GET /queue HTTP/1.1\r\nHost: x\r\nX-Slow: "])
def test_a_header_that_does_not_come_is_not_waited_for(quick: Running, said: bytes) -> None:
    (connection,) = _connected(quick, 1, said)
    with contextlib.closing(connection):
        assert _is_ended(connection)


def test_a_header_that_trickles_in_wins_no_time(quick: Running) -> None:
    (connection,) = _connected(quick, 1, b"GET /queue HTTP/1.1\r\n")
    with contextlib.closing(connection):
        assert _is_ended_while_sending(connection, b"X: y\r\n", pause_s=0.01)


@pytest.mark.parametrize("logged_in", [True, False])
def test_a_body_that_trickles_in_wins_no_time_and_is_logged_in_no_traceback(
    quick: Running, caplog: pytest.LogCaptureFixture, *, logged_in: bool
) -> None:
    cookie = f"Cookie: {quick.cookie()['Cookie']}\r\n" if logged_in else ""
    head = f"POST /undo HTTP/1.1\r\nHost: {quick.host}\r\nOrigin: {quick.url}\r\n{cookie}{FORM}"
    (connection,) = _connected(quick, 1, f"{head}Content-Length: 100000\r\n\r\n".encode())
    with contextlib.closing(connection):
        assert _is_ended_while_sending(connection, b"x", pause_s=0.01)
    assert _status(quick, "/queue", quick.cookie()) == 200
    assert caplog.text == ""


def _is_held(connection: socket.socket) -> bool:
    """Whether the server still holds its end of the connection (proc_net_tcp(5), state 01)."""
    try:
        ours, theirs = f"{connection.getsockname()[1]:04X}", f"{connection.getpeername()[1]:04X}"
    except OSError:  # it was reset, and has no other end any more
        return False
    rows = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    return any(
        local.endswith(f":{theirs}") and remote.endswith(f":{ours}") and state == "01"
        for _, local, remote, state, *_ in rows
    )


def test_an_answer_that_nobody_takes_is_not_kept(quick: Running) -> None:
    ask = f"GET /static/review.css HTTP/1.1\r\nHost: {quick.host}\r\n\r\n".encode()
    (connection,) = _connected(quick, 1)
    with contextlib.closing(connection):
        assert _is_held(connection)
        connection.settimeout(0.5)
        until = time.monotonic() + PATIENCE_S
        with contextlib.suppress(OSError):  # it takes no more, or has ended it
            while time.monotonic() < until:
                connection.sendall(ask)
        while _is_held(connection) and time.monotonic() < until:
            time.sleep(0.05)
        assert not _is_held(connection)


def test_a_connection_is_used_again_after_an_answer(quick: Running) -> None:
    connection = http.client.HTTPConnection(quick.host, timeout=PATIENCE_S)
    first = None
    for _ in range(3):
        connection.request("GET", "/queue", headers=quick.cookie())
        assert connection.getresponse().read()
        first = first or connection.sock
        time.sleep(0.6)  # longer than a header may take: between two requests that is no matter
        assert connection.sock is first
    connection.close()
