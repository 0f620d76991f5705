"""Bounds on processor time: what else the machine is busy with makes no difference."""

from __future__ import annotations

import resource
import time
from collections.abc import Iterator
from contextlib import contextmanager


def _used() -> float:
    """Seconds of processor time of this process and of its children that have ended."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


@contextmanager
def at_most(cpu_s: float) -> Iterator[None]:
    """What is done in this block takes no more than so many seconds of processor time."""
    before = _used()
    yield
    used = _used() - before
    assert used < cpu_s, f"{used:.1f} s of processor time"
