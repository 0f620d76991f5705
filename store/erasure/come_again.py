"""What was forgotten comes again: refused by its hash, until a person asks for it."""

from __future__ import annotations

from store import sanitize
from store.db.database import Store
from store.erasure import erase
from store.erasure.emptied import empty_messages


def refuse_again(store: Store) -> int:
    """Empty new messages that brought a forgotten scan once more; how many there were."""
    rows = store.rows(
        "SELECT DISTINCT m.id, m.sha256 FROM documents AS n JOIN messages AS m ON m.id = n.message"
        " WHERE n.forgotten_at IS NOT NULL AND m.forgotten_at IS NULL"
        " AND n.sha256 IN (SELECT sha256 FROM forgotten_files)"
    )
    if not rows:
        return 0
    erase.secure(store)
    with store.writing() as conn:
        empty_messages(conn, [row["id"] for row in rows])
        conn.executemany(
            "INSERT OR IGNORE INTO forgotten_files (sha256, forgotten)"
            " SELECT ?, max(id) FROM forgotten",
            [[row["sha256"]] for row in rows],
        )
        erase.note(store, [row["sha256"] for row in rows], database=False)
    erase.finish(store)
    return len(rows)


def allow(store: Store, sha256: str, filename: str | None = None) -> bool:
    """Let a forgotten file be taken in once more, because a person asks for it.

    Args:
        store: where it was forgotten.
        sha256: of a scan or a raw message; of a message, its scans are meant as well, and of
            either the files inside it.
        filename: the scan's name.

    Returns:
        Whether it was forgotten.
    """
    if store.one("SELECT 1 FROM forgotten_files WHERE sha256 = ?", [sha256]) is None:
        return False
    with store.writing() as conn:
        digests = [sha256] + [
            row["sha256"]
            for row in store.rows(
                "SELECT n.sha256 FROM documents AS n JOIN messages AS m ON m.id = n.message"
                " WHERE m.sha256 = :digest UNION SELECT n.sha256 FROM documents AS n"
                "  JOIN documents AS a ON a.id = n.enclosed_in"
                "  LEFT JOIN documents AS b ON b.id = a.enclosed_in"
                "  WHERE :digest IN (a.sha256, b.sha256) AND n.sha256 <> :digest",
                {"digest": sha256},
            )
        ]
        for digest in digests:
            conn.execute("DELETE FROM forgotten_files WHERE sha256 = ?", [digest])
            conn.execute("DELETE FROM erasures WHERE what = ?", [digest])
            conn.execute(
                "UPDATE documents SET forgotten_at = NULL, outcome = 'pending', reason = NULL,"
                " attempts = 0, filename = coalesce(?, filename)"
                " WHERE id = (SELECT min(id) FROM documents"
                "   WHERE sha256 = ? AND forgotten_at IS NOT NULL)",
                [sanitize.one_line(filename) if digest == sha256 else None, digest],
            )
        conn.execute(
            "UPDATE messages SET forgotten_at = NULL, outcome = 'pending', reason = NULL,"
            " parsed_at = NULL, attempts = 0"
            " WHERE id = (SELECT min(id) FROM messages WHERE sha256 = ?)",
            [sha256],
        )
    return True
