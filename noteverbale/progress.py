"""How far a run is, on standard error: one line that moves on a terminal, else now and then."""

from __future__ import annotations

import sys
import time
from collections import deque
from collections.abc import Callable

QUIET_S = 5.0
"""Seconds before the first line where the output is no terminal, but a log."""

MOST_QUIET_S = 60.0
"""Seconds between two lines of a log at most; between the first ones it doubles."""

LOOKED_BACK_S = 120.0
"""Seconds by which the rate is judged: forty pages of one document do not change it, and an hour's
trouble is over when it is over."""


class Pace:
    """Documents and pages done so far, how fast, and how long for the rest.

    Args:
        clock: seconds that only go on.
    """

    def __init__(self, total: int = 0, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self.total = total
        self.done = 0
        self._pages = 0
        self._seen: deque[tuple[float, int, int]] = deque([(clock(), 0, 0)])

    def left(self, count: int) -> None:
        """So many documents are still to be read."""
        self.total = self.done + count

    def step(self, pages: int) -> None:
        """One document is done."""
        self.done += 1
        self.total = max(self.total, self.done)
        self._pages += pages
        now = self._clock()
        if now - self._seen[-1][0] >= 1 or len(self._seen) == 1:
            self._seen.append((now, self.done, self._pages))
        while len(self._seen) > 2 and now - self._seen[1][0] > LOOKED_BACK_S:
            self._seen.popleft()

    @property
    def pages_a_minute(self) -> float | None:
        """Of late; None before anything can be told."""
        at, _, pages = self._seen[0]
        took_s = self._clock() - at
        return (self._pages - pages) / took_s * 60 if took_s >= 1 and self.done else None

    @property
    def left_s(self) -> float | None:
        """Seconds for the documents that are left, at the rate of late; None if nobody knows."""
        at, done, _ = self._seen[0]
        count, took_s = self.done - done, self._clock() - at
        return (self.total - self.done) * took_s / count if count and took_s >= 1 else None

    @property
    def text(self) -> str:
        """``read 12 of 400, 31 pages a minute, 25 min left``."""
        told = [f"read {self.done} of {self.total}"]
        rate, left = self.pages_a_minute, self.left_s
        if rate is not None:
            told.append(f"{rate:.0f} pages a minute")
        if left is not None and self.done < self.total:
            told.append(f"{in_words(left)} left")
        return ", ".join(told)


def in_words(seconds: float) -> str:
    """``90`` as ``2 min``: as exact as such an estimate is."""
    if seconds < 60:
        return f"{max(1, round(seconds))} s"
    if seconds < 5400:
        return f"{round(seconds / 60)} min"
    if seconds < 2 * 86_400:
        return f"{round(seconds / 3600)} h"
    return f"{round(seconds / 86_400)} days"


class TerminalProgress:
    """Shows counts, never names: file names may hold personal data and go to logs."""

    def __init__(self) -> None:
        self.pace = Pace()
        self._last = 0.0
        self._pause_s = QUIET_S
        self._live = sys.stderr.isatty()

    def begin(self, total: int) -> None:
        """So many documents are to be read."""
        self.pace = Pace(total)
        self._last = time.monotonic()
        self._write(f"reading {total} document{'s' if total != 1 else ''}")

    def left(self, count: int) -> None:
        """So many documents are still to be read."""
        self.pace.left(count)

    def step(self, filename: str, outcome: str, pages: int) -> None:
        """One document is done."""
        del filename, outcome
        self.pace.step(pages)
        now = time.monotonic()
        ended = self.pace.done == self.pace.total
        if self._live or ended or now - self._last >= self._pause_s:
            if not (self._live or ended):
                self._pause_s = min(2 * self._pause_s, MOST_QUIET_S)
            self._last = now
            self._write(self.pace.text)

    def end(self) -> None:
        """Ends the moving line."""
        if self._live:
            sys.stderr.write("\n")
            sys.stderr.flush()

    def _write(self, text: str) -> None:
        sys.stderr.write(f"\r\033[K{text}" if self._live else f"{text}\n")
        sys.stderr.flush()
