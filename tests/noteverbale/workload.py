"""Work for the process pool that behaves badly on purpose; workers import it by name."""

from __future__ import annotations

import os
import time

from extract.types import DocumentReading


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
