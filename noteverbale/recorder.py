"""Writes what the workers bring back; beside the taking in, the only writer of the database.

What a run without work does not need is imported where it is used: see ``noteverbale.pipeline``.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.magic import media_type, named_type
from ingest.types import Attachment
from store.errors import OriginalUnusable
from store.intake import documents, messages
from store.records import enclosed, saving

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from extract.types import Invitation
    from noteverbale.job import Job
    from noteverbale.tally import Progress, Tally
    from ocr.enclosed import Enclosed
    from ocr.types import Page
    from store.db.database import Store

UNKNOWN_TYPE = "application/octet-stream"


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
        return documents.begin(self._store, job.document.id) < messages.MAX_ATTEMPTS

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
        from store.records import stored

        if page.outcome != "failed" and page.reason != TIMEOUT:
            stored.put_page(self._store, job.document.sha256, page, self._version)

    def enclosed(self, job: Job, files: tuple[Enclosed, ...]) -> None:
        """Keeps the files that were found inside a document; they are read after it."""
        found = enclosed.keep_files(self._store, job.document.id, map(_handed_over, files))
        note_refused(self._store, found, self._tally)
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
            saved = saving.save_reading(self._store, number, result, meeting, settings_version)
            enclosed.join(self._store, number, note[0] if note else None)
        self._tally.add(number, job.document.filename, saved)
        self._progress.step(job.document.filename, saved.outcome)

    def waits(self, job: Job, reason: str) -> None:
        """The document stays pending, and says why."""
        documents.wait(self._store, reason, job.document.id)
        self._tally.waiting.append((job.document.id, job.document.filename, reason))


def note_refused(store: Store, ids: tuple[int, ...], tally: Tally) -> None:
    """Attachments that arrived damaged or locked have their outcome already."""
    for one in documents.refused(store, ids):
        tally.problems.append((one.id, one.filename, one.outcome, one.reason))


def _handed_over(file: Enclosed) -> Attachment:
    data = Path(file.path).read_bytes() if file.path else b""
    return Attachment(file.filename, file.media_type, data, file.problem)
