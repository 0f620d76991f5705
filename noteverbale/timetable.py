"""When the next round is due.

Intervals and pauses are measured by the monotonic clock, so that a wall clock set forward or
back by an hour or a year neither hurries nor stops the service. Only a crontab line has to look
at the wall clock, and does so anew each time it is asked.
"""

from __future__ import annotations

import random
import time
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Protocol

from apscheduler.triggers.cron import CronTrigger

from noteverbale.config_reader import ConfigError

if TYPE_CHECKING:
    from noteverbale.config import ScheduleConfig
    from noteverbale.rounds import Result

JITTER_SHARE = 0.1
"""Of the interval, earlier or later by chance: several installations do not ask all at once."""

FIRST_PAUSE_S = 60.0
"""Seconds after the first failed round; twice as many after each further one."""

LONGEST_PAUSE_S = 1800.0
"""Seconds: half an hour after a fault has ended, mail is read again."""

BUSY_PAUSE_S = 60.0
"""Until another run, which held the lock, is asked again."""
REFUSED_PAUSE_S = 3600.0
"""Seconds after the first refusal: accounts are often locked for failures within an hour."""

LONGEST_REFUSED_S = 6 * 3600.0
"""Seconds; a person mends it within a working day."""

REFUSED = ("login_refused", "token_refused", "plain_text_refused", "certificate_not_trusted")
"""Only a person can mend these; trying again soon locks accounts."""

_RANDOM = random.SystemRandom()


class Clock(Protocol):
    """Both clocks; another one is used to try years in minutes."""

    def wall(self) -> datetime:
        """Local time, with its zone."""

    def monotonic(self) -> float:
        """Seconds that only ever grow."""


class SystemClock:
    """The machine's clocks."""

    def wall(self) -> datetime:
        """Local time, with its zone."""
        return datetime.now().astimezone()

    def monotonic(self) -> float:
        """Seconds since some moment (CLOCK_MONOTONIC)."""
        return time.monotonic()


class Timetable:
    """Says how long to wait; is told how each round ended."""

    def __init__(self, schedule: ScheduleConfig, clock: Clock | None = None) -> None:
        self._clock = clock or SystemClock()
        self._interval = schedule.interval
        self._cron = cron(schedule.cron) if schedule.cron else None
        self._due: float | None = self._clock.monotonic()
        self._since = self._clock.wall()
        self._began = self._clock.monotonic()
        self.failures = 0

    def wait_s(self) -> float:
        """Seconds until the next round; 0 when it is due."""
        if self._due is not None:
            return max(0.0, self._due - self._clock.monotonic())
        return self._until_cron()

    def at_once(self) -> None:
        """A person, or new mail, asks for a round now."""
        self._due = self._clock.monotonic()

    def begun(self) -> None:
        """A round begins."""
        self._began = self._clock.monotonic()
        self._since = self._clock.wall()

    def ended(self, result: Result) -> None:
        """A round has ended; the next one is set."""
        if result.outcome in ("failed", "stalled", "crashed"):
            self.failures += 1
            self._due = self._clock.monotonic() + self._pause_s(result)
            return
        self.failures = 0
        if result.reason == "locked":
            self._due = self._clock.monotonic() + BUSY_PAUSE_S
            return
        if self._cron is not None:
            self._due = None
            return
        seconds = self._interval.total_seconds()
        share = _RANDOM.uniform(1 - JITTER_SHARE, 1 + JITTER_SHARE)
        self._due = self._began + seconds * share

    def _pause_s(self, result: Result) -> float:
        """Doubles with every failure in a row; half of it is chance."""
        if result.reason in REFUSED:
            first, longest = REFUSED_PAUSE_S, LONGEST_REFUSED_S
        else:
            first, longest = FIRST_PAUSE_S, LONGEST_PAUSE_S
        pause = min(longest, first * 2 ** min(self.failures - 1, 20))
        return max(_RANDOM.uniform(pause / 2, pause), result.wait_s or 0.0)

    def _until_cron(self) -> float:
        if self._cron is None:
            raise AssertionError("asked for a crontab that is not there")
        now = self._clock.wall()
        # A clock that was set back must not make us wait until it is where it was: from now on
        # the next time counts that comes after the moment at which this was noticed.
        self._since = min(self._since, now)
        due = self._cron.get_next_fire_time(None, self._since + timedelta(seconds=1))
        return max(0.0, (due - now).total_seconds()) if due else LONGEST_REFUSED_S


def cron(line: str) -> CronTrigger:
    """The trigger of a crontab line.

    Raises:
        ConfigError: it is none.
    """
    try:
        return CronTrigger.from_crontab(line)
    except ValueError as error:
        raise ConfigError(f"schedule.cron = {line!r}: {error}") from None
