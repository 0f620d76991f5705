"""What a poll takes in from a real mailbox: nothing lost, nothing twice, whatever happens there."""

from __future__ import annotations

import os
import re
import resource
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from threading import Event

import pytest

from ingest.errors import LoginRefused
from ingest.imap_changes import ChangingConnection
from noteverbale import pipeline
from noteverbale.config import Config, LimitsConfig, MailboxConfig
from noteverbale.poll import take_in
from noteverbale.tally import Tally
from store.db.database import Store
from store.errors import DatabaseFull, StoreError
from store.intake import epochs
from store.opening import open_store
from tests.ingest.messages import numbered_message
from tests.killed_poll import survives
from tests.mail_proxy import proxy
from tests.mail_server import Mailbox

MESSAGES = [numbered_message(n) for n in range(4)]


@pytest.fixture
def config(mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch) -> Config:
    monkeypatch.setenv("MAIL_PASSWORD", mailbox.server.password)
    return Config(
        mailbox=MailboxConfig(
            host="127.0.0.1",
            port=mailbox.server.port,
            tls="none",
            user=mailbox.user,
            password_env="MAIL_PASSWORD",
            timeout_s=5,
        )
    )


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "n.db") as store:
        yield store


def _with(config: Config, **keys: object) -> Config:
    return replace(config, mailbox=replace(config.mailbox, **keys))  # type: ignore[arg-type]


def _poll(config: Config, store: Store) -> Tally:
    tally = take_in(config, store, Event())
    if tally.trouble is not None:
        raise tally.trouble
    return tally


def _outcomes(store: Store) -> list[tuple[str, str | None]]:
    return [tuple(r) for r in store.rows("SELECT outcome, reason FROM messages ORDER BY id")]


def _originals(store: Store) -> list[bytes]:
    return sorted(
        store.originals.get(row["sha256"]) for row in store.rows("SELECT sha256 FROM messages")
    )


def test_a_second_poll_finds_nothing_new(mailbox: Mailbox, config: Config, store: Store) -> None:
    mailbox.deliver_all(MESSAGES)
    assert _poll(config, store).kept == 4
    again = _poll(config, store)
    assert (again.kept, again.known) == (0, 0)
    assert _originals(store) == MESSAGES
    assert [p.parent.name for p in mailbox.files()] == ["new"] * 4


