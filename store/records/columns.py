"""What a reading says, as columns of the tables hold it."""

from __future__ import annotations

import json

from extract.types import Delegate, NoteVerbale, Value
from store import sanitize
from store.db import codec


def text_of(value: Value | None) -> str | None:
    """The value on one line, None for none."""
    return None if value is None else sanitize.one_line(value.text)


def among(value: str | None, allowed: frozenset[str]) -> str | None:
    """The code if it is one of those that the column takes."""
    return value if value in allowed else None


def with_arrival(doubts: str, marks: tuple[str, ...]) -> str:
    """The doubts of a note and of how its scan arrived, which are doubts of every row."""
    arrived = [{"code": mark, "field": None, "detail": ""} for mark in marks]
    return json.dumps([*json.loads(doubts), *arrived])


def doubts_json(owner: NoteVerbale | Delegate) -> str:
    """The doubts of a note or a person as they stand in the table."""
    return codec.doubts_column(owner.doubts)
