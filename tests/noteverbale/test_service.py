"""The service outlives a bad poll, and does not hammer a server that refused it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from ingest.errors import LoginRefused, MailboxUnreachable
from noteverbale import pipeline, service
from noteverbale.config import Config, ScheduleConfig
from noteverbale.config_reader import ConfigError


def _service(
    monkeypatch: pytest.MonkeyPatch, folder: Path, poll: Callable[[int], None]
) -> list[int]:
    """Ten polls; the numbers of those that were made."""
    made: list[int] = []
    turn = [0]

    def counted(*_: object) -> pipeline.Tally:
        made.append(turn[0])
        poll(len(made))
        return pipeline.Tally()

    monkeypatch.setattr(service, "poll", counted)
    tested = service.Service(Config(), folder / "n.db")
    for number in range(1, 11):
        turn[0] = number
        tested.poll_once()
    return made


def test_a_refused_log_in_is_not_hammered(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def poll(attempt: int) -> None:
        if attempt == 1:
            raise LoginRefused("The server does not accept user name or password.")

    assert _service(monkeypatch, tmp_path, poll) == [1, 8, 9, 10]


def test_an_unreachable_server_is_tried_at_every_poll(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    def poll(attempt: int) -> None:
        del attempt
        raise MailboxUnreachable("No connection.")

    assert _service(monkeypatch, tmp_path, poll) == list(range(1, 11))
    assert caplog.text.count("mailbox_unreachable") == 10


def test_an_error_nobody_foresaw_does_not_end_the_service(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    def poll(attempt: int) -> None:
        if attempt == 1:
            raise OSError("Jane Doe.pdf")

    assert _service(monkeypatch, tmp_path, poll) == list(range(1, 11))
    assert "OSError" in caplog.text
    assert "Jane Doe" not in caplog.text


def test_the_schedule_is_an_interval_with_jitter_or_a_crontab_line() -> None:
    now = datetime(2019, 5, 1, 12, 0, tzinfo=UTC)
    for _ in range(50):
        due = service.trigger(ScheduleConfig(every="10m")).get_next_fire_time(now, now)
        assert timedelta(minutes=9) <= due - now <= timedelta(minutes=11)
    due = service.trigger(ScheduleConfig(cron="30 * * * *")).get_next_fire_time(None, now)
    assert due.minute == 30
    with pytest.raises(ConfigError, match=r"schedule\.cron"):
        service.trigger(ScheduleConfig(cron="every day"))
