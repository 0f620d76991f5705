"""Our side of a Python child that stays running: ask it, end it when it hangs, start another.

The other side is ``serving``. The child stays, because starting Python with its libraries
costs as much as a fifth of reading a page.
"""

from __future__ import annotations

import atexit
import contextlib
import itertools
import json
import os
import select
import signal
import subprocess
import threading
import time
from pathlib import Path
from typing import Any

from ocr.children import cpu_time, programs
from ocr.children.limits import Limits
from ocr.errors import ChildFailed, ChildTimeout, ToolMissing, Unavailable

_ROOT = Path(__file__).resolve().parents[2]
_PIPE_BYTES = 65536
"""Bytes read at once: what a pipe holds on Linux (pipe(7))."""

_ANSWER_CAP = 16 * 1024 * 1024
"""Bytes of an answer; the TSV of a page full of noise has about 2 MB."""


class Resident:
    """The child processes that run ``module``, started when they are needed.

    One is enough for a process with one thread; of several threads that ask at once each has a
    child of its own, so that a bad file keeps nobody else waiting.
    """

    def __init__(self, module: str) -> None:
        self._module = module
        self._lock = threading.Lock()
        self._numbers = itertools.count()
        # By the process that started them: after a fork the parent's children are not ours.
        self._idle: dict[int, list[subprocess.Popen[bytes]]] = {}
        atexit.register(self.stop)

    def ask(self, request: dict[str, Any], limits: Limits) -> dict[str, Any]:
        """The answer to one request; a child that fails is ended, and the next is another.

        Args:
            request: what ``serving`` hands to the module's functions.
            limits: for this request alone.

        Raises:
            ChildTimeout: no answer in time.
            ChildFailed: the answer has no end.
            Unavailable: the child could not be started, or has ended. No file does that, as each
                is opened in a fork of its own.
        """
        bounds = {
            "memory_mb": limits.memory_mb,
            "cpu_s": limits.whole_cpu_s,
            "wall_s": limits.wall_s,
            "file_mb": limits.file_mb,
        }
        number = next(self._numbers)
        line = json.dumps({**request, "limits": bounds, "id": number}).encode() + b"\n"
        process = self._taken()
        try:
            answer = self._exchange(process, line, number, limits.wall_s)
        except BaseException:
            _end(process)
            raise
        with self._lock:
            self._idle.setdefault(os.getpid(), []).append(process)
        cpu_time.add(float(answer.pop("cpu_s", 0.0)))
        return answer

    def stop(self) -> None:
        """End this process's children that have nothing to do; the next request starts another."""
        with self._lock:
            idle = self._idle.pop(os.getpid(), [])
        for process in idle:
            _end(process)

    @property
    def pid(self) -> int | None:
        """Process id of the child that is asked next (and of its group), None if there is none."""
        idle = self._idle.get(os.getpid())
        return idle[-1].pid if idle else None

    def _taken(self) -> subprocess.Popen[bytes]:
        """A child with nothing to do, or a new one."""
        while True:
            with self._lock:
                idle = self._idle.get(os.getpid())
                process = idle.pop() if idle else None
            if process is None:
                return programs.start_python(self._module, _ROOT)
            if process.poll() is None:
                return process
            _end(process)  # it has died between two requests

    def _exchange(
        self, process: subprocess.Popen[bytes], line: bytes, number: int, wall_s: float
    ) -> dict[str, Any]:
        if process.stdin is None or process.stdout is None:
            raise Unavailable(f"{self._module} has no pipes.")
        try:
            process.stdin.write(line)
            process.stdin.flush()
        except BrokenPipeError:
            raise self._ended(process) from None
        found = self._reply(process.stdout.fileno(), number, time.monotonic() + wall_s)
        if found is None:
            raise self._ended(process)
        return found

    def _ended(self, process: subprocess.Popen[bytes]) -> Unavailable:
        """Why the child that forks is gone, which opens no file itself."""
        with cpu_time.not_counted():
            code = process.wait()
        if code == -signal.SIGKILL:
            return Unavailable(f"{self._module} was killed.", "no_memory")
        return ToolMissing(f"{self._module} ended with code {code}.")

    def _reply(self, pipe: int, number: int, deadline: float) -> dict[str, Any] | None:
        """The next line that answers request ``number``.

        What a dying process left unfinished is skipped, and so is what was said about a
        process that died after it had answered an earlier request. None if no more will come.
        """
        text = b""
        while True:
            left = deadline - time.monotonic()
            if left <= 0 or not select.select([pipe], [], [], left)[0]:
                raise ChildTimeout(f"{self._module} did not answer in time.")
            more = os.read(pipe, _PIPE_BYTES)
            if not more:
                return None
            if len(text) > _ANSWER_CAP:
                raise ChildFailed(f"The answer of {self._module} has no end.", "too_large")
            text += more
            if b"\n" not in more:
                continue
            *lines, text = text.split(b"\n")
            for line in lines:
                with contextlib.suppress(ValueError):
                    found = json.loads(line)
                    if isinstance(found, dict) and found.get("id") == number:
                        return found


def _end(process: subprocess.Popen[bytes]) -> None:
    with cpu_time.not_counted():
        programs.kill_group(process)
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            with contextlib.suppress(BrokenPipeError):
                pipe.close()
