"""A mailbox whose connection breaks, stalls, or answers nonsense: a proxy before dovecot."""

from __future__ import annotations

import contextlib
import random
import re
from dataclasses import replace

import pytest

from ingest.backoff import Backoff
from ingest.errors import (
    LoginRefused,
    MailboxError,
    MailboxProtocolError,
    MailboxThrottled,
    MailboxTimeout,
    MailboxUnreachable,
    UidValidityChanged,
)
from ingest.imap import MOST_BREAKS, ImapSource, MailboxAccount
from ingest.limits import ParseLimits
from tests.ingest.messages import numbered_message
from tests.mail_proxy import proxy
from tests.mail_server import Mailbox


def test_a_connection_cut_for_good_is_an_error_and_what_came_before_is_whole(
    mailbox: Mailbox, account: MailboxAccount
) -> None:
    for number in range(3):
        mailbox.deliver(numbered_message(number, size=20_000))
    got: list[bytes] = []
    with proxy(mailbox.server.port, lambda d, n: None if n > 30_000 else d, connections=1) as port:
        plain = replace(account, tls=False, port=port, host="127.0.0.1")
        with ImapSource(plain) as source, pytest.raises(MailboxUnreachable):
            got.extend(i.data for i in source.items(source.keys()))
    assert got == [numbered_message(n, size=20_000) for n in range(len(got))]


def test_a_connection_cut_now_and_then_loses_nothing(
    mailbox: Mailbox, account: MailboxAccount
) -> None:
    for number in range(5):
        mailbox.deliver(numbered_message(number, size=20_000))
    with (
        proxy(mailbox.server.port, lambda d, n: None if n > 30_000 else d) as port,
        ImapSource(_through(account, port)) as source,
    ):
        items = list(source.items(source.keys()))
        assert source.passed_over() == ()
    assert [i.data for i in items] == [numbered_message(n, size=20_000) for n in range(5)]


def test_a_message_that_always_breaks_the_connection_is_passed_over(
    mailbox: Mailbox, account: MailboxAccount
) -> None:
    for number in range(3):
        mailbox.deliver(numbered_message(number))
    with (
        proxy(mailbox.server.port, lambda d, n: None if b"Subject: note 1" in d else d) as port,
        ImapSource(_through(account, port)) as source,
    ):
        items = list(source.items(source.keys()))
        left = source.passed_over()
    assert [item.data for item in items] == [numbered_message(0), numbered_message(2)]
    assert [(p.key.uid, p.reason) for p in left] == [(2, "unreadable")]


def test_a_network_that_breaks_over_every_message_is_an_error(
    mailbox: Mailbox, account: MailboxAccount
) -> None:
    for number in range(6):
        mailbox.deliver(numbered_message(number))
    with (
        proxy(mailbox.server.port, lambda d, n: None if b"Subject: note" in d else d) as port,
        ImapSource(_through(account, port)) as source,
    ):
        with pytest.raises(MailboxUnreachable):
            list(source.items(source.keys()))
        assert len(source.passed_over()) == MOST_BREAKS - 1


@pytest.mark.parametrize("answer", [b"NO [SERVERBUG] Internal error", b"BAD Cannot parse"])
def test_a_message_the_server_refuses_is_passed_over_and_the_others_are_read(
    mailbox: Mailbox, account: MailboxAccount, answer: bytes
) -> None:
    for number in range(3):
        mailbox.deliver(numbered_message(number))
    greetings: list[int] = []

    def refuse(data: bytes, count: int) -> bytes:
        if data.startswith(b"* OK") and count == len(data):
            greetings.append(count)
        if b"Subject: note 1" not in data:
            return data
        tag = re.search(rb"^([A-Z]+\d+) OK", data, re.MULTILINE)
        return tag[1] + b" " + answer + b"\r\n" if tag else data

    with (
        proxy(mailbox.server.port, refuse) as port,
        ImapSource(_through(account, port)) as source,
    ):
        items = list(source.items(source.keys()))
        left = source.passed_over()
    assert [item.data for item in items] == [numbered_message(0), numbered_message(2)]
    assert [(p.key.uid, p.reason) for p in left] == [(2, "unreadable")]
    assert len(greetings) == 1  # a refusal is no reason to log in again


