"""The way of a reply, stage by stage.

::

    keep → parse → inspect → read pages → extract → match meeting → save

``keep`` comes first and is committed before anything is parsed. Every later stage reads local
rows only and may be killed anywhere and run again. Only this process writes the database; the
stages between ``inspect`` and ``extract`` run on worker processes (``noteverbale.scheduler``).
"""

from __future__ import annotations

import logging
import shutil
from dataclasses import dataclass, field
from threading import Event
from typing import TYPE_CHECKING, Protocol

from extract.meeting import match
from extract.types import DocumentReading
from extract.version import settings_version
from ingest.errors import IngestError, MessageError
from ingest.magic import media_type
from noteverbale.job import Job
from noteverbale.scheduler import Scheduler
from ocr.settings import OcrSettings
from store import documents, intake, meetings, readings, retries
from store.errors import DatabaseFull, OriginalUnusable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from extract.types import Invitation
    from ingest.types import ItemKey, MessageSource, ParsedMessage, PassedOver, RawItem
    from noteverbale.config import Config
    from ocr.types import Page
    from store.database import Store

log = logging.getLogger(__name__)

MAX_ATTEMPTS = 3
MIN_FREE = 200_000_000
UNKNOWN_TYPE = "application/octet-stream"


class Progress(Protocol):
    """Shows how far a run is; all numbers count documents."""

    def begin(self, total: int) -> None:
        """So many documents are to be read."""

    def step(self, filename: str, outcome: str) -> None:
        """One document is done."""

    def end(self) -> None:
        """Nothing more comes."""


@dataclass(slots=True)
class Tally:
    """What a run did: items taken in or left out, and outcomes of documents read.

    ``problems`` are (document, file name, outcome, reason), ``set_aside`` and ``postponed``
    (message, reason): for a person, or for another attempt.
    ``trouble`` is why the source could not be read to its end.
    """

    kept: int = 0
    known: int = 0
    outcomes: dict[str, int] = field(default_factory=dict)
    problems: list[tuple[int, str, str, str | None]] = field(default_factory=list)
    set_aside: list[tuple[int, str]] = field(default_factory=list)
    postponed: list[tuple[int, str]] = field(default_factory=list)
    left_out: list[PassedOver] = field(default_factory=list)
    trouble: IngestError | None = None

    @property
    def all_done(self) -> bool:
        """False when anything was not processed, whatever the reason."""
        troubles = (self.problems, self.set_aside, self.postponed, self.left_out, self.trouble)
        return not any(troubles)

    def add(self, document: int, filename: str, reading: DocumentReading) -> None:
        """Counts one document."""
        self.outcomes[reading.outcome] = self.outcomes.get(reading.outcome, 0) + 1
        if reading.outcome != "processed":
            self.problems.append((document, filename, reading.outcome, reading.reason))


def ocr_settings(config: Config) -> OcrSettings:
    """The settings of the page reader that a configuration asks for."""
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
    )


def keep(store: Store, source: MessageSource, tally: Tally, stop: Event) -> None:
    """Takes in what the source has, each item on disk and in the database before the next."""
    check_space(store)
    keys = source.keys()
    listed = frozenset(keys)
    for item in source.items(keys):
        if stop.is_set():
            return
        keep_item(store, item, listed, tally)
    tally.left_out.extend(p for p in source.passed_over() if p.reason != "vanished")


def check_space(store: Store) -> None:
    """Nothing is taken in when the disk is nearly full: what is not taken stays where it is.

    Raises:
        DatabaseFull: less than ``MIN_FREE`` bytes are free.
    """
    if shutil.disk_usage(store.path.parent).free < MIN_FREE:
        raise DatabaseFull("The disk is nearly full; nothing new is taken in.")


def keep_item(store: Store, item: RawItem, listed: frozenset[ItemKey], tally: Tally) -> None:
    """Keeps one item; a message too large to take whole is set aside for a person."""
    with store.writing():
        kept = intake.keep(store, item, listed)
        if item.problem is not None and kept.message is not None and kept.new:
            intake.set_aside(store, kept.message, item.problem)
            tally.set_aside.append((kept.message, item.problem))
    tally.kept += kept.new
    tally.known += not kept.new


