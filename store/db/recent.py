"""The notes written and read last, by their text: what is saved is looked at several times."""

from __future__ import annotations

from threading import Lock
from typing import Final

from extract.types import NoteVerbale

MOST: Final = 64
"""More than are written in one transaction."""

_notes: Final[dict[str, NoteVerbale]] = {}
_lock = Lock()


def get(text: str) -> NoteVerbale | None:
    """The note of which this is the JSON, if it is one of the last."""
    return _notes.get(text)


def put(text: str, note: NoteVerbale) -> None:
    """Remember a note for as long as it is one of the last; any thread may."""
    with _lock:
        _notes[text] = note
        if len(_notes) > MOST:
            del _notes[next(iter(_notes))]
