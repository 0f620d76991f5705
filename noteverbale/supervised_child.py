"""A child process for each round: what hangs, crashes or grows is ended with it.

The service itself opens no mail, no scan and no connection, so it has nothing to hang on and
nothing to leak. The child is a fork, which costs milliseconds where a new start costs half a
second; the service has one thread only, so the fork is safe. It leads a group of its own, and
every sign of progress is a byte in a pipe.
"""

from __future__ import annotations

import contextlib
import ctypes
import json
import logging
import os
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from threading import Event
from typing import NoReturn

from noteverbale.notify import LONGEST_PING_S
from noteverbale.signals import NOW, STOP, Signals, stop_event

log = logging.getLogger(__name__)

BEAT = b"."
PR_SET_PDEATHSIG = 1  # prctl(2)

Work = Callable[[Event, Callable[[], None]], dict[str, object]]
"""What a child does, told when to stop, and where to tell of progress; returns JSON."""


@dataclass(frozen=True, slots=True)
class Timeouts:
    """Seconds: without progress, and for stopping in good order."""

    stall_s: float
    stop_s: float


@dataclass(frozen=True, slots=True)
class Ending:
    """How a child ended: with an answer, or not (``stalled``, ``signal_9``, ``exit_1``)."""

    answer: dict[str, object] | None
    why: str | None = None


class Child:
    """One child at work."""

    def __init__(self, work: Work) -> None:
        reader, writer = os.pipe2(os.O_CLOEXEC)
        sys.stderr.flush()
        sys.stdout.flush()
        parent = os.getpid()
        self.pid = os.fork()
        if self.pid == 0:
            os.close(reader)
            _be_child(work, writer, parent)  # never returns
        os.close(writer)
        os.set_blocking(reader, False)
        self.reader = reader
        self._said = b""

    def listen(self) -> bool:
        """Takes in what the child has said; False when it has ended."""
        with contextlib.suppress(BlockingIOError):
            said = os.read(self.reader, 65536)
            self._said = (self._said + said).lstrip(BEAT)
            return said != b""
        return True

    def ask_to_stop(self) -> None:
        """SIGTERM: the page in hand is finished and kept."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGTERM)

    def end(self) -> None:
        """Kills the child and all it has started; nothing that is kept is harmed."""
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.pid, signal.SIGKILL)
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)

    def ending(self) -> Ending:
        """Waits for the end and says how it was."""
        _, status = os.waitpid(self.pid, 0)
        self.end()  # whatever it left behind in its group
        os.close(self.reader)
        if os.WIFSIGNALED(status):
            return Ending(None, f"signal_{os.WTERMSIG(status)}")
        if os.WEXITSTATUS(status) or not self._said:
            return Ending(None, f"exit_{os.WEXITSTATUS(status)}")
        return Ending(json.loads(self._said))


def run_child(
    work: Work,
    timeouts: Timeouts,
    signals: Signals,
    ping: Callable[[], None] = lambda: None,
    ping_s: float = LONGEST_PING_S,
) -> Ending:
    """Runs ``work`` in a child and watches over it, until it has ended in one way or another."""
    child = Child(work)
    alive = time.monotonic()
    stop_by: float | None = None
    while True:
        ping()
        if signals.wait(min(ping_s, 1.0), child.reader):
            alive = time.monotonic()
            if not child.listen():
                return child.ending()
        now = time.monotonic()
        if signals.stopping and stop_by is None:
            stop_by = now + timeouts.stop_s
            child.ask_to_stop()
        if stop_by is not None and now > stop_by:
            child.end()
            child.ending()
            return Ending(None, "stopped")
        if now > alive + timeouts.stall_s:
            child.end()
            child.ending()
            return Ending(None, "stalled")


def _be_child(work: Work, writer: int, parent: int) -> NoReturn:
    """The child's whole life. What a failure says is not logged: it may quote a page."""
    code = 1
    try:
        failure = _failure_of(work, writer, parent)
        if failure is None:
            code = 0
        else:  # behind its handling: a log that cannot be written would quote it
            log.error("the child broke off: %s", failure)
    finally:
        with contextlib.suppress(OSError, ValueError):
            sys.stderr.flush()
        os._exit(code)


def _failure_of(work: Work, writer: int, parent: int) -> str | None:
    """Does the work and writes its answer; the kind of what went wrong, None if nothing did."""
    try:
        _set_up(parent)
        os.set_blocking(writer, False)
        with stop_event() as stop:
            answer = work(stop, lambda: _beat(writer))
        os.set_blocking(writer, True)
        os.write(writer, json.dumps(answer).encode())
    except BaseException as error:  # noqa: BLE001 - the end of a process
        return type(error).__name__
    return None


def _set_up(parent: int) -> None:
    os.setsid()
    signal.set_wakeup_fd(-1)
    for number in (*STOP, NOW):
        signal.signal(number, signal.SIG_DFL)
    # A service that is killed takes its round with it.
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != parent:
        os._exit(1)


def _beat(writer: int) -> None:
    with contextlib.suppress(BlockingIOError, BrokenPipeError):
        os.write(writer, BEAT)
