"""The mailbox as a source, against a real dovecot."""

from __future__ import annotations

import base64
import logging
import os
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from ingest import imap_client
from ingest.errors import (
    CertificateNotTrusted,
    FolderUnknown,
    LoginRefused,
    MailboxUnreachable,
    PlainTextRefused,
    UidValidityChanged,
)
from ingest.imap import ImapSource, MailboxAccount
from ingest.limits import ParseLimits
from tests.ingest.messages import numbered_message
from tests.ingest.source_contract import MESSAGES, Filled, MessageSourceContract
from tests.mail_server import Mailbox


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
    sent = [numbered_message(n) for n in range(3)]
    for data in sent:
        mailbox.deliver(data)
    with ImapSource(account) as source:
        items = list(source.items(source.keys()))
    assert [i.data for i in items] == sent
    assert all(i.received_at is not None and i.received_at.tzinfo for i in items)
    assert {i.key.uidvalidity for i in items} == {items[0].key.uidvalidity}


def test_a_poll_leaves_the_mailbox_as_it_was(mailbox: Mailbox, account: MailboxAccount) -> None:
    mailbox.deliver(numbered_message(1))
    with ImapSource(account) as source:
        list(source.items(source.keys()))
    assert [p.parent.name for p in mailbox.files()] == ["new"]


def test_a_wrong_password_is_said_plainly(mailbox: Mailbox, account: MailboxAccount) -> None:
    mailbox.deliver(numbered_message(1))
    secret = "guessed-7731"
    with (
        pytest.raises(LoginRefused, match="user name or password") as refused,
        ImapSource(replace(account, password=secret)) as source,
    ):
        source.keys()
    assert refused.value.reason == "login_refused"
    assert secret not in f"{refused.value} {replace(account, password=secret)!r}"
    with ImapSource(account) as source:  # that account, with its own password, gets in
        assert len(source.keys()) == 1


def test_an_untrusted_certificate_is_refused(mailbox: Mailbox, account: MailboxAccount) -> None:
    mailbox.deliver(numbered_message(1))
    with (
        pytest.raises(CertificateNotTrusted, match="ca_file"),
        ImapSource(replace(account, ca_file=None)) as source,
    ):
        source.keys()


def test_plain_text_is_spoken_to_this_machine_only(
    mailbox: Mailbox, account: MailboxAccount
) -> None:
    mailbox.deliver(numbered_message(1))
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
    mailbox.deliver(numbered_message(1))
    with pytest.raises(FolderUnknown), ImapSource(replace(account, folder="Nowhere")) as source:
        source.keys()
    with pytest.raises(MailboxUnreachable), ImapSource(replace(account, port=1)) as source:
        source.keys()


def test_a_message_expunged_meanwhile_is_passed_over(
    mailbox: Mailbox, account: MailboxAccount
) -> None:
    for number in range(3):
        mailbox.deliver(numbered_message(number))
    with ImapSource(account) as source:
        keys = source.keys()
        mailbox.expunge(1)
        with ImapSource(account) as other:
            other.keys()
        items = list(source.items(keys))
        gone = source.passed_over()
    assert [i.data for i in items] == [numbered_message(0), numbered_message(2)]
    assert [(g.key, g.reason) for g in gone] == [(keys[1], "vanished")]


def test_a_new_uidvalidity_is_seen(mailbox: Mailbox, account: MailboxAccount) -> None:
    mailbox.deliver(numbered_message(1))
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
    mailbox.deliver(numbered_message(1, size=1_200_000))
    with ImapSource(account, ParseLimits(max_message_mb=1)) as source:
        item = next(iter(source.items(source.keys())))
    assert item.problem == "too_large"
    assert b"Subject: note 1" in item.data
    assert len(item.data) < 1000


def test_a_password_never_shows_in_the_account(tmp_path: Path) -> None:
    account = MailboxAccount("localhost", 993, "u", "hidden")
    assert "hidden" not in repr(account)
    assert "hidden" not in repr(account.login())
    assert not list(tmp_path.iterdir())