@pytest.mark.parametrize("cut", [True, False])
def test_sizes_that_cannot_be_had_for_all_are_asked_for_one_by_one(
    mailbox: Mailbox, account: MailboxAccount, *, cut: bool
) -> None:
    mailbox.deliver(numbered_message(0))
    mailbox.deliver(numbered_message(1, size=1_200_000))

    def spoil(data: bytes, count: int) -> bytes | None:
        if data.count(b"RFC822.SIZE") < 2:
            return data
        if cut:
            return None
        tag = re.search(rb"^([A-Z]+\d+) OK", data, re.MULTILINE)
        return tag[1] + b" NO [SERVERBUG] Internal error\r\n" if tag else data

    with (
        proxy(mailbox.server.port, spoil) as port,
        ImapSource(_through(account, port), ParseLimits(max_message_mb=1)) as source,
    ):
        items = list(source.items(source.keys()))
    assert [item.problem for item in items] == [None, "too_large"]


def test_a_folder_renumbered_while_the_connection_was_away_is_seen(
    mailbox: Mailbox, account: MailboxAccount
) -> None:
    mailbox.deliver(numbered_message(1))

    def renumbered(data: bytes, count: int) -> bytes | None:
        if b"Subject: note" in data:
            return None
        seen.extend(re.findall(rb"UIDVALIDITY \d+", data))
        return data.replace(b"UIDVALIDITY ", b"UIDVALIDITY 1") if len(seen) > 1 else data

    seen: list[bytes] = []
    with (
        proxy(mailbox.server.port, renumbered) as port,
        ImapSource(_through(account, port)) as source,
        pytest.raises(UidValidityChanged),
    ):
        list(source.items(source.keys()))


def test_a_folder_without_uidvalidity_is_no_unknown_folder(
    mailbox: Mailbox, account: MailboxAccount
) -> None:
    mailbox.deliver(numbered_message(1))
    with (
        proxy(mailbox.server.port, lambda d, n: d.replace(b"UIDVALIDITY", b"X-VALIDITY ")) as port,
        ImapSource(_through(account, port)) as source,
        pytest.raises(MailboxProtocolError, match="UIDVALIDITY"),
    ):
        source.keys()


def test_a_message_over_which_the_server_falls_silent_is_passed_over(
    mailbox: Mailbox, account: MailboxAccount
) -> None:
    mailbox.deliver(numbered_message(1, size=20_000))
    mailbox.deliver(numbered_message(2))
    with (
        proxy(mailbox.server.port, lambda d, n: d if n < 5_000 else b"") as port,
        ImapSource(_through(account, port, timeout_s=0.5)) as source,
    ):
        assert [i.data for i in source.items(source.keys())] == [numbered_message(2)]
        assert [(p.key.uid, p.reason) for p in source.passed_over()] == [(1, "unreadable")]


def _through(account: MailboxAccount, port: int, timeout_s: float = 5) -> MailboxAccount:
    return replace(account, tls=False, port=port, host="127.0.0.1", timeout_s=timeout_s)


def test_a_connection_cut_during_the_log_in_is_no_refusal(
    mailbox: Mailbox, account: MailboxAccount
) -> None:
    def cut(data: bytes, count: int) -> bytes | None:
        return None if b"Logged in" in data else data

    with (
        proxy(mailbox.server.port, cut) as port,
        ImapSource(_through(account, port)) as source,
        pytest.raises(MailboxUnreachable),
    ):
        source.keys()


def test_a_password_that_is_no_ascii_is_tried_where_plain_is_not_announced(
    mailbox: Mailbox, account: MailboxAccount
) -> None:
    def hide(data: bytes, count: int) -> bytes:
        return data.replace(b"AUTH=PLAIN", b"AUTH=OTHER")

    with (
        proxy(mailbox.server.port, hide) as port,
        ImapSource(replace(_through(account, port), password="\u00e9t\u00e9")) as source,
        pytest.raises(LoginRefused),
    ):
        source.keys()


def test_a_busy_server_is_no_refusal(mailbox: Mailbox, account: MailboxAccount) -> None:
    def busy(data: bytes, count: int) -> bytes:
        return data.replace(b"[AUTHENTICATIONFAILED]", b"[UNAVAILABLE]")

    with (
        proxy(mailbox.server.port, busy) as port,
        ImapSource(replace(_through(account, port), password="wrong")) as source,
        pytest.raises(MailboxUnreachable) as caught,
    ):
        source.keys()
    assert caught.value.reason == "mailbox_busy"


