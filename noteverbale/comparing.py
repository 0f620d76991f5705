"""Documents read again without a word written: what would change, document by document."""

from __future__ import annotations

from threading import Event
from typing import TYPE_CHECKING

from extract.facts.meeting import match
from extract.version import settings_version
from noteverbale import pipeline
from noteverbale.scheduler import Scheduler
from noteverbale.tally import Progress
from store.intake import documents
from store.records import meetings
from store.reports.differences import Difference, compare

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from noteverbale.job import Job
    from noteverbale.workers import Workers
    from ocr.enclosed import Enclosed
    from ocr.settings import OcrSettings
    from store.db.codec import KeptPage
    from store.db.database import Store


class _Comparer:
    """Takes what the workers bring back and holds it against the database."""

    def __init__(self, store: Store, progress: Progress) -> None:
        self._store = store
        self._invitations = meetings.all(store)
        self._progress = progress
        self.found: list[Difference] = []
        self.waiting: list[tuple[int, str, str]] = []

    def begun(self, job: Job) -> None:
        """The type is known from the first reading."""
        job.media_type = job.document.media_type

    def lost(self, job: Job) -> bool:
        """One attempt is enough to compare."""
        del job
        return False

    def page_read(self, job: Job, page: KeptPage) -> None:
        """Nothing is kept."""

    def enclosed(self, job: Job, files: tuple[Enclosed, ...]) -> None:
        """Nothing is looked for, see ``pipeline.jobs``."""

    def more(self) -> Iterable[Job]:
        """Nothing comes up."""
        return ()

    def settle(self, *, now: bool = False) -> None:
        """Nothing is put off."""

    def done(self, job: Job) -> None:
        """Compares; the transaction it takes is rolled back."""
        result = job.result
        if result is None:
            return
        meeting = match(result.note, self._invitations) if result.note else None
        version = settings_version
        pages = job.ordered_pages()
        self.found += compare(self._store, job.document.id, result, meeting, version, pages)
        self._progress.step(job.document.filename, result.outcome, len(pages))

    def waits(self, job: Job, reason: str) -> None:
        """Nothing to compare: the document could not be read now."""
        self.waiting.append((job.document.id, job.document.filename, reason))


def differences(
    store: Store,
    ids: Sequence[int],
    settings: OcrSettings,
    hire: Callable[[OcrSettings, str], Workers],
    progress: Progress,
    stop: Event,
) -> list[Difference]:
    """What reading these documents again with today's code would change."""
    from ocr.engines.selection import reading_version

    comparer = _Comparer(store, progress)
    progress.begin(len(ids))
    version = reading_version(settings)
    jobs = pipeline.jobs(store, settings, version, documents.as_pending(store, ids))
    Scheduler(hire(settings, version), stop).run(jobs, comparer)
    progress.end()
    return comparer.found
