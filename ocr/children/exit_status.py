"""What it means that a program ended as it did: its file, its time, or the machine."""

from __future__ import annotations

import signal
import time
from dataclasses import dataclass

from ocr.children.cpu_time import processor_time
from ocr.children.limits import Limits
from ocr.errors import ChildFailed, ChildTimeout, OcrError, ToolMissing, Unavailable

# As timeout(1) tells them (``timeout --help``), as 128 + signal, and as Popen tells signals.
_NOT_STARTED = frozenset({125})
_NOT_FOUND = frozenset({126, 127})
_KILLED = frozenset({124, 137, -signal.SIGKILL})
_OUT_OF_PROCESSOR_TIME = frozenset({152, -signal.SIGXCPU})
_OVER_FILE_SIZE = frozenset({153, -signal.SIGXFSZ})

_CLOCKS_DIFFER_S = 0.5
"""Seconds by which the kernel's count of a child and ours may differ: it ends a program on a whole
second, and what the programs in front of it used counts too. Chosen, not measured."""


@dataclass(frozen=True, slots=True)
class Started:
    """A program at work: the clocks as they were when it began."""

    program: str
    limits: Limits
    cpu: float
    wall: float

    @classmethod
    def now(cls, program: str, limits: Limits) -> Started:
        """The program is started next."""
        return cls(program, limits, processor_time(), time.monotonic())

    @property
    def over_time(self) -> bool:
        """True if it has had all of its time, by one clock or the other."""
        return (
            processor_time() - self.cpu > self.limits.whole_cpu_s - _CLOCKS_DIFFER_S
            or time.monotonic() - self.wall > self.limits.wall_s - _CLOCKS_DIFFER_S
        )

    def error(self, returncode: int) -> OcrError:
        """What it means that it ended with ``returncode``, which is not 0."""
        if returncode in _OUT_OF_PROCESSOR_TIME or (returncode in _KILLED and self.over_time):
            return ChildTimeout(f"{self.program} was ended for time.")
        if returncode in _KILLED:  # not by us: the kernel, for want of memory
            return Unavailable(f"{self.program} was killed.", "no_memory")
        if returncode in _NOT_STARTED:
            return Unavailable(f"{self.program} could not be started.", "no_processes")
        if returncode in _NOT_FOUND:
            return ToolMissing(f"The program {self.program} cannot be started.")
        if returncode in _OVER_FILE_SIZE:
            return ChildFailed(f"{self.program} wrote too large a file.", "too_large")
        return ChildFailed(f"{self.program} ended with code {returncode}.")
