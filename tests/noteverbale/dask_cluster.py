"""A scheduler of Dask and its workers on loopback, as processes of their own."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType

START_S = 120.0
"""Seconds for a program of Dask to be there, on a busy machine too."""


@dataclass(slots=True)
class DaskCluster:
    """``address`` of the scheduler; ``workers`` are processes without a nanny, one thread each."""

    folder: Path
    port: int = 0
    scheduler: subprocess.Popen[bytes] | None = None
    workers: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @property
    def address(self) -> str:
        """Of the scheduler."""
        return f"tcp://127.0.0.1:{self.port}"

    def __enter__(self) -> DaskCluster:
        """Starts the scheduler."""
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.start_scheduler()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Ends all processes."""
        for process in (*self.workers, *([self.scheduler] if self.scheduler else [])):
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait(10)

    def start_scheduler(self) -> None:
        """At the same address as the one before."""
        self.scheduler = self._started("scheduler", "--host", "127.0.0.1", "--port", str(self.port))
        self._until("scheduler", b"Scheduler at:")

    def add_worker(self, *preload: str) -> subprocess.Popen[bytes]:
        """One more, which is there when this returns."""
        name = f"worker-{len(self.workers)}"
        process = self._started(
            *("worker", self.address, "--nthreads", "1", "--no-nanny", "--name", name),
            *("--preload", *(preload or ("noteverbale.worker",))),
            log=name,
        )
        self.workers.append(process)
        self._until(name, b"Registered to:")
        return process

    def _started(self, what: str, *arguments: str, log: str = "") -> subprocess.Popen[bytes]:
        environment = {
            **os.environ,
            "PYTHONPATH": str(Path(__file__).parents[2]),
            "DASK_CONFIG": str(self.folder),
            "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "0",
            "DASK_TEMPORARY_DIRECTORY": str(self.folder),
        }
        with (self.folder / f"{log or what}.log").open("wb") as out:
            return subprocess.Popen(
                [sys.executable, "-m", "dask", what, *arguments, "--no-dashboard"],
                cwd=self.folder,
                env=environment,
                stdout=out,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def _until(self, log: str, words: bytes) -> None:
        until = time.monotonic() + START_S
        path = self.folder / f"{log}.log"
        while words not in path.read_bytes():
            assert time.monotonic() < until, path.read_text(errors="replace")
            time.sleep(0.1)
