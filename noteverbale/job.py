"""One document on its way through the stages: which task comes next, and who is told."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal, Protocol

from noteverbale import reading

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from extract.types import DocumentReading, NoteVerbale
    from ocr.enclosed import Enclosed
    from ocr.settings import OcrSettings
    from store.db.codec import KeptPage
    from store.intake.documents import PendingDocument

FIRST_SHARE = 2 / 3
"""Of what a document may take beyond ordinary pages, for the first attempt; the rest is for the
second, which is made alone."""

LEAST_S = 10.0
"""Processor seconds that the extraction has in any case: what was read is not thrown away."""

SUSPICIOUS = 2
"""Tasks lost with their machine after which the document may be the reason: one machine in a
cluster may go away at any time, twice over the same document is rare."""

PAGE_BYTES = 200_000
"""Memory that a page takes while its document is in hand; twice what one of 600 words took."""

Stage = Literal["inspect", "page", "extract", "kept"]


@dataclass(frozen=True, slots=True)
class Task:
    """A piece of work for one worker; ``number`` is the page for ``page``.

    ``kept`` is ``extract`` from pages that were read before, and needs nothing else.
    """

    document: int
    stage: Stage
    number: int = 0


@dataclass(slots=True)
class Job:
    """The state of one document.

    ``cached`` looks a page up in the database. ``asked`` are the tasks given out so far, ``held``
    those of them that are in hand. ``losses`` counts the tasks that went away with a machine.
    ``pages_begun`` counts the pages given out, ``spent_s`` the processor
    time of all tasks so far.
    ``lacking`` is what the machine lacked for it (``ocr.errors.LACKS``). ``again`` is set for the
    second attempt, which a document has when it lost something for want of time or room.
    ``enclosing`` is the note that the document came in, ``folder`` where the files inside it are
    put; None: they are not looked for. ``kept`` are all its pages as the database has them, where
    it has them all: then it is not opened again.
    """

    document: PendingDocument
    path: str
    settings: OcrSettings
    cached: Callable[[int], KeptPage | None]
    enclosing: NoteVerbale | None = None
    folder: str | None = None
    kept: tuple[bytes, ...] = ()
    media_type: str | None = None
    page_count: int | None = None
    pages: dict[int, KeptPage] = field(default_factory=dict)
    asked: set[Task] = field(default_factory=set)
    held: set[Task] = field(default_factory=set)
    result: DocumentReading | None = None
    losses: int = 0
    pages_begun: int = 0
    spent_s: float = 0.0
    lacking: str | None = None
    again: bool = False

    @property
    def suspect(self) -> bool:
        """True if tasks were lost so often that the document is to be done alone."""
        return self.losses >= SUSPICIOUS

    def next_task(self) -> Task | None:
        """What can be done now: the first page goes before the others, whose language it tells."""
        for task in self._open_tasks():
            if task not in self.asked and self._has_time_for(task):
                self.asked.add(task)
                self.held.add(task)
                self.pages_begun += task.stage == "page"
                return task
        return None

    def _has_time_for(self, task: Task) -> bool:
        """Pages side by side must not have more time together than the document."""
        if task.stage != "page" or not self.held:
            return True
        return self.left_s >= self.settings.page_timeout_s * (len(self.held) + 1)

    def _open_tasks(self) -> list[Task]:
        number = self.document.id
        if self.result is not None or self.lacking is not None:
            return []
        if self.kept:
            return [Task(number, "kept")]
        if self.page_count is None:
            return [Task(number, "inspect")]
        missing = [n for n in range(1, self.page_count + 1) if n not in self.pages]
        if not missing:
            return [Task(number, "extract")]
        if 1 in missing:
            return [Task(number, "page", 1)]
        return [Task(number, "page", n) for n in missing]

    @property
    def hints(self) -> reading.Hints:
        """Languages to expect, from the first page."""
        return reading.hints_from(self.pages[1]) if 1 in self.pages else reading.NO_HINTS

    def inspected(self, pages: int) -> None:
        """The document has so many pages; some may have been read by an earlier run."""
        self.page_count = pages
        for number in range(1, pages + 1):
            page = self.cached(number)
            if page is not None:
                self.pages[number] = page

    def out_of_time(self) -> None:
        """Marks the pages not read when the document has used up its time."""
        if self.page_count is None or self.left_s > 0:
            return
        from store.db import codec

        for number in range(1, self.page_count + 1):
            if Task(self.document.id, "page", number) not in self.asked:
                self.pages.setdefault(number, codec.kept(reading.out_of_time(number)))

    @property
    def left_s(self) -> float:
        """Processor seconds this attempt still has; what the first one used counts.

        A page brings its ordinary share when it is begun: of a hundred hostile pages the first
        few use up the document's time, and no more.
        """
        share = 1.0 if self.again else FIRST_SHARE
        return self.settings.document_cpu_s(max(1, self.pages_begun), share) - self.spent_s

    def task_s(self, task: Task) -> float:
        """Processor seconds for a task."""
        if task.stage in ("extract", "kept"):
            return max(self.left_s, LEAST_S)
        return max(1.0, min(self.settings.page_timeout_s, self.left_s))

    def task_settings(self, task: Task) -> OcrSettings:
        """The settings, with no more time for a page than the document has."""
        if self.settings.page_timeout_s <= self.task_s(task):
            return self.settings
        return replace(self.settings, page_timeout_s=self.task_s(task))

    @property
    def wants_another_try(self) -> bool:
        """True if something was lost that more time or room may bring, at the first attempt."""
        if self.again:
            return False
        if self.lacking is not None:
            return True
        if self.result is not None:
            return self.result.reason == reading.TIMEOUT
        whole = self.page_count is not None and len(self.pages) == self.page_count
        return whole and any(page.reason == reading.TIMEOUT for page in self.pages.values())

    def try_again(self) -> None:
        """The second attempt: only what was lost is done again."""
        self.again = True
        self.lacking = None
        if self.result is not None:
            self.result = None
            self.asked.clear()
        lost = [n for n, page in self.pages.items() if page.reason == reading.TIMEOUT]
        for number in lost:
            del self.pages[number]
            self.asked.discard(Task(self.document.id, "page", number))

    def forget(self, task: Task) -> None:
        """The task was lost with its worker and has to be done again."""
        self.asked.discard(task)
        self.held.discard(task)

    def fail(self, reason: str) -> None:
        """The document has failed; the pages that were read are kept, for a person to read."""
        from extract.types import DocumentReading

        self.result = DocumentReading("failed", reason, (), None)

    def ordered_pages(self) -> tuple[KeptPage | bytes, ...]:
        """All pages in order, as they are kept; of those that were read before the bodies."""
        return self.kept or tuple(self.pages[n] for n in sorted(self.pages))

    def bodies(self) -> tuple[bytes, ...]:
        """What there is to extract from."""
        return self.kept or tuple(self.pages[n].body for n in sorted(self.pages))

    @property
    def weight(self) -> int:
        """Bytes that the document may take here and on its way to the workers."""
        return self.document.size + PAGE_BYTES * (self.page_count or len(self.kept) or 1)


class Sink(Protocol):
    """Who is told what happens; writes it to the database."""

    def begun(self, job: Job) -> None:
        """Work on a document begins."""

    def lost(self, job: Job) -> bool:
        """A worker died over the document; False when it has had its attempts."""

    def page_read(self, job: Job, page: KeptPage) -> None:
        """A page was read."""

    def enclosed(self, job: Job, files: tuple[Enclosed, ...]) -> None:
        """Files were found inside a document; called before anything else of it is known."""

    def done(self, job: Job) -> None:
        """``job.result`` is there; called in the order of the jobs, second attempts last.

        One that is far slower than those behind it comes after them (``scheduler.MOST_ACTIVE``).
        """

    def waits(self, job: Job, reason: str) -> None:
        """The machine lacked something for the document, twice; it goes on waiting."""

    def more(self) -> Iterable[Job]:
        """Documents that came up meanwhile; asked when all others are done."""

    def settle(self, *, now: bool = False) -> None:
        """What was told may be written together; called often, and with ``now`` at the end."""
