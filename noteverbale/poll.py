"""One poll: what is new in the mailbox is kept, the connection closed, and only then read."""

from __future__ import annotations

import logging
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

from noteverbale import pipeline
from noteverbale.credentials import account
from noteverbale.lock import run_lock
from noteverbale.parsing import message_parser, parse_limits
from store import intake
from store.database import Store

if TYPE_CHECKING:
    from ingest.imap import ImapSource
    from noteverbale.config import Config

log = logging.getLogger(__name__)


def poll(
    config: Config, database: Path, progress: pipeline.Progress, stop: Event
) -> pipeline.Tally:
    """Fetches and reads what is new.

    Raises:
        Locked: another run is at work.
        MailboxError: the mailbox could not be read; what was kept before stays.
        ConfigError: no mailbox, or no password.
    """
    from ingest.imap import ImapSource

    tally = pipeline.Tally()
    with run_lock(database), Store.open(database) as store:
        pipeline.check_space(store)
        with ImapSource(account(config), parse_limits(config)) as source:
            _keep_new(store, source, tally, stop)
        with message_parser(config) as parser:
            pipeline.parse(store, parser, tally, stop)
        settings = pipeline.ocr_settings(config)
        pipeline.read(store, settings, config.ocr.workers, tally, progress, stop)
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
