"""A child for ``test_resident``: answers, and misbehaves as it is told."""

from __future__ import annotations

import json
import os
import signal
import sys
import time

from ocr import serving
from ocr.serving import Answer, Request


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
        case "sleep":
            time.sleep(60)
        case "work":
            while True:
                pass
    return {"say": request["say"]}


if __name__ == "__main__":
    serving.serve(answer)
