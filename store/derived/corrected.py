"""Which values people have written: those that no reading and no rule changes."""

from __future__ import annotations

from collections.abc import Iterable

from store.db.database import Store


def fields(store: Store, table: str, row: int) -> frozenset[str]:
    """Columns of one row that people have written."""
    return frozenset(edited_fields(store, table, [row]).get(row, ()))


def edited_fields(store: Store, table: str, rows: Iterable[int]) -> dict[int, set[str]]:
    """Columns that people have written, by row."""
    found: dict[int, set[str]] = {}
    for row in rows:
        for correction in store.rows(
            "SELECT DISTINCT field FROM corrections"
            " WHERE table_name = ? AND row_id = ? AND action = 'update'",
            [table, row],
        ):
            found.setdefault(row, set()).add(correction["field"])
    return found