def test_a_silent_server_is_not_waited_for_twice(mailbox: Mailbox, account: MailboxAccount) -> None:
    mailbox.deliver(numbered_message(1, size=20_000))
    for number in range(2, 4):
        mailbox.deliver(numbered_message(number, size=20_000))
    asked: list[bytes] = []

    def heard(data: bytes, _: int) -> bytes:
        asked.append(data)
        return data

    silent = proxy(mailbox.server.port, lambda d, n: d if n < 5_000 else b"", to_server=heard)
    with silent as port:
        source = ImapSource(_through(account, port, timeout_s=0.3))
        with pytest.raises(MailboxTimeout):
            list(source.items(source.keys()))
        before = len(asked)
        source.close()
        assert asked[before:] == []  # no LOGOUT, whose answer would be waited for


def test_a_body_as_literal8_is_refused_and_the_others_are_read(
    mailbox: Mailbox, account: MailboxAccount
) -> None:
    for number in range(3):
        mailbox.deliver(numbered_message(number))
    size = len(numbered_message(1))

    plain = f"BODY[] {{{size}}}\r\nFrom: registry1@".encode()

    def literal8(data: bytes, count: int) -> bytes:
        return data.replace(plain, plain.replace(b"{", b"~{"))

    with (
        proxy(mailbox.server.port, literal8) as port,
        ImapSource(_through(account, port)) as source,
    ):
        items = list(source.items(source.keys()))
        left = source.passed_over()
    assert [item.data for item in items] == [numbered_message(0), numbered_message(2)]
    assert [(p.key.uid, p.reason) for p in left] == [(2, "unreadable")]


@pytest.mark.parametrize("seed", range(12))
def test_garbled_answers_are_errors_of_ours(
    mailbox: Mailbox, account: MailboxAccount, seed: int
) -> None:
    mailbox.deliver(numbered_message(1))
    chance = random.Random(seed)

    def garble(data: bytes, count: int) -> bytes:
        noisy = bytearray(data)
        for _ in range(2):
            noisy[chance.randrange(len(noisy))] = chance.choice(b'(){}[]"*\r\n \x00\xff9')
        return bytes(noisy)

    with (
        proxy(mailbox.server.port, garble) as port,
        ImapSource(_through(account, port, timeout_s=0.5)) as source,
        contextlib.suppress(MailboxError),
    ):
        list(source.items(source.keys()))


@pytest.mark.parametrize(
    ("said", "waits_s"),
    [
        (b"NO Request is throttled. Suggested Backoff Time: 30000 milliseconds", 30),
        (b"BAD Request is throttled. Suggested Backoff Time: 8911 milliseconds", 8.911),
        (b"NO [THROTTLED] Slow down", 0),
        (b"NO [LIMIT] Too many commands", 0),
        (b"NO [UNAVAILABLE] Temporary failure", 0),
    ],
)
def test_a_server_that_asks_for_patience_within_a_minute_gets_it(
    mailbox: Mailbox, account: MailboxAccount, said: bytes, waits_s: float
) -> None:
    for number in range(3):
        mailbox.deliver(numbered_message(number))
    waited: list[float] = []
    throttled: list[bytes] = []

    def throttle(data: bytes, count: int) -> bytes:
        if b"Subject: note 1" not in data or throttled:
            return data
        tag = re.search(rb"^([A-Z]+\d+) OK", data, re.MULTILINE)
        if tag is None:
            return data
        throttled.append(data)
        return tag[1] + b" " + said + b"\r\n* BYE Connection closed. 14\r\n"

    with (
        proxy(mailbox.server.port, throttle) as port,
        ImapSource(_through(account, port), wait=waited.append) as source,
    ):
        items = list(source.items(source.keys()))
        assert source.passed_over() == ()
    assert [item.data for item in items] == [numbered_message(n) for n in range(3)]
    assert throttled
    (pause,) = waited
    assert max(waits_s, 0.001) <= pause <= waits_s + 0.1


def test_a_server_that_is_busy_twice_over_a_message_ends_the_poll_and_blames_no_message(
    mailbox: Mailbox, account: MailboxAccount
) -> None:
    mailbox.deliver(numbered_message(1))

    def busy(data: bytes, count: int) -> bytes:
        tag = re.search(rb"^([A-Z]+\d+) OK", data, re.MULTILINE)
        return tag[1] + b" NO [LIMIT] Later\r\n" if tag and b"Subject: note 1" in data else data

    with (
        proxy(mailbox.server.port, busy) as port,
        ImapSource(_through(account, port)) as source,
    ):
        with pytest.raises(MailboxThrottled) as caught:
            list(source.items(source.keys()))
        assert source.passed_over() == ()
    assert caught.value.retry_after_s == 300