def test_flags_are_left_as_they_were(mailbox: Mailbox, account: MailboxAccount) -> None:
    for number in range(2):
        mailbox.deliver(numbered_message(number))
    first = mailbox.files()[0]
    seen = mailbox.maildir / "cur" / f"{first.name}:2,FS"
    first.rename(seen)
    with ImapSource(account) as source:
        assert len(list(source.items(source.keys()))) == 2
    assert mailbox.files()[0].name.endswith(":2,FS")
    assert [p.parent.name for p in mailbox.files()] == ["cur", "new"]


def test_two_hundred_messages_listed_in_ranges_come_one_by_one(
    mailbox: Mailbox, account: MailboxAccount, monkeypatch: pytest.MonkeyPatch
) -> None:
    mailbox.deliver_all(numbered_message(number) for number in range(200))
    monkeypatch.setattr(imap_client, "SPAN", 7)
    monkeypatch.setattr(imap_client, "CHUNK", 9)
    with ImapSource(account) as source:
        keys = source.keys()
        assert [key.uid for key in keys] == sorted({key.uid for key in keys})
        assert len(keys) == 200
        expected = [numbered_message(n) for n in range(200)]
        assert [item.data for item in source.items(keys)] == expected


def test_an_empty_folder_has_no_keys(mailbox: Mailbox, account: MailboxAccount) -> None:
    with ImapSource(account) as source:
        assert source.keys() == ()
        assert source.uidvalidity > 0


def test_the_dialogue_is_not_logged(
    mailbox: Mailbox, account: MailboxAccount, caplog: pytest.LogCaptureFixture
) -> None:
    mailbox.deliver(numbered_message(1))
    caplog.set_level(logging.DEBUG)
    with ImapSource(account) as source:
        list(source.items(source.keys()))
    with pytest.raises(LoginRefused), ImapSource(replace(account, password="wrong")) as source:
        source.keys()
    for secret in (
        "secret",
        "wrong",
        "registry1",
        base64.b64encode(b"secret").decode(),
    ):
        assert secret not in caplog.text


@pytest.mark.parametrize(
    "password", ["mot de passe \u00e9t\u00e9", "\u5bc6\u7801", '"\\', "a" * 2000]
)
def test_any_password_can_be_tried(account: MailboxAccount, password: str) -> None:
    with pytest.raises(LoginRefused), ImapSource(replace(account, password=password)) as source:
        source.keys()


def test_a_user_name_that_is_no_ascii_can_be_tried(account: MailboxAccount) -> None:
    with (
        pytest.raises(LoginRefused),
        ImapSource(replace(account, user="j\u00fcrgen", password="wrong")) as source,
    ):
        source.keys()


@pytest.mark.parametrize("zone", ["UTC", "Pacific/Auckland"])
def test_the_time_of_receipt_is_the_server_s_whatever_the_zone_here(
    mailbox: Mailbox, account: MailboxAccount, monkeypatch: pytest.MonkeyPatch, zone: str
) -> None:
    mailbox.deliver(numbered_message(1))
    os.utime(mailbox.files()[0], (1_554_111_000, 1_554_111_000))
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        with ImapSource(account) as source:
            (item,) = source.items(source.keys())
    finally:
        monkeypatch.undo()
        time.tzset()
    assert item.received_at is not None
    assert item.received_at.timestamp() == 1_554_111_000


def test_a_missing_or_broken_authority_is_named(account: MailboxAccount, tmp_path: Path) -> None:
    broken = tmp_path / "broken.pem"
    broken.write_text("no certificate")
    for path in (broken, tmp_path / "missing.pem"):
        with (
            pytest.raises(CertificateNotTrusted, match=rf"mailbox\.ca_file .*{path.name}"),
            ImapSource(replace(account, ca_file=path)) as source,
        ):
            source.keys()


def test_a_configured_authority_is_added_to_those_of_the_system(
    account: MailboxAccount, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(account.ca_file))
    with ImapSource(replace(account, ca_file=None)) as source:
        source.keys()
    with ImapSource(account) as source:
        source.keys()


def test_tls_to_a_port_without_it_is_said_plainly(
    mailbox: Mailbox, account: MailboxAccount
) -> None:
    plain = replace(account, port=mailbox.server.port)
    with pytest.raises(MailboxUnreachable, match="TLS"), ImapSource(plain) as source:
        source.keys()
