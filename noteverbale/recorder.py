"""Writes what the workers bring back; beside the taking in, the only writer of the database.

Several pages and documents are written in one transaction, in their order: a commit has the disk
turn once. What a killed run had not written yet it had not finished either, and it is done again.

What a run without work does not need is imported where it is used: see ``noteverbale.pipeline``.
"""

from __future__ import annotations

import shutil
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.magic import media_type, named_type
from ingest.types import Attachment
from store.errors import OriginalUnusable
from store.intake import documents, messages
from store.records import enclosed, saving

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from extract.types import DocumentReading, Invitation
    from noteverbale.job import Job
    from noteverbale.tally import Progress, Tally
    from ocr.enclosed import Enclosed
    from store.db.codec import KeptPage
    from store.db.database import Store

UNKNOWN_TYPE = "application/octet-stream"

MOST_TOGETHER = 32
"""Pages and documents in one transaction: a reviewer's edit waits for it, 6 ms a document."""

MOST_WAIT_S = 0.5
"""Seconds after which what was brought is written, however little it is."""


class Recorder:
    """Told by the scheduler what happens to the documents (``noteverbale.job.Sink``)."""

    def __init__(
        self,
        store: Store,
        version: str,
        invitations: tuple[Invitation, ...],
        tally: Tally,
        progress: Progress,
        work: Callable[[Iterable[documents.PendingDocument]], Iterable[Job]],
        look: Callable[[], None],
    ) -> None:
        """``look`` is called at every turn: somebody may want to know what is done."""
        self._store = store
        self._version = version
        self._invitations = invitations
        self._tally = tally
        self._progress = progress
        self._put_off: set[int] = set()
        self._again: set[int] = set()
        self._work = work
        self._look = look
        self._writes: list[Callable[[], None]] = []
        self._told: list[Callable[[], None]] = []
        self._oldest = 0.0

    def settle(self, *, now: bool = False) -> None:
        """Writes what waits to be written, all of it or nothing."""
        self._look()
        late = now or time.monotonic() - self._oldest > MOST_WAIT_S
        if not self._writes or not (late or len(self._writes) >= MOST_TOGETHER):
            return
        with self._store.writing():
            for write in self._writes:
                write()
        self._writes.clear()
        told, self._told = self._told, []
        for tell in told:
            tell()

    def _write(self, write: Callable[[], None]) -> None:
        if not self._writes:
            self._oldest = time.monotonic()
        self._writes.append(write)
        if len(self._writes) >= MOST_TOGETHER:
            self.settle()

    def begun(self, job: Job) -> None:
        """Notes what a bare scan is, from its bytes; they must be those that were kept.

        Of one that is read from kept pages nobody needs the bytes.
        """
        if job.kept:
            return
        try:
            self._store.originals.verify(job.document.sha256)
            job.media_type = self._media_type(job)
        except OriginalUnusable as error:
            job.fail(error.reason)
            return
        if job.media_type != job.document.media_type:
            told = (self._store, job.document.id, job.media_type)
            self._write(partial(documents.set_type, *told))

    def lost(self, job: Job) -> bool:
        """A worker died over the document: one attempt less; False when it was the last.

        Written at once: whatever kills this process next must not be tried for ever.
        """
        self.settle(now=True)
        return documents.begin(self._store, job.document.id) < messages.MAX_ATTEMPTS

    def _media_type(self, job: Job) -> str:
        """A bare scan's type is told from its bytes, as an attachment's was when it was found."""
        known = job.document.media_type
        if known and known != UNKNOWN_TYPE:
            return known
        data = self._store.originals.get(job.document.sha256)
        told = media_type(data, job.document.filename)
        return told if told != UNKNOWN_TYPE else named_type(job.document.filename)

    def page_read(self, job: Job, page: KeptPage) -> None:
        """Keeps a page that was read, so that a killed run goes on behind it."""
        from noteverbale.reading import TIMEOUT
        from store.records import stored

        if page.outcome != "failed" and page.reason != TIMEOUT:
            self._write(
                partial(stored.put_page, self._store, job.document.sha256, page, self._version)
            )

    def enclosed(self, job: Job, files: tuple[Enclosed, ...]) -> None:
        """Keeps the files that were found inside a document; they are read after it."""
        self.settle(now=True)
        found = enclosed.keep_files(self._store, job.document.id, map(_handed_over, files))
        note_refused(self._store, found, self._tally)
        if job.folder is not None:
            shutil.rmtree(job.folder, ignore_errors=True)

    def more(self) -> Iterable[Job]:
        """What came inside the documents that were read, and what belongs to them after all."""
        self.settle(now=True)
        again = {document for document in enclosed.wake(self._store) if document not in self._again}
        self._again |= again
        self._put_off -= again
        count = documents.count_pending(self._store) - len(self._put_off)
        if count > 0:
            self._progress.left(count)
        return self._work(
            document
            for document in documents.in_turn(self._store)
            if document.id not in self._put_off
        )

    def done(self, job: Job) -> None:
        """Matches the meeting and saves the record."""
        if job.result is not None:
            self._write(partial(self._save, job, job.result))

    def _save(self, job: Job, result: DocumentReading) -> None:
        from extract.facts.meeting import match
        from extract.version import settings_version

        meeting = match(result.note, self._invitations) if result.note else None
        number = job.document.id
        with self._store.writing():
            note = enclosed.enclosing_note(self._store, number)
            pages = job.ordered_pages()
            saved = saving.save_reading(
                self._store, number, result, meeting, settings_version, pages
            )
            enclosed.join(self._store, number, note[0] if note else None)
        if documents.is_pending(self._store, number):  # a person wants it so: once a run
            self._put_off.add(number)
        self._told.append(partial(self._tell, job, saved))

    def _tell(self, job: Job, saved: DocumentReading) -> None:
        self._tally.add(job.document.id, job.document.filename, saved)
        self._progress.step(job.document.filename, saved.outcome, len(job.ordered_pages()))

    def waits(self, job: Job, reason: str) -> None:
        """The document stays pending, and says why."""
        self.settle(now=True)
        documents.wait(self._store, reason, job.document.id)
        self._put_off.add(job.document.id)
        self._tally.waiting.append((job.document.id, job.document.filename, reason))


def note_refused(store: Store, ids: tuple[int, ...], tally: Tally) -> None:
    """Attachments that arrived damaged or locked have their outcome already."""
    for one in documents.refused(store, ids):
        tally.problems.append((one.id, one.filename, one.outcome, one.reason))


def _handed_over(file: Enclosed) -> Attachment:
    data = Path(file.path).read_bytes() if file.path else b""
    return Attachment(file.filename, file.media_type, data, file.problem)
