"""What a run of a program takes: processor time, the clock, memory; also of one that is there."""

from __future__ import annotations

import os
import subprocess
import tempfile
import time
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")
LOOK_S = 0.05


@dataclass(frozen=True, slots=True)
class Usage:
    """Seconds by the clock; of processor of all processes and of the first alone; its MB at most.

    ``own_mb`` is the resident memory of the first process (VmHWM, proc_pid_status(5)).
    """

    wall_s: float
    cpu_s: float
    own_s: float
    own_mb: float


def measured(command: Sequence[str | Path], others: Iterable[int] = ()) -> Usage:
    """Runs it; ``others`` are processes that work for it, with all below them.

    Raises:
        RuntimeError: it ended with neither 0 nor 1; what it said.
    """
    others = tuple(others)
    before, began = sum(map(processor_s, others)), time.perf_counter()
    own_s, own_mb = 0.0, 0.0
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=said)
        while True:
            ended, status, usage = os.wait4(process.pid, os.WNOHANG)
            if ended:
                break
            with suppress(FileNotFoundError, ProcessLookupError, IndexError):  # it has ended
                own_s, own_mb = own_processor_s(process.pid), peak_mb(process.pid)
            time.sleep(LOOK_S)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode not in (0, 1):
            said.seek(0)
            raise RuntimeError(said.read().decode(errors="replace"))
    wall_s = time.perf_counter() - began
    cpu_s = usage.ru_utime + usage.ru_stime + sum(map(processor_s, others)) - before
    return Usage(wall_s, cpu_s, own_s or cpu_s, own_mb)


def own_processor_s(pid: int) -> float:
    """Processor seconds of a process, without its children (proc_pid_stat(5))."""
    return sum(map(int, _stat(pid)[11:13])) / TICKS


def processor_s(pid: int) -> float:
    """Processor seconds of a process and all below it, ended ones too."""
    own = sum(map(int, _stat(pid)[11:15])) / TICKS
    below = [
        int(child)
        for task in Path(f"/proc/{pid}/task").iterdir()
        for child in (task / "children").read_text().split()
    ]
    return own + sum(map(processor_s, below))


def _stat(pid: int) -> list[str]:
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()


def peak_mb(pid: int) -> float:
    """The most resident memory of a process so far."""
    status = Path(f"/proc/{pid}/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024
