"""The process pool and the order of work; the caller writes what comes out.

A page is a task. Documents are begun in order; the pages of those begun go first. A worker that
dies takes the tasks in hand with it: the pool is made again, and each document that was in hand
has one attempt less. From then on these go one by one, so that the one that kills workers does it
alone and the others are not blamed for it again.

What a document lost for want of time, or because the machine lacked something, is tried once more
at the end, when nothing else is in hand.
"""

from __future__ import annotations

import logging
import multiprocessing
import signal
import time
from collections import deque
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from ingest.errors import NoteVerbaleError
from noteverbale import tasks
from noteverbale.job import Job, Task
from noteverbale.reading import TIMEOUT
from ocr.children.shortages import unavailable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from multiprocessing.process import BaseProcess
    from threading import Event

    from ocr.enclosed import Enclosed
    from ocr.types import Page

log = logging.getLogger(__name__)

POLL_S = 0.5
"""Seconds after which ``stop`` and hung workers are looked at, though no task has ended."""

MOST_ACTIVE = 8
"""Documents begun and not yet saved, a worker."""

HUNG_PER_CPU = 40.0
"""Seconds by the wall clock for each of a task's processor time, after which its worker hangs:
more than twice what a child has (``ingest.limits.WALL_PER_CPU``): a task may wait for another."""

MOST_LACKING = 3
"""Documents in a row that the machine could not read: then it reads none, and the run ends."""


SHARED_MEMORY = "/dev/shm"  # noqa: S108 - where sem_open(3) has its semaphores


