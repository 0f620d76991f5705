"""A round in a child: what hangs, crashes or will not stop is ended, with all it started."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event

import pytest

from noteverbale.signals import Signals
from noteverbale.supervised_child import Ending, Timeouts, run_child

QUICK = Timeouts(stall_s=1.5, stop_s=1.0)


@pytest.fixture
def signals() -> Iterator[Signals]:
    """Signals gathered as the service does."""
    with Signals() as gathered:
        yield gathered


def _gone(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return True
    return state == "Z"


def _sent(number: int, after_s: float) -> threading.Timer:
    timer = threading.Timer(after_s, lambda: os.kill(os.getpid(), number))
    timer.start()
    return timer


def test_the_answer_of_a_round_comes_back(signals: Signals) -> None:
    def work(stop: Event, beat: Callable[[], None]) -> dict[str, object]:
        for _ in range(3):
            beat()
        return {"pid": os.getpid(), "stopped": stop.is_set()}

    answer = run_child(work, QUICK, signals).answer
    assert answer is not None
    assert answer["pid"] != os.getpid()
    assert answer["stopped"] is False


def test_a_round_that_hangs_is_ended_with_what_it_started(signals: Signals, tmp_path: Path) -> None:
    def work(stop: Event, beat: Callable[[], None]) -> dict[str, object]:
        del stop
        beat()
        started = subprocess.Popen(["sleep", "600"])
        (tmp_path / "pid").write_text(str(started.pid))
        time.sleep(600)
        return {}

    assert run_child(work, QUICK, signals) == Ending(None, "stalled")
    assert _gone(int((tmp_path / "pid").read_text()))


def test_a_long_round_that_makes_progress_is_left_alone(signals: Signals) -> None:
    def work(stop: Event, beat: Callable[[], None]) -> dict[str, object]:
        del stop
        for _ in range(8):
            time.sleep(0.4)
            beat()
        return {"done": True}

    assert run_child(work, QUICK, signals).answer == {"done": True}


def test_a_round_that_crashes_says_how(signals: Signals) -> None:
    def killed(stop: Event, beat: Callable[[], None]) -> dict[str, object]:
        os.kill(os.getpid(), signal.SIGKILL)
        return {}

    def failing(stop: Event, beat: Callable[[], None]) -> dict[str, object]:
        raise ValueError("Jane Doe.pdf")

    assert run_child(killed, QUICK, signals) == Ending(None, "signal_9")
    assert run_child(failing, QUICK, signals) == Ending(None, "exit_1")


def test_the_text_of_an_error_is_not_logged(
    signals: Signals, capfd: pytest.CaptureFixture[str]
) -> None:
    def failing(stop: Event, beat: Callable[[], None]) -> dict[str, object]:
        raise ValueError("Jane Doe.pdf")

    run_child(failing, QUICK, signals)
    said = capfd.readouterr()
    assert "Jane Doe" not in said.err + said.out


def test_sigterm_lets_a_round_finish_what_it_has_in_hand(signals: Signals) -> None:
    def work(stop: Event, beat: Callable[[], None]) -> dict[str, object]:
        while not stop.is_set():
            time.sleep(0.05)
            beat()
        time.sleep(0.3)  # the page in hand
        return {"finished": True}

    timer = _sent(signal.SIGTERM, 0.5)
    assert run_child(work, QUICK, signals).answer == {"finished": True}
    assert signals.stopping
    timer.join()


def test_a_round_that_will_not_stop_is_ended(signals: Signals) -> None:
    def work(stop: Event, beat: Callable[[], None]) -> dict[str, object]:
        for _ in range(1000):
            time.sleep(0.1)
            beat()
        return {}

    timer = _sent(signal.SIGTERM, 0.2)
    assert run_child(work, QUICK, signals) == Ending(None, "stopped")
    timer.join()


def test_descriptors_are_given_back(signals: Signals) -> None:
    def work(stop: Event, beat: Callable[[], None]) -> dict[str, object]:
        return {"x": 1}

    run_child(work, QUICK, signals)
    before = len(list(Path("/proc/self/fd").iterdir()))
    for _ in range(20):
        run_child(work, QUICK, signals)
    assert len(list(Path("/proc/self/fd").iterdir())) == before


def test_a_service_that_is_killed_takes_its_round_with_it(tmp_path: Path) -> None:
    code = (
        "import sys, time, pathlib, os\n"
        "from noteverbale.supervised_child import Timeouts, run_child\n"
        "from noteverbale.signals import Signals\n"
        "def work(stop, beat):\n"
        f"    pathlib.Path({str(tmp_path / 'pid')!r}).write_text(str(os.getpid()))\n"
        "    stop.wait(600)\n"
        "    return {}\n"
        "with Signals() as s:\n"
        "    run_child(work, Timeouts(600, 600), s)\n"
    )
    root = Path(__file__).parents[2]
    service = subprocess.Popen(
        [sys.executable, "-c", code], cwd=root, env={**os.environ, "PYTHONPATH": str(root)}
    )
    written = tmp_path / "pid"
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline and not (written.exists() and written.read_text()):
        time.sleep(0.05)
    pid = int(written.read_text())
    service.kill()
    service.wait()
    while time.monotonic() < deadline and not _gone(pid):
        time.sleep(0.05)
    assert _gone(pid)
