"""Tasks for the workers of a Dask cluster (``workers.Workers``).

The coordinator keeps the database, the mailbox and the originals to itself. A document's bytes go
to the cluster once and stay there while it is in hand; pages of one document go where they are.
Dask's own pickles travel both ways: whoever can reach the scheduler can run programs on the workers
and, by what they answer, here. ``[cluster]`` takes certificates for that (docs/cluster.md).
"""

from __future__ import annotations

import logging
import threading
import time
from collections import OrderedDict
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from distributed import Client, Security
from distributed import Future as Remote
from distributed.comm.core import CommClosedError

from noteverbale import tasks, worker
from noteverbale.workers import (
    NOTHING,
    About,
    Seen,
    WorkerDied,
    WorkerLost,
    WorkersUnavailable,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from noteverbale.service_config import ClusterConfig
    from ocr.settings import OcrSettings

log = logging.getLogger(__name__)

A = TypeVar("A", tasks.Original, tasks.Folder)

COUNTED_S = 5.0
"""Seconds for which the number of workers is taken as known."""

TOGETHER = 8
"""Small tasks that travel as one: they take as long as half a page, and Dask a hundredth of it."""

AFLOAT = 256 * 2**20
"""Bytes of documents that are kept in the cluster's memory for further pages."""


class ClusterWorkers:
    """The workers of a Dask scheduler."""

    def __init__(self, config: ClusterConfig, settings: OcrSettings, version: str) -> None:
        """Connects.

        Args:
            config: where the scheduler is.
            settings: how pages are read.
            version: ``reading_version`` of the coordinator; every worker must have the same.

        Raises:
            WorkersUnavailable: there is no scheduler, no worker, or one that reads otherwise.
        """
        self._config = config
        self._settings = settings
        self._version = version
        self._sent: OrderedDict[str, tuple[Remote[bytes], int]] = OrderedDict()
        self._small: list[_Task] = []
        self._on_their_way: dict[str, tuple[_Task, ...]] = {}
        self._first_seen: dict[str, float] = {}
        self._lock = threading.Lock()
        self._counted = (0, 0.0)
        self._client = self._connect()
        try:
            self._require_versions()
        except WorkersUnavailable:
            self.close()
            raise

    def _connect(self) -> Client:
        config = self._config
        security = None
        if config.ca_file is not None:
            security = Security(
                require_encryption=True,
                tls_ca_file=str(config.ca_file),
                tls_client_cert=str(config.cert_file),
                tls_client_key=str(config.key_file),
            )
        try:
            return Client(
                config.address,
                security=security,
                timeout=config.timeout_s,
                set_as_default=False,
                name="noteverbale",
            )
        except (OSError, ValueError, RuntimeError) as error:
            raise self._unavailable("does not answer") from error

    def _require_versions(self) -> None:
        """No work for a cluster whose readings would differ from ours.

        Raises:
            WorkersUnavailable: a worker would read otherwise, or cannot tell.
        """
        if not self.at_once:
            raise self._unavailable("has no worker")
        told = self._client.run(worker.version_here, self._settings, on_error="return")
        for address, version in sorted(told.items()):
            if version != self._version:
                raise self._unavailable(_difference(address, str(version), self._version))

    @property
    def place(self) -> str:
        """See ``workers.Workers.place``."""
        return self._config.address or ""

    @property
    def at_once(self) -> int:
        """Threads of all workers."""
        count, at = self._counted
        if not count or time.monotonic() - at > COUNTED_S:
            with suppress(OSError, ValueError):  # away for now: ``submit`` finds out whether it is
                count = sum(self._client.nthreads().values())
            self._counted = (count, time.monotonic())
        return count

    def submit(
        self,
        call: Callable[..., object],
        arguments: tuple[object, ...],
        limit_s: float,
        about: About = NOTHING,
    ) -> Future[tasks.Done]:
        """See ``workers.Workers.submit``."""
        task = _Task(worker.Order(call, arguments, limit_s), about)
        task.future.set_running_or_notify_cancel()
        if about.small:
            self._small.append(task)
        else:
            self._ship((task,))
        return task.future

    def send(self) -> None:
        """See ``workers.Workers.send``; fewer than travel together wait while nobody is idle."""
        while len(self._small) >= TOGETHER:
            self._ship_small(TOGETHER)
        idle = self.at_once - len(self._on_their_way) if self._small else 0
        for left in range(idle, 0, -1):
            self._ship_small(-(-len(self._small) // left))

    def _ship_small(self, count: int) -> None:
        if count:
            found, self._small = tuple(self._small[:count]), self._small[count:]
            self._ship(found)

    def _ship(self, found: tuple[_Task, ...]) -> None:
        """Sends tasks together; only one that is alone has an original.

        Raises:
            WorkersUnavailable: the scheduler is away.
        """
        if self._client.status != "running":
            self._sent.clear()
            self._client.close(timeout=1)
            self._client = self._connect()
        parcel = worker.Parcel(tuple(t.order for t in found), self._settings, self._version)
        original = found[0].argument(tasks.Original)
        try:
            sent = None if original is None else self._send(original)
            remote = self._client.submit(worker.work, parcel, sent, pure=False)
        except (CommClosedError, TimeoutError) as error:
            raise self._unavailable("does not answer") from error
        with self._lock:
            self._on_their_way[str(remote.key)] = found
        remote.add_done_callback(lambda remote: self._settle(remote, found, original))

    def _send(self, original: tasks.Original) -> Remote[bytes] | str:
        """The document's bytes, on a worker; or where all workers see them."""
        if self._config.originals is not None:
            name = original.sha256
            return str(self._config.originals / name[:2] / name[2:4] / name)
        with self._lock:
            if original.sha256 in self._sent:
                self._sent.move_to_end(original.sha256)
                return self._sent[original.sha256][0]
        data = Path(original.path).read_bytes()
        sent: Remote[bytes] = self._client.scatter(data, hash=False)
        with self._lock:
            self._sent[original.sha256] = (sent, len(data))
            while len(self._sent) > 1 and sum(size for _, size in self._sent.values()) > AFLOAT:
                self._sent.popitem(last=False)
        return sent

    def _settle(
        self,
        remote: Remote[tuple[worker.Brought, ...] | str],
        found: tuple[_Task, ...],
        original: tasks.Original | None,
    ) -> None:
        """Tells the coordinator's futures what became of Dask's; called by the client's thread."""
        with self._lock:
            self._on_their_way.pop(str(remote.key), None)
        try:
            if remote.status == "finished":
                self._hand_over(remote.result(timeout=self._config.timeout_s), found)
                return
            failed = remote.status == "error"
            told = remote.exception(timeout=self._config.timeout_s) if failed else None
        except Exception as lost:  # noqa: BLE001  whoever waits is told
            log.warning("a result was lost on its way: %s", type(lost).__name__)
            told = None
        if original is not None:
            with self._lock:  # its bytes may have gone with the worker
                self._sent.pop(original.sha256, None)
        if told is None or type(told).__module__.startswith("distributed"):
            told = WorkerLost()
        for task in found:
            if not task.future.done():
                task.future.set_exception(told)

    def _hand_over(
        self, brought: tuple[worker.Brought, ...] | str, found: tuple[_Task, ...]
    ) -> None:
        if isinstance(brought, str):
            error = self._unavailable(_difference("A worker", brought, self._version))
            brought = (worker.Brought(error=error),) * len(found)
        for task, one in zip(found, brought, strict=True):
            if one.done is not None:
                task.future.set_result(_unpacked(one, task.argument(tasks.Folder)))
            elif one.died is not None:
                task.future.set_exception(WorkerDied(one.died))
            else:
                task.future.set_exception(one.error or WorkerLost())

    def seen(self) -> tuple[Seen, ...]:
        """The workers that the scheduler knows, and what they were given; none if it is away."""
        try:
            known = self._client.scheduler_info(n_workers=-1)["workers"]
            given = self._client.processing()
        except (OSError, ValueError, TypeError):
            return ()
        now = time.time()
        self._first_seen = {address: self._first_seen.get(address, now) for address in known}
        with self._lock:
            about = {key: [t.about.text for t in sent] for key, sent in self._on_their_way.items()}
        return tuple(
            Seen(
                str(told.get("name", address)),
                int(told["nthreads"]),
                self._first_seen[address],
                float(told.get("last_seen", 0.0)),
                tuple(text for key in given.get(address, ()) for text in about.get(key, ())),
            )
            for address, told in sorted(known.items())
        )

    def close(self) -> None:
        """See ``workers.Workers.close``."""
        self._sent.clear()
        self._client.close(timeout=self._config.timeout_s)

    def _unavailable(self, what: str) -> WorkersUnavailable:
        return WorkersUnavailable(f"The cluster at {self._config.address}: {what}.")


@dataclass(frozen=True, slots=True)
class _Task:
    """A task, and who waits for it."""

    order: worker.Order
    about: About
    future: Future[tasks.Done] = field(default_factory=Future)

    def argument(self, kind: type[A]) -> A | None:
        """The argument of that kind, if it has one."""
        return next((a for a in self.order.arguments if isinstance(a, kind)), None)


def _difference(address: str, theirs: str, ours: str) -> str:
    return f"{address} reads with {theirs}, this machine with {ours}; install the same on both"


def _unpacked(brought: worker.Brought, folder: tasks.Folder | None) -> tasks.Done:
    """The result, with the files that came along in the coordinator's folder."""
    done = brought.done
    assert done is not None  # noqa: S101  told by the caller
    if folder is None or not isinstance(done.value, tasks.Inspected):
        return done
    place = Path(folder.path)
    place.mkdir(parents=True, exist_ok=True)
    for name, data in brought.files:
        (place / Path(name).name).write_bytes(data)
    enclosed = tuple(
        replace(file, path=str(place / Path(file.path).name)) if file.path else file
        for file in done.value.enclosed
    )
    return replace(done, value=replace(done.value, enclosed=enclosed))
