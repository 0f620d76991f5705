"""The order of work on the worker processes; the caller writes what comes out.

A page is a task. Documents are begun in order; the pages of those begun go first. A process that
dies takes the one task with it that it had: its document has one attempt less. Where a machine went
away, nobody knows for whose sake: what it had is done again, and what was lost twice is done with
nothing else in hand, so that a document that kills machines does it alone and no other is blamed.

What a document lost for want of time, or because the machine lacked something, is tried once more
at the end, when nothing else is in hand.

Documents are asked for as there is room for them, by number and by bytes, and handed over in their
order. One that is so slow that there is no room left behind it is overtaken: those that are done
are handed over before it, and the workers go on.
"""

from __future__ import annotations

import logging
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from noteverbale import tasks
from noteverbale.job import Job, Sink, Task
from noteverbale.reading import TIMEOUT
from noteverbale.workers import About, WorkerDied, WorkerLost, WorkersUnavailable
from ocr.children.shortages import unavailable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from threading import Event

    from noteverbale.workers import Workers

log = logging.getLogger(__name__)

POLL_S = 0.5
"""Seconds after which ``stop`` is looked at, though no task has ended."""

MOST_ACTIVE = 32
"""Documents begun and not yet handed over, a worker: the room in which a slow one is waited for."""

MOST_BYTES = 256 * 2**20
"""Bytes of documents begun and not yet handed over, in all (``Job.weight``)."""

AHEAD = 1.0
"""Pages' worth of tasks handed in beyond those being done, a worker: on a cluster the next one is
there when the last one ends."""

SMALL = 1 / 16
"""What a task counts of a page that is extracted from kept pages: 60 ms of 1 s."""

HUNG_PER_CPU = 40.0
"""Seconds by the wall clock for each of a task's processor time, after which its worker hangs:
more than twice what a child has (``ingest.limits.WALL_PER_CPU``): a task may wait for another."""

MOST_LACKING = 3
"""Documents in a row that the machine could not read: then it reads none, and the run ends."""


@dataclass(frozen=True, slots=True)
class _InHand:
    """A task on a worker."""

    job: Job
    task: Task