def test_a_renumbered_mailbox_loses_and_doubles_nothing_and_says_so(
    mailbox: Mailbox, config: Config, store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    mailbox.deliver_all(MESSAGES[:3])
    _poll(config, store)
    assert "UIDVALIDITY" not in caplog.text
    mailbox.change_uidvalidity()
    mailbox.deliver(MESSAGES[3])
    tally = _poll(config, store)
    assert (tally.kept, tally.known) == (1, 3)
    assert "renumbered the folder (UIDVALIDITY" in caplog.text
    met = epochs.epochs(store)
    assert [epoch.listed for epoch in met] == [3, 4]
    assert len({epoch.uidvalidity for epoch in met}) == 2
    assert _originals(store) == MESSAGES
    caplog.clear()
    assert _poll(config, store).kept == 0
    assert "UIDVALIDITY" not in caplog.text


def test_a_mailbox_emptied_and_filled_again(mailbox: Mailbox, config: Config, store: Store) -> None:
    mailbox.deliver_all(MESSAGES[:2])
    _poll(config, store)
    aside = mailbox.server.folder / f"{mailbox.user}-aside"
    aside.mkdir()
    for path in mailbox.files():
        path.rename(aside / path.name)
    assert _poll(config, store).kept == 0
    mailbox.deliver_all(MESSAGES)  # the first two are back under new UIDs
    tally = _poll(config, store)
    assert (tally.kept, tally.known) == (2, 2)
    assert _originals(store) == MESSAGES


def test_a_message_moved_away_and_back_is_recognised(
    mailbox: Mailbox, config: Config, store: Store
) -> None:
    mailbox.deliver_all(MESSAGES[:2])
    _poll(config, store)
    path = mailbox.files()[0]
    data = path.read_bytes()
    path.unlink()
    _poll(config, store)
    mailbox.deliver(data)
    tally = _poll(config, store)
    assert (tally.kept, tally.known) == (0, 1)
    assert len(_outcomes(store)) == 2


def test_the_same_message_twice_is_kept_once_and_recorded_twice(
    mailbox: Mailbox, config: Config, store: Store
) -> None:
    mailbox.deliver_all([MESSAGES[0], MESSAGES[0]])
    assert _poll(config, store).kept == 2
    assert [outcome for outcome, _ in _outcomes(store)] == ["processed", "duplicate"]


def test_a_mailbox_that_breaks_keeps_what_came_before(
    mailbox: Mailbox, config: Config, store: Store
) -> None:
    mailbox.deliver_all(numbered_message(n, size=20_000) for n in range(5))
    with proxy(mailbox.server.port, lambda d, n: None if n > 50_000 else d, connections=1) as port:
        tally = take_in(_with(config, port=port), store, _Stopping())
    assert tally.trouble is not None
    assert 0 < tally.kept < 5
    assert _poll(config, store).kept == 5 - tally.kept


class _Stopping(Event):
    """Waits no longer than a moment."""

    def wait(self, timeout: float | None = None) -> bool:
        del timeout
        return super().wait(0.01)


def test_moved_after_the_commit_and_the_action_is_done(
    mailbox: Mailbox, config: Config, store: Store
) -> None:
    mailbox.deliver_all(MESSAGES)
    mailbox.make_folder("Processed")
    moving = _with(config, after="move", move_to="Processed")
    assert _poll(moving, store).kept == 4
    assert (mailbox.contents(), mailbox.filed("Processed")) == ([], MESSAGES)
    rows = store.rows("SELECT state, result FROM outbox")
    assert [tuple(row) for row in rows] == [("done", "moved")] * 4
    mailbox.deliver(MESSAGES[0])  # a person moves one back: it is known, and goes again
    assert _poll(moving, store).known == 1
    assert mailbox.contents() == []


def test_what_is_set_aside_or_not_for_us_stays_in_the_mailbox(
    mailbox: Mailbox, config: Config, store: Store
) -> None:
    large = numbered_message(1, size=1_200_000)
    mailbox.deliver_all([MESSAGES[0], large, MESSAGES[2], MESSAGES[2]])
    mailbox.make_folder("Processed")
    wished = replace(
        _with(config, after="move", move_to="Processed"),
        filters=replace(config.filters, not_from=("registry2@*",)),
        limits=LimitsConfig(max_message_mb=1),
    )
    tally = _poll(wished, store)
    assert [reason for _, reason in tally.set_aside] == ["too_large"]
    assert mailbox.filed("Processed") == [MESSAGES[0]]
    assert [reason for _, reason in _outcomes(store)] == [
        "no_attachment",
        "too_large",
        "filtered_sender",
        None,
    ]
    assert _poll(wished, store).kept == 0


def test_left_as_it_was_by_default_and_turning_it_on_later_moves_only_what_comes_then(
    mailbox: Mailbox, config: Config, store: Store
) -> None:
    mailbox.deliver_all(MESSAGES[:2])
    mailbox.make_folder("Processed")
    _poll(config, store)
    mailbox.deliver_all(MESSAGES[2:])
    _poll(_with(config, after="move", move_to="Processed"), store)
    assert (mailbox.contents(), mailbox.filed("Processed")) == (MESSAGES[:2], MESSAGES[2:])


def test_a_move_that_cannot_be_made_is_said_and_made_at_the_next_poll(
    mailbox: Mailbox, config: Config, store: Store
) -> None:
    mailbox.deliver_all(MESSAGES)
    moving = _with(config, after="move", move_to="Processed")
    tally = take_in(moving, store, Event())
    assert tally.trouble is not None
    assert tally.trouble.reason == "change_refused"
    assert tally.kept == 4
    mailbox.make_folder("Processed")
    assert _poll(moving, store).kept == 0
    assert (mailbox.contents(), mailbox.filed("Processed")) == ([], MESSAGES)


def test_renumbered_between_keeping_and_moving_each_message_is_moved_once(
    mailbox: Mailbox, config: Config, store: Store
) -> None:
    mailbox.deliver_all(MESSAGES)
    moving = _with(config, after="move", move_to="Processed")
    take_in(moving, store, Event())  # the folder is missing: the actions wait
    mailbox.change_uidvalidity()
    mailbox.make_folder("Processed")
    _poll(moving, store)
    assert (mailbox.contents(), mailbox.filed("Processed")) == ([], MESSAGES)
    states = [row["state"] for row in store.rows("SELECT state FROM outbox ORDER BY id")]
    assert states == ["given_up"] * 4 + ["done"] * 4


def test_killed_before_every_write_nothing_is_lost_or_doubled(
    mailbox: Mailbox, config: Config, tmp_path: Path
) -> None:
    """A message comes, and a child is killed before its first write; one more, its second ..."""
    mailbox.make_folder("Processed")
    path = tmp_path / "killed.db"
    open_store(path).close()

    def hide(data: bytes, count: int) -> bytes:
        return re.sub(rb"(?<=[ ])MOVE(?=[ \]\r])", b"XXXX", data)  # COPY writes more often

    sent: list[bytes] = []
    survived = False
    with proxy(mailbox.server.port, hide, connections=1000) as port:
        moving = _with(config, after="move", move_to="Processed", port=port)
        while not survived:
            sent.append(numbered_message(len(sent)))
            mailbox.deliver(sent[-1])
            survived = survives(path, moving, len(sent) - 1, _die_before)
        with open_store(path) as store:
            _poll(moving, store)
            assert len(sent) >= 18
            assert _originals(store) == sorted(sent)
            assert {outcome for outcome, _ in _outcomes(store)} == {"processed"}
            assert {row["state"] for row in store.rows("SELECT state FROM outbox")} == {"done"}
    left = [p for p in (tmp_path / "originals").rglob("*") if p.is_file()]
    assert len(left) == len(sent)
    assert (mailbox.contents(), mailbox.filed("Processed")) == ([], sorted(sent))


def _die_before(number: int) -> None:
    """Counts writes to disk, database and server in this process."""
    count = [0]

    def counted() -> None:
        if count[0] == number:
            os.kill(os.getpid(), signal.SIGKILL)
        count[0] += 1

    def after_counting(real: Callable[..., object]) -> Callable[..., object]:
        def call(*args: object, **kwargs: object) -> object:
            counted()
            return real(*args, **kwargs)

        return call

    real_writing = Store.writing

    @contextmanager
    def writing(self: Store, who: str = "pipeline") -> Iterator[object]:
        if self.db.conn.in_transaction:
            with real_writing(self, who) as conn:
                yield conn
            return
        counted()
        with real_writing(self, who) as conn:
            yield conn
            counted()
        counted()

    os.fsync = after_counting(os.fsync)  # type: ignore[assignment]
    Path.rename = after_counting(Path.rename)  # type: ignore[method-assign, assignment]
    Store.writing = writing  # type: ignore[method-assign, assignment]
    for name in ("move", "copy", "remove", "flag"):
        real = getattr(ChangingConnection, name)
        setattr(ChangingConnection, name, after_counting(real))


def test_nothing_is_taken_in_when_the_password_is_wrong_and_what_is_kept_goes_on(
    mailbox: Mailbox, config: Config, store: Store
) -> None:
    mailbox.deliver_all(MESSAGES)
    tally = take_in(_with(config, user=f"{mailbox.user}", password_env="HOME"), store, Event())
    assert isinstance(tally.trouble, LoginRefused)
    assert tally.trouble.retry_after_s == 3600
    assert tally.kept == 0


def test_the_same_message_id_on_different_messages_drops_none(
    mailbox: Mailbox, config: Config, store: Store
) -> None:
    mailbox.deliver_all(MESSAGES[0] + extra for extra in (b"", b"a correction\r\n"))
    assert _poll(config, store).kept == 2
    assert [outcome for outcome, _ in _outcomes(store)] == ["processed", "processed"]


def test_the_connection_is_closed_before_anything_is_taken_apart(
    mailbox: Mailbox, config: Config, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    mailbox.deliver_all(MESSAGES)
    said: list[bytes] = []
    closed_before_parsing: list[bool] = []
    real = pipeline.parse

    def parse(*args: object, **options: object) -> None:
        closed_before_parsing.append(any(b"LOGOUT" in data for data in said))
        real(*args, **options)  # type: ignore[arg-type]

    def listen(data: bytes, count: int) -> bytes:
        said.append(data)
        return data

    monkeypatch.setattr(pipeline, "parse", parse)
    with proxy(mailbox.server.port, lambda d, _: d, to_server=listen) as port:
        _poll(_with(config, port=port), store)
    assert closed_before_parsing == [True]
    commands = b"".join(said)
    assert b"EXAMINE" in commands
    assert b"SELECT" not in commands
    assert b"UNSEEN" not in commands
    assert b"BODY.PEEK[]" in commands


def test_a_full_database_loses_nothing_and_goes_on_when_there_is_room(
    mailbox: Mailbox, config: Config, store: Store
) -> None:
    mailbox.deliver_all(numbered_message(n, size=1000) for n in range(60))
    conn = store.db.conn
    (pages,) = conn.execute("PRAGMA page_count").fetchone()
    conn.execute(f"PRAGMA max_page_count = {pages + 2}")
    with pytest.raises(DatabaseFull):
        take_in(config, store, Event())
    kept = len(_outcomes(store))
    assert kept < 60
    conn.execute("PRAGMA max_page_count = 1000000")
    assert _poll(config, store).kept == 60 - kept
    assert _originals(store) == sorted(numbered_message(n, size=1000) for n in range(60))


def test_a_full_disk_loses_nothing_and_goes_on_when_there_is_room(
    mailbox: Mailbox, config: Config, store: Store
) -> None:
    mailbox.deliver_all([MESSAGES[0], numbered_message(1, size=200_000), MESSAGES[2]])
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, before[1]))
    try:
        with pytest.raises(StoreError):
            take_in(config, store, Event())
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, ignored)
    _poll(config, store)
    expected = [MESSAGES[0], numbered_message(1, size=200_000), MESSAGES[2]]
    assert _originals(store) == sorted(expected)
    assert list((store.originals.folder / ".incoming").iterdir()) == []
