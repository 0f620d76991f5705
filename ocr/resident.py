"""Our side of a Python child that stays running: ask it, end it when it hangs, start another.

The other side is ``ocr.serving``. There is one such child a module and process, because
starting Python with its libraries costs as much as a fifth of reading a page.
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

from ocr import child, clock
from ocr.errors import ChildError, ChildFailed, ChildTimeout, ToolMissing, Unavailable

_ROOT = Path(__file__).resolve().parent.parent
_ANSWER_CAP = 16 * 1024 * 1024
"""Bytes of an answer; the TSV of a page full of noise has about 2 MB."""


class Resident:
    """The child process that runs ``module``, started when it is first asked."""

    def __init__(self, module: str) -> None:
        self._module = module
        self._lock = threading.Lock()
        self._numbers = itertools.count()
        # By the process that started it: after a fork the parent's child is not ours.
        self._running: dict[int, subprocess.Popen[bytes]] = {}
        atexit.register(self.stop)

    def ask(self, request: dict[str, Any], limits: child.Limits) -> dict[str, Any]:
        """The answer to one request; a child that fails is ended, and the next is another.

        Args:
            request: what ``ocr.serving`` hands to the module's functions.
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
        with self._lock:
            number = next(self._numbers)
            line = json.dumps({**request, "limits": bounds, "id": number}).encode() + b"\n"
            try:
                answer = self._exchange(line, number, limits.wall_s)
            except (ChildError, Unavailable):
                self.stop()
                raise
        clock.add(float(answer.pop("cpu_s", 0.0)))
        return answer

    def stop(self) -> None:
        """End this process's child, if it has one; the next request starts another."""
        process = self._running.pop(os.getpid(), None)
        if process is None:
            return
        with clock.not_counted():
            child.kill_group(process)
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                with contextlib.suppress(BrokenPipeError):
                    pipe.close()

    @property
    def pid(self) -> int | None:
        """Process id of the child (and of its group), None while it is not running."""
        process = self._running.get(os.getpid())
        return None if process is None else process.pid

    def _exchange(self, line: bytes, number: int, wall_s: float) -> dict[str, Any]:
        process = self._process()
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
        with clock.not_counted():
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
            more = os.read(pipe, 65536)
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

    def _process(self) -> subprocess.Popen[bytes]:
        process = self._running.get(os.getpid())
        if process is not None and process.poll() is not None:
            self.stop()  # it has died between two requests
            process = None
        if process is None:
            process = child.start_python(self._module, _ROOT)
            self._running[os.getpid()] = process
        return process
