"""The way of a reply, stage by stage.

::

    keep → parse → inspect → read pages → extract → match meeting → save

``keep`` comes first and is committed before anything is parsed. Every later stage reads local
rows only and may be killed anywhere and run again. Only this process writes the database; the
stages between ``inspect`` and ``extract`` run on worker processes (``noteverbale.scheduler``).
"""

from __future__ import annotations

import logging
import os
import shutil
from functools import partial
from tempfile import TemporaryDirectory
from threading import Event
from typing import TYPE_CHECKING

from ingest.errors import IngestError, MachineLacking, MessageError
from ingest.types import KnownFile, WholeFile
from noteverbale.at_work import AtWork
from noteverbale.recorder import Recorder, note_refused
from noteverbale.tally import Progress, Tally
from store.errors import DatabaseFull, OriginalUnusable
from store.intake import documents, keeping, known_files, messages
from store.intake.batch import Batch
from store.records import enclosed
from store.service import retries

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from ingest.folder import FolderSource
    from ingest.types import ParsedMessage
    from noteverbale.config import Config
    from noteverbale.job import Job
    from noteverbale.workers import Workers
    from ocr.settings import OcrSettings
    from store.db.codec import KeptPage
    from store.db.database import Store

log = logging.getLogger(__name__)

MIN_FREE = 200_000_000
"""Bytes free on the disk of the database before something is taken in: twice the
largest message (``limits.max_message_mb``), so that it and its files have room."""


def ocr_settings(config: Config) -> OcrSettings:
    """The settings of the page reader that a configuration asks for."""
    from ocr.settings import OcrSettings

    limits = config.limits
    return OcrSettings(
        page_timeout_s=limits.page_timeout_s,
        document_timeout_s=limits.document_timeout_s,
        max_pages=limits.max_pages,
        max_file_mb=limits.max_file_mb,
        max_pixels=limits.max_pixels,
        memory_mb=limits.memory_mb,
        engine=config.ocr.engine,
        second_reader=config.ocr.second_reader,
        third_reader=config.ocr.third_reader,
    )


def keep(
    store: Store, source: FolderSource, tally: Tally, stop: Event, *, again: bool = False
) -> None:
    """Takes in what the source has, several items a commit.

    A file that was taken whole and was not touched since is not opened, unless it is asked for
    ``again`` or what was kept of it is gone.
    """
    check_space(store)
    known_files.look_again(store)
    known = None if again else partial(known_files.known, store)
    with Batch(store, source) as batch:
        try:
            for found in source.stream(known):
                if stop.is_set():
                    return
                if isinstance(found, KnownFile):
                    tally.known += found.items
                elif isinstance(found, WholeFile):
                    batch.note(found)
                else:
                    count(store, batch.add(found), tally)
        finally:
            count(store, batch.commit(), tally)
    tally.left_out.extend(p for p in source.passed_over() if p.reason != "vanished")


def check_space(store: Store) -> None:
    """Nothing is taken in when the disk is nearly full: what is not taken stays where it is.

    Raises:
        DatabaseFull: less than ``MIN_FREE`` bytes are free.
    """
    if shutil.disk_usage(store.path.parent).free < MIN_FREE:
        raise DatabaseFull("The disk is nearly full; nothing new is taken in.")


def count(store: Store, kept: Iterable[tuple[keeping.Arrival, keeping.Kept]], tally: Tally) -> None:
    """Counts items that were kept; one that its source could not deliver whole is named."""
    for item, row in kept:
        count_one(store, row, item.problem, tally)


def count_one(store: Store, kept: keeping.Kept, problem: str | None, tally: Tally) -> None:
    """Counts an item; a message too large to take whole is set aside for a person."""
    tally.kept += kept.new
    tally.known += not kept.new
    if problem is None or not kept.new:
        return
    if kept.message is not None:
        tally.set_aside.append((kept.message, problem))
    if kept.document is not None:
        note_refused(store, (kept.document,), tally)


