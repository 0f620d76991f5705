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
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event
from typing import TYPE_CHECKING, Protocol

from ingest.errors import IngestError, MachineLacking, MessageError
from ingest.magic import media_type, named_type
from ingest.types import Attachment
from store import documents, enclosed, intake, retries
from store.errors import DatabaseFull, OriginalUnusable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from extract.types import DocumentReading, Invitation
    from ingest.types import ItemKey, MessageSource, ParsedMessage, PassedOver, RawItem
    from noteverbale.config import Config
    from noteverbale.job import Job
    from ocr.enclosed import Enclosed
    from ocr.settings import OcrSettings
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
    (message, reason): for a person, or for another attempt. ``waiting`` (document, file name,
    reason): what the machine could not read now. ``lacking`` is what it lacked, if the run ended
    for that. ``left_out`` what a source has and did not deliver.
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
    waiting: list[tuple[int, str, str]] = field(default_factory=list)
    lacking: str | None = None

    @property
    def all_done(self) -> bool:
        """False when anything was not processed, whatever the reason."""
        missed = any(not item.is_by_name for item in self.left_out)
        troubles = (self.problems, self.set_aside, self.postponed, missed, self.trouble)
        return not any((*troubles, self.waiting, self.lacking))

    def add(self, document: int, filename: str, reading: DocumentReading) -> None:
        """Counts one document; one that is read again in the same run counts once."""
        for before in [problem for problem in self.problems if problem[0] == document]:
            self.problems.remove(before)
            self.outcomes[before[2]] = self.outcomes.get(before[2], 1) - 1
        self.outcomes[reading.outcome] = self.outcomes.get(reading.outcome, 0) + 1
        self.outcomes = {outcome: count for outcome, count in self.outcomes.items() if count > 0}
        if reading.outcome != "processed":
            self.problems.append((document, filename, reading.outcome, reading.reason))


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
    count(store, intake.keep(store, item, listed), item.problem, tally)


def count(store: Store, kept: intake.Kept, problem: str | None, tally: Tally) -> None:
    """Counts an item that was kept; one that its source could not deliver whole is named."""
    tally.kept += kept.new
    tally.known += not kept.new
    if problem is None or not kept.new:
        return
    if kept.message is not None:
        tally.set_aside.append((kept.message, problem))
    if kept.document is not None:
        _note_refused(store, (kept.document,), tally)


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
    for message in intake.pending_messages(store):
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
                intake.set_aside(store, message.id, error.reason)
                tally.set_aside.append((message.id, error.reason))
            continue
        ids = intake.add_parsed(store, message.id, parsed)
        if parsed.problem is not None and parsed.skip_reason is None:
            tally.set_aside.append((message.id, parsed.problem))
        _note_refused(store, ids, tally)


