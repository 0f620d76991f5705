"""One poll: what is new in the mailbox is kept, the connection closed, and only then read."""

from __future__ import annotations

import logging
from threading import Event
from typing import TYPE_CHECKING

from ingest.errors import MailboxError
from noteverbale import pipeline
from noteverbale.credentials import account
from noteverbale.parsing import message_parser, parse_limits
from store import forget, intake

if TYPE_CHECKING:
    from ingest.imap import ImapSource
    from noteverbale.config import Config
    from store.database import Store

log = logging.getLogger(__name__)


def poll(config: Config, store: Store, progress: pipeline.Progress, stop: Event) -> pipeline.Tally:
    """Fetches and reads what is new; the caller holds the lock.

    What is kept already is read whether the mailbox can be reached or not; ``trouble`` of the
    result is then the mailbox's error.

    Raises:
        ConfigError: no mailbox, or no password.
    """
    from ingest.imap import ImapSource

    tally = pipeline.Tally()
    pipeline.check_space(store)
    try:
        with ImapSource(account(config), parse_limits(config)) as source:
            _keep_new(store, source, tally, stop)
            tally.left_out.extend(p for p in source.passed_over() if p.reason != "vanished")
    except MailboxError as error:
        tally.trouble = error
    with message_parser(config) as parser:
        pipeline.parse(store, parser, tally, stop)
    settings = pipeline.ocr_settings(config)
    pipeline.read(store, settings, config.ocr.workers, tally, progress, stop)
    forget.apply_retention(store, config.retention.days)
    return tally


def _keep_new(store: Store, source: ImapSource, tally: pipeline.Tally, stop: Event) -> None:
    """Set difference of what the server lists and what we have seen, one body at a time."""
    keys = source.keys()
    if not keys:
        return
    first = keys[0]
    seen = intake.known_uids(store, first.account, first.folder, first.uidvalidity)
    listed = frozenset(keys)
    new = tuple(key for key in keys if key.uid not in seen)
    log.info("mailbox lists %d messages, %d of them new", len(keys), len(new))
    for item in source.items(new):
        pipeline.keep_item(store, item, listed, tally)
        if stop.is_set():
            return
