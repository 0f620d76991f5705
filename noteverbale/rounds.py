"""One round of the service or of ``fetch``: recorded, polled, read, told.

The work has two halves, so that the one that holds the credentials needs no page reader and the
one that opens strangers' files needs no network::

    mailbox   fetch and keep → flag or move → drafts, digest
    reading   take apart → read pages → save

``both`` does them in their natural order. Either half may run at any time: what is between them
is in the database.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

from ingest.errors import NoteVerbaleError
from noteverbale import early_lock, pipeline, poll
from noteverbale.hiring import hire
from noteverbale.lock import run_lock
from noteverbale.tally import Progress, Tally
from store.db.database import Store
from store.derived import latin
from store.erasure import erase
from store.learn import audits, switches
from store.service import drafts, polls
from store.service.polls import Part

if TYPE_CHECKING:
    from noteverbale.config import Config

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Result:
    """How a round ended; ``reason`` is a stable code, ``wait_s`` what a server asked for."""

    outcome: polls.Outcome
    reason: str | None = None
    wait_s: float | None = None
    kept: int = 0
    documents: int = 0


@contextmanager
def locks(database: Path, part: Part) -> Iterator[None]:
    """The locks a round needs: that of the mailbox, that of reading, or both.

    Raises:
        Locked: another run is at work.
    """
    with ExitStack() as held:
        if part != "mailbox":
            held.enter_context(run_lock(database, early_lock.RUN))
        if part != "reading":
            held.enter_context(run_lock(database, early_lock.MAILBOX))
        yield


def go(config: Config, store: Store, part: Part, progress: Progress, stop: Event) -> Tally:
    """One round; the caller holds the locks. It is written down before it begins.

    Raises:
        NoteVerbaleError: it could not begin, or broke off; that is recorded.
    """
    number = polls.begin(store, part)
    latin.set_style(store, config.names.style)
    switches.switch(store, config.learning.switches)
    audits.set_plan(store, config.learning.plan)
    if config.drafts.enabled:
        drafts.asked_for(store)
    try:
        tally = _work(config, store, part, progress, stop)
    except BaseException as error:
        with _unharmed():
            polls.end(store, number, "failed", reason_of(error))
        raise
    result = result_of(tally, stop)
    polls.end(
        store,
        number,
        result.outcome,
        result.reason,
        kept=result.kept,
        documents=result.documents,
    )
    if part != "reading" and not stop.is_set():
        _tell(config, store, number, reached=tally.trouble is None)
    return tally


def result_of(tally: Tally, stop: Event) -> Result:
    """What a tally means for the record. Stopped in the middle is neither success nor failure."""
    kept, read = tally.kept, sum(tally.outcomes.values())
    if tally.trouble is not None:
        wait_s = getattr(tally.trouble, "retry_after_s", None)
        return Result("failed", tally.trouble.reason, wait_s, kept, read)
    if tally.lacking is not None or (tally.waiting and not read):
        return Result("failed", tally.lacking or tally.waiting[0][2], None, kept, read)
    return Result("stopped" if stop.is_set() else "complete", None, None, kept, read)


def reason_of(error: BaseException) -> str:
    """A stable code for any error; never its text, which may quote a message."""
    return error.reason if isinstance(error, NoteVerbaleError) else type(error).__name__


def _work(config: Config, store: Store, part: Part, progress: Progress, stop: Event) -> Tally:
    if part == "reading":
        tally = Tally()
        poll.take_apart(config, store, tally, stop)
    else:
        tally = poll.take_in(config, store, stop, parse=part == "both")
    if part != "mailbox":
        settings = pipeline.ocr_settings(config)
        pipeline.read(store, settings, partial(hire, config), tally, progress, stop)
        if config.retention.days is not None or erase.may_be_due(store):
            from store.erasure import forget

            forget.apply_retention(store, config.retention.days)
    return tally


def _tell(config: Config, store: Store, number: int, *, reached: bool) -> None:
    """Drafts and digest. What goes wrong with them is recorded there and is no failed poll.

    A mailbox that was not ``reached`` gets no drafts: a log-in refused twice is one too many.
    """
    tellers: list[Callable[[], None]] = []
    if config.drafts.enabled and reached:
        from noteverbale import drafting

        tellers.append(lambda: drafting.place_wanted(config, store))
    if config.digest.host:
        from noteverbale import digest

        tellers.append(lambda: digest.send_due(config, store, number))
    for tell in tellers:
        with _unharmed():
            tell()


@contextmanager
def _unharmed() -> Iterator[None]:
    """Goes on after an error that has been recorded, or that cannot be."""
    try:
        yield
    except NoteVerbaleError as error:
        log.error("%s", error.reason)  # noqa: TRY400 - no traceback: it may quote a message
    except (OSError, ValueError) as error:
        log.error("%s", type(error).__name__)  # noqa: TRY400