def _named(message: intake.PendingMessage) -> tuple[str, ...]:
    """A second argument for the parser: what the file was called, if it came as one."""
    return (message.filename,) if message.filename else ()


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
        work: Callable[[Iterable[documents.PendingDocument]], Iterable[Job]],
    ) -> None:
        self._store = store
        self._version = version
        self._invitations = invitations
        self._tally = tally
        self._progress = progress
        self._begun: set[int] = set()
        self._again: set[int] = set()
        self._work = work

    def begun(self, job: Job) -> None:
        """Notes what a bare scan is, from its bytes; they must be those that were kept."""
        self._begun.add(job.document.id)
        try:
            self._store.originals.verify(job.document.sha256)
            job.media_type = self._media_type(job)
        except OriginalUnusable as error:
            job.fail(error.reason)
            return
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
        data = self._store.originals.get(job.document.sha256)
        told = media_type(data, job.document.filename)
        return told if told != UNKNOWN_TYPE else named_type(job.document.filename)

    def page_read(self, job: Job, page: Page) -> None:
        """Keeps a page that was read, so that a killed run goes on behind it."""
        from noteverbale.reading import TIMEOUT
        from store import readings

        if page.outcome != "failed" and page.reason != TIMEOUT:
            readings.put_page(self._store, job.document.sha256, page, self._version)

    def enclosed(self, job: Job, files: tuple[Enclosed, ...]) -> None:
        """Keeps the files that were found inside a document; they are read after it."""
        found = enclosed.keep(self._store, job.document.id, map(_handed_over, files))
        _note_refused(self._store, found, self._tally)
        if job.folder is not None:
            shutil.rmtree(job.folder, ignore_errors=True)

    def more(self) -> Iterable[Job]:
        """What came inside the documents that were read, and what belongs to them after all."""
        again = {document for document in enclosed.wake(self._store) if document not in self._again}
        self._again |= again
        waiting = [
            document
            for document in documents.pending_documents(self._store)
            if document.id in again or document.id not in self._begun
        ]
        if waiting:
            self._progress.begin(len(waiting))
        return self._work(waiting)

    def done(self, job: Job) -> None:
        """Matches the meeting and saves the record."""
        result = job.result
        if result is None:
            return
        from extract.facts.meeting import match
        from extract.version import settings_version

        meeting = match(result.note, self._invitations) if result.note else None
        number = job.document.id
        with self._store.writing():
            note = enclosed.enclosing_note(self._store, number)
            saved = documents.save_reading(self._store, number, result, meeting, settings_version)
            enclosed.join(self._store, number, note[0] if note else None)
        self._tally.add(number, job.document.filename, saved)
        self._progress.step(job.document.filename, saved.outcome)

    def waits(self, job: Job, reason: str) -> None:
        """The document stays pending, and says why."""
        documents.wait(self._store, reason, job.document.id)
        self._tally.waiting.append((job.document.id, job.document.filename, reason))


def read(
    store: Store,
    settings: OcrSettings,
    workers: int,
    tally: Tally,
    progress: Progress,
    stop: Event,
) -> None:
    """Reads all documents that wait: inspect → read pages → extract → match meeting → save.

    Those that failed for a passing reason wait again when their pause is over.
    """
    retries.wake_documents(store)
    waiting = documents.pending_documents(store)
    if waiting and not stop.is_set():
        from noteverbale.scheduler import Scheduler
        from ocr.child import FOLDER_PREFIX, sweep
        from ocr.engines import reading_version
        from ocr.errors import Unavailable
        from store import meetings

        sweep()
        progress.begin(len(waiting))
        try:
            version = reading_version(settings)
        except Unavailable as error:
            tally.lacking = error.reason
        else:
            with TemporaryDirectory(prefix=f"{FOLDER_PREFIX}{os.getpid()}-") as folder:
                work = partial(jobs, store, settings, version, folder=folder)
                writer = _Writer(store, version, meetings.all(store), tally, progress, work)
                tally.lacking = Scheduler(workers, stop).run(work(waiting), writer)
        progress.end()
        if tally.lacking is not None:
            documents.wait(store, tally.lacking)
        retries.plan_documents(store)
    intake.close_messages(store)


def jobs(
    store: Store,
    settings: OcrSettings,
    version: str,
    waiting: Iterable[documents.PendingDocument],
    folder: str | None = None,
) -> Iterable[Job]:
    """The way of each document, with the pages that were read before in the same way.

    ``folder`` takes the files inside them; None: they are not looked for.
    """
    from noteverbale.job import Job
    from store import readings

    for document in waiting:

        def cached(number: int, sha256: str = document.sha256) -> Page | None:
            return readings.get_page(store, sha256, number, version)

        note = enclosed.enclosing_note(store, document.id)
        place = None if folder is None else f"{folder}/{document.id}"
        original = str(store.originals.path(document.sha256))
        yield Job(document, original, settings, cached, note[1] if note else None, place)


def _handed_over(file: Enclosed) -> Attachment:
    data = Path(file.path).read_bytes() if file.path else b""
    return Attachment(file.filename, file.media_type, data, file.problem)


def match_again(store: Store) -> int:
    """Looks for the meeting of every note that has none; how many were found."""
    from extract.facts.meeting import match
    from store import meetings, readings

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
