"""One thing that was looked at, and what to do about it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ingest.errors import NoteVerbaleError


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at; ``mend`` says what to do when it is not ok.

    ``reason`` is the code of the error that was met.
    """

    what: str
    ok: bool
    detail: str
    mend: str = ""
    reason: str = ""


def tried(what: str, attempt: Callable[[], str], mend: str) -> Finding:
    """What an attempt says; an error of ours is what it failed of."""
    try:
        return Finding(what, ok=True, detail=attempt())
    except NoteVerbaleError as error:
        return failed(what, error, mend)


def failed(what: str, error: NoteVerbaleError, mend: str) -> Finding:
    """What an error says, and how to mend it."""
    return Finding(what, ok=False, detail=str(error), mend=mend, reason=error.reason)
