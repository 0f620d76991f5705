"""Messages parsed in a child process: what becomes of one that takes too long, or dies."""

from __future__ import annotations

import errno
import os
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from ingest import mime_child
from ingest.errors import MachineLacking, MessageCrashed, MessageTimeout, MessageTooLarge
from ingest.limits import ParseLimits
from ingest.mime import parse_message
from ingest.mime_child import parse_limited
from ingest.types import ParsedMessage

RAW = b"From: a@example.org\r\nSubject: note\r\n\r\nhi"
Parser = Callable[[bytes, ParseLimits], ParsedMessage]


def _instead(monkeypatch: pytest.MonkeyPatch, parser: Parser) -> None:
    """The child calls ``parser``; it is forked, so that it may be any function."""
    monkeypatch.setattr(mime_child, "parse_message", parser)


def _asleep(data: bytes, limits: ParseLimits) -> ParsedMessage:
    time.sleep(60)
    return parse_message(data, limits)


def test_the_child_answers_as_the_parser_does() -> None:
    assert parse_limited(RAW) == parse_message(RAW)


def test_the_parser_s_own_error_comes_through() -> None:
    with pytest.raises(MessageTooLarge, match="larger than the limit") as caught:
        parse_limited(b"x" * 1_000_001, ParseLimits(max_message_mb=1))
    assert caught.value.reason == "message_too_large"


def test_a_message_that_takes_too_long_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    _instead(monkeypatch, _asleep)
    with pytest.raises(MessageTimeout) as caught:
        parse_limited(RAW, timeout_s=0.02)
    assert caught.value.reason == "message_timeout"


def test_processor_time_decides_and_not_the_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a busy machine a sound message may take many times as long by the clock."""

    def waits(data: bytes, limits: ParseLimits) -> ParsedMessage:
        time.sleep(0.5)
        return parse_message(data, limits)

    def works(data: bytes, limits: ParseLimits) -> ParsedMessage:
        while True:
            pass

    _instead(monkeypatch, waits)
    assert parse_limited(RAW, timeout_s=0.2) == parse_message(RAW)
    _instead(monkeypatch, works)
    with pytest.raises(MessageTimeout):
        parse_limited(RAW, timeout_s=1.0)


def test_a_machine_that_starts_no_process_is_no_message_s_fault(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuses() -> int:
        raise BlockingIOError(errno.EAGAIN, "Resource temporarily unavailable")

    monkeypatch.setattr(os, "fork", refuses)
    with pytest.raises(MachineLacking) as caught:
        parse_limited(RAW)
    assert caught.value.reason == "no_processes"


def test_a_child_that_dies_is_a_message_that_crashed(monkeypatch: pytest.MonkeyPatch) -> None:
    def dies(data: bytes, limits: ParseLimits) -> ParsedMessage:
        os.kill(os.getpid(), signal.SIGKILL)
        return parse_message(data, limits)

    _instead(monkeypatch, dies)
    with pytest.raises(MessageCrashed) as caught:
        parse_limited(RAW)
    assert caught.value.reason == "message_crashed"


def test_a_child_out_of_memory_is_a_message_that_crashed(monkeypatch: pytest.MonkeyPatch) -> None:
    def eats(data: bytes, limits: ParseLimits) -> ParsedMessage:
        return parse_message(data + b"x" * (400 << 20), limits)

    _instead(monkeypatch, eats)
    with pytest.raises(MessageCrashed):
        parse_limited(RAW, memory_mb=200)


@pytest.mark.parametrize("kept", [0, 3, 8, 9, 40])
def test_half_an_answer_is_a_message_that_crashed(
    monkeypatch: pytest.MonkeyPatch, kept: int
) -> None:
    real = os.fdopen

    class Cut:
        def __init__(self, descriptor: int, mode: str) -> None:
            self.file = real(descriptor, mode)
            self.left = kept

        def __enter__(self) -> Cut:
            return self

        def __exit__(self, *_: object) -> None:
            self.file.close()

        def write(self, data: bytes) -> None:
            self.file.write(data[: self.left])
            self.left = max(0, self.left - len(data))

    monkeypatch.setattr(os, "fdopen", Cut)
    with pytest.raises(MessageCrashed):
        parse_limited(RAW)


def test_what_the_child_has_started_ends_with_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    told = tmp_path / "pid"

    def starts_another(data: bytes, limits: ParseLimits) -> ParsedMessage:
        if (pid := os.fork()) != 0:
            told.write_text(str(pid))
        return _asleep(data, limits)

    _instead(monkeypatch, starts_another)
    with pytest.raises(MessageTimeout):
        parse_limited(RAW, timeout_s=0.5)
    grandchild = int(told.read_text())
    while _runs(grandchild):  # the kernel ends it; if nobody told it to, the test's time is up
        time.sleep(0.02)


def _runs(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"
