"""The mailbox as a source, against a real dovecot."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from ingest.errors import (
    CertificateNotTrusted,
    FolderUnknown,
    LoginRefused,
    MailboxTimeout,
    MailboxUnreachable,
    PlainTextRefused,
    UidValidityChanged,
)
from ingest.imap import ImapSource, MailboxAccount
from ingest.limits import ParseLimits
from tests.ingest.source_contract import MESSAGES, Filled, MessageSourceContract
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


class FilledMailbox(Filled):
    def __init__(self, mailbox: Mailbox, account: MailboxAccount) -> None:
        self.mailbox = mailbox
        for data in MESSAGES:
            mailbox.deliver(data)
        self.source = ImapSource(account)
        self._account = account

    def remove(self, index: int) -> None:
        for path in self.mailbox.files():
            if path.read_bytes() == MESSAGES[index]:
                path.unlink()
        with ImapSource(self._account) as other:
            other.keys()

    def snapshot(self) -> object:
        return [(p.parent.name, p.read_bytes()) for p in self.mailbox.files()]


class TestMailbox(MessageSourceContract):
    @pytest.fixture
    def filled(self, mailbox: Mailbox, account: MailboxAccount) -> Iterator[Filled]:
        filled = FilledMailbox(mailbox, account)
        yield filled
        filled.source.close()


def test_every_message_is_delivered_as_it_was_sent(
    mailbox: Mailbox, account: MailboxAccount
) -> None:
    sent = [_message(n) for n in range(3)]
    for data in sent:
        mailbox.deliver(data)
    with ImapSource(account) as source:
        items = list(source.items(source.keys()))
    assert [i.data for i in items] == sent
    assert all(i.received_at is not None and i.received_at.tzinfo for i in items)
    assert {i.key.uidvalidity for i in items} == {items[0].key.uidvalidity}


def test_a_poll_leaves_the_mailbox_as_it_was(mailbox: Mailbox, account: MailboxAccount) -> None:
    mailbox.deliver(_message(1))
    with ImapSource(account) as source:
        list(source.items(source.keys()))
    assert [p.parent.name for p in mailbox.files()] == ["new"]


def test_a_wrong_password_is_said_plainly(mailbox: Mailbox, account: MailboxAccount) -> None:
    mailbox.deliver(_message(1))
    with (
        pytest.raises(LoginRefused, match="user name or password"),
        ImapSource(replace(account, password="wrong")) as source,
    ):
        source.keys()
    assert "wrong" not in repr(replace(account, password="wrong"))


def test_an_untrusted_certificate_is_refused(mailbox: Mailbox, account: MailboxAccount) -> None:
    mailbox.deliver(_message(1))
    with (
        pytest.raises(CertificateNotTrusted, match="ca_file"),
        ImapSource(replace(account, ca_file=None)) as source,
    ):
        source.keys()


def test_plain_text_is_spoken_to_this_machine_only(
    mailbox: Mailbox, account: MailboxAccount
) -> None:
    mailbox.deliver(_message(1))
    plain = replace(account, tls=False, port=mailbox.server.port)
    with ImapSource(plain) as source:
        assert len(source.keys()) == 1
    with (
        pytest.raises(PlainTextRefused),
        ImapSource(replace(plain, host="mail.example.org")) as source,
    ):
        source.keys()


def test_an_unknown_folder_and_host_are_told_apart(
    mailbox: Mailbox, account: MailboxAccount
) -> None:
    mailbox.deliver(_message(1))
    with pytest.raises(FolderUnknown), ImapSource(replace(account, folder="Nowhere")) as source:
        source.keys()
    with pytest.raises(MailboxUnreachable), ImapSource(replace(account, port=1)) as source:
        source.keys()


def test_a_message_expunged_meanwhile_is_passed_over(
    mailbox: Mailbox, account: MailboxAccount
) -> None:
    for number in range(3):
        mailbox.deliver(_message(number))
    with ImapSource(account) as source:
        keys = source.keys()
        mailbox.expunge(1)
        with ImapSource(account) as other:
            other.keys()
        items = list(source.items(keys))
        gone = source.passed_over()
    assert len(items) + len(gone) == 3
    assert [g.reason for g in gone] in ([], ["vanished"])


def test_a_new_uidvalidity_is_seen(mailbox: Mailbox, account: MailboxAccount) -> None:
    mailbox.deliver(_message(1))
    with ImapSource(account) as source:
        before = source.keys()
    mailbox.change_uidvalidity()
    with ImapSource(account) as source:
        after = source.keys()
        assert after[0].uidvalidity != before[0].uidvalidity
        with pytest.raises(UidValidityChanged):
            list(source.items(before))


def test_a_message_over_the_limit_is_delivered_as_its_header(
    mailbox: Mailbox, account: MailboxAccount
) -> None:
    mailbox.deliver(_message(1, size=1_200_000))
    with ImapSource(account, ParseLimits(max_message_mb=1)) as source:
        item = next(iter(source.items(source.keys())))
    assert item.problem == "too_large"
    assert b"Subject: note 1" in item.data
    assert len(item.data) < 1000


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


def test_a_password_never_shows_in_the_account(tmp_path: Path) -> None:
    account = MailboxAccount("localhost", 993, "u", "hidden")
    assert "hidden" not in repr(account)
    assert "hidden" not in repr(account.login)
    assert not list(tmp_path.iterdir())
