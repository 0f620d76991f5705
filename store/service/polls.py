"""The record of polls: begun, ended, and how; what the service's health is told from."""

from __future__ import annotations

from typing import Literal

from store import sanitize
from store.db.database import Store
from store.db.statements import insert

Part = Literal["both", "mailbox", "reading"]
"""What a run does: fetch from the mailbox, read documents, or both."""

Outcome = Literal["complete", "failed", "stopped", "stalled", "crashed"]

KEPT_ROWS = 5000
"""Older polls are forgotten: a month at one every ten minutes."""


def begin(store: Store, part: Part) -> int:
    """A poll begins. Earlier ones of this part that never ended have crashed: we hold the lock.

    Returns:
        The poll's number.
    """
    with store.writing() as conn:
        conn.execute(
            "UPDATE polls SET outcome = 'crashed', reason = 'killed', ended_at = ?"
            " WHERE outcome IS NULL AND part = ?",
            [sanitize.now(), part],
        )
        number = insert(conn, "polls", {"part": part, "started_at": sanitize.now()})
        conn.execute("DELETE FROM polls WHERE id <= ?", [number - KEPT_ROWS])
    return number


def end(
    store: Store,
    poll: int,
    outcome: Outcome,
    reason: str | None = None,
    *,
    kept: int = 0,
    documents: int = 0,
) -> None:
    """A poll has ended; ``reason`` is a stable code."""
    with store.writing() as conn:
        conn.execute(
            "UPDATE polls SET ended_at = ?, outcome = ?, reason = ?, kept = ?, documents = ?"
            " WHERE id = ?",
            [sanitize.now(), outcome, sanitize.one_line(reason), kept, documents, poll],
        )


def broke_off(store: Store, part: Part, outcome: Outcome, reason: str) -> None:
    """The process that polled was ended, by us or by something else."""
    with store.writing() as conn:
        conn.execute(
            "UPDATE polls SET ended_at = ?, outcome = ?, reason = ?"
            " WHERE outcome IS NULL AND part = ?",
            [sanitize.now(), outcome, reason, part],
        )