def parse(
    store: Store,
    parser: Callable[..., ParsedMessage],
    tally: Tally,
    stop: Event,
    resting: frozenset[int] = frozenset(),
) -> None:
    """Takes kept messages apart; one that cannot be is tried again, then set aside.

    ``parser`` takes the bytes, and the file's name if it came as one. ``resting`` are messages
    whose last attempt was not long ago.
    """
    for message in messages.in_turn(store):
        if stop.is_set():
            return
        if message.id in resting:
            continue
        try:
            parsed = parser(store.originals.get(message.sha256), *_named(message))
        except MachineLacking as error:  # nor would the next one fare better
            log.warning("messages wait: %s", error.reason)
            tally.postponed.append((message.id, error.reason))
            return
        except (IngestError, OriginalUnusable) as error:
            if not store.originals.folder.is_dir():
                raise  # no message's fault: the disk is not there
            log.warning("message %d: %s", message.id, error.reason)
            if _tried_again(store, message, error):
                tally.postponed.append((message.id, error.reason))
            else:
                messages.set_aside(store, message.id, error.reason)
                tally.set_aside.append((message.id, error.reason))
            continue
        ids = messages.add_parsed(store, message.id, parsed)
        if parsed.problem is not None and parsed.skip_reason is None:
            tally.set_aside.append((message.id, parsed.problem))
        note_refused(store, ids, tally)


def _named(message: messages.PendingMessage) -> tuple[str, ...]:
    """A second argument for the parser: what the file was called, if it came as one."""
    return (message.filename,) if message.filename else ()


def _tried_again(store: Store, message: messages.PendingMessage, error: Exception) -> bool:
    """Whether a message gets another attempt, after a pause."""
    if not isinstance(error, MessageError):
        return False
    with store.writing():
        attempts = messages.note_attempt(store, message.id)
        if attempts < messages.MAX_ATTEMPTS:
            retries.postpone(store, "message", message.id, attempts)
    return attempts < messages.MAX_ATTEMPTS


def read(
    store: Store,
    settings: OcrSettings,
    hire: Callable[[OcrSettings, str], Workers],
    tally: Tally,
    progress: Progress,
    stop: Event,
) -> None:
    """Reads all documents that wait: inspect → read pages → extract → match meeting → save.

    Those that failed for a passing reason wait again when their pause is over. ``hire`` is asked
    for workers when there is work for them, with the settings and ``reading_version``.
    """
    from ocr.children.folders import FOLDER_PREFIX, sweep

    sweep()  # also where nothing waits: the run before may have been killed after its last document
    retries.wake_documents(store)
    waiting = documents.count_pending(store)
    if waiting and not stop.is_set():
        from noteverbale.scheduler import Scheduler
        from ocr.engines.selection import reading_version
        from ocr.errors import Unavailable
        from store.records import meetings

        try:
            version = reading_version(settings)
        except Unavailable as error:
            tally.lacking = error.reason
        else:
            workers = hire(settings, version)
            with (
                TemporaryDirectory(prefix=f"{FOLDER_PREFIX}{os.getpid()}-") as folder,
                AtWork(store.path, progress) as told,
            ):
                told.begin(waiting)
                work = partial(jobs, store, settings, version, folder=folder)
                look = partial(told.look, workers)
                writer = Recorder(store, version, meetings.all(store), tally, told, work, look)
                tally.lacking = Scheduler(workers, stop).run(work(documents.in_turn(store)), writer)
                told.end()
        if tally.lacking is not None:
            documents.wait(store, tally.lacking)
        retries.plan_documents(store)
    messages.close_messages(store)


def jobs(
    store: Store,
    settings: OcrSettings,
    version: str,
    waiting: Iterable[documents.PendingDocument],
    folder: str | None = None,
) -> Iterable[Job]:
    """The way of each document, with the pages that were read before in the same way.

    One of which all pages are kept is not opened again, and needs no original: what was inside it
    was taken out when they were read.

    ``folder`` takes the files inside them; None: they are not looked for.
    """
    from noteverbale.job import Job
    from store.records import stored

    for document in waiting:

        def cached(number: int, sha256: str = document.sha256) -> KeptPage | None:
            return stored.get_page(store, sha256, number, version)

        note = enclosed.enclosing_note(store, document.id)
        place = None if folder is None else f"{folder}/{document.id}"
        original = str(store.originals.path(document.sha256))
        kept: tuple[bytes, ...] = ()
        if document.pages is not None and document.pages <= settings.max_pages:
            kept = stored.kept_pages(store, document.sha256, version, document.pages)
        yield Job(document, original, settings, cached, note[1] if note else None, place, kept)


def match_again(store: Store) -> int:
    """Looks for the meeting of every note that has none; how many were found."""
    from extract.facts.meeting import match
    from store.records import meetings, stored

    invitations = meetings.all(store)
    found = 0
    for document in meetings.unmatched(store):
        note = stored.load_note(store, document)
        reference = match(note, invitations) if note else None
        if reference is not None:
            meetings.set_meeting(store, document, reference)
            found += 1
    return found
