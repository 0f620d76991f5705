"""The worker processes of one machine, each with its own way in and out.

A process that dies takes the one task with it that it had, so nobody else's is blamed or done
twice. Processes are started when there is work for them.
"""

from __future__ import annotations

import multiprocessing
import signal
import threading
import time
from collections import deque
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from noteverbale import tasks
from noteverbale.workers import (
    NOTHING,
    About,
    How,
    Seen,
    WorkerDied,
    WorkerLost,
    WorkersUnavailable,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.process import BaseProcess

SHARED_MEMORY = "/dev/shm"  # noqa: S108 - where sem_open(3) has its semaphores


@dataclass(slots=True)
class _Order:
    """A task that was handed in, and who waits for it."""

    call: Callable[..., object]
    arguments: tuple[object, ...]
    limit_s: float
    about: About
    future: Future[tasks.Done] = field(default_factory=Future)


class WorkerPool:
    """So many processes, there from their first task on (``workers.Workers``)."""

    def __init__(self, workers: int) -> None:
        self._lock = threading.RLock()
        self._orders: deque[_Order] = deque()
        self._slots = [_Slot(self._free) for _ in range(workers)]
        self._idle = list(reversed(self._slots))

    @property
    def place(self) -> str:
        """See ``workers.Workers.place``."""
        return "this machine"

    @property
    def at_once(self) -> int:
        """The number of processes."""
        return len(self._slots)

    def submit(
        self,
        call: Callable[..., object],
        arguments: tuple[object, ...],
        limit_s: float,
        about: About = NOTHING,
    ) -> Future[tasks.Done]:
        """See ``workers.Workers.submit``."""
        order = _Order(call, tuple(map(_here, arguments)), limit_s, about)
        with self._lock:
            if self._idle:
                self._begin(self._idle.pop(), order)
            else:
                self._orders.append(order)
        return order.future

    def _begin(self, slot: _Slot, order: _Order) -> None:
        try:
            slot.begin(order)
        except BaseException:
            self._idle.append(slot)
            raise

    def _free(self, slot: _Slot) -> None:
        """A process has done its task; called by the executor's thread."""
        with self._lock:
            if not self._orders:
                self._idle.append(slot)
                return
            order = self._orders.popleft()
            try:
                self._begin(slot, order)
            except (OSError, WorkersUnavailable):  # the next one that is handed in says why
                order.future.set_exception(WorkerLost())

    def send(self) -> None:
        """Every task went when it came."""

    def seen(self) -> tuple[Seen, ...]:
        """The processes that were started, by their ids."""
        with self._lock:
            return tuple(seen for slot in self._slots if (seen := slot.seen()) is not None)

    def close(self) -> None:
        """See ``workers.Workers.close``; what no process has begun is cancelled."""
        with self._lock:
            for order in self._orders:
                order.future.cancel()
            self._orders.clear()
        for slot in self._slots:
            slot.close()


class _Slot:
    """One process, made again when it has died; ``free`` is told when it can have a task."""

    def __init__(self, free: Callable[[_Slot], None]) -> None:
        self._free = free
        self._executor: ProcessPoolExecutor | None = None
        self._process: BaseProcess | None = None
        self._timer: threading.Timer | None = None
        self._hung = False
        self._doing: str | None = None
        self._since = 0.0
        self._answered = 0.0

    def seen(self) -> Seen | None:
        """The process, if there is one."""
        process = self._process
        if process is None:
            return None
        doing = () if self._doing is None else (self._doing,)
        return Seen(f"process {process.pid}", 1, self._since, self._answered, doing)

    def begin(self, order: _Order) -> None:
        """Hands the task to the process.

        Raises:
            WorkersUnavailable: processes cannot talk to each other here.
            OSError: no process could be started.
        """
        try:
            inner = self._handed(order)
        except BrokenProcessPool:  # it died with nothing to do
            self.close()
            inner = self._handed(order)
        order.future.set_running_or_notify_cancel()
        self._hung = False
        self._doing = order.about.text
        self._timer = threading.Timer(order.limit_s, self._end_hung)
        self._timer.daemon = True
        self._timer.start()
        inner.add_done_callback(lambda done: self._ended(order, done))

    def _handed(self, order: _Order) -> Future[tasks.Done]:
        if self._executor is None:
            self._executor = _executor()
        before = set(multiprocessing.active_children())
        inner = self._executor.submit(tasks.timed, order.call, *order.arguments)
        for process in set(multiprocessing.active_children()) - before:
            self._process = process
            self._since = time.time()
        return inner

    def _end_hung(self) -> None:
        self._hung = True
        if self._process is not None:
            self._process.kill()

    def _ended(self, order: _Order, done: Future[tasks.Done]) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._doing = None
        self._answered = time.time()
        error = done.exception()
        if isinstance(error, BrokenProcessPool):
            how = self._how_it_died()
            self._forget()
            order.future.set_exception(WorkerDied(how))
        elif error is not None:
            order.future.set_exception(error)
        else:
            order.future.set_result(done.result())
        self._free(self)

    def _how_it_died(self) -> How:
        if self._hung:
            return "hung"
        if self._process is None:
            return "crashed"
        self._process.join()
        return "killed" if self._process.exitcode == -signal.SIGKILL else "crashed"

    def _forget(self) -> None:
        """The executor is broken: its own thread, which runs this, ends it."""
        self._executor = None
        self._process = None

    def close(self) -> None:
        """Waits for the task in hand and ends the process."""
        executor, self._executor = self._executor, None
        if executor is not None:
            executor.shutdown(wait=True, cancel_futures=True)
        self._process = None


def _here(argument: object) -> object:
    """Originals and folders are on this machine."""
    return argument.path if isinstance(argument, tasks.Original | tasks.Folder) else argument


def _executor() -> ProcessPoolExecutor:
    context = multiprocessing.get_context("spawn")
    try:
        return ProcessPoolExecutor(1, mp_context=context, initializer=tasks.start_worker)
    except OSError as error:
        raise _unavailable(error) from error


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
