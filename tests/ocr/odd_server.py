"""A child for ``test_resident``: answers, and misbehaves as it is told."""

from __future__ import annotations

import json
import os
import resource
import signal
import sys
import time

from ocr.children import serving
from ocr.children.serving import Answer, Request


def answer(request: Request) -> Answer:
    """Echo ``say``, after having done what ``do`` names."""
    reply = {"say": request["say"], "id": request["id"]}
    match request["do"]:
        case "die":
            os.kill(os.getpid(), signal.SIGSEGV)
        case "break off":
            os.write(sys.stdout.fileno(), json.dumps(reply).encode()[:9])
            os.kill(os.getpid(), signal.SIGSEGV)
        case "answer and die":
            os.write(sys.stdout.fileno(), json.dumps(reply).encode() + b"\n")
            os.kill(os.getpid(), signal.SIGSEGV)
        case "be killed":
            os.kill(os.getpid(), signal.SIGKILL)
        case "sleep":
            time.sleep(60)
        case "work":
            while True:
                pass
    return {"say": request["say"]}


def allow_no_forks() -> None:
    """No process more for this user; root has no such limit, so it becomes another user."""
    if os.getuid() == 0:
        os.setuid(65534)
    resource.setrlimit(resource.RLIMIT_NPROC, (0, 0))


if __name__ == "__main__":
    if "no forks" in sys.argv:
        allow_no_forks()
    serving.serve(answer)
