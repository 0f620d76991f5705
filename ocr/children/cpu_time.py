"""Processor time: what this process and the programs it started have used.

Limits count it and not the hours of the wall clock: how long a page takes there depends on who
else is at work on the machine, and what is read must not.
"""

from __future__ import annotations

import contextlib
import resource
import signal
import threading
import time
from collections.abc import Callable, Iterator

TICK_S = 0.5
"""Seconds of processor time between two looks at a bound."""

_told_s = 0.0
"""Used by children of children, as they told us, less what was counted for them otherwise."""


def processor_time() -> float:
    """Seconds of processor time used so far: by this process, and by children that have ended."""
    return time.process_time() + _of_children() + _told_s


def add(seconds: float) -> None:
    """Count what a child that goes on running has used for us."""
    global _told_s
    _told_s += seconds


@contextlib.contextmanager
def not_counted() -> Iterator[None]:
    """Children that end in this block are not counted: what they did was told before (``add``)."""
    before = _of_children()
    try:
        yield
    finally:
        add(before - _of_children())


def _of_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


@contextlib.contextmanager
def ticking(check: Callable[[], object]) -> Iterator[None]:
    """Calls ``check`` every ``TICK_S`` of this process's processor time; what it raises goes on.

    Ends Python code that would otherwise work on and on over a hostile page. Code of libraries
    is not interrupted, the error comes when it returns. Signals belong to the main thread, so
    elsewhere nothing happens (``ITIMER_PROF``, setitimer(2)).
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGPROF, lambda *_: check())
    signal.setitimer(signal.ITIMER_PROF, TICK_S, TICK_S)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        # never back to the default, which ends the process: a last tick may be on its way
        signal.signal(signal.SIGPROF, before if callable(before) else signal.SIG_IGN)
