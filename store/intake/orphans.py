"""Originals that are kept and have no row: what a lost or restored database leaves behind.

SQLite's write-ahead log holds what was committed last. Whoever removes it, or puts back an older
copy of the database, has files without rows; they can be taken in again.
"""

from __future__ import annotations

import re

from store.db.database import Store

_NAME = re.compile(r"[0-9a-f]{64}")


def without_row(store: Store) -> tuple[str, ...]:
    """Digests of the kept originals that no message and no document names."""
    known = {
        row["sha256"]
        for row in store.rows("SELECT sha256 FROM messages UNION SELECT sha256 FROM documents")
    }
    found = store.originals.folder.glob("??/??/*")
    return tuple(sorted(p.name for p in found if _NAME.fullmatch(p.name) and p.name not in known))


def of_lost_database(store: Store) -> int:
    """How many originals lie beside a database that knows none; 0 where it has any row.

    Cheap enough for every start: only an empty database has the folder looked through.
    """
    row = store.one("SELECT EXISTS (SELECT 1 FROM messages) OR EXISTS (SELECT 1 FROM documents)")
    return 0 if row is not None and row[0] else len(without_row(store))
