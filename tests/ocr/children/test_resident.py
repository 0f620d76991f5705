"""A child that stays gives each request its own answer, whatever became of the one before."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from ocr.children import cpu_time
from ocr.children.limits import Limits
from ocr.children.resident import Resident
from ocr.errors import ChildTimeout, Unavailable

ROOT = Path(__file__).resolve().parents[3]
QUICK = Limits(cpu_s=5)


@pytest.fixture
def odd() -> Iterator[Resident]:
    server = Resident("tests.ocr.odd_server")
    yield server
    server.stop()


def said(server: Resident, text: str, do: str = "", limits: Limits = QUICK) -> str | None:
    answer = server.ask({"say": text, "do": do}, limits)
    return answer.get("say") or answer.get("error")


def test_the_same_child_answers_one_request_after_the_other(odd: Resident) -> None:
    assert said(odd, "one") == "one"
    first = odd.pid
    assert said(odd, "x" * 300_000) == "x" * 300_000
    assert odd.pid == first


@pytest.mark.parametrize("do", ["die", "break off"])
def test_a_request_that_kills_its_process_is_told(odd: Resident, do: str) -> None:
    assert said(odd, "one", do) == "crashed"
    first = odd.pid
    assert said(odd, "two") == "two"
    assert odd.pid == first


def test_a_process_that_the_kernel_kills_says_nothing_about_the_file(odd: Resident) -> None:
    assert said(odd, "one", "be killed") == "no_memory"
    assert said(odd, "two") == "two"


def test_a_machine_without_room_for_a_process_says_nothing_about_the_file() -> None:
    request = {"say": "one", "do": "", "id": 1, "limits": {}}
    told = subprocess.run(
        [sys.executable, "-m", "tests.ocr.odd_server", "no forks"],
        input=json.dumps(request).encode() + b"\n",
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        check=True,
        capture_output=True,
    )
    assert json.loads(told.stdout) == {"error": "no_processes", "id": 1}


def test_a_request_that_takes_long_keeps_no_other_waiting(odd: Resident) -> None:
    with ThreadPoolExecutor(1) as pool:
        long = pool.submit(odd.ask, {"say": "long", "do": "sleep"}, Limits(wall_s=3))
        time.sleep(0.3)  # it has its child
        assert said(odd, "short") == "short"
        assert not long.done()
        with pytest.raises(ChildTimeout):
            long.result()


def test_what_a_request_costs_is_counted_once(odd: Resident) -> None:
    said(odd, "one")
    before = cpu_time.processor_time()
    assert said(odd, "one", "work", Limits(cpu_s=1)) == "timeout"
    used = cpu_time.processor_time() - before
    assert 0.8 < used < 2
    odd.stop()
    assert cpu_time.processor_time() - before - used < 0.3


def test_an_answer_before_a_crash_does_not_shift_the_next_ones(odd: Resident) -> None:
    assert said(odd, "one", "answer and die") == "one"
    time.sleep(0.2)  # "crashed" is now waiting in the pipe
    assert said(odd, "two") == "two"
    assert said(odd, "three") == "three"


def test_no_answer_in_time_ends_the_child(odd: Resident) -> None:
    assert said(odd, "one") == "one"
    first = odd.pid
    with pytest.raises(ChildTimeout):
        said(odd, "two", "sleep", Limits(wall_s=0.5))
    assert not Path(f"/proc/{first}").exists()
    assert said(odd, "three") == "three"


def test_processor_time_is_limited(odd: Resident) -> None:
    assert said(odd, "one", "work", Limits(cpu_s=1)) == "timeout"


def test_a_sleeper_ends_even_when_nobody_waits_for_it(
    odd: Resident, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(odd, "_reply", lambda *_: {})
    assert odd.ask({"say": "", "do": "sleep"}, Limits(wall_s=0.2)) == {}
    children = Path(f"/proc/{odd.pid}/task/{odd.pid}/children")
    while not (sleeper := children.read_text().split()):
        time.sleep(0.02)
    while children.read_text().split() == sleeper:  # ended by its own alarm, or the test never ends
        time.sleep(0.02)


def test_a_child_that_was_killed_is_started_again(odd: Resident) -> None:
    assert said(odd, "one") == "one"
    assert odd.pid is not None
    os.kill(odd.pid, signal.SIGKILL)
    time.sleep(0.1)
    assert said(odd, "two") == "two"


def test_a_child_that_does_not_start_says_nothing_about_the_file() -> None:
    with pytest.raises(Unavailable):
        Resident("ocr.no_such_module").ask({}, QUICK)
