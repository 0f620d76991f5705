"""Which digests were sent, and of which documents the next one tells.

At most one a period. Written down as ``sending`` before the server is given the text: a run that
dies then leaves one that may have been sent, ``unconfirmed``, and it is not sent again; what was
in it comes once more with the next.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Literal

from store import sanitize
from store.db.database import Store
from store.service.retries import PAUSES_S

MOST_ATTEMPTS = 8
"""Sendings of one digest in all: with the pauses of ``retries`` a day and some hours."""

MOST_WAIT = timedelta(hours=1)
"""News do not wait longer for what came with them and is not read yet."""

State = Literal["due", "sending", "sent", "unconfirmed", "given_up"]


def unconfirmed(store: Store) -> None:
    """Called at the start of a round: what was being sent when we died may have been sent."""
    if store.one("SELECT 1 FROM digests WHERE state = 'sending'") is None:
        return
    with store.writing() as conn:
        conn.execute(
            "DELETE FROM digested WHERE period IN"
            " (SELECT period FROM digests WHERE state = 'sending')"
        )
        conn.execute(
            "UPDATE digests SET state = 'unconfirmed', reason = 'killed' WHERE state = 'sending'"
        )


def known(store: Store, period: str) -> bool:
    """Whether there is a digest of that period, sent or not."""
    return store.one("SELECT 1 FROM digests WHERE period = ?", [period]) is not None


def news(store: Store) -> bool:
    """Whether anything has an outcome that no digest has told of."""
    return (
        store.one(
            "SELECT 1 FROM documents WHERE outcome IN ('processed', 'rejected', 'failed')"
            " AND id NOT IN (SELECT document FROM digested) LIMIT 1"
        )
        is not None
    )


def waiting(store: Store, now: datetime | None = None) -> bool:
    """Whether to wait for documents that are still being read; not for longer than ``MOST_WAIT``.

    Some wait for days: for room on the disk, or for a reader that does not run.
    """
    if store.one("SELECT 1 FROM documents WHERE outcome = 'pending' LIMIT 1") is None:
        return False
    oldest = store.one(
        "SELECT min(coalesce(processed_at, kept_at)) FROM documents"
        " WHERE outcome IN ('processed', 'rejected', 'failed')"
        " AND id NOT IN (SELECT document FROM digested)"
    )
    since = sanitize.parsed_moment(oldest[0]) if oldest else None
    return since is None or abs((now or datetime.now(UTC)) - since) < MOST_WAIT


def open_period(store: Store, period: str) -> None:
    """A digest for ``period`` is due, with all that none has told of yet.

    One that could not be sent until now is given up for it: its news come with this one.
    """
    with store.writing() as conn:
        conn.execute(
            "DELETE FROM digested WHERE period IN (SELECT period FROM digests WHERE state = 'due')"
        )
        conn.execute("UPDATE digests SET state = 'given_up' WHERE state = 'due'")
        conn.execute(
            "INSERT INTO digests (period, state, at) VALUES (?, 'due', ?)", [period, sanitize.now()]
        )
        conn.execute(
            "INSERT INTO digested (document, period) SELECT id, ? FROM documents"
            " WHERE outcome IN ('processed', 'rejected', 'failed')"
            " AND id NOT IN (SELECT document FROM digested)",
            [period],
        )


def told_until(store: Store, period: str) -> str | None:
    """When the last digest before this one was made; None if none was sent."""
    row = store.one(
        "SELECT max(at) FROM digests WHERE state = 'sent' AND period <> ?"
        " AND at <= (SELECT at FROM digests WHERE period = ?)",
        [period, period],
    )
    return row[0] if row else None


def due(store: Store) -> str | None:
    """The period whose digest is to be sent now; None while it rests after a failure."""
    now = datetime.now(UTC)
    longest = now + timedelta(seconds=PAUSES_S[-1])  # a clock set back: see store.service.retries
    row = store.one(
        "SELECT period FROM digests WHERE state = 'due'"
        " AND (not_before IS NULL OR not_before <= ? OR not_before > ?)",
        [sanitize.moment(now), sanitize.moment(longest)],
    )
    return row["period"] if row else None


def sending(store: Store, period: str) -> None:
    """The server is about to be given the text."""
    _set(store, period, "sending", None)


def sent(store: Store, period: str) -> None:
    """The server has taken it."""
    _set(store, period, "sent", None)


def maybe_sent(store: Store, period: str, reason: str) -> None:
    """The server may have taken it; nobody knows."""
    with store.writing() as conn:
        conn.execute("DELETE FROM digested WHERE period = ?", [period])
        _set(store, period, "unconfirmed", reason)


def failed(store: Store, period: str, reason: str) -> None:
    """It was certainly not sent; it is tried again later, for a while."""
    with store.writing() as conn:
        _set(store, period, "due", reason)
        attempts = conn.execute(
            "SELECT attempts FROM digests WHERE period = ?", [period]
        ).fetchone()[0]
        pause_s = PAUSES_S[min(attempts, len(PAUSES_S) - 1)]
        conn.execute(
            "UPDATE digests SET attempts = attempts + 1, not_before = ? WHERE period = ?",
            [sanitize.moment(datetime.now(UTC) + timedelta(seconds=pause_s)), period],
        )
        if attempts + 1 >= MOST_ATTEMPTS:
            conn.execute("DELETE FROM digested WHERE period = ?", [period])
            _set(store, period, "given_up", reason)


def _set(store: Store, period: str, state: State, reason: str | None) -> None:
    with store.writing() as conn:
        conn.execute(
            "UPDATE digests SET state = ?, reason = ? WHERE period = ?",
            [state, sanitize.one_line(reason), period],
        )
