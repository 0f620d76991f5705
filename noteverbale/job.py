"""One document on its way through the stages: which task comes next, and what is done."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from noteverbale import reading

if TYPE_CHECKING:
    from collections.abc import Callable

    from extract.types import DocumentReading, NoteVerbale
    from ocr.settings import OcrSettings
    from ocr.types import Page
    from store.documents import PendingDocument

Stage = Literal["inspect", "page", "extract"]


@dataclass(frozen=True, slots=True)
class Task:
    """A piece of work for one worker; ``number`` is the page for ``page``."""

    document: int
    stage: Stage
    number: int = 0


@dataclass(slots=True)
class Job:
    """The state of one document.

    ``cached`` looks a page up in the database. ``suspect`` is set when a worker died while it
    had this document among others. ``started`` is when the first task was given out (monotonic
    seconds): a document that waits behind a long backlog loses no time. ``enclosing`` is the note
    that the document came in, ``folder`` where the files inside it are put; None: they are not
    looked for.
    """

    document: PendingDocument
    path: str
    settings: OcrSettings
    cached: Callable[[int], Page | None]
    enclosing: NoteVerbale | None = None
    folder: str | None = None
    media_type: str | None = None
    page_count: int | None = None
    pages: dict[int, Page] = field(default_factory=dict)
    asked: set[Task] = field(default_factory=set)
    result: DocumentReading | None = None
    suspect: bool = False
    started: float | None = None

    def next_task(self) -> Task | None:
        """What can be done now: the first page goes before the others, whose language it tells."""
        for task in self._open_tasks():
            if task not in self.asked:
                self.asked.add(task)
                self.started = self.started or time.monotonic()
                return task
        return None

    def _open_tasks(self) -> list[Task]:
        number = self.document.id
        if self.result is not None:
            return []
        if self.page_count is None:
            return [Task(number, "inspect")]
        missing = [n for n in range(1, self.page_count + 1) if n not in self.pages]
        if not missing:
            return [Task(number, "extract")]
        if 1 in missing:
            return [Task(number, "page", 1)]
        return [Task(number, "page", n) for n in missing]

    @property
    def hints(self) -> tuple[str, ...]:
        """Languages to expect, from the first page."""
        return reading.hints_from(self.pages[1]) if 1 in self.pages else ()

    def inspected(self, pages: int) -> None:
        """The document has so many pages; some may have been read by an earlier run."""
        self.page_count = pages
        for number in range(1, pages + 1):
            page = self.cached(number)
            if page is not None:
                self.pages[number] = page

    def out_of_time(self) -> None:
        """Marks the pages not read when the document has used up its time."""
        if self.page_count is None or self.started is None:
            return
        if time.monotonic() - self.started < self.limit:
            return
        for number in range(1, self.page_count + 1):
            if Task(self.document.id, "page", number) not in self.asked:
                self.pages.setdefault(number, reading.out_of_time(number))

    @property
    def limit(self) -> float:
        """Seconds the whole document may take."""
        return self.settings.document_timeout_s

    def forget(self, task: Task) -> None:
        """The task was lost with its worker and has to be done again."""
        self.asked.discard(task)

    def fail(self, reason: str) -> None:
        """The document has failed; the pages that were read are kept, for a person to read."""
        from extract.types import DocumentReading

        self.result = DocumentReading("failed", reason, self.ordered_pages(), None)

    def ordered_pages(self) -> tuple[Page, ...]:
        """All pages in order."""
        return tuple(self.pages[n] for n in sorted(self.pages))
