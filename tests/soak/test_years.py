"""Polls without end on a virtual clock that jumps: nothing grows, and no poll is left out."""

from __future__ import annotations

import gc
import random
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from noteverbale.config import ScheduleConfig
from noteverbale.service import Service
from noteverbale.signals import Signals
from store.opening import open_store
from store.reports import health
from tests.mail_server import Mailbox
from tests.soak import driver
from tests.soak.conftest import Tell

MOST_GROWTH_MB = 10.0
MOST_WAL_MB = 8.0
WARM_UP = 3
REVIEWER = """
import sqlite3, sys, time
conn = sqlite3.connect(sys.argv[1], isolation_level=None)
while True:
    conn.execute("SELECT count(*) FROM delegates").fetchone()
    time.sleep(1)
"""
"""Somebody has the database open all the time, so that the write-ahead log is never put away."""


class Clocks:
    """Both clocks; the wall clock is set to and fro."""

    def __init__(self) -> None:
        self.now = datetime(2019, 5, 1, tzinfo=UTC)
        self.seconds = 0.0

    def wall(self) -> datetime:
        return self.now

    def monotonic(self) -> float:
        return self.seconds

    def go(self, seconds: float) -> None:
        self.seconds += seconds
        self.now += timedelta(seconds=seconds)


@contextmanager
def _reviewer(database: Path) -> Iterator[None]:
    with subprocess.Popen([sys.executable, "-c", REVIEWER, str(database)]) as process:
        try:
            yield
        finally:
            process.kill()


def _memory_mb() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 1e6


def _descriptors() -> int:
    gc.collect()  # mail programs of the test's own
    return len(list(Path("/proc/self/fd").iterdir()))


@pytest.mark.parametrize(
    ("polls", "schedule"),
    [
        pytest.param(8, ScheduleConfig(every="10m"), id="short"),
        pytest.param(
            1440,
            ScheduleConfig(every="10m"),
            id="long-interval",
            marks=[pytest.mark.soak, pytest.mark.timeout(3600)],
        ),
        pytest.param(
            1440,
            ScheduleConfig(cron="*/10 * * * *"),
            id="long-cron",
            marks=[pytest.mark.soak, pytest.mark.timeout(3600)],
        ),
    ],
)
def test_nothing_grows(
    tmp_path: Path, mailbox: Mailbox, tell: Tell, polls: int, schedule: ScheduleConfig
) -> None:
    chance = random.Random(1)
    database = tmp_path / "data" / "n.db"
    driver.folders(mailbox)
    config = replace(driver.configuration(mailbox, tmp_path), schedule=schedule)
    open_store(database).close()
    clocks = Clocks()
    service = Service(config, database, clock=clocks)
    sent: list[bytes] = []
    jumps = 0
    wal_mb = memory_mb = 0.0
    descriptors = 0
    began = time.monotonic()
    with Signals() as signals, _reviewer(database):
        for number in range(polls):
            if number % 10 == 0:
                sent.append(driver.message(len(sent)))
                mailbox.deliver(sent[-1])
            if number % 97 == 50:
                clocks.now += timedelta(days=chance.choice([-400, -1, 1, 400]))
                jumps += 1
            wait_s = service.timetable.wait_s()
            assert wait_s <= 11 * 60
            clocks.go(wait_s)
            assert service.timetable.wait_s() == 0
            assert service.round(signals).outcome == "complete"
            wal = database.with_name("n.db-wal")
            wal_mb = max(wal_mb, wal.stat().st_size / 1e6 if wal.exists() else 0.0)
            if number == WARM_UP:
                memory_mb, descriptors = _memory_mb(), _descriptors()
        growth_mb, more = _memory_mb() - memory_mb, _descriptors() - descriptors
    took_s = time.monotonic() - began
    with open_store(database) as store:
        told = health.health(store)
        rows = store.one("SELECT count(*) FROM polls WHERE outcome = 'complete'")
    driver.finish(config, database)
    found = driver.verify(mailbox, database, sent)
    tell(
        f"{polls} polls ({schedule.cron or schedule.every}), {clocks.seconds / 86400:.1f} days of"
        f" clock, {jumps} jumps, {took_s:.0f} s: memory {growth_mb:+.2f} MB, descriptors"
        f" {more:+d}, largest WAL {wal_mb:.2f} MB,"
        f" database {database.stat().st_size / 1e6:.2f} MB; {found}"
    )
    assert rows is not None
    assert rows[0] == polls
    assert told.failures == 0
    assert growth_mb <= MOST_GROWTH_MB
    assert more == 0
    assert 0 < wal_mb <= MOST_WAL_MB
