"""What a child process may use, alone or as part of a greater piece of work."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass, replace

from ingest.limits import WALL_PER_CPU
from ocr.children.cpu_time import processor_time
from ocr.errors import ChildTimeout


@dataclass(frozen=True, slots=True)
class Limits:
    """What one child process may use: processor seconds, MiB of address space and of one file.

    ``wall_s`` is the time after which a child is taken for hung, by default ``WALL_PER_CPU``
    times ``cpu_s``. ``since`` and ``until`` are set where the child is part of a greater piece
    of work (``from_now``): several children that each stay within their limit must not take many
    times as much together. ``since`` is the processor time at its beginning, ``until`` its last
    moment by the monotonic clock.
    """

    cpu_s: float = 20.0
    memory_mb: int = 1024
    file_mb: int = 256
    wall_s: float = 0.0
    since: float | None = None
    until: float = math.inf

    def __post_init__(self) -> None:
        if not self.wall_s:
            object.__setattr__(self, "wall_s", WALL_PER_CPU * self.cpu_s)

    @property
    def whole_cpu_s(self) -> int:
        """Processor seconds as RLIMIT_CPU counts them, in whole ones."""
        return max(1, math.ceil(self.cpu_s))

    def from_now(self) -> Limits:
        """The same limits, for all that is done from now on together."""
        return replace(self, since=processor_time(), until=time.monotonic() + self.wall_s)

    def left(self) -> Limits:
        """The limits of a child that starts now.

        Raises:
            ChildTimeout: nothing is left for it.
        """
        if self.since is None:
            return self
        cpu_s = self.cpu_s - (processor_time() - self.since)
        wall_s = self.until - time.monotonic()
        if cpu_s <= 0 or wall_s <= 0:
            raise ChildTimeout("There is no time left for another program.")
        return replace(self, cpu_s=cpu_s, wall_s=wall_s, since=None, until=math.inf)