def parse(
    store: Store,
    parser: Callable[[bytes], ParsedMessage],
    tally: Tally,
    stop: Event,
    resting: frozenset[int] = frozenset(),
) -> None:
    """Takes kept messages apart; one that cannot be is tried again, then set aside.

    ``resting`` are messages whose last attempt was not long ago.
    """
    for message in intake.pending_messages(store):
        if stop.is_set():
            return
        if message.id in resting:
            continue
        try:
            parsed = parser(store.originals.get(message.sha256))
        except (IngestError, OriginalUnusable) as error:
            if not store.originals.folder.is_dir():
                raise  # no message's fault: the disk is not there
            log.warning("message %d: %s", message.id, error.reason)
            if _tried_again(store, message, error):
                tally.postponed.append((message.id, error.reason))
            else:
                intake.set_aside(store, message.id, error.reason)
                tally.set_aside.append((message.id, error.reason))
            continue
        ids = intake.add_parsed(store, message.id, parsed)
        if parsed.problem is not None and parsed.skip_reason is None:
            tally.set_aside.append((message.id, parsed.problem))
        _note_refused(store, ids, tally)


def _tried_again(store: Store, message: intake.PendingMessage, error: Exception) -> bool:
    """Whether a message gets another attempt, after a pause."""
    if not isinstance(error, MessageError):
        return False
    with store.writing():
        attempts = intake.note_attempt(store, message.id)
        if attempts < MAX_ATTEMPTS:
            retries.postpone(store, "message", message.id, attempts)
    return attempts < MAX_ATTEMPTS


def _note_refused(store: Store, ids: tuple[int, ...], tally: Tally) -> None:
    """Attachments that arrived damaged or locked have their outcome already."""
    for number in ids:
        row = store.one("SELECT filename, outcome, reason FROM documents WHERE id = ?", [number])
        if row is not None and row["outcome"] in ("rejected", "failed"):
            tally.problems.append((number, row["filename"], row["outcome"], row["reason"]))


class _Writer:
    """Writes what the workers bring back; the only writer of the database."""

    def __init__(
        self,
        store: Store,
        version: str,
        invitations: tuple[Invitation, ...],
        tally: Tally,
        progress: Progress,
    ) -> None:
        self._store = store
        self._version = version
        self._invitations = invitations
        self._tally = tally
        self._progress = progress

    def begun(self, job: Job) -> None:
        """Notes what a bare scan is, from its bytes."""
        job.media_type = self._media_type(job)
        if job.media_type != job.document.media_type:
            documents.set_type(self._store, job.document.id, job.media_type)

    def lost(self, job: Job) -> bool:
        """A worker died over the document: one attempt less; False when it was the last."""
        return documents.begin(self._store, job.document.id) < documents.MAX_ATTEMPTS

    def _media_type(self, job: Job) -> str:
        """A bare scan's type is told from its bytes, as an attachment's was when it was found."""
        known = job.document.media_type
        if known and known != UNKNOWN_TYPE:
            return known
        return media_type(self._store.originals.get(job.document.sha256), job.document.filename)

    def page_read(self, job: Job, page: Page) -> None:
        """Keeps a page that was read, so that a killed run goes on behind it."""
        if page.outcome != "failed":
            readings.put_page(self._store, job.document.sha256, page, self._version)

    def done(self, job: Job) -> None:
        """Matches the meeting and saves the record."""
        result = job.result
        if result is None:
            return
        meeting = match(result.note, self._invitations) if result.note else None
        number = job.document.id
        saved = documents.save_reading(self._store, number, result, meeting, settings_version)
        self._tally.add(number, job.document.filename, saved)
        self._progress.step(job.document.filename, saved.outcome)


def read(
    store: Store,
    settings: OcrSettings,
    workers: int,
    tally: Tally,
    progress: Progress,
    stop: Event,
) -> None:
    """Reads all documents that wait: inspect → read pages → extract → match meeting → save."""
    waiting = documents.pending_documents(store)
    if waiting and not stop.is_set():
        from ocr.child import sweep
        from ocr.engines import reading_version

        sweep()
        progress.begin(len(waiting))
        version = reading_version(settings)
        writer = _Writer(store, version, meetings.all(store), tally, progress)
        Scheduler(workers, stop).run(jobs(store, settings, version, waiting), writer)
        progress.end()
    intake.close_messages(store)


def jobs(
    store: Store,
    settings: OcrSettings,
    version: str,
    waiting: Iterable[documents.PendingDocument],
) -> Iterable[Job]:
    """The way of each document, with the pages that were read before in the same way."""
    for document in waiting:

        def cached(number: int, sha256: str = document.sha256) -> Page | None:
            return readings.get_page(store, sha256, number, version)

        yield Job(document, str(store.originals.path(document.sha256)), settings, cached)


def match_again(store: Store) -> int:
    """Looks for the meeting of every note that has none; how many were found."""
    invitations = meetings.all(store)
    found = 0
    rows = store.rows(
        "SELECT id FROM documents WHERE outcome = 'processed' AND meeting IS NULL ORDER BY id"
    )
    for row in rows:
        note = readings.load_note(store, row["id"])
        reference = match(note, invitations) if note else None
        if reference is not None:
            meetings.set_meeting(store, row["id"], reference)
            found += 1
    return found
