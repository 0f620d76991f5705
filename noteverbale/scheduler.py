"""The process pool and the order of work; the caller writes what comes out.

A page is a task. Documents are begun in order; the pages of those begun go first. A worker that
dies takes the tasks in hand with it: the pool is made again, and each document that was in hand
has one attempt less. From then on these go one by one, so that the one that kills workers does it
alone and the others are not blamed for it again.
"""

from __future__ import annotations

import logging
import multiprocessing
import time
from collections import deque
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from noteverbale import tasks
from noteverbale.job import Job, Task

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from threading import Event

    from ocr.enclosed import Enclosed
    from ocr.types import Page

log = logging.getLogger(__name__)

POLL_S = 0.5
MOST_ACTIVE = 8
"""Documents begun and not yet saved, a worker."""


class Sink(Protocol):
    """Who is told what happens; writes it to the database."""

    def begun(self, job: Job) -> None:
        """Work on a document begins."""

    def lost(self, job: Job) -> bool:
        """A worker died over the document; False when it has had its attempts."""

    def page_read(self, job: Job, page: Page) -> None:
        """A page was read."""

    def enclosed(self, job: Job, files: tuple[Enclosed, ...]) -> None:
        """Files were found inside a document; called before anything else of it is known."""

    def done(self, job: Job) -> None:
        """``job.result`` is there; called in the order of the jobs."""

    def more(self) -> Iterable[Job]:
        """Documents that came up meanwhile; asked when all others are done."""


@dataclass(frozen=True, slots=True)
class _InHand:
    """A task on a worker; ``until`` is when its worker counts as hung (monotonic seconds)."""

    job: Job
    task: Task
    until: float


class Scheduler:
    """Runs jobs on worker processes until all are done or ``stop`` is set."""

    def __init__(self, workers: int, stop: Event) -> None:
        self._workers = workers
        self._stop = stop
        self._pool: ProcessPoolExecutor | None = None
        self._in_hand: dict[Future[object], _InHand] = {}

    def run(self, jobs: Iterable[Job], sink: Sink) -> None:
        """Works through the jobs; after ``stop`` only what is in hand is finished.

        Documents are handed to ``sink.done`` in their order, so that two runs number their
        records alike, whichever page was quicker. What is behind a document that ``stop`` left
        unfinished is done again by the next run, from pages already kept.
        """
        waiting = deque(jobs)
        active: list[Job] = []
        try:
            while True:
                self._fill(waiting, active, sink)
                if not self._in_hand:
                    if self._more(waiting, active, sink):
                        continue
                    break
                finished, _ = wait(self._in_hand, timeout=POLL_S, return_when=FIRST_COMPLETED)
                self._collect(finished, sink)
                self._end_hung()
                while active and active[0].result is not None:
                    sink.done(active.pop(0))
        finally:
            self._close()

    def _more(self, waiting: deque[Job], active: list[Job], sink: Sink) -> bool:
        """Whether there is more to do when nothing is in hand."""
        if not self._stop.is_set() and not active and not waiting:
            waiting.extend(sink.more())
            return bool(waiting)
        return False

    def _fill(self, waiting: deque[Job], active: list[Job], sink: Sink) -> None:
        while not self._stop.is_set():
            suspects = [job for job in active if job.suspect and job.result is None]
            if len(self._in_hand) >= (1 if suspects else self._workers + 1):
                return
            found = self._next(suspects[:1] or active)
            if found is not None:
                if not self._submit(*found):
                    return
            elif suspects:
                return
            elif waiting and len(active) < MOST_ACTIVE * self._workers:
                job = waiting.popleft()
                sink.begun(job)
                active.append(job)
            else:
                return

    @staticmethod
    def _next(active: list[Job]) -> tuple[Job, Task] | None:
        for job in active:
            job.out_of_time()
            task = job.next_task()
            if task is not None:
                return job, task
        return None

    def _submit(self, job: Job, task: Task) -> bool:
        """Hands a task to the pool; False when the pool has just broken under other tasks."""
        call, arguments = _call(job, task)
        try:
            future = self._opened().submit(call, *arguments)
        except BrokenProcessPool:
            if self._in_hand:
                job.forget(task)
                return False
            self._close()  # a worker died with nothing to do
            future = self._opened().submit(call, *arguments)
        until = time.monotonic() + job.settings.document_timeout_s
        self._in_hand[future] = _InHand(job, task, until)
        return True

    def _opened(self) -> ProcessPoolExecutor:
        if self._pool is None:
            context = multiprocessing.get_context("spawn")
            self._pool = ProcessPoolExecutor(
                self._workers, mp_context=context, initializer=tasks.start_worker
            )
        return self._pool

    def _collect(self, finished: set[Future[object]], sink: Sink) -> None:
        broken: list[_InHand] = []
        for future in finished:
            held = self._in_hand.pop(future)
            error = future.exception()
            if error is None:
                _take(held.job, held.task, future.result(), sink)
            elif isinstance(error, BrokenProcessPool):
                broken.append(held)
            else:
                # Only the kind of error: its text may quote the page.
                name = type(error).__name__
                log.error("document %d: %s: %s", held.job.document.id, held.task.stage, name)
                held.job.fail("internal_error")
        if broken:
            self._mend(broken, sink)

    def _mend(self, broken: list[_InHand], sink: Sink) -> None:
        """A worker died: all tasks in hand are lost, the pool is made anew."""
        broken += self._in_hand.values()
        self._in_hand.clear()
        self._close()
        for held in broken:
            held.job.forget(held.task)
            held.job.suspect = True
        for job in {id(h.job): h.job for h in broken}.values():
            if job.result is None and not sink.lost(job):
                job.fail("crashed")

    def _end_hung(self) -> None:
        """Kills the workers when a task has had far more than its time; ``_mend`` follows.

        Which of several tasks hangs is not known; alone, it is.
        """
        now = time.monotonic()
        if not any(held.until < now for held in self._in_hand.values()):
            return
        if len(self._in_hand) == 1:
            next(iter(self._in_hand.values())).job.fail("timeout")
        for process in multiprocessing.active_children():
            process.kill()

    def _close(self) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)
            self._pool = None


def _call(job: Job, task: Task) -> tuple[Callable[..., object], tuple[object, ...]]:
    document = job.document
    if task.stage == "inspect":
        facts = (job.path, job.media_type, job.settings, document.accepted, job.folder)
        return tasks.inspect, facts
    if task.stage == "page":
        return tasks.read_page, (job.path, task.number, job.settings, job.hints)
    return tasks.extract, (job.ordered_pages(), document.accepted, job.enclosing)


def _take(job: Job, task: Task, value: object, sink: Sink) -> None:
    """Puts a task's result where it belongs."""
    from extract.types import DocumentReading
    from ocr.types import Page

    if isinstance(value, Page):
        job.pages[task.number] = value
        sink.page_read(job, value)
    elif isinstance(value, DocumentReading):
        job.result = value
    elif isinstance(value, tasks.Inspected):
        if value.enclosed:
            sink.enclosed(job, value.enclosed)
        job.result = value.outcome
        job.inspected(value.pages)
