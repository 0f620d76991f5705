"""How far a run is, on standard error: one line that moves on a terminal, else now and then."""

from __future__ import annotations

import sys
import time

QUIET_S = 5.0
"""Seconds between two lines where the output is no terminal, but a log."""


class TerminalProgress:
    """Shows counts, never names: file names may hold personal data and go to logs."""

    def __init__(self) -> None:
        self._total = 0
        self._done = 0
        self._last = 0.0
        self._live = sys.stderr.isatty()

    def begin(self, total: int) -> None:
        """So many documents are to be read."""
        self._total, self._done = total, 0
        self._last = time.monotonic()
        self._write(f"reading {total} document{'s' if total != 1 else ''}")

    def step(self, filename: str, outcome: str) -> None:
        """One document is done."""
        del filename, outcome
        self._done += 1
        if self._live or time.monotonic() - self._last >= QUIET_S or self._done == self._total:
            self._last = time.monotonic()
            self._write(f"read {self._done} of {self._total}")

    def end(self) -> None:
        """Ends the moving line."""
        if self._live:
            sys.stderr.write("\n")
            sys.stderr.flush()

    def _write(self, text: str) -> None:
        sys.stderr.write(f"\r\033[K{text}" if self._live else f"{text}\n")
        sys.stderr.flush()
