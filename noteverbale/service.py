"""``noteverbale run``: polls on a schedule, unattended, until told to stop.

APScheduler's defaults would drop a poll that is a second late and swallow its errors; both are
seen to. The database is the truth, the scheduler's memory is not.
"""

from __future__ import annotations

import logging
import signal
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

from apscheduler.events import EVENT_JOB_ERROR, EVENT_JOB_MISSED
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.cron import CronTrigger
from apscheduler.triggers.interval import IntervalTrigger

from ingest.errors import LoginRefused, NoteVerbaleError
from noteverbale.config_reader import ConfigError
from noteverbale.lock import run_lock
from noteverbale.poll import poll
from store.database import Store

if TYPE_CHECKING:
    from apscheduler.events import JobExecutionEvent

    from noteverbale.config import Config, ScheduleConfig

log = logging.getLogger(__name__)

JITTER_SHARE = 0.1
REFUSALS_WAITED = 6
"""Polls left out after a refused log-in: hammering locks accounts."""


class Quiet:
    """No progress line: a service has nobody watching."""

    def begin(self, total: int) -> None:
        """So many documents are to be read."""
        log.info("reading %d documents", total)

    def step(self, filename: str, outcome: str) -> None:
        """One document is done."""
        del filename
        log.info("document %s", outcome)

    def end(self) -> None:
        """Nothing more comes."""


class Service:
    """The scheduled poller.

    The scheduler only says when; the poll itself runs here, in the main thread, so that two
    never overlap and a signal is seen at once.
    """

    def __init__(self, config: Config, database: Path) -> None:
        self._config = config
        self._database = database
        self._stop = Event()
        self._wake = Event()
        self._refused = 0

    def run(self) -> None:
        """Polls at once and then on the schedule; returns after SIGTERM or SIGINT."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: self.stop())
        scheduler = BackgroundScheduler()
        scheduler.add_listener(_report, EVENT_JOB_ERROR | EVENT_JOB_MISSED)
        scheduler.add_job(
            self._wake.set,
            trigger(self._config.schedule),
            id="poll",
            misfire_grace_time=None,
            coalesce=True,
            max_instances=1,
        )
        scheduler.start()
        try:
            while not self._stop.is_set():
                self.poll_once()
                self._wake.wait()
                self._wake.clear()
        finally:
            scheduler.shutdown(wait=True)
        log.info("stopped")

    def stop(self) -> None:
        """Ends the service; pages in hand are finished and kept."""
        self._stop.set()
        self._wake.set()

    def poll_once(self) -> None:
        """One poll; what goes wrong is logged by its reason and tried at the next."""
        if self._refused:
            self._refused -= 1
            return
        try:
            self._poll()
        except LoginRefused as error:
            self._refused = REFUSALS_WAITED
            log.error("%s Waiting %d polls.", error, REFUSALS_WAITED)  # noqa: TRY400
        except NoteVerbaleError as error:
            log.error("poll failed: %s", error.reason)  # noqa: TRY400 - no traceback, no data
        except Exception as error:  # noqa: BLE001 - whatever it is, the next poll is due
            log.error("poll failed: %s", type(error).__name__)  # noqa: TRY400

    def _poll(self) -> None:
        with run_lock(self._database), Store.open(self._database) as store:
            tally = poll(self._config, store, Quiet(), self._stop)
        if tally.trouble is not None:
            raise tally.trouble
        log.info("poll done: %d new, outcomes %s", tally.kept, tally.outcomes)


def trigger(schedule: ScheduleConfig) -> IntervalTrigger | CronTrigger:
    """When to poll.

    Raises:
        ConfigError: ``schedule.cron`` is no crontab line.
    """
    if schedule.cron:
        try:
            return CronTrigger.from_crontab(schedule.cron)
        except ValueError as error:
            raise ConfigError(f"schedule.cron = {schedule.cron!r}: {error}") from None
    seconds = schedule.interval.total_seconds()
    return IntervalTrigger(seconds=int(seconds), jitter=int(seconds * JITTER_SHARE))


def _report(event: JobExecutionEvent) -> None:
    """A poll that raised or was missed; APScheduler itself keeps silent."""
    error = getattr(event, "exception", None)
    log.error("poll broke off: %s", type(error).__name__ if error else "missed")
