"""What failed is tried again, after longer and longer pauses, and then set aside for a person.

Times are the wall clock's, since they outlive the process. A clock that was set back makes a
pause too long; so whatever would wait longer than the longest pause is due.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from store import sanitize
from store.db.database import Store
from store.errors import StoreError, UnknownRecord
from store.intake import documents

PAUSES_S = (600, 3600, 6 * 3600)
"""Seconds after the first, second and third failure."""

DOCUMENT_ATTEMPTS = 3
"""Readings of a document in all."""

PASSING = ("timeout", "crashed", "internal_error")
"""Reasons that may have to do with the machine and not with the document."""


def postpone(store: Store, kind: str, number: int, attempts: int) -> None:
    """A message or document failed for the ``attempts``-th time; it rests for a while."""
    with store.writing() as conn:
        conn.execute(
            "INSERT INTO retries (kind, id, attempts, not_before) VALUES (?, ?, ?, ?)"
            " ON CONFLICT DO UPDATE SET attempts = excluded.attempts,"
            " not_before = excluded.not_before",
            [kind, number, attempts, sanitize.moment(datetime.now(UTC) + _pause(attempts))],
        )


def resting(store: Store, kind: str) -> frozenset[int]:
    """Those whose time has not come yet."""
    now = datetime.now(UTC)
    return frozenset(
        row["id"]
        for row in store.rows(
            "SELECT id FROM retries WHERE kind = ? AND not_before > ? AND not_before <= ?",
            [kind, sanitize.moment(now), sanitize.moment(now + timedelta(seconds=PAUSES_S[-1]))],
        )
    )


def forget(store: Store, kind: str, number: int | None = None) -> None:
    """Attempts so far no longer count: a person wants another try. One, or all."""
    with store.writing() as conn:
        conn.execute(
            "DELETE FROM retries WHERE kind = :kind AND (id = :id OR :id IS NULL)",
            {"kind": kind, "id": number},
        )


def plan_documents(store: Store) -> int:
    """Called after reading: documents that failed for a passing reason get another date.

    Returns:
        How many will be tried again.
    """
    marks = ", ".join("?" * len(PASSING))
    rows = store.rows(
        "SELECT d.id, coalesce(r.attempts, 0) + 1 AS attempts FROM documents AS d"  # noqa: S608
        " LEFT JOIN retries AS r ON r.kind = 'document' AND r.id = d.id"
        f" WHERE d.outcome = 'failed' AND d.problem IS NULL AND d.reason IN ({marks})"
        " AND r.not_before IS NULL AND coalesce(r.attempts, 0) < ?",
        [*PASSING, DOCUMENT_ATTEMPTS],
    )
    planned = 0
    for row in rows:
        if row["attempts"] < DOCUMENT_ATTEMPTS:
            postpone(store, "document", row["id"], row["attempts"])
            planned += 1
        else:
            _last_attempt(store, row["id"])
    return planned


def _last_attempt(store: Store, document: int) -> None:
    with store.writing() as conn:
        conn.execute(
            "UPDATE retries SET attempts = attempts + 1 WHERE kind = 'document' AND id = ?",
            [document],
        )


def wake_documents(store: Store) -> int:
    """Called before reading: documents whose pause is over wait again.

    Returns:
        How many.
    """
    later = resting(store, "document")
    due = tuple(
        row["id"]
        for row in store.rows(
            "SELECT r.id FROM retries AS r JOIN documents AS d ON d.id = r.id"
            " WHERE r.kind = 'document' AND r.not_before IS NOT NULL AND d.outcome = 'failed'"
        )
        if row["id"] not in later
    )
    if not due:
        return 0
    with store.writing() as conn:
        documents.mark_pending(store, due)
        conn.executemany(
            "UPDATE retries SET not_before = NULL WHERE kind = 'document' AND id = ?",
            [[number] for number in due],
        )
    return len(due)


def release(store: Store, message: int, why: str, who: str) -> None:
    """Takes a message out of set-aside for good; the original stays kept.

    Raises:
        UnknownRecord: there is no such message.
        StoreError: it was not set aside.
    """
    with store.writing() as conn:
        row = store.one("SELECT outcome, reason FROM messages WHERE id = ?", [message])
        if row is None:
            raise UnknownRecord(f"There is no message {message}.")
        if row["outcome"] != "set_aside":
            raise StoreError(
                f"Message {message} is not set aside (it is {row['outcome']}).", "not_set_aside"
            )
        conn.execute(
            "UPDATE messages SET outcome = 'skipped', reason = 'released' WHERE id = ?", [message]
        )
        conn.execute(
            "INSERT OR REPLACE INTO releases (message, was, why, who, at) VALUES (?, ?, ?, ?, ?)",
            [
                message,
                row["reason"],
                sanitize.one_line(why) or "-",
                sanitize.one_line(who),
                sanitize.now(),
            ],
        )
        conn.execute("DELETE FROM retries WHERE kind = 'message' AND id = ?", [message])


def _pause(attempts: int) -> timedelta:
    return timedelta(seconds=PAUSES_S[min(max(attempts, 1), len(PAUSES_S)) - 1])
