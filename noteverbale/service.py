"""``noteverbale run``: rounds on a schedule, unattended, until told to stop.

The service waits and watches; each round is a child process (``noteverbale.supervised_child``). One
that hangs is ended, one that crashes is recorded, and the next one comes, later and later while
it goes wrong. APScheduler computes the times of a crontab line; its threads are not used: a job
that fails there is an event nobody sees, and its intervals follow the wall clock.
"""

from __future__ import annotations

import importlib
import logging
import time
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

from ingest.errors import NoteVerbaleError
from noteverbale import metrics, supervised_child
from noteverbale.lock import Locked
from noteverbale.notify import Notifier
from noteverbale.rounds import Result, go, locks, reason_of, result_of
from noteverbale.signals import Signals
from noteverbale.timetable import Clock, Timetable
from store.opening import open_store
from store.service import polls

if TYPE_CHECKING:
    from noteverbale.config import Config
    from store.service.polls import Part

log = logging.getLogger(__name__)

CHECK_EVERY_S = 86_400.0
"""SQLite's check of the whole database: at the start, then once a day."""

LONGEST_IDLE_S = 1500.0
"""Servers end what idles for 30 minutes (RFC 2177); then the time is looked at again, too."""

PRELOADED = ("ingest.imap", "noteverbale.drafting", "noteverbale.digest", "sqlite3")
"""Loaded once here, so that no round has to."""


class Quiet:
    """No progress line: a service has nobody watching."""

    def begin(self, total: int) -> None:
        """So many documents are to be read."""
        log.info("reading %d documents", total)

    def left(self, count: int) -> None:
        """So many documents are still to be read."""
        log.info("%d documents left", count)

    def step(self, filename: str, outcome: str, pages: int) -> None:
        """One document is done."""
        del filename, pages
        log.info("document %s", outcome)

    def end(self) -> None:
        """Nothing more comes."""


