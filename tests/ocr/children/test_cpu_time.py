"""Processor time is counted, whoever used it, and bounds code that would go on and on."""

from __future__ import annotations

import subprocess
import sys
import time

import pytest

from ocr.children import cpu_time
from ocr.children.limits import Limits
from ocr.errors import ChildTimeout

BUSY = "import time\nwhile time.process_time() < 0.6: pass"


def _work(seconds: float) -> None:
    before = cpu_time.processor_time()
    while cpu_time.processor_time() - before < seconds:
        pass


def test_what_children_used_counts_once_they_have_ended() -> None:
    before = cpu_time.processor_time()
    subprocess.run([sys.executable, "-S", "-c", BUSY], check=True)
    assert cpu_time.processor_time() - before > 0.5


def test_sleep_costs_nothing() -> None:
    before = cpu_time.processor_time()
    time.sleep(0.5)
    assert cpu_time.processor_time() - before < 0.2


def test_what_was_told_before_is_not_counted_again() -> None:
    before = cpu_time.processor_time()
    with cpu_time.not_counted():
        subprocess.run([sys.executable, "-S", "-c", BUSY], check=True)
    cpu_time.add(0.25)
    assert 0.2 < cpu_time.processor_time() - before < 0.5


def test_code_that_goes_on_and_on_is_ended() -> None:
    before = cpu_time.processor_time()
    with pytest.raises(ChildTimeout), cpu_time.ticking(Limits(cpu_s=1).from_now().left):
        _work(20)
    assert cpu_time.processor_time() - before < 3


def test_afterwards_nothing_ticks() -> None:
    with cpu_time.ticking(lambda: None):
        pass
    _work(3 * cpu_time.TICK_S)
