"""The child's side of ``ocr.resident``: answers requests, each in a process of its own.

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
from collections.abc import Callable
from typing import Any

Request = dict[str, Any]
Answer = dict[str, Any]

_MIB = 1024 * 1024


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
        child = os.fork()
        if child == 0:
            status = 1
            try:
                _set_limits(request["limits"])
                _reply(answer(request), request["id"])
                status = 0
            finally:
                os._exit(status)
        _pid, status = os.waitpid(child, 0)
        if status:
            # the line that the dead process may have begun ends first
            os.write(sys.stdout.fileno(), b"\n")
            reason = "timeout" if _for_time(status) else "crashed"
            _reply({"error": reason}, request["id"])


def _for_time(status: int) -> bool:
    return os.WIFSIGNALED(status) and os.WTERMSIG(status) in (signal.SIGXCPU, signal.SIGALRM)


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
