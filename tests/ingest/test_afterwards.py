"""Flags and moves after the commit, against a real dovecot: whole, once, and nobody else's."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

import pytest
from imapclient import IMAPClient

from ingest import afterwards
from ingest.errors import ChangeRefused, FolderUnknown, MailboxError, UidValidityChanged
from ingest.imap import ImapSource, MailboxAccount
from ingest.server_actions import Copying, ServerAction, Wish
from tests.ingest.messages import numbered_message
from tests.mail_proxy import proxy
from tests.mail_server import Mailbox

MOVE = Wish("move", "NoteVerbale", "Processed")
FLAG = Wish("flag", "NoteVerbale")
MESSAGES = [numbered_message(n) for n in range(5)]


class Killed(Exception):  # noqa: N818 - what happens to the process
    """Stands for a SIGKILL at this place."""


@dataclass
class Ledger:
    """A ledger in memory; ``dies`` is asked before and after each entry."""

    actions: dict[int, ServerAction]
    ended: dict[int, str] = field(default_factory=dict)
    dies: Callable[[str], bool] = lambda _: False

    def waiting(self) -> tuple[ServerAction, ...]:
        return tuple(e for n, e in self.actions.items() if n not in self.ended)

    def begin(self, ids: tuple[int, ...], copying: Copying) -> None:
        self._die("before begin")
        for number in ids:
            self.actions[number] = replace(self.actions[number], copying=copying)
        self._die("after begin")

    def done(self, ids: tuple[int, ...], how: str) -> None:
        self._die(f"before {how}")
        self.ended.update(dict.fromkeys(ids, how))
        self._die(f"after {how}")

    def refused(self, ids: tuple[int, ...], why: str) -> None:
        del ids, why

    def _die(self, where: str) -> None:
        if self.dies(where):
            raise Killed


@pytest.fixture
def account(mailbox: Mailbox) -> MailboxAccount:
    """The account in plain text, so that a proxy can read along."""
    server = mailbox.server
    return MailboxAccount(
        host="127.0.0.1",
        port=server.port,
        user=mailbox.user,
        password=server.password,
        tls=False,
        timeout_s=5,
    )


@pytest.fixture
def ledger(mailbox: Mailbox, account: MailboxAccount) -> Ledger:
    """Actions for five messages, and a folder to move them to."""
    mailbox.deliver_all(MESSAGES)
    mailbox.make_folder("Processed")
    with ImapSource(account) as source:
        items = list(source.items(source.keys()))
    return Ledger({n: ServerAction(n, item.key, item.sha256) for n, item in enumerate(items)})


@contextmanager
def _without(account: MailboxAccount, port: int, *capabilities: bytes) -> Iterator[MailboxAccount]:
    """The mailbox of a server that cannot do these."""

    def hide(data: bytes, count: int) -> bytes:
        for name in capabilities:
            data = re.sub(rb"(?<=[ ])" + name + rb"(?=[ \]\r])", b"X" * len(name), data)
        return data

    with proxy(port, hide) as through:
        yield replace(account, tls=False, port=through, host="127.0.0.1")


def _do(account: MailboxAccount, wish: Wish, ledger: Ledger) -> dict[str, int]:
    return dict(afterwards.do(account, wish, ledger.waiting(), ledger))


def test_kept_messages_are_flagged_with_a_keyword_and_stay(
    mailbox: Mailbox, account: MailboxAccount, ledger: Ledger
) -> None:
    assert _do(account, FLAG, ledger) == {"flagged": 5}
    assert _flags(account) == [{b"NoteVerbale"}] * 5
    assert mailbox.contents() == MESSAGES


def _flags(account: MailboxAccount) -> list[set[bytes]]:
    """Flags as another client sees them."""
    with IMAPClient(account.host, account.port, ssl=False) as other:
        other.login(account.user, account.password)
        other.select_folder("INBOX", readonly=True)
        found = other.get_flags(other.search("ALL"))
    return [set(flags) - {rb"\Recent"} for _, flags in sorted(found.items())]


@pytest.mark.parametrize(
    ("missing", "how"), [((), "moved"), ((b"MOVE",), "copied"), ((b"MOVE", b"UIDPLUS"), None)]
)
def test_messages_are_moved_by_the_best_way_the_server_has(
    mailbox: Mailbox,
    account: MailboxAccount,
    ledger: Ledger,
    missing: tuple[bytes, ...],
    how: str | None,
) -> None:
    with _without(account, mailbox.server.port, *missing) as through:
        counts = _do(through, MOVE, ledger)
    if how is None:
        assert counts == {"flag_only": 5}
        assert _flags(account) == [{b"NoteVerbale"}] * 5
        assert (mailbox.contents(), mailbox.filed("Processed")) == (MESSAGES, [])
    else:
        assert counts == {how: 5}
        assert (mailbox.contents(), mailbox.filed("Processed")) == ([], MESSAGES)


@pytest.mark.parametrize("missing", [(), (b"MOVE",), (b"MOVE", b"UIDPLUS")])
def test_what_others_flagged_as_deleted_is_never_expunged(
    mailbox: Mailbox, account: MailboxAccount, ledger: Ledger, missing: tuple[bytes, ...]
) -> None:
    mailbox.deliver(b"Subject: somebody else's\r\n\r\nx")
    with IMAPClient(account.host, account.port, ssl=False) as other:
        other.login(account.user, account.password)
        other.select_folder("INBOX")
        other.delete_messages(other.search("SUBJECT somebody"))
    with _without(account, mailbox.server.port, *missing) as through:
        _do(through, MOVE, ledger)
    assert any(b"somebody else's" in data for data in mailbox.contents())


def test_exchange_that_answers_move_with_bad_gets_copy_and_uid_expunge(
    mailbox: Mailbox, account: MailboxAccount, ledger: Ledger
) -> None:
    moves: list[bytes] = []

    def refuse(data: bytes, count: int) -> bytes:
        # dovecot never sees the command; the proxy made it one that is none
        return re.sub(rb"BAD [^\r]*UID command[^\r]*", b"BAD Command Argument Error. 11", data)

    def break_move(data: bytes, count: int) -> bytes:
        if b" UID MOVE " in data:
            moves.append(data)
        return data.replace(b" UID MOVE ", b" UID EVOM ")

    with proxy(mailbox.server.port, refuse, to_server=break_move) as port:
        assert _do(replace(account, port=port), MOVE, ledger) == {"copied": 5}
    assert len(moves) == 1
    assert (mailbox.contents(), mailbox.filed("Processed")) == ([], MESSAGES)


@pytest.mark.parametrize("missing", [(), (b"MOVE",)])
def test_killed_before_and_after_every_entry_nothing_is_lost_or_doubled(
    mailbox: Mailbox, account: MailboxAccount, ledger: Ledger, missing: tuple[bytes, ...]
) -> None:
    seen: set[str] = set()

    def once_at_each_place(where: str) -> bool:
        if where in seen:
            return False
        seen.add(where)
        return True

    ledger.dies = once_at_each_place
    kills = 0
    with _without(account, mailbox.server.port, *missing) as through:
        while True:
            try:
                _do(through, MOVE, ledger)
            except Killed:
                kills += 1
            else:
                break
    assert kills >= (4 if missing else 2)
    assert set(ledger.ended) == set(ledger.actions)
    assert (mailbox.contents(), mailbox.filed("Processed")) == ([], MESSAGES)


@pytest.mark.parametrize("answered", [False, True])
@pytest.mark.parametrize("command", [b"STATUS", b"UID COPY", b"UID STORE", b"UID EXPUNGE"])
def test_cut_off_at_any_command_nothing_is_lost_or_doubled(
    mailbox: Mailbox, account: MailboxAccount, ledger: Ledger, command: bytes, *, answered: bool
) -> None:
    seen: list[bytes] = []

    def to_server(data: bytes, count: int) -> bytes | None:
        if command not in data:
            return data
        seen.append(data)
        return data if answered else None

    def from_server(data: bytes, count: int) -> bytes | None:
        return None if seen else data

    with _without(account, mailbox.server.port, b"MOVE") as through:
        with (
            proxy(through.port, from_server, to_server=to_server) as port,
            pytest.raises(MailboxError),
        ):
            _do(replace(through, port=port, timeout_s=2), MOVE, ledger)
        assert seen
        _do(through, MOVE, ledger)
    assert (mailbox.contents(), mailbox.filed("Processed")) == ([], MESSAGES)


def test_equal_messages_have_a_copy_each_after_a_crash(
    mailbox: Mailbox, account: MailboxAccount
) -> None:
    mailbox.deliver_all([MESSAGES[0], MESSAGES[0]])
    mailbox.make_folder("Processed")
    with ImapSource(account) as source:
        items = list(source.items(source.keys()))
    ledger = Ledger({n: ServerAction(n, item.key, item.sha256) for n, item in enumerate(items)})
    ledger.dies = lambda where: where == "before copied"
    with _without(account, mailbox.server.port, b"MOVE") as through:
        with pytest.raises(Killed):
            _do(through, MOVE, ledger)
        ledger.dies = lambda _: False
        _do(through, MOVE, ledger)
    assert (mailbox.contents(), mailbox.filed("Processed")) == ([], [MESSAGES[0]] * 2)


def test_a_renumbered_folder_is_not_touched(
    mailbox: Mailbox, account: MailboxAccount, ledger: Ledger
) -> None:
    mailbox.change_uidvalidity()
    with pytest.raises(UidValidityChanged):
        _do(account, MOVE, ledger)
    assert (mailbox.contents(), mailbox.filed("Processed")) == (MESSAGES, [])
    assert ledger.ended == {}


def test_a_target_that_does_not_exist_is_named_and_nothing_is_touched(
    mailbox: Mailbox, account: MailboxAccount, ledger: Ledger
) -> None:
    with pytest.raises(ChangeRefused, match=r"'Nowhere'.*mailbox\.move_to"):
        _do(account, replace(MOVE, folder="Nowhere"), ledger)
    with pytest.raises(FolderUnknown):
        _do(replace(account, folder="Nowhere"), MOVE, ledger)
    assert mailbox.contents() == MESSAGES


def test_a_server_that_keeps_no_keywords_is_named(
    mailbox: Mailbox, account: MailboxAccount, ledger: Ledger
) -> None:
    def no_keywords(data: bytes, count: int) -> bytes:
        return re.sub(rb"(\[PERMANENTFLAGS \([^)]*?) ?\\\*\)", rb"\1)", data)

    with (
        proxy(mailbox.server.port, no_keywords) as port,
        pytest.raises(ChangeRefused, match=r"mailbox\.keyword"),
    ):
        _do(replace(account, port=port), FLAG, ledger)
    with proxy(mailbox.server.port, no_keywords) as port:
        counts = _do(replace(account, port=port), Wish("flag", r"\Flagged"), ledger)
    assert counts == {"flagged": 5}


def test_messages_gone_before_are_no_errors(
    mailbox: Mailbox, account: MailboxAccount, ledger: Ledger
) -> None:
    mailbox.expunge(2)
    assert _do(account, MOVE, ledger) == {"gone": 1, "moved": 4}


def test_a_mailbox_that_may_only_be_read_is_named(
    mailbox: Mailbox, account: MailboxAccount, ledger: Ledger
) -> None:
    def read_only(data: bytes, count: int) -> bytes:
        return data.replace(b"[READ-WRITE]", b"[READ-ONLY]")

    with (
        proxy(mailbox.server.port, read_only) as port,
        pytest.raises(ChangeRefused, match="may only be read"),
    ):
        _do(replace(account, port=port), MOVE, ledger)
    assert mailbox.contents() == MESSAGES


def test_a_folder_whose_name_is_no_ascii_is_found(
    mailbox: Mailbox, account: MailboxAccount, ledger: Ledger
) -> None:
    mailbox.make_folder("Trait&AOk-s")  # as Maildir++ writes it (RFC 3501 section 5.1.3)
    assert _do(account, replace(MOVE, folder="Traités"), ledger) == {"moved": 5}
    assert mailbox.filed("Trait&AOk-s") == MESSAGES


def test_a_copy_that_is_refused_leaves_the_message_as_it_was(
    mailbox: Mailbox, account: MailboxAccount, ledger: Ledger
) -> None:
    def broken(data: bytes, count: int) -> bytes:
        return data.replace(b" UID EXPUNGE ", b" UID UNKNOWN ")

    with (
        _without(account, mailbox.server.port, b"MOVE") as through,
        proxy(through.port, lambda d, _: d, to_server=broken) as port,
    ):
        assert _do(replace(through, port=port), MOVE, ledger) == {"refused": 5}
    assert _flags(account) == [set()] * 5
    with _without(account, mailbox.server.port, b"MOVE") as through:
        assert _do(through, MOVE, ledger) == {"copied": 5}
    assert (mailbox.contents(), mailbox.filed("Processed")) == ([], MESSAGES)
