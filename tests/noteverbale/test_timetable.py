"""When the next round comes: on time, later after failures, and whatever the wall clock does."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from noteverbale.config import ScheduleConfig
from noteverbale.config_reader import ConfigError
from noteverbale.rounds import Result
from noteverbale.timetable import Timetable, cron

DONE = Result("complete")
FAILED = Result("failed", "mailbox_unreachable")
REFUSED = Result("failed", "login_refused")


class Clocks:
    """Two clocks that go on only when they are told."""

    def __init__(self) -> None:
        self.now = datetime(2019, 5, 1, 12, 0, 30, tzinfo=UTC)
        self.seconds = 1000.0

    def wall(self) -> datetime:
        return self.now

    def monotonic(self) -> float:
        return self.seconds

    def go(self, seconds: float) -> None:
        self.seconds += seconds
        self.now += timedelta(seconds=seconds)


def _round(table: Timetable, clocks: Clocks, result: Result, takes_s: float = 5) -> float:
    table.begun()
    clocks.go(takes_s)
    table.ended(result)
    return table.wait_s()


def test_the_first_round_is_at_once_and_the_next_after_the_interval_with_jitter() -> None:
    clocks = Clocks()
    waits = []
    for _ in range(50):
        table = Timetable(ScheduleConfig(every="10m"), clocks)
        assert table.wait_s() == 0
        waits.append(_round(table, clocks, DONE, takes_s=60))
    assert all(9 * 60 - 60 <= wait <= 11 * 60 - 60 for wait in waits)
    assert max(waits) - min(waits) > 20


def test_a_round_longer_than_the_interval_is_followed_at_once_by_one_and_not_by_many() -> None:
    clocks = Clocks()
    table = Timetable(ScheduleConfig(every="10m"), clocks)
    assert _round(table, clocks, DONE, takes_s=7200) == 0
    assert _round(table, clocks, DONE) > 500


def test_after_failures_the_pauses_grow_and_a_success_ends_that() -> None:
    clocks = Clocks()
    table = Timetable(ScheduleConfig(every="10m"), clocks)
    waits = [_round(table, clocks, FAILED) for _ in range(8)]
    for number, wait in enumerate(waits):
        longest = min(1800, 60 * 2**number)
        assert longest / 2 <= wait <= longest
    assert _round(table, clocks, DONE) > 500
    assert _round(table, clocks, FAILED) <= 60


def test_a_refused_log_in_is_not_hammered() -> None:
    clocks = Clocks()
    table = Timetable(ScheduleConfig(every="1m"), clocks)
    waits = [_round(table, clocks, REFUSED) for _ in range(6)]
    assert all(wait >= 1800 for wait in waits)
    assert waits[3] > 3 * 3600 - 1
    assert max(waits) <= 6 * 3600


def test_a_server_that_asks_for_time_gets_it() -> None:
    clocks = Clocks()
    table = Timetable(ScheduleConfig(every="1m"), clocks)
    assert _round(table, clocks, Result("failed", "mailbox_busy", wait_s=900)) >= 900


def test_another_run_is_waited_for_without_counting_as_a_failure() -> None:
    clocks = Clocks()
    table = Timetable(ScheduleConfig(every="1d"), clocks)
    assert _round(table, clocks, Result("stopped", "locked")) == 60
    assert table.failures == 0


@pytest.mark.parametrize("jump", [timedelta(days=-400), timedelta(days=400), timedelta(hours=-1)])
def test_a_wall_clock_that_jumps_changes_no_interval(jump: timedelta) -> None:
    clocks = Clocks()
    table = Timetable(ScheduleConfig(every="10m"), clocks)
    before = _round(table, clocks, DONE)
    clocks.now += jump
    assert table.wait_s() == before


def test_a_crontab_line_is_followed_once_a_minute_named() -> None:
    clocks = Clocks()
    table = Timetable(ScheduleConfig(cron="30 * * * *"), clocks)
    assert table.wait_s() == 0
    wait = _round(table, clocks, DONE, takes_s=10)
    assert wait == 30 * 60 - 40
    clocks.go(wait)
    assert table.wait_s() == 0
    assert _round(table, clocks, DONE) == 60 * 60 - 5


def test_a_crontab_line_outlives_a_clock_set_back_by_a_year() -> None:
    clocks = Clocks()
    table = Timetable(ScheduleConfig(cron="30 * * * *"), clocks)
    _round(table, clocks, DONE)
    clocks.now -= timedelta(days=365)
    wait = table.wait_s()
    assert 0 < wait <= 3600
    clocks.go(wait / 2)
    assert table.wait_s() == pytest.approx(wait / 2)
    clocks.go(wait / 2)
    assert table.wait_s() == 0
    _round(table, clocks, DONE)
    assert table.wait_s() > 0
    clocks.now += timedelta(days=800)
    assert table.wait_s() == 0


def test_what_is_no_crontab_line_is_wrong_configuration() -> None:
    with pytest.raises(ConfigError, match=r"schedule\.cron"):
        cron("every day")
