"""A mailbox whose connection breaks, stalls, or answers nonsense: a proxy before dovecot."""

from __future__ import annotations

import contextlib
import random
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest

from ingest.errors import (
    MailboxError,
    MailboxTimeout,
    MailboxUnreachable,
)
from ingest.imap import ImapSource, MailboxAccount
from tests.mail_server import Mailbox


def _message(number: int, size: int = 0) -> bytes:
    return (
        f"From: registry{number}@example.org\r\nSubject: note {number}\r\n"
        f"Message-ID: <{number}@example.org>\r\n\r\nbody {number}\r\n" + "x" * size
    ).encode()


@pytest.fixture
def account(mailbox: Mailbox) -> MailboxAccount:
    server = mailbox.server
    return MailboxAccount(
        host="localhost",
        port=server.tls_port,
        user=mailbox.user,
        password=server.password,
        ca_file=server.ca_file,
        timeout_s=5,
    )


@contextmanager
def _proxy(port: int, relay: Callable[[bytes, int], bytes | None]) -> Iterator[int]:
    """A TCP proxy; ``relay`` sees each piece from the server, and may hold it back or cut."""
    listener = socket.create_server(("127.0.0.1", 0))
    sockets: list[socket.socket] = [listener]

    def pump(source: socket.socket, target: socket.socket, *, watched: bool) -> None:
        count = 0
        try:
            while data := source.recv(4096):
                count += len(data)
                passed = relay(data, count) if watched else data
                if passed is None:
                    source.shutdown(socket.SHUT_RDWR)
                    target.shutdown(socket.SHUT_RDWR)
                    return
                target.sendall(passed)
        except OSError:
            return

    def serve() -> None:
        try:
            client, _ = listener.accept()
        except OSError:
            return
        server = socket.create_connection(("127.0.0.1", port))
        sockets.extend((client, server))
        threads = [
            threading.Thread(target=pump, args=(client, server), kwargs={"watched": False}),
            threading.Thread(target=pump, args=(server, client), kwargs={"watched": True}),
        ]
        for thread in threads:
            thread.start()

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        yield int(listener.getsockname()[1])
    finally:
        for found in sockets:
            found.close()
        thread.join(5)


def test_a_cut_connection_is_an_error_and_what_came_before_is_whole(
    mailbox: Mailbox, account: MailboxAccount
) -> None:
    for number in range(3):
        mailbox.deliver(_message(number, size=20_000))
    got: list[bytes] = []
    with _proxy(mailbox.server.port, lambda d, n: None if n > 30_000 else d) as port:
        plain = replace(account, tls=False, port=port, host="127.0.0.1")
        with ImapSource(plain) as source, pytest.raises(MailboxUnreachable):
            got.extend(i.data for i in source.items(source.keys()))
    assert got == [_message(n, size=20_000) for n in range(len(got))]


def test_a_server_that_falls_silent_is_a_time_out(
    mailbox: Mailbox, account: MailboxAccount
) -> None:
    mailbox.deliver(_message(1, size=20_000))
    with _proxy(mailbox.server.port, lambda d, n: d if n < 5_000 else b"") as port:
        plain = replace(account, tls=False, port=port, host="127.0.0.1", timeout_s=1)
        with ImapSource(plain) as source, pytest.raises(MailboxTimeout):
            list(source.items(source.keys()))


def _through(account: MailboxAccount, port: int, timeout_s: float = 5) -> MailboxAccount:
    return replace(account, tls=False, port=port, host="127.0.0.1", timeout_s=timeout_s)


def test_a_connection_cut_during_the_log_in_is_no_refusal(
    mailbox: Mailbox, account: MailboxAccount
) -> None:
    def cut(data: bytes, count: int) -> bytes | None:
        return None if b"Logged in" in data else data

    with (
        _proxy(mailbox.server.port, cut) as port,
        ImapSource(_through(account, port)) as source,
        pytest.raises(MailboxUnreachable),
    ):
        source.keys()


def test_a_busy_server_is_no_refusal(mailbox: Mailbox, account: MailboxAccount) -> None:
    def busy(data: bytes, count: int) -> bytes:
        return data.replace(b"[AUTHENTICATIONFAILED]", b"[UNAVAILABLE]")

    with (
        _proxy(mailbox.server.port, busy) as port,
        ImapSource(replace(_through(account, port), password="wrong")) as source,
        pytest.raises(MailboxUnreachable) as caught,
    ):
        source.keys()
    assert caught.value.reason == "mailbox_busy"


def test_a_silent_server_is_not_waited_for_twice(mailbox: Mailbox, account: MailboxAccount) -> None:
    mailbox.deliver(_message(1, size=20_000))
    with _proxy(mailbox.server.port, lambda d, n: d if n < 5_000 else b"") as port:
        source = ImapSource(_through(account, port, timeout_s=1))
        with pytest.raises(MailboxTimeout):
            list(source.items(source.keys()))
        began = time.monotonic()
        source.close()
        assert time.monotonic() - began < 0.5


def test_a_body_as_literal8_is_refused_and_the_others_are_read(
    mailbox: Mailbox, account: MailboxAccount
) -> None:
    for number in range(3):
        mailbox.deliver(_message(number))
    size = len(_message(1))

    plain = f"BODY[] {{{size}}}\r\nFrom: registry1@".encode()

    def literal8(data: bytes, count: int) -> bytes:
        return data.replace(plain, plain.replace(b"{", b"~{"))

    with (
        _proxy(mailbox.server.port, literal8) as port,
        ImapSource(_through(account, port)) as source,
    ):
        items = list(source.items(source.keys()))
        left = source.passed_over()
    assert [item.data for item in items] == [_message(0), _message(2)]
    assert [(p.key.uid, p.reason) for p in left] == [(2, "unreadable")]


@pytest.mark.parametrize("seed", range(12))
def test_garbled_answers_are_errors_of_ours(
    mailbox: Mailbox, account: MailboxAccount, seed: int
) -> None:
    mailbox.deliver(_message(1))
    chance = random.Random(seed)

    def garble(data: bytes, count: int) -> bytes:
        noisy = bytearray(data)
        for _ in range(2):
            noisy[chance.randrange(len(noisy))] = chance.choice(b'(){}[]"*\r\n \x00\xff9')
        return bytes(noisy)

    with (
        _proxy(mailbox.server.port, garble) as port,
        ImapSource(_through(account, port, timeout_s=0.5)) as source,
        contextlib.suppress(MailboxError),
    ):
        list(source.items(source.keys()))
