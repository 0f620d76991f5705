"""The child's side of ``resident``: answers requests, each in a process of its own.

A request is one line of JSON on standard input, the answer one line on standard output, with
the request's number in it. The process stays, so that its libraries are loaded once, and forks
for every request: each file is opened in a fresh process with limits of its own, and whatever
goes wrong there is gone with it. It has one thread, which makes forking safe.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import sys
import time
from collections.abc import Callable
from typing import Any

from ocr.children import shortages

Request = dict[str, Any]
Answer = dict[str, Any]

_MIB = 1024 * 1024  # bytes


def serve(
    answer: Callable[[Request], Answer], ready: Callable[[Request], None] | None = None
) -> None:
    """Answer requests until standard input ends.

    Args:
        answer: does one request; called in the forked process, within its limits.
        ready: called before the fork, for what later requests can use again. It must not touch
            anything that a stranger sent.
    """
    for line in sys.stdin:
        request: Request = json.loads(line)
        if ready is not None:
            ready(request)
        try:
            child = os.fork()
        except OSError as error:
            _reply({"error": shortages.unavailable(error).reason}, request["id"])
            continue
        if child == 0:
            status = 1
            try:
                _set_limits(request["limits"])
                found = answer(request)
                _reply({**found, "cpu_s": time.process_time()}, request["id"])
                status = 0
            finally:
                os._exit(status)
        _pid, status, used = os.wait4(child, 0)
        if status:
            # the line that the dead process may have begun ends first
            os.write(sys.stdout.fileno(), b"\n")
            cpu_s = used.ru_utime + used.ru_stime
            reason = _reason(status, cpu_s, request["limits"]["cpu_s"])
            _reply({"error": reason, "cpu_s": cpu_s}, request["id"])


def _reason(status: int, cpu_s: float, allowed_s: int) -> str:
    """What became of a process that gave no answer."""
    number = os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0
    if number in (signal.SIGXCPU, signal.SIGALRM):
        return "timeout"
    if number == signal.SIGKILL:  # the second limit, or else the kernel for want of memory
        return "timeout" if cpu_s >= allowed_s else "no_memory"
    return "crashed"


def _reply(answer: Answer, number: int) -> None:
    text = json.dumps({**answer, "id": number}).encode() + b"\n"
    while text:  # a pipe takes no more than its buffer holds at once
        text = text[os.write(sys.stdout.fileno(), text) :]


def _set_limits(bounds: dict[str, Any]) -> None:
    memory, file = bounds["memory_mb"] * _MIB, bounds["file_mb"] * _MIB
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_FSIZE, (file, file))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # SIGXCPU at the first limit tells a time-out from other deaths, SIGKILL comes at the second
    resource.setrlimit(resource.RLIMIT_CPU, (bounds["cpu_s"], bounds["cpu_s"] + 1))
    # Who asked watches the clock; this is for when that process has died.
    signal.setitimer(signal.ITIMER_REAL, bounds["wall_s"] + 1)
