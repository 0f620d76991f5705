"""The worker processes: started when there is work, made again when one of them has died."""

from __future__ import annotations

import multiprocessing
import signal
from concurrent.futures import Future, ProcessPoolExecutor
from typing import TYPE_CHECKING

from ingest.errors import NoteVerbaleError
from noteverbale import tasks

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.process import BaseProcess

SHARED_MEMORY = "/dev/shm"  # noqa: S108 - where sem_open(3) has its semaphores


class WorkersUnavailable(NoteVerbaleError):  # noqa: N818 - says what is so
    """No worker process can be started; what was to be read waits."""

    reason = "no_workers"


class WorkerPool:
    """A pool of processes that is there from the first task on, and again after ``close``."""

    def __init__(self, workers: int) -> None:
        self._workers = workers
        self._pool: ProcessPoolExecutor | None = None
        self._children: list[BaseProcess] = []

    def submit(self, call: Callable[..., object], arguments: tuple[object, ...]) -> Future[object]:
        """The task on its way; its result is a ``tasks.Done``.

        Raises:
            WorkersUnavailable: processes cannot talk to each other here.
            BrokenProcessPool: a worker has died meanwhile; ``close`` comes first.
            OSError: no further worker could be started.
        """
        future: Future[object] = self._opened().submit(tasks.timed, call, *arguments)
        self._children = multiprocessing.active_children()
        return future

    def was_killed(self) -> bool:
        """Whether SIGKILL ended a worker, as the kernel does for want of memory."""
        return any(child.exitcode == -signal.SIGKILL for child in self._children)

    def kill(self) -> None:
        """Kills the workers; their tasks end with BrokenProcessPool."""
        for process in multiprocessing.active_children():
            process.kill()

    def close(self) -> None:
        """Waits for the tasks in hand; the next task finds new workers."""
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)
            self._pool = None

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
