"""What people changed in a reply."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass

from store.db.database import Store
from store.rules import sentences

HISTORY = 200
"""Corrections shown of one reply, the latest first."""


@dataclass(frozen=True, slots=True)
class Correction:
    """One change by a person; ``whom`` is the delegate's name, None for the note itself.

    ``said`` tells in words what is no change of a field.
    """

    at: str
    who: str
    action: str
    field: str | None
    old: str | None
    new: str | None
    whom: str | None
    said: str | None = None


def history(store: Store, document: int) -> tuple[Correction, ...]:
    """What people changed in the reply, the latest first."""
    rows = store.rows(
        "SELECT c.*, d.name AS name FROM corrections AS c LEFT JOIN delegates AS d"
        " ON c.table_name = 'delegates' AND d.id = c.row_id"
        " WHERE c.document_id = ? ORDER BY c.id DESC LIMIT ?",
        [document, HISTORY],
    )
    return tuple(_correction(row) for row in rows)


def _correction(row: sqlite3.Row) -> Correction:
    old, new, whom = row["old"], row["new"], row["name"]
    if row["table_name"] not in ("delegates", "documents"):
        told = sentences.told(row["table_name"], row["action"], None, old, new, None)
        said = told.verb if told else ""
        return Correction(row["at"], row["who"], row["action"], None, None, None, None, said)
    if row["action"] != "update":  # the whole row stands there as JSON
        whole = json.loads(old or new or "{}")
        whom, old, new = whole.get("name"), None, None
    if row["table_name"] != "delegates":
        whom = None
    return Correction(
        row["at"], row["who"], row["action"], row["field"], _text(old), _text(new), whom
    )


def _text(value: object) -> str | None:
    return None if value is None else str(value)
