"""Signals of the service, as bytes in a pipe.

A handler that sets a ``threading.Event`` may meet the main thread inside that very event, holding
its lock, and then both wait for ever. The interpreter's wake-up descriptor has no lock
(``signal.set_wakeup_fd``).
"""

from __future__ import annotations

import contextlib
import os
import select
import signal
import threading
from collections.abc import Callable, Iterator
from types import FrameType

STOP = (signal.SIGTERM, signal.SIGINT)
NOW = signal.SIGHUP
"""Asks for a poll at once."""


class Signals:
    """A context manager that gathers signals; the main thread only."""

    def __init__(self) -> None:
        self.stopping = False
        self._now = False
        self._reader, self._writer = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
        self._before: dict[int, Callable[[int, FrameType | None], object] | int | None] = {}
        self._fd_before = -1

    def __enter__(self) -> Signals:
        for number in (*STOP, NOW):
            self._before[number] = signal.signal(number, _noted)
        self._fd_before = signal.set_wakeup_fd(self._writer, warn_on_full_buffer=False)
        return self

    def __exit__(self, *_: object) -> None:
        signal.set_wakeup_fd(self._fd_before)
        for number, handler in self._before.items():
            signal.signal(number, handler)
        os.close(self._reader)
        os.close(self._writer)

    def wait(self, seconds: float, *others: int) -> tuple[int, ...]:
        """Waits for a signal, or until one of the other descriptors can be read.

        Returns:
            Those of ``others`` that can.
        """
        ready, _, _ = select.select([self._reader, *others], [], [], max(0.0, seconds))
        if self._reader in ready:
            self._take()
        return tuple(fd for fd in ready if fd != self._reader)

    def asked_for_now(self) -> bool:
        """Whether SIGHUP came since this was last asked."""
        asked, self._now = self._now, False
        return asked

    def _take(self) -> None:
        with contextlib.suppress(BlockingIOError):
            numbers = os.read(self._reader, 512)
            self.stopping = self.stopping or any(n in STOP for n in numbers)
            self._now = self._now or NOW in numbers


def _noted(number: int, frame: FrameType | None) -> None:
    """A Python handler must be there, or the signal would end us; the pipe tells the rest."""
    del number, frame


@contextlib.contextmanager
def stop_event() -> Iterator[threading.Event]:
    """An event that SIGTERM sets, from a thread of its own (see above)."""
    stop = threading.Event()

    def set_it(number: int, frame: FrameType | None) -> None:
        del number, frame
        threading.Thread(target=stop.set, daemon=True).start()

    before = {number: signal.signal(number, set_it) for number in STOP}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
