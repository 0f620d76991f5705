"""The delegates of a reading become rows, beside what people have done to those that are there."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from typing import get_args

from extract.types import Delegate, Role
from store import sanitize
from store.db.database import Store
from store.db.statements import insert, update
from store.derived import corrected
from store.fields import DELEGATE_VALUES
from store.learn import as_read
from store.records.columns import among, doubts_json, text_of
from store.rules import reconcile
from store.rules.worth import halvings, row_worth

_ROLES = frozenset(get_args(Role))


def write_delegates(
    store: Store,
    conn: sqlite3.Connection,
    document: int,
    delegates: tuple[Delegate, ...],
    before: tuple[Delegate, ...],
) -> None:
    """Write the delegates of a reading over those of the one before; what people did stays."""
    read_before = {sanitize.integer(d.seq): delegate_values(d) for d in before}
    rows = _rows(store, document, read_before) + _gone(store, document)
    readings = tuple(
        reconcile.ReadDelegate(sanitize.integer(d.seq), delegate_values(d)) for d in delegates
    )
    plan = reconcile.plan(rows, readings)
    conn.executemany("DELETE FROM delegates WHERE id = ?", [[row] for row in plan.delete])
    by_id = {row.id: row for row in rows}
    for change in plan.keep:
        source = None if change.reading is None else delegates[change.reading]
        _update_delegate(conn, by_id[change.row], change, source)
    due = _deadline(store, document) if plan.insert else None
    for place in plan.insert:
        _insert_delegate(conn, document, delegates[place], readings[place].values, due)


def delegate_values(delegate: Delegate) -> dict[str, str | None]:
    """The values of a delegate as they stand in the table."""
    values = {field: text_of(getattr(delegate, field)) for field in DELEGATE_VALUES}
    values["name"] = values["name"] or "?"
    values["email"] = values["email"].lower() if values["email"] else None
    values["role"] = among(values["role"], _ROLES)
    return values


def _rows(
    store: Store, document: int, read_before: dict[int, dict[str, str | None]]
) -> tuple[reconcile.StoredDelegate, ...]:
    found = store.rows("SELECT * FROM delegates WHERE document_id = ? ORDER BY seq, id", [document])
    return tuple(
        reconcile.StoredDelegate(
            id=row["id"],
            values={field: row[field] for field in DELEGATE_VALUES},
            seq=row["seq"],
            status=row["status"],
            read=read_before.get(row["read_seq"]) if row["read_seq"] is not None else None,
            read_seq=row["read_seq"],
            edited=corrected.edited_fields(store, "delegates", row["id"]),
            added=row["origin"] == "added",
        )
        for row in found
    )


def _deadline(store: Store, document: int) -> str | None:
    found = store.one(
        "SELECT m.deadline FROM documents AS n JOIN meetings AS m ON m.reference = n.meeting"
        " WHERE n.id = ?",
        [document],
    )
    return found["deadline"] if found else None


def _gone(store: Store, document: int) -> tuple[reconcile.StoredDelegate, ...]:
    """Rows of this document that a person deleted, or moved to another note."""
    deleted = [
        json.loads(row["old"])
        for row in store.rows(
            "SELECT old FROM corrections WHERE table_name = 'delegates' AND document_id = ?"
            " AND action = 'delete' AND undone IS NULL AND undoes IS NULL ORDER BY id",
            [document],
        )
    ]
    moved = [
        dict(row)
        for row in store.rows(
            "SELECT d.* FROM corrections AS c JOIN delegates AS d ON d.id = c.row_id"
            " WHERE c.table_name = 'delegates' AND c.document_id = :id AND d.document_id <> :id"
            " AND c.action = 'update' AND c.field = 'document_id'"
            " AND c.undone IS NULL AND c.undoes IS NULL GROUP BY d.id",
            {"id": document},
        )
    ]
    return tuple(
        reconcile.StoredDelegate(
            id=None,
            values={field: row.get(field) for field in DELEGATE_VALUES},
            seq=row.get("seq"),
            read={"name": row["read_name"], "email": row.get("email")},
            read_seq=row.get("read_seq"),
        )
        for row in deleted + moved
        if row.get("read_name") is not None  # a row that a person added was never read
    )


def _insert_delegate(
    conn: sqlite3.Connection,
    document: int,
    delegate: Delegate,
    values: Mapping[str, str | None],
    due: str | None,
) -> None:
    """What follows from the reading alone is written at once, and so not twice."""
    seq = sanitize.integer(delegate.seq)
    worth = row_worth(as_read.chances(delegate))
    row = {
        **values,
        "document_id": document,
        "seq": seq,
        "confidence": sanitize.confidence(delegate.confidence),
        "doubts": doubts_json(delegate),
        "origin": "read",
        "read_seq": seq,
        "read_name": values["name"],
        "due": due,
        "worth": worth,
        "halvings": halvings(worth),
    }
    insert(conn, "delegates", row)


def _update_delegate(
    conn: sqlite3.Connection,
    row: reconcile.StoredDelegate,
    change: reconcile.RowChange,
    source: Delegate | None,
) -> None:
    written: dict[str, object] = dict(change.values)
    if source is None:
        # not in the reading any more; there is no value of its last reading to compare with
        written["read_seq"] = None
    elif not row.added:
        written["read_seq"] = sanitize.integer(source.seq)
        written["read_name"] = delegate_values(source)["name"]
        if not row.decided:
            written["doubts"] = doubts_json(source)
            written["confidence"] = sanitize.confidence(source.confidence)
            if "seq" not in row.edited:
                written["seq"] = sanitize.integer(source.seq)
    if change.changed:
        written["reasons"] = json.dumps([reconcile.READING_CHANGED])  # the others follow from it
    update(conn, "delegates", change.row, written)