class WorkersUnavailable(NoteVerbaleError):  # noqa: N818 - says what is so
    """No worker process can be started; what was to be read waits."""

    reason = "no_workers"


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
        """``job.result`` is there; called in the order of the jobs, second attempts last."""

    def waits(self, job: Job, reason: str) -> None:
        """The machine lacked something for the document, twice; it goes on waiting."""

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
        self._children: list[BaseProcess] = []
        self._in_hand: dict[Future[object], _InHand] = {}
        self._waiting: deque[Job] = deque()
        self._active: list[Job] = []
        self._later: list[Job] = []
        self._lacking_in_a_row = 0
        self._lacking: str | None = None
        self._ended_hung = False

    def run(self, jobs: Iterable[Job], sink: Sink) -> str | None:
        """Works through the jobs; after ``stop`` only what is in hand is finished.

        Documents are handed to ``sink.done`` in their order, so that two runs number their
        records alike, whichever page was quicker. What is behind a document that ``stop`` left
        unfinished is done again by the next run, from pages already kept.

        Returns:
            What the machine lacked (``ocr.errors.LACKS``) if the run ended for that, else None.
        """
        self._waiting = deque(jobs)
        try:
            while True:
                self._fill(sink)
                self._save(sink)
                if not self._in_hand and not self._goes_on(sink):
                    return self._lacking
                if self._in_hand:
                    finished, _ = wait(self._in_hand, timeout=POLL_S, return_when=FIRST_COMPLETED)
                    self._collect(finished, sink)
                    self._end_hung()
        finally:
            self._close()

    def _goes_on(self, sink: Sink) -> bool:
        """True if there is more to begin, with nothing in hand."""
        if self._ends:
            return False
        if not (self._waiting or self._later or self._active):
            self._waiting.extend(sink.more())
        return bool(self._waiting or self._later or self._active)

    @property
    def _ends(self) -> bool:
        """True if nothing more is begun."""
        return self._stop.is_set() or self._lacking is not None

    def _fill(self, sink: Sink) -> None:
        while not self._ends:
            self._put_off(sink)
            alone = [job for job in self._active if job.suspect or job.again]
            alone = [job for job in alone if job.result is None]
            if len(self._in_hand) >= (1 if alone else self._workers + 1):
                return
            found = self._next(alone[:1] or self._active)
            if found is not None:
                if not self._submit(*found):
                    return
            elif alone or not self._begin(sink):
                return

    def _begin(self, sink: Sink) -> bool:
        """Begins the next document, at last those that are tried again; False if there is none."""
        if self._waiting and len(self._active) < MOST_ACTIVE * self._workers:
            job = self._waiting.popleft()
            sink.begun(job)
        elif self._later and not (self._waiting or self._active or self._in_hand):
            job = self._later.pop(0)
            job.try_again()
        else:
            return False
        self._active.append(job)
        return True

    def _put_off(self, sink: Sink) -> None:
        """Takes away what is to be tried later, by this run or by the next."""
        for job in list(self._active):
            if job.held:
                continue
            if job.wants_another_try:
                self._active.remove(job)
                self._later.append(job)
            elif job.lacking is not None:
                self._active.remove(job)
                sink.waits(job, job.lacking)

    def _save(self, sink: Sink) -> None:
        while self._active and self._active[0].result is not None:
            if self._active[0].wants_another_try:
                break
            sink.done(self._active.pop(0))
        if self._lacking is not None and not self._in_hand:
            for job in (*self._active, *self._later):
                if job.lacking is not None:
                    sink.waits(job, job.lacking)
                    job.lacking = None

    @staticmethod
    def _next(active: list[Job]) -> tuple[Job, Task] | None:
        for job in active:
            job.out_of_time()
            if job.wants_another_try:
                continue
            task = job.next_task()
            if task is not None:
                return job, task
        return None

    def _submit(self, job: Job, task: Task) -> bool:
        """Hands a task to the pool; False when the pool has just broken under other tasks."""
        call, arguments = _call(job, task)
        try:
            future = self._handed(call, arguments)
        except BrokenProcessPool:
            if self._in_hand:
                job.forget(task)
                return False
            self._close()  # a worker died with nothing to do
            future = self._handed(call, arguments)
        if future is None:
            job.forget(task)
            return False
        until = time.monotonic() + HUNG_PER_CPU * job.task_s(task)
        self._in_hand[future] = _InHand(job, task, until)
        return True

    def _handed(
        self, call: Callable[..., object], arguments: tuple[object, ...]
    ) -> Future[object] | None:
        """The task on its way; None if no worker could be started."""
        pool = self._opened()
        try:
            future: Future[object] = pool.submit(tasks.timed, call, *arguments)
        except OSError as error:
            self._lacking = unavailable(error).reason
            return None
        self._children = multiprocessing.active_children()
        return future

    def _opened(self) -> ProcessPoolExecutor:
        if self._pool is None:
            context = multiprocessing.get_context("spawn")
            try:
                self._pool = ProcessPoolExecutor(
                    self._workers, mp_context=context, initializer=tasks.start_worker
                )
            except OSError as error:
                raise _unavailable(error) from error
        return self._pool

    def _collect(self, finished: set[Future[object]], sink: Sink) -> None:
        broken: list[_InHand] = []
        for future in finished:
            held = self._in_hand.pop(future)
            held.job.held.discard(held.task)
            error = future.exception()
            if error is None:
                self._take(held, future.result(), sink)
            elif isinstance(error, BrokenProcessPool):
                broken.append(held)
            else:
                # Only the kind of error: its text may quote the page.
                name = type(error).__name__
                log.error("document %d: %s: %s", held.job.document.id, held.task.stage, name)
                held.job.fail("internal_error")
        if broken:
            self._mend(broken, sink)

    def _take(self, held: _InHand, found: object, sink: Sink) -> None:
        """What a worker brought, and what it cost."""
        if not isinstance(found, tasks.Done):
            return
        held.job.spent_s += found.cpu_s
        if isinstance(found.value, tasks.Lacking):
            self._note_lack(held, found.value.reason)
        else:
            if held.task.stage == "page":  # the first look may go well where reading does not
                self._lacking_in_a_row = 0
            _take(held.job, held.task, found.value, sink)

    def _note_lack(self, held: _InHand, reason: str) -> None:
        """The machine could not do a task; after some in a row nothing more is begun."""
        held.job.forget(held.task)
        if held.job.lacking is None:
            held.job.lacking = reason
            self._lacking_in_a_row += 1
        if self._lacking_in_a_row >= MOST_LACKING:
            self._lacking = reason

    def _mend(self, broken: list[_InHand], sink: Sink) -> None:
        """A worker died: all tasks in hand are lost, the pool is made anew.

        One that the kernel killed for want of memory says nothing about the document.
        """
        broken += self._in_hand.values()
        self._in_hand.clear()
        self._close()
        killed = any(child.exitcode == -signal.SIGKILL for child in self._children)
        for held in broken:
            held.job.forget(held.task)
            held.job.suspect = True
        if killed and not self._ended_hung:
            if len(broken) == 1:
                self._note_lack(broken[0], "no_memory")
            return
        self._ended_hung = False
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
            next(iter(self._in_hand.values())).job.fail(TIMEOUT)
        self._ended_hung = True
        for process in multiprocessing.active_children():
            process.kill()

    def _close(self) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)
            self._pool = None


def require_workers() -> None:
    """Whether worker processes could talk to each other here.

    Raises:
        WorkersUnavailable: they could not.
    """
    try:
        multiprocessing.get_context("spawn").Lock()
    except OSError as error:
        raise _unavailable(error) from error


def _unavailable(error: OSError) -> WorkersUnavailable:
    return WorkersUnavailable(
        f"Worker processes cannot be started ({error.strerror}). They need {SHARED_MEMORY}, where"
        f" this user must be able to write: mount -t tmpfs -o mode=1777 tmpfs {SHARED_MEMORY}, or"
        f" for a container --tmpfs {SHARED_MEMORY}."
    )


def _call(job: Job, task: Task) -> tuple[Callable[..., object], tuple[object, ...]]:
    document = job.document
    if task.stage == "inspect":
        facts = (job.path, job.media_type, job.settings, document.accepted, job.folder)
        return tasks.inspect, facts
    if task.stage == "page":
        return tasks.read_page, (job.path, task.number, job.task_settings(task), job.hints)
    read = (job.ordered_pages(), document.accepted, job.enclosing, job.task_s(task))
    return tasks.extract, read


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