def test_a_server_that_wants_to_be_left_alone_for_long_ends_the_poll(
    mailbox: Mailbox, account: MailboxAccount
) -> None:
    for number in range(3):
        mailbox.deliver(numbered_message(number))
    said = b" NO Request is throttled. Suggested Backoff Time: 299910 milliseconds\r\n"

    def throttle(data: bytes, count: int) -> bytes:
        tag = re.search(rb"^([A-Z]+\d+) OK", data, re.MULTILINE)
        return tag[1] + said if tag and b"Subject: note 1" in data else data

    waited: list[float] = []
    with (
        proxy(mailbox.server.port, throttle) as port,
        ImapSource(_through(account, port), wait=waited.append) as source,
        pytest.raises(MailboxThrottled) as caught,
    ):
        list(source.items(source.keys()))
    assert caught.value.retry_after_s == 299.91
    assert waited == []


@pytest.mark.parametrize(
    "greeting",
    [b"* BYE [UNAVAILABLE] Server Unavailable. 15\r\n", b"* BYE Too many connections\r\n"],
)
def test_a_server_that_greets_with_bye_is_busy(
    mailbox: Mailbox, account: MailboxAccount, greeting: bytes
) -> None:
    with (
        proxy(mailbox.server.port, lambda d, n: greeting) as port,
        ImapSource(_through(account, port)) as source,
        pytest.raises(MailboxThrottled),
    ):
        source.keys()


def test_pauses_grow_and_differ_and_the_number_of_connections_is_bounded(
    mailbox: Mailbox, account: MailboxAccount
) -> None:
    for number in range(40):
        mailbox.deliver(numbered_message(number, size=20_000))
    backoff = Backoff(first_s=1, most_s=30, reconnects=5)
    broken = MailboxUnreachable("x")
    pauses = [[backoff.pause_s(failed, broken) or 0 for _ in range(50)] for failed in range(7)]
    assert all(
        min(30, 2**n) / 2 <= p <= min(30, 2**n) for n, some in enumerate(pauses) for p in some
    )
    assert all(len(set(some)) > 40 for some in pauses)
    waited: list[float] = []
    with (
        proxy(mailbox.server.port, lambda d, n: None if n > 30_000 else d) as port,
        ImapSource(_through(account, port), backoff=backoff, wait=waited.append) as source,
        pytest.raises(MailboxUnreachable),
    ):
        list(source.items(source.keys()))
    assert len(waited) == 5


def test_a_body_that_is_nil_is_a_vanished_message_and_not_an_empty_one(
    mailbox: Mailbox, account: MailboxAccount
) -> None:
    for number in range(3):
        mailbox.deliver(numbered_message(number))
    body = numbered_message(1)

    def nil(data: bytes, count: int) -> bytes:
        return data.replace(f"BODY[] {{{len(body)}}}\r\n".encode() + body, b"BODY[] NIL")

    with (
        proxy(mailbox.server.port, nil) as port,
        ImapSource(_through(account, port)) as source,
    ):
        items = list(source.items(source.keys()))
        left = source.passed_over()
    assert [item.data for item in items] == [numbered_message(0), numbered_message(2)]
    assert [(p.key.uid, p.reason) for p in left] == [(2, "vanished")]


@pytest.mark.parametrize("true_size", [900_000, 1_200_000])
def test_a_size_that_the_server_gets_wrong_is_a_hint_only(
    mailbox: Mailbox, account: MailboxAccount, true_size: int
) -> None:
    mailbox.deliver(numbered_message(1, size=true_size))

    def exaggerate(data: bytes, count: int) -> bytes:
        return re.sub(rb"RFC822\.SIZE \d+", b"RFC822.SIZE 2700000", data)

    with (
        proxy(mailbox.server.port, exaggerate) as port,
        ImapSource(_through(account, port), ParseLimits(max_message_mb=1)) as source,
    ):
        (item,) = source.items(source.keys())
    if true_size > 1_000_000:
        assert item.problem == "too_large"
    else:
        assert (item.problem, item.data) == (None, numbered_message(1, size=true_size))
