"""New mail wakes the service, and nothing that goes wrong with that matters."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from threading import Event

import pytest

from ingest import idle
from ingest.backoff import Backoff
from ingest.idle import wait_for_mail
from ingest.imap import ImapSource, MailboxAccount
from tests.ingest.messages import numbered_message
from tests.mail_proxy import proxy
from tests.mail_server import Mailbox

FOR_EVER = 3600.0
"""Seconds: longer than a test may take, so whoever waits that long fails it."""


class Rests(Event):
    """Never set; keeps for how long somebody wanted to wait for it."""

    def __init__(self) -> None:
        super().__init__()
        self._waits: list[float] = []

    def wait(self, timeout: float | None = None) -> bool:
        self._waits.append(timeout or 0.0)
        return super().wait(timeout)

    def rested(self, most_s: float) -> bool:
        """True if there were waits since the last time this was asked, none longer than that."""
        waits, self._waits = self._waits, []
        return bool(waits) and max(waits) <= most_s


def _later(seconds: float, action: Callable[[], object]) -> threading.Timer:
    timer = threading.Timer(seconds, action)
    timer.start()
    return timer


def test_new_mail_wakes_at_once(mailbox: Mailbox, account: MailboxAccount) -> None:
    mailbox.deliver(numbered_message(1))
    with ImapSource(account) as source:
        source.keys()
    timer = _later(0.5, lambda: mailbox.deliver(numbered_message(2)))
    assert wait_for_mail(account, FOR_EVER, Event())
    timer.join()


def test_without_mail_it_waits_its_time_and_renews_idle(
    mailbox: Mailbox, account: MailboxAccount, monkeypatch: pytest.MonkeyPatch
) -> None:
    mailbox.deliver(numbered_message(1))
    monkeypatch.setattr(idle, "RENEW_S", 0.05)
    begun: list[int] = []
    begin = idle.IdlingConnection.begin

    def counted(connection: idle.IdlingConnection) -> None:
        begun.append(1)
        begin(connection)

    monkeypatch.setattr(idle.IdlingConnection, "begin", counted)
    assert not wait_for_mail(account, 1.0, Event())
    assert len(begun) > 2


def test_a_stop_ends_it(mailbox: Mailbox, account: MailboxAccount) -> None:
    stop = Event()
    timer = _later(0.3, stop.set)
    assert not wait_for_mail(account, FOR_EVER, stop)
    timer.join()


def test_mail_that_came_between_poll_and_waiting_wakes_at_once(
    mailbox: Mailbox, account: MailboxAccount
) -> None:
    mailbox.deliver(numbered_message(1))
    with ImapSource(account) as source:
        source.keys()
        uidnext = source.uidnext
    mailbox.deliver(numbered_message(2))
    assert wait_for_mail(account, 20, Event(), uidnext=uidnext)
    with ImapSource(account) as source:
        source.keys()
        assert not wait_for_mail(account, 0.1, Event(), uidnext=source.uidnext)


def test_a_server_without_idle_a_wrong_password_or_no_server_only_cost_time(
    mailbox: Mailbox, account: MailboxAccount
) -> None:
    plain = replace(account, tls=False, host="127.0.0.1")
    stop = Rests()
    with proxy(mailbox.server.port, lambda d, _: d.replace(b" IDLE", b" NONE")) as port:
        assert not wait_for_mail(replace(plain, port=port), 0.3, stop)
    assert stop.rested(0.3)
    assert not wait_for_mail(replace(account, password="wrong"), 0.3, stop)
    assert stop.rested(0.3)
    assert not wait_for_mail(replace(plain, port=1), 0.3, stop)
    assert stop.rested(0.3)


def test_a_connection_cut_while_waiting_is_made_anew(
    mailbox: Mailbox, account: MailboxAccount, monkeypatch: pytest.MonkeyPatch
) -> None:
    mailbox.deliver(numbered_message(1))
    cut = Event()

    def once(data: bytes, count: int) -> bytes | None:
        if b"+ idling" in data and not cut.is_set():
            cut.set()
            return None
        return data

    monkeypatch.setattr(idle, "Backoff", lambda **_: Backoff(first_s=0.01))
    with proxy(mailbox.server.port, once) as port:
        through = replace(account, tls=False, host="127.0.0.1", port=port)
        timer = _later(0.5, lambda: mailbox.deliver(numbered_message(2)))
        assert wait_for_mail(through, 20, Event())
        timer.join()
    assert cut.is_set()
