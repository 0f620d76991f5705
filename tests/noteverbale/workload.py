"""Work for the process pool that behaves badly on purpose; workers import it by name."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

from extract.types import DocumentReading
from noteverbale.tasks import Inspected
from ocr.enclosed import Enclosed
from ocr.errors import Unavailable


def answer(reading: DocumentReading) -> DocumentReading:
    """A document that takes a moment and is read."""
    time.sleep(0.3)
    return reading


def die() -> None:
    """A document that takes its worker down, as a crash in a C library would."""
    os._exit(139)


def hang() -> None:
    """A document whose worker never comes back."""
    time.sleep(3600)


def fail() -> None:
    """A document on which a rule stumbles; the error's text may quote the page."""
    raise ValueError("Jane Doe, Attorney General")


def be_killed() -> None:
    """A document whose worker the kernel kills for want of memory."""
    os.kill(os.getpid(), signal.SIGKILL)


def lack() -> None:
    """A document that finds the temporary folder full."""
    raise Unavailable("There is no room.", "no_space")


def late(log: str, times: int) -> DocumentReading:
    """A document that is out of time so many times; ``log`` notes when it began and ended."""
    with Path(log).open("a", encoding="ascii") as file:
        print("late", file=file)
    seen = Path(log).read_text(encoding="ascii").count("late")
    if seen <= times:
        return DocumentReading("failed", "timeout", (), None)
    return DocumentReading("processed", None, (), None)


def noted(log: str) -> DocumentReading:
    """A document that is read, and noted."""
    time.sleep(0.3)
    with Path(log).open("a", encoding="ascii") as file:
        print("other", file=file)
    return DocumentReading("processed", None, (), None)


def contents(path: str) -> bytes:
    """What is in the original."""
    return Path(path).read_bytes()


def take_out(folder: str) -> Inspected:
    """A document with a file inside."""
    Path(folder).mkdir(parents=True)
    inside = Path(folder, "0")
    inside.write_bytes(b"annex")
    return Inspected(1, None, (Enclosed("annex.pdf", "application/pdf", str(inside)),))


def wait_for(file: str) -> DocumentReading:
    """A document that takes until there is a file."""
    while not Path(file).exists():
        time.sleep(0.05)
    return DocumentReading("processed", None, (), None)