class Scheduler:
    """Runs jobs on workers until all are done or ``stop`` is set."""

    def __init__(self, workers: Workers, stop: Event) -> None:
        self._workers = workers
        self._stop = stop
        self._in_hand: dict[Future[tasks.Done], _InHand] = {}
        self._load = 0.0
        self._waiting: Iterator[Job] = iter(())
        self._active: list[Job] = []
        self._later: list[Job] = []
        self._lacking_in_a_row = 0
        self._lacking: str | None = None

    def run(self, jobs: Iterable[Job], sink: Sink) -> str | None:
        """Works through the jobs; after ``stop`` only what is in hand is finished.

        Documents are handed to ``sink.done`` in their order, so that two runs number their
        records alike, whichever page was quicker. What is behind a document that ``stop`` left
        unfinished is done again by the next run, from pages already kept.

        Raises:
            WorkersUnavailable: there is nobody left to do the work.

        Returns:
            What the machine lacked (``ocr.errors.LACKS``) if the run ended for that, else None.
        """
        self._waiting = iter(jobs)
        try:
            while True:
                self._fill(sink)
                self._workers.send()
                self._save(sink)
                if not self._in_hand and not self._goes_on(sink):
                    sink.settle(now=True)
                    return self._lacking
                sink.settle()
                if self._in_hand:
                    finished, _ = wait(self._in_hand, timeout=POLL_S, return_when=FIRST_COMPLETED)
                    self._collect(finished, sink)
        except WorkersUnavailable:
            sink.settle(now=True)
            raise
        finally:
            self._workers.close()

    def _goes_on(self, sink: Sink) -> bool:
        """True if there is more to begin, with nothing in hand."""
        if self._ends:
            return False
        if self._waits() or self._later or self._active:
            return True
        self._waiting = iter(sink.more())
        return self._waits()

    def _waits(self) -> bool:
        """True if a document has not been begun; it is the next."""
        first = next(self._waiting, None)
        if first is not None:
            self._waiting = chain((first,), self._waiting)
        return first is not None

    @property
    def _ends(self) -> bool:
        """True if nothing more is begun."""
        return self._stop.is_set() or self._lacking is not None

    def _fill(self, sink: Sink) -> None:
        while not self._ends:
            self._put_off(sink)
            alone = [job for job in self._active if job.suspect or job.again]
            alone = [job for job in alone if job.result is None]
            if self._in_hand if alone else self._load >= self._workers.at_once * (1 + AHEAD):
                return
            found = self._next(alone[:1] or self._active)
            if found is not None:
                if not self._submit(*found):
                    return
            elif alone or not (self._begin(sink) or self._overtake(sink)):
                return

    @property
    def _is_full(self) -> bool:
        """True if no document may be begun before one was handed over."""
        weight = sum(job.weight for job in self._active)
        return len(self._active) >= MOST_ACTIVE * self._workers.at_once or weight > MOST_BYTES

    def _begin(self, sink: Sink) -> bool:
        """Begins the next document, at last those that are tried again; False if there is none."""
        if self._is_full:
            return False
        job = next(self._waiting, None)
        if job is not None:
            sink.begun(job)
        elif self._later and not (self._active or self._in_hand):
            job = self._later.pop(0)
            job.try_again()
        else:
            return False
        self._active.append(job)
        return True

    def _overtake(self, sink: Sink) -> bool:
        """Where there is no room left, hands over what is done behind a slow document."""
        done = [job for job in self._active if job.result is not None and not job.wants_another_try]
        if not self._is_full or not done:
            return False
        self._active = [job for job in self._active if job.result is None or job.wants_another_try]
        for job in done:
            sink.done(job)
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
        """Hands a task to the workers; False if none could be started for it."""
        call, arguments = _call(job, task)
        about = About(_in_words(task), small=task.stage == "kept")
        try:
            future = self._workers.submit(call, arguments, HUNG_PER_CPU * job.task_s(task), about)
        except OSError as error:
            self._lacking = unavailable(error).reason
            job.forget(task)
            return False
        self._in_hand[future] = _InHand(job, task)
        self._load += _load(task)
        return True

    def _collect(self, finished: set[Future[tasks.Done]], sink: Sink) -> None:
        alone = len(self._in_hand) == 1
        for future in finished:
            held = self._in_hand.pop(future)
            self._load -= _load(held.task)
            held.job.held.discard(held.task)
            error = future.exception()
            if error is None:
                self._take(held, future.result(), sink)
            elif isinstance(error, WorkerDied):
                self._mend(held, error, sink)
            elif isinstance(error, WorkerLost):
                _do_again(held, sink, blame=alone and held.job.suspect)
            elif isinstance(error, WorkersUnavailable):
                raise error  # what was to be read waits
            else:
                self._stumbled(held, type(error).__name__, sink)

    @staticmethod
    def _stumbled(held: _InHand, error: str, sink: Sink) -> None:
        """An error of ours: only its kind is logged, its text may quote the page.

        Where kept pages cannot be used, the document is opened again.
        """
        job = held.job
        log.error("document %d: %s: %s", job.document.id, held.task.stage, error)
        if held.task.stage == "kept":
            job.kept = ()
            sink.begun(job)
        else:
            job.fail("internal_error")

    def _take(self, held: _InHand, found: tasks.Done, sink: Sink) -> None:
        """What a worker brought, and what it cost."""
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

    def _mend(self, held: _InHand, died: WorkerDied, sink: Sink) -> None:
        """A worker died over this task.

        One that the kernel killed for want of memory says nothing about the document.
        """
        if died.how == "hung":
            held.job.fail(TIMEOUT)
        elif died.how == "killed":
            self._note_lack(held, "no_memory")
        else:
            _do_again(held, sink, blame=True)


def _do_again(held: _InHand, sink: Sink, *, blame: bool) -> None:
    """The task was lost; with ``blame`` its document has one attempt less, perhaps none."""
    job = held.job
    job.forget(held.task)
    job.losses += not blame
    if blame and job.result is None and not sink.lost(job):
        job.fail("crashed")


def _load(task: Task) -> float:
    return SMALL if task.stage == "kept" else 1.0


def _in_words(task: Task) -> str:
    what = {"inspect": "opened", "page": f"page {task.number}"}.get(task.stage, "its rows")
    return f"document {task.document}, {what}"


def _call(job: Job, task: Task) -> tuple[Callable[..., object], tuple[object, ...]]:
    document = job.document
    original = tasks.Original(job.path, document.sha256)
    if task.stage == "inspect":
        folder = None if job.folder is None else tasks.Folder(job.folder)
        return tasks.inspect, (original, job.media_type, job.settings, document.accepted, folder)
    if task.stage == "page":
        return tasks.read_page, (original, task.number, job.task_settings(task), job.hints)
    read = (job.bodies(), document.accepted, job.enclosing, job.task_s(task))
    return tasks.extract, read


def _take(job: Job, task: Task, value: object, sink: Sink) -> None:
    """Puts a task's result where it belongs."""
    from extract.types import DocumentReading
    from store.db.codec import KeptPage

    if isinstance(value, KeptPage):
        job.pages[task.number] = value
        sink.page_read(job, value)
    elif isinstance(value, DocumentReading):
        job.result = value
    elif isinstance(value, tasks.Inspected):
        if value.enclosed:
            sink.enclosed(job, value.enclosed)
        job.result = value.outcome
        job.inspected(value.pages)
