"""What people have written, and which doubts that settles.

An edited column is changed by no reading and no rule. A settled one says something else than was
read, so that a doubt about the reading is about it no more; what was put back is doubtful again.
"""

from __future__ import annotations

from store.db.database import Store

_ANY = {
    table: f"SELECT 1 FROM corrections WHERE table_name = '{table}' AND row_id = ? LIMIT 1"  # noqa: S608 - our own
    for table in ("delegates", "documents")
}
"""Asked first, as nobody has written in most rows. The table's name stands in the text: where
it is a parameter, SQLite prepares the statement anew each time, as a partial index may fit."""

_EDITED = (
    "SELECT field FROM corrections"
    " WHERE table_name = ? AND row_id = ? AND action = 'update'"
    "   AND undone IS NULL AND undoes IS NULL"  # what was taken back is as if never written
)
_SETTLED = "SELECT field FROM settled_fields WHERE table_name = ? AND row_id = ?"


def edited_fields(store: Store, table: str, row: int) -> frozenset[str]:
    """Columns of one row that people have written."""
    return _fields(store, _EDITED, table, row)


def settled_fields(store: Store, table: str, row: int) -> frozenset[str]:
    """Columns of one row in which people have put another value than was read."""
    return _fields(store, _SETTLED, table, row)


def _fields(store: Store, sql: str, table: str, row: int) -> frozenset[str]:
    if store.conn.execute(_ANY[table], [row]).fetchone() is None:
        return frozenset()
    return frozenset(found["field"] for found in store.rows(sql, [table, row]))
