"""One poll: what is new is kept, the connection closed, and only then anything is read.

::

    mailbox: list, fetch, keep → parse → flag or move, if configured
    scanner folder: list, keep → delete or move, if configured         → read

Every arrow is a commit; a poll that is killed anywhere is made up for by the next.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from threading import Event
from typing import TYPE_CHECKING

from ingest.errors import IngestError, MailboxError
from ingest.types import ItemKey
from noteverbale import pipeline
from noteverbale.credentials import account, require_source
from noteverbale.parsing import message_parser, parse_limits
from noteverbale.tally import Tally
from store.intake import epochs, messages, outbox
from store.intake.batch import Batch
from store.service import retries

if TYPE_CHECKING:
    from ingest.imap import ImapSource, MailboxAccount
    from noteverbale.config import Config
    from store.db.database import Store

log = logging.getLogger(__name__)


def take_in(config: Config, store: Store, stop: Event, *, parse: bool = True) -> Tally:
    """The first part of a poll: keeps, takes apart, and does what is wished at the source.

    Without ``parse`` messages are kept only: a fetcher that holds the credentials opens nothing
    that strangers sent. What another process has taken apart meanwhile is still seen to.

    Raises:
        ConfigError: nothing to poll, or no password.
    """
    require_source(config)
    tally = Tally()
    pipeline.check_space(store)
    if config.scanner.folder is not None:
        _from_scanner(config, store, tally, stop)
    reached = None
    if config.mailbox.host:
        reached = _from_mailbox(config, store, account(config), tally, stop)
    if parse:
        take_apart(config, store, tally, stop)
    if reached is not None and not stop.is_set():
        _afterwards(config, store, account(config), reached, tally, stop)
    return tally


def take_apart(config: Config, store: Store, tally: Tally, stop: Event) -> None:
    """Messages that are kept become documents; one that failed lately is given its pause."""
    with message_parser(config) as parser:
        pipeline.parse(store, parser, tally, stop, resting=retries.resting(store, "message"))


def fetch_new(config: Config, store: Store, stop: Event) -> Tally:
    """Keeps what is new in the mailbox, and nothing else of a poll.

    Raises:
        ConfigError: no mailbox, or no password.
    """
    tally = Tally()
    _from_mailbox(config, store, account(config), tally, stop)
    return tally


def _from_mailbox(
    config: Config, store: Store, mailbox: MailboxAccount, tally: Tally, stop: Event
) -> int | None:
    """Keeps what is new in the mailbox; UIDVALIDITY of the folder, None if it was not reached."""
    from ingest.imap import ImapSource

    try:
        with ImapSource(mailbox, parse_limits(config), wait=stop.wait) as source:
            afterwards = config.mailbox.after != "leave"
            _keep_new(store, source, tally, stop, afterwards=afterwards)
            tally.left_out.extend(p for p in source.passed_over() if p.reason != "vanished")
            return source.uidvalidity
    except MailboxError as error:
        tally.trouble = tally.trouble or error
        return None


def _keep_new(
    store: Store, source: ImapSource, tally: Tally, stop: Event, *, afterwards: bool
) -> None:
    """Set difference of what the server lists and what we have seen, one body at a time.

    All UIDs are compared at every poll: that costs milliseconds, and finds what a high-water
    mark never would, such as a message that was moved away and came back.
    """
    uids = source.uids()
    place = (source.account.account, source.account.folder, source.uidvalidity)
    _note_epoch(store, place, len(uids), source.uidnext)
    seen = messages.known_uids(store, *place)
    new = tuple(source.key(uid) for uid in uids if uid not in seen)
    log.info("mailbox lists %d messages, %d of them new", len(uids), len(new))
    if not new:
        return
    listed = _Listed(*place, frozenset(uids))
    with Batch(store, listed, afterwards=afterwards) as batch:
        try:
            for item in source.items(new):
                pipeline.count(store, batch.add(item), tally)
                if stop.is_set():
                    return
        finally:
            pipeline.count(store, batch.commit(), tally)


@dataclass(frozen=True, slots=True)
class _Listed:
    """What a folder of the server lists, without a key for each: there may be a million."""

    account: str
    folder: str
    uidvalidity: int
    uids: frozenset[int]

    def __contains__(self, key: object) -> bool:
        if not isinstance(key, ItemKey):
            return False
        here = (self.account, self.folder, self.uidvalidity)
        return (key.account, key.folder, key.uidvalidity) == here and key.uid in self.uids


def _note_epoch(store: Store, place: tuple[str, str, int], listed: int, uidnext: int) -> None:
    before = epochs.met(store, *place, listed=listed, uidnext=uidnext)
    if before is not None:
        log.error(
            "the mail server has renumbered the folder (UIDVALIDITY %d, was %d): all %d messages"
            " are fetched again, and those already kept are recognised by their bytes",
            place[2],
            before.uidvalidity,
            listed,
        )


def _afterwards(
    config: Config,
    store: Store,
    mailbox: MailboxAccount,
    uidvalidity: int,
    tally: Tally,
    stop: Event,
) -> None:
    """Flags or moves on the server what is kept and taken apart, if that is configured."""
    wished = config.mailbox
    if wished.after == "leave":
        return
    outbox.give_up_earlier(store, mailbox.account, mailbox.folder, uidvalidity)
    actions = outbox.waiting(store, mailbox.account, mailbox.folder, uidvalidity)
    if not actions:
        return
    from ingest import afterwards
    from ingest.server_actions import Wish

    wish = Wish(wished.after, wished.keyword, wished.move_to or "")
    try:
        done = afterwards.do(mailbox, wish, actions, outbox.OutboxLedger(store), stop.is_set)
    except MailboxError as error:
        tally.trouble = tally.trouble or error
    else:
        log.info("after the commit: %s", dict(done))


def _from_scanner(config: Config, store: Store, tally: Tally, stop: Event) -> None:
    """Keeps what the scanner has put into its folder."""
    from noteverbale import scanner_poll

    try:
        scanner_poll.take_in(config, store, tally, stop)
    except IngestError as error:
        tally.trouble = tally.trouble or error