class Service:
    """The scheduled rounds of one part of the work."""

    def __init__(
        self,
        config: Config,
        database: Path,
        part: Part = "both",
        clock: Clock | None = None,
        notifier: Notifier | None = None,
    ) -> None:
        self._config = config
        self._database = database
        self._part = part
        self.timetable = Timetable(config.schedule, clock)
        self._notifier = notifier or Notifier()
        self._checked: float | None = None

    def run(self) -> None:
        """A round at once and then on the schedule; returns after SIGTERM or SIGINT.

        SIGHUP asks for a round at once.
        """
        for name in PRELOADED:
            importlib.import_module(name)
        with Signals() as signals:
            metrics.refresh(self._config, self._database)  # before a first poll that may hang
            self._notifier.ready()
            while not signals.stopping:
                if signals.asked_for_now():
                    self.timetable.at_once()
                wait_s = self.timetable.wait_s()
                if wait_s <= 0:
                    self.round(signals)
                else:
                    self._rest(signals, wait_s)
            self._notifier.stopping()
        log.info("stopped")

    def round(self, signals: Signals) -> Result:
        """One round in a child; however it ends, that is logged, recorded, and the next is set."""
        self.timetable.begun()
        self._notifier.status(f"{self._part}: at work")
        timeouts = supervised_child.Timeouts(
            self._config.service.stall_s, self._config.service.stop_s
        )
        ending = supervised_child.run_child(
            self._work, timeouts, signals, self._notifier.ping, self._notifier.ping_s
        )
        result = self._result(ending)
        self.timetable.ended(result)
        self._report(result)
        return result

    def _rest(self, signals: Signals, wait_s: float) -> None:
        if self._part == "reading" or not self._config.mailbox.idle or self.timetable.failures:
            self._notifier.ping()
            signals.wait(min(wait_s, self._notifier.ping_s))
        else:
            self._rest_idle(signals, min(wait_s, LONGEST_IDLE_S))

    def _rest_idle(self, signals: Signals, wait_s: float) -> None:
        """The server is asked to say when mail comes (IDLE, RFC 2177); it only wakes us."""
        deadline = time.monotonic() + wait_s
        child = supervised_child.Child(lambda stop, _: {"mail": self._wait_for_mail(wait_s, stop)})
        talking = True
        while talking and self._may_rest(signals, deadline):
            self._notifier.ping()
            nap_s = min(self._notifier.ping_s, deadline - time.monotonic())
            if signals.wait(nap_s, child.reader):
                talking = child.listen()
        if talking:
            child.end()
        answer = child.ending().answer
        if answer is not None and answer.get("mail"):
            log.info("new mail")
            self.timetable.at_once()
            return
        while self._may_rest(signals, deadline):  # it gave up; the schedule goes on without it
            self._notifier.ping()
            signals.wait(min(self._notifier.ping_s, deadline - time.monotonic()))

    def _may_rest(self, signals: Signals, deadline: float) -> bool:
        if signals.asked_for_now():
            self.timetable.at_once()
        due = self.timetable.wait_s() <= 0
        return not (due or signals.stopping) and time.monotonic() < deadline

    def _wait_for_mail(self, wait_s: float, stop: Event) -> bool:
        from ingest.idle import wait_for_mail
        from noteverbale.credentials import account
        from store.intake import epochs

        mailbox = account(self._config)
        with open_store(self._database, check=False) as store:
            met = epochs.epochs(store, mailbox.account, mailbox.folder)
        uidnext = met[-1].uidnext if met else 0  # mail that came since the poll wakes at once
        return wait_for_mail(mailbox, wait_s, stop, uidnext=uidnext)

    def _work(self, stop: Event, beat: Callable[[], None]) -> dict[str, object]:
        """What the child does; its answer goes to the service as JSON."""
        try:
            with (
                locks(self._database, self._part),
                open_store(self._database, check=self._checked is None, whole=True) as store,
            ):
                store.committed = beat
                tally = go(self._config, store, self._part, Quiet(), stop)
        except Locked:
            return asdict(Result("stopped", "locked"))
        except NoteVerbaleError as error:
            wait_s = getattr(error, "retry_after_s", None)
            return asdict(Result("failed", error.reason, wait_s))
        except Exception as error:  # noqa: BLE001 - whatever it is, the next round is due
            return asdict(Result("failed", reason_of(error)))
        return asdict(result_of(tally, stop))

    def _result(self, ending: supervised_child.Ending) -> Result:
        if ending.answer is not None:
            return Result(**ending.answer)  # type: ignore[arg-type]
        if ending.why == "stopped":
            result = Result("stopped", "took_too_long")
        elif ending.why == "stalled":
            result = Result("stalled", "no_progress")
        else:
            result = Result("crashed", ending.why)
        self._record(result)
        return result

    def _record(self, result: Result) -> None:
        """The child could not write down how it ended."""
        try:
            with open_store(self._database, check=False) as store:
                polls.broke_off(store, self._part, result.outcome, result.reason or "unknown")
        except NoteVerbaleError as error:
            log.error("the poll could not be recorded: %s", error.reason)  # noqa: TRY400

    def _report(self, result: Result) -> None:
        now = time.monotonic()
        if result.outcome == "complete" and self._checked is None:
            self._checked = now
        elif self._checked is not None and now - self._checked > CHECK_EVERY_S:
            self._checked = None
        wait_s = self.timetable.wait_s()
        if result.reason == "locked":
            log.warning("another run is at work")
        elif result.outcome in ("complete", "stopped"):
            log.info("poll %s: %d new, %d read", result.outcome, result.kept, result.documents)
        else:
            log.error(
                "poll %s: %s; failure %d, next in %d s",
                result.outcome,
                result.reason,
                self.timetable.failures,
                wait_s,
            )
        reason = f" ({result.reason})" if result.reason else ""
        self._notifier.status(f"{self._part}: last poll {result.outcome}{reason}")
        metrics.refresh(self._config, self._database)
