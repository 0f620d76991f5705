"""The process pool and the order of work; the caller writes what comes out.

A page is a task. Documents are begun in order; the pages of those begun go first. A worker that
dies takes the tasks in hand with it: the pool is made again, and each document that was in hand
has one attempt less.
"""

from __future__ import annotations

import multiprocessing
from collections import deque
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from typing import TYPE_CHECKING, Protocol

from noteverbale import tasks
from noteverbale.job import Job, Task

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from threading import Event

    from ocr.types import Page

POLL_S = 0.5


class Sink(Protocol):
    """Who is told what happens; writes it to the database."""

    def begun(self, job: Job) -> bool:
        """Work on a document begins (again); False when it has had its attempts."""

    def page_read(self, job: Job, page: Page) -> None:
        """A page was read."""

    def done(self, job: Job) -> None:
        """``job.result`` is there."""


class Scheduler:
    """Runs jobs on worker processes until all are done or ``stop`` is set."""

    def __init__(self, workers: int, stop: Event) -> None:
        self._workers = workers
        self._stop = stop
        self._pool: ProcessPoolExecutor | None = None
        self._in_hand: dict[Future[object], tuple[Job, Task]] = {}

    def run(self, jobs: Iterable[Job], sink: Sink) -> None:
        """Works through the jobs; after ``stop`` only what is in hand is finished."""
        waiting = deque(jobs)
        active: list[Job] = []
        try:
            while not self._stop.is_set() or self._in_hand:
                self._fill(waiting, active, sink)
                if not self._in_hand:
                    break
                finished, _ = wait(self._in_hand, timeout=POLL_S, return_when=FIRST_COMPLETED)
                self._collect(finished, active, sink)
        finally:
            self._close()

    def _fill(self, waiting: deque[Job], active: list[Job], sink: Sink) -> None:
        while len(self._in_hand) < 2 * self._workers and not self._stop.is_set():
            found = self._next(active)
            if found is None:
                if not waiting:
                    return
                job = waiting.popleft()
                if sink.begun(job):
                    active.append(job)
                continue
            self._submit(*found)

    @staticmethod
    def _next(active: list[Job]) -> tuple[Job, Task] | None:
        for job in active:
            job.out_of_time()
            task = job.next_task()
            if task is not None:
                return job, task
        return None

    def _submit(self, job: Job, task: Task) -> None:
        if self._pool is None:
            context = multiprocessing.get_context("spawn")
            self._pool = ProcessPoolExecutor(
                self._workers, mp_context=context, initializer=tasks.start_worker
            )
        call, arguments = _call(job, task)
        self._in_hand[self._pool.submit(call, *arguments)] = (job, task)

    def _collect(self, finished: set[Future[object]], active: list[Job], sink: Sink) -> None:
        broken: list[tuple[Job, Task]] = []
        for future in finished:
            job, task = self._in_hand.pop(future)
            try:
                _take(job, task, future.result(), sink)
            except BrokenProcessPool:
                broken.append((job, task))
                continue
            if job.result is not None:
                active.remove(job)
                sink.done(job)
        if broken:
            self._mend(broken, active, sink)

    def _mend(self, broken: list[tuple[Job, Task]], active: list[Job], sink: Sink) -> None:
        """A worker died: all tasks in hand are lost, the pool is made anew."""
        broken += self._in_hand.values()
        self._in_hand.clear()
        self._close()
        for job, task in broken:
            job.forget(task)
        for job in {id(j): j for j, _ in broken}.values():
            if not sink.begun(job):
                active.remove(job)

    def _close(self) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)
            self._pool = None


def _call(job: Job, task: Task) -> tuple[Callable[..., object], tuple[object, ...]]:
    document = job.document
    if task.stage == "inspect":
        return tasks.inspect, (job.path, job.media_type, job.settings, document.accepted)
    if task.stage == "page":
        return tasks.read_page, (job.path, task.number, job.settings, job.hints)
    return tasks.extract, (job.ordered_pages(), document.accepted)


def _take(job: Job, task: Task, value: object, sink: Sink) -> None:
    """Puts a task's result where it belongs."""
    from extract.types import DocumentReading
    from ocr.types import Page

    if isinstance(value, Page):
        job.pages[task.number] = value
        sink.page_read(job, value)
    elif isinstance(value, DocumentReading):
        job.result = value
    elif isinstance(value, int):
        job.inspected(value)
