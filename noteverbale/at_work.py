"""What a run does now, told to ``status`` in another process by a small file beside the database.

The run holds a lock on the file (flock(2)) while it writes it, and the kernel lets that go however
the run ends: a file that nobody holds tells of a run that was killed, and counts for nothing.
"""

from __future__ import annotations

import fcntl
import json
import logging
import os
import time
from contextlib import suppress
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from noteverbale import early_lock
from noteverbale.progress import Pace

if TYPE_CHECKING:
    from noteverbale.tally import Progress
    from noteverbale.workers import Workers

log = logging.getLogger(__name__)

SUFFIX = ".at-work"
"""Of the file, behind the database's name."""

EVERY_S = 2.0
"""Seconds between two looks at the workers; on a cluster each asks the scheduler."""

WAIT_S = 0.01
"""Between two looks at what is being written: a hundred bytes or so, which takes far less."""

TRIES = 3
"""A reader that meets a half-written file looks again."""


class AtWork:
    """Writes the file, and passes on the progress that it tells; a context manager.

    Where the file cannot be written nobody is told, and the run goes on.
    """

    def __init__(self, database: Path, progress: Progress) -> None:
        self._path = _path(database)
        self._progress = progress
        self._pace = Pace()
        self._handle: int | None = None
        self._since = datetime.now(UTC)
        self._looked = 0.0

    def __enter__(self) -> AtWork:
        try:
            self._handle = early_lock.open_file(str(self._path))
            fcntl.flock(self._handle, fcntl.LOCK_EX)  # a reader has it for a moment at most
        except OSError as error:
            log.warning("what is done cannot be told beside the database: %s", error.strerror)
        return self

    def __exit__(self, *_: object) -> None:
        if self._handle is not None:
            with suppress(OSError):
                self._path.unlink()
            os.close(self._handle)

    def begin(self, total: int) -> None:
        """See ``tally.Progress``."""
        self._pace = Pace(total)
        self._progress.begin(total)

    def left(self, count: int) -> None:
        """See ``tally.Progress``."""
        self._pace.left(count)
        self._progress.left(count)

    def step(self, filename: str, outcome: str, pages: int) -> None:
        """See ``tally.Progress``."""
        self._pace.step(pages)
        self._progress.step(filename, outcome, pages)

    def end(self) -> None:
        """See ``tally.Progress``."""
        self._progress.end()

    def look(self, workers: Workers) -> None:
        """Writes what the workers do, if that was not done just now."""
        now = time.monotonic()
        if self._handle is None or now - self._looked < EVERY_S:
            return
        self._looked = now
        rate, left_s = self._pace.pages_a_minute, self._pace.left_s
        told = {
            "since": _moment(self._since.timestamp()),
            "told_at": _moment(time.time()),
            "place": workers.place,
            "documents_done": self._pace.done,
            "documents_left": self._pace.total - self._pace.done,
            "pages_a_minute": None if rate is None else round(rate, 1),
            "left_s": None if left_s is None else round(left_s),
            "workers": [
                {
                    **asdict(seen),
                    "since": _moment(seen.since),
                    "answered": _moment(seen.answered) if seen.answered else None,
                }
                for seen in workers.seen()
            ],
        }
        text = json.dumps(told).encode()
        with suppress(OSError):
            os.ftruncate(self._handle, len(text))
            os.pwrite(self._handle, text, 0)


def at_work(database: Path) -> dict[str, Any] | None:
    """What a run on this database tells now; None where there is none."""
    try:
        handle = os.open(_path(database), os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        return None
    try:
        if not _is_held(handle):
            return None
        for _ in range(TRIES):
            with suppress(ValueError):
                found: dict[str, Any] = json.loads(_whole(handle))
                return found
            time.sleep(WAIT_S)
        return None
    finally:
        os.close(handle)


def _is_held(handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    return False


def _whole(handle: int) -> bytes:
    return os.pread(handle, os.fstat(handle).st_size, 0)


def _path(database: Path) -> Path:
    return database.with_name(database.name + SUFFIX)


def _moment(at: float) -> str:
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
