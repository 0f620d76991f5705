"""Rows of a reply as edits see them: their versions, and how one is read, checked, written."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Mapping

from store.db.database import Store
from store.db.statements import update
from store.errors import EditStale
from store.fields import AS_PRINTED

EDITABLE_FACTS = ("state", "meeting", "note_reference", "note_date", "kind", "revision")
"""Columns of a note that can be edited, in the order of the page."""


def row_version(row: Mapping[str, object] | sqlite3.Row) -> str:
    """Changes whenever a person changes the delegate; not when its place or reasons change."""
    status = "open" if row["status"] in ("new", "needs_review") else row["status"]
    return _digest([row["document_id"], status, *(row[field] for field in AS_PRINTED)])


def note_version(row: Mapping[str, object] | sqlite3.Row) -> str:
    """Changes whenever a person changes the note's own fields."""
    return _digest([row["outcome"], *(row[field] for field in EDITABLE_FACTS)])


def order_version(ids: Iterable[int]) -> str:
    """Changes whenever delegates come, go or change places."""
    return _digest(list(ids))


def delegates(store: Store, document: int) -> list[sqlite3.Row]:
    """The document's delegates in their order."""
    return store.rows("SELECT * FROM delegates WHERE document_id = ? ORDER BY seq, id", [document])


def get_delegate(store: Store, delegate: int) -> sqlite3.Row:
    """The row.

    Raises:
        EditStale: somebody has removed it.
    """
    row = store.one("SELECT * FROM delegates WHERE id = ?", [delegate])
    if row is None:
        raise EditStale("Somebody has removed this delegate meanwhile.", ("delegates", delegate))
    return row


def document_of(store: Store, delegate: int) -> int:
    """The note that a delegate is in.

    Raises:
        EditStale: somebody has removed the delegate.
    """
    return int(get_delegate(store, delegate)["document_id"])


def get_document(store: Store, document: int) -> sqlite3.Row:
    """The row.

    Raises:
        EditStale: it is not there any more.
    """
    row = store.one("SELECT * FROM documents WHERE id = ?", [document])
    if row is None:
        raise EditStale("There is no such reply any more.", ("documents", document))
    return row


def is_there(store: Store, table: str, number: int) -> bool:
    """Whether the row that an edit failed on (``EditStale.row``) is still there."""
    sql = f"SELECT 1 FROM {table} WHERE id = ?"  # noqa: S608 - our own names
    return store.one(sql, [number]) is not None


def check_delegate(row: sqlite3.Row, version: str, wanted: Mapping[str, object] | None) -> None:
    """Nothing, if the delegate is as it was shown, or says already what is wanted.

    Raises:
        EditStale: somebody else has changed it.
    """
    if row_version(row) == version:
        return
    if wanted is not None and all(row[field] == value for field, value in wanted.items()):
        return  # somebody else did just that
    raise EditStale("Somebody else has changed this delegate meanwhile.", ("delegates", row["id"]))


def check_note(row: sqlite3.Row, version: str, wanted: Mapping[str, object] | None) -> None:
    """Nothing, if the note is as it was shown, or says already what is wanted.

    Raises:
        EditStale: somebody else has changed it.
    """
    if note_version(row) == version:
        return
    if wanted and all(row[field] == value for field, value in wanted.items()):
        return
    raise EditStale("Somebody else has changed this note meanwhile.", ("documents", row["id"]))


def update_row(
    conn: sqlite3.Connection, table: str, row: sqlite3.Row, new: Mapping[str, object]
) -> None:
    """Write what differs."""
    changed = {field: value for field, value in new.items() if row[field] != value}
    if "status" in new and "reasons" in row.keys() and "reading_changed" in row["reasons"]:  # noqa: SIM118
        changed["status"] = new["status"]  # whoever decides has seen that the reading changed
    update(conn, table, row["id"], changed)


def _digest(facts: list[object]) -> str:
    return hashlib.sha256(json.dumps(facts).encode()).hexdigest()[:16]
