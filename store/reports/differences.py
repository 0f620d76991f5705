"""What a new reading of a document would change, told without changing anything.

The reading is saved in a transaction that is rolled back, so that everything that follows from
it is told too: rows of other notes that are replaced, people's edits that stay.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Literal, NoReturn

from extract.types import DocumentReading
from store.db.codec import KeptPage
from store.db.database import Store
from store.derived import refresh
from store.fields import AS_PRINTED
from store.records.saving import save_reading

DifferenceKind = Literal["note", "new", "gone", "changed", "kept"]

COMPARED_FACTS = (
    "outcome",
    "reason",
    "language",
    "kind",
    "revision",
    "state",
    "meeting",
    "note_reference",
    "note_date",
)
"""Facts of a document that are compared."""

COMPARED_VALUES = (*AS_PRINTED, "status", "current")
"""Values of a delegate's row that are compared."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One line of what would change.

    ``change`` is ``note`` (a fact of the document), ``new`` or ``gone`` (a row), ``changed`` (a
    value of a row), or ``kept`` (a person approved or corrected ``now``; the reading says
    ``read``, and a person is asked). ``field`` is None where a whole row is meant.
    """

    document: int
    delegate: int | None
    state: str | None
    name: str | None
    change: DifferenceKind
    field: str | None
    now: object
    read: object


_Table = dict[int, dict[str, object]]


class _Undo(Exception):  # noqa: N818 - not an error: what was tried is taken back
    """Ends the transaction in which the reading was tried."""


def compare(
    store: Store,
    document: int,
    reading: DocumentReading,
    meeting: str | None,
    settings_version: str,
    kept: Sequence[KeptPage | bytes] | None = None,
) -> tuple[Difference, ...]:
    """What ``save_reading`` with the same arguments would change.

    Raises:
        UnknownRecord: there is no such document.
    """
    with _undone(store) as conn:
        notes, beside = _notes(store, document), _beside(store, document)
        conn.execute("SAVEPOINT untried")
        save_reading(store, document, reading, meeting, settings_version, kept)
        beside |= _beside(store, document)  # those it stands beside by the new reading
        conn.execute("ROLLBACK TO untried")
        rows = _rows(store, beside)
        save_reading(store, document, reading, meeting, settings_version, kept)
        refresh.refresh(store)
        found = (
            *_of_notes(notes, _notes(store, document)),
            *_of_rows(rows, _rows(store, beside)),
            *disagreements(store, document),
        )
    return found


@contextmanager
def _undone(store: Store) -> Iterator[sqlite3.Connection]:
    """A transaction that is rolled back at the end, however well it went."""
    try:
        with store.writing() as conn:
            yield conn
            _take_back()
    except _Undo:
        pass


def _take_back() -> NoReturn:
    raise _Undo


def disagreements(store: Store, document: int | None = None) -> tuple[Difference, ...]:
    """Approved and corrected rows that the last reading disagrees with, field by field."""
    return tuple(
        Difference(
            document=row["document_id"],
            delegate=row["delegate_id"],
            state=row["state"],
            name=row["name"],
            change="kept",
            field=row["field"],
            now=row["kept"],
            read=row["read"],
        )
        for row in store.rows(
            "SELECT * FROM disagreements_list WHERE :id IS NULL OR document_id = :id",
            {"id": document},
        )
    )


def _notes(store: Store, document: int) -> _Table:
    columns = ", ".join(COMPARED_FACTS)
    rows = store.rows(f"SELECT id, {columns} FROM documents WHERE id = ?", [document])  # noqa: S608
    return {row["id"]: dict(row) for row in rows}


def _of_notes(before: _Table, after: _Table) -> Iterator[Difference]:
    for document, old in before.items():
        new = after[document]
        state = None if new["state"] is None else str(new["state"])
        for field in COMPARED_FACTS:
            if old[field] != new[field]:
                yield Difference(document, None, state, None, "note", field, old[field], new[field])


def _beside(store: Store, document: int) -> set[int]:
    """The document and the other notes of its State for its meeting."""
    rows = store.rows(
        "SELECT n.id FROM documents AS d JOIN documents AS n"
        " ON n.meeting = d.meeting AND n.state = d.state WHERE d.id = ?",
        [document],
    )
    return {document, *(row["id"] for row in rows)}


def _rows(store: Store, documents: set[int]) -> _Table:
    columns = ", ".join(f"d.{field}" for field in COMPARED_VALUES)
    rows = store.rows(
        f"SELECT d.id, d.document_id, n.state, {columns} FROM delegates AS d"  # noqa: S608
        " JOIN documents AS n ON n.id = d.document_id"
        " WHERE d.document_id IN (SELECT value FROM json_each(?)) ORDER BY d.document_id, d.seq",
        [json.dumps(sorted(documents))],
    )
    return {row["id"]: dict(row) for row in rows}


def _of_rows(before: _Table, after: _Table) -> Iterator[Difference]:
    for row, old in before.items():
        if row not in after:
            yield _one(row, old, "gone", None, old["name"], None)
            continue
        new = after[row]
        for field in COMPARED_VALUES:
            if old[field] != new[field]:
                yield _one(row, old, "changed", field, old[field], new[field])
    for row, new in after.items():
        if row not in before:
            yield _one(None, new, "new", None, None, new["name"])


def _one(
    delegate: int | None,
    row: dict[str, object],
    change: DifferenceKind,
    field: str | None,
    now: object,
    read: object,
) -> Difference:
    state = None if row["state"] is None else str(row["state"])
    document = row["document_id"]
    return Difference(
        document if isinstance(document, int) else 0,
        delegate,
        state,
        str(row["name"]),
        change,
        field,
        now,
        read,
    )
