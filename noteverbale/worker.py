"""A worker of a Dask cluster: ``dask worker tcp://scheduler:8786 --preload noteverbale.worker``.

It needs no database, no mailbox and no disk shared with the coordinator. A task brings the
document's bytes, which lie in a temporary folder while it lasts; it is done by a process that is
started once and has no network (``noteverbale.worker_pool``). So a document that kills its process
leaves Dask's worker alone, and what is told of it is exact.
"""

from __future__ import annotations

import logging
import multiprocessing
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from noteverbale import tasks
from noteverbale.worker_pool import WorkerPool
from noteverbale.workers import How, WorkerDied
from ocr.children.folders import private_folder, sweep
from ocr.engines.selection import reading_version
from ocr.errors import Unavailable

if TYPE_CHECKING:
    from distributed.worker import Worker

    from ocr.settings import OcrSettings

log = logging.getLogger(__name__)

_pools: dict[str, WorkerPool] = {}
"""The processes of this worker, made for the first task or when it starts."""


@dataclass(frozen=True, slots=True)
class Order:
    """A task as it travels, see ``workers.Workers.submit``."""

    call: Callable[..., object]
    arguments: tuple[object, ...]
    limit_s: float


@dataclass(frozen=True, slots=True)
class Parcel:
    """Tasks that travel together.

    ``version`` is what the coordinator's own reading would be made by; a worker that would read
    otherwise refuses.
    """

    orders: tuple[Order, ...]
    settings: OcrSettings
    version: str


@dataclass(frozen=True, slots=True)
class Brought:
    """What comes back of a task: ``done``, how the process died, or what it raised.

    ``files`` are those that the task wrote into its folder, by their names there.
    """

    done: tasks.Done | None = None
    died: How | None = None
    error: Exception | None = None
    files: tuple[tuple[str, bytes], ...] = ()


def work(parcel: Parcel, original: bytes | str | None) -> tuple[Brought, ...] | str:
    """Does the tasks of a parcel; runs in a thread of Dask's worker.

    Args:
        parcel: the tasks.
        original: the bytes of the document, or the path under which this worker sees them.

    Returns:
        What came of each, in their order; the version of a worker that refuses.
    """
    version = version_here(parcel.settings)
    if version != parcel.version:
        return version
    try:
        with private_folder() as place:
            begun = [
                (_begun(order, original, place / str(number)), place / str(number))
                for number, order in enumerate(parcel.orders)
            ]
            return tuple(_brought(future, folder) for future, folder in begun)
    except Unavailable as error:
        return (Brought(tasks.Done(tasks.Lacking(error.reason), 0.0)),) * len(parcel.orders)


def _begun(order: Order, original: bytes | str | None, place: Path) -> Future[tasks.Done]:
    """Handed to the processes, which do one after the other."""
    arguments = tuple(_here(argument, original, place) for argument in order.arguments)
    return _pool().submit(order.call, arguments, order.limit_s)


def _brought(future: Future[tasks.Done], place: Path) -> Brought:
    try:
        done = future.result()
    except WorkerDied as died:
        return Brought(died=died.how)
    except Exception as error:  # noqa: BLE001  it is told where it is waited for
        return Brought(error=error)
    files = sorted(path for path in (place / "files").rglob("*") if path.is_file())
    return Brought(done, files=tuple((path.name, path.read_bytes()) for path in files))


def _here(argument: object, original: bytes | str | None, place: Path) -> object:
    """An argument as the process on this machine takes it."""
    if isinstance(argument, tasks.Folder):
        return replace(argument, path=str(place / "files"))
    if not isinstance(argument, tasks.Original):
        return argument
    if isinstance(original, str):
        return replace(argument, path=original)
    place.mkdir(exist_ok=True)
    kept = place / "original"
    kept.write_bytes(original or b"")
    return replace(argument, path=str(kept))


@cache
def version_here(settings: OcrSettings) -> str:
    """What a page is read by on this machine (``ocr.engines.selection.reading_version``)."""
    return reading_version(settings)


def _pool() -> WorkerPool:
    """The processes of this worker: one for each of Dask's threads, of which each waits for one."""
    if "pool" not in _pools:
        from distributed import get_worker

        _start(get_worker().state.nthreads)
    return _pools["pool"]


def _start(count: int) -> None:
    # Dask's nanny starts its worker as a daemon, and a daemon may start no process. Ours end with
    # the worker by themselves (``tasks.start_worker``), which is what that rule is for.
    config: dict[str, Any] = getattr(multiprocessing.current_process(), "_config")  # noqa: B009
    config["daemon"] = False
    sweep()
    _pools["pool"] = WorkerPool(count)


def dask_setup(worker: Worker) -> None:
    """Called by Dask when the worker starts: what is missing is said now, and not by a task.

    Raises:
        NoteVerbaleError: pages cannot be read on this machine.
    """
    from noteverbale.worker_pool import require_workers
    from ocr.settings import OcrSettings

    require_workers()
    log.info("reads pages with %s", version_here(OcrSettings()))
    _start(worker.state.nthreads)


def dask_teardown(worker: Worker) -> None:
    """Called by Dask when the worker ends."""
    del worker
    if "pool" in _pools:
        _pools.pop("pool").close()
