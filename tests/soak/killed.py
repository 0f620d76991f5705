"""Kills processes of a run at moments drawn with a seed: coordinator, worker, child of a worker."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

VICTIMS = ("coordinator", "worker", "child")
LOOK_S = 0.02
LIMIT_S = 600.0


def below(pid: int) -> list[int]:
    """All processes that this one started and theirs (proc_pid_task(5)); some may be gone."""
    found: list[int] = []
    with suppress(FileNotFoundError, ProcessLookupError):
        for task in Path(f"/proc/{pid}/task").iterdir():
            children = [int(child) for child in (task / "children").read_text().split()]
            for child in children:
                found += [child, *below(child)]
    return found


def readers(pids: list[int]) -> list[int]:
    """Those of the processes that read documents for another (``noteverbale.worker_pool``)."""
    found = []
    for pid in pids:
        with suppress(FileNotFoundError, ProcessLookupError):
            if b"spawn_main" in Path(f"/proc/{pid}/cmdline").read_bytes():
                found.append(pid)
    return found


@dataclass(slots=True)
class Killer:
    """A run that nobody disturbs takes ``spread_s``, the last ``busy_s`` from the first row on.

    Every second kill falls into that part, which ``busy`` tells. ``kills`` is how many are left.

    ``roots`` are the processes below which workers are looked for, beside the coordinator.
    ``machine`` kills a whole worker of a cluster, every second time when a worker's turn comes.
    """

    chance: random.Random
    spread_s: float
    busy_s: float
    kills: int
    busy: Callable[[], bool]
    roots: Callable[[], list[int]] = list
    machine: Callable[[random.Random], None] | None = None
    done: Counter[str] = field(default_factory=Counter)

    def attend(self, run: subprocess.Popen[bytes]) -> bool:
        """Kills while the run lasts; True if the coordinator was the victim."""
        until = time.monotonic() + LIMIT_S
        while self.kills:
            kind = VICTIMS[self.done.total() % len(VICTIMS)]
            self._let_it_run(run)
            while run.poll() is None and not (victims := self._victims(kind, run.pid)):
                assert time.monotonic() < until, "the run does not end"
                time.sleep(LOOK_S)
            if run.poll() is not None:
                return False
            if kind == "worker" and self.machine is not None and self.done[kind] % 2:
                self.machine(self.chance)
            else:
                with suppress(ProcessLookupError):
                    os.kill(self.chance.choice(victims), signal.SIGKILL)
            self.done[kind] += 1
            self.kills -= 1
            if kind == "coordinator":
                run.wait(LIMIT_S)
                return True
        run.wait(LIMIT_S)
        return False

    def _let_it_run(self, run: subprocess.Popen[bytes]) -> None:
        """For a while, or until the run is over."""
        most_s = self.spread_s
        if self.chance.random() < 0.5:
            most_s = self.busy_s
            while run.poll() is None and not self.busy():
                time.sleep(LOOK_S)
        with suppress(subprocess.TimeoutExpired):
            run.wait(self.chance.uniform(0, most_s))

    def _victims(self, kind: str, coordinator: int) -> list[int]:
        if kind == "coordinator":
            return [coordinator]
        found = readers([pid for root in (coordinator, *self.roots()) for pid in below(root)])
        if kind == "worker":
            return found
        return [pid for worker in found for pid in below(worker)]
