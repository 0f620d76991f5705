"""Two persons in one row, and one person in two: what becomes of their values."""

from __future__ import annotations

import re
import sqlite3

from store.errors import EditRefused
from store.fields import AS_PRINTED
from store.rules.names import SAME_PERSON, likeness

_PARTS = re.compile(r"\s*(?:;|/|&|\s(?:and|et|y|и|و)\s|、|和)\s*")
_ADDRESSES = re.compile(r"[\s;,/]+")
_JOINED = ("name", "title", "organization")


def parted(field: str, value: str | None) -> tuple[str | None, str | None]:
    """What a field of one row says of the first and of the second person."""
    if value is None:
        return None, None
    if field == "email":
        parts = [part for part in _ADDRESSES.split(value) if part]
        return (parts[0], parts[1]) if len(parts) > 1 else (value, None)
    parts = [part for part in _PARTS.split(value, maxsplit=1) if part]
    if len(parts) > 1:
        return parts[0], parts[1]
    return value, None if field in ("name", "honorific") else value


def merged(target: sqlite3.Row, row: sqlite3.Row) -> dict[str, object]:
    """The values of both rows: the second's where the first has none, parts joined."""
    new: dict[str, object] = {}
    for field in AS_PRINTED:
        one, other = target[field], row[field]
        new[field] = one or other
        if one and other and one != other and field in _JOINED:
            alike = likeness(one, other) >= SAME_PERSON
            new[field] = max(one, other, key=len) if alike else f"{one} {other}"
    return new


def refuse_to_lose(target: sqlite3.Row, row: sqlite3.Row) -> None:
    """Nothing, if no address or telephone of one of the two would be lost.

    Raises:
        EditRefused: each has one of its own.
    """
    for field, what in (("email", "an address"), ("phone", "a telephone")):
        one, other = target[field], row[field]
        if one and other and one != other:
            said = f"both have {what} ({one}, {other}): empty the wrong one and save, then merge"
            raise EditRefused(said)
