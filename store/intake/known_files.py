"""Files of folders that were taken in whole: they need not be opened again to say "nothing new".

Told by a digest of path, size, inode and times (``ingest.listing.Found.print``), from which nothing
can be read. What the database holds of a file is never gone without the file being looked for
again, see ``look_again``.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from ingest.types import WholeFile
from store.db.database import Store

LOST = ("original_missing", "original_changed", "original_unusable")
"""Reasons for which the source is to be read again: it may have the bytes that are not here."""


def known(store: Store, prints: Sequence[bytes]) -> dict[bytes, int]:
    """Those of the digests that are noted, and how many items each file held."""
    rows = store.rows(
        "SELECT k.print, k.items FROM json_each(?) AS asked"
        " CROSS JOIN known_files AS k ON k.print = asked.value",
        [json.dumps([print_.hex() for print_ in prints])],
    )
    return {bytes.fromhex(row["print"]): row["items"] for row in rows}


def note(store: Store, files: Iterable[WholeFile]) -> None:
    """Note files in the transaction that keeps the last of what is in them."""
    store.conn.executemany(
        "INSERT OR REPLACE INTO known_files (print, items, sha256) VALUES (?, ?, ?)",
        [[file.print.hex(), file.items, file.sha256] for file in files],
    )


def look_again(store: Store) -> int:
    """Forget the files whose kept originals were found missing or changed; how many there were."""
    marks = ", ".join("?" * len(LOST))
    lost = (
        f"SELECT sha256 FROM documents WHERE outcome = 'failed' AND reason IN ({marks}) UNION"  # noqa: S608
        f" SELECT sha256 FROM messages WHERE outcome = 'set_aside' AND reason IN ({marks})"
    )
    if store.one(lost, [*LOST, *LOST]) is None:
        return 0
    with store.writing() as conn:
        gone = f"DELETE FROM known_files WHERE sha256 IN ({lost})"  # noqa: S608
        return conn.execute(gone, [*LOST, *LOST]).rowcount
