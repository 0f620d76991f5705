"""Replies that are put off: at the end of the queue until a day, and in nobody's way till then.

Nothing is taken from the queue: a reply that is put off is counted, listed and printed as what
waits, and comes last.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from store import sanitize
from store.db.database import Store
from store.errors import EditRefused, EditStale, UnknownRecord

LONGEST = timedelta(days=60)
"""Nothing is put off for longer: it would be forgotten."""


@dataclass(frozen=True, slots=True)
class PutOff:
    """Until the beginning of a day (ISO, UTC), by whom and when (UTC)."""

    until: str
    who: str
    at: str


def today() -> date:
    """The day in UTC."""
    return datetime.now(UTC).date()


def put_off(store: Store, document: int, who: str, until: str) -> Callable[[Store], None]:
    """Put the reply at the end of the queue until a day; another day replaces it.

    Returns:
        What takes that back; see ``_changed``.

    Raises:
        UnknownRecord: there is no such document.
        EditRefused: it is no day to come, or one too far off.
    """
    day = sanitize.parsed_day(until)
    if day is None or not today() < day <= today() + LONGEST:
        raise EditRefused(
            f"choose a day from tomorrow to {(today() + LONGEST).isoformat()}", "until"
        )
    if store.one("SELECT 1 FROM documents WHERE id = ?", [document]) is None:
        raise UnknownRecord(f"There is no document {document}.")
    with _changed(store, document, who) as (conn, back):
        conn.execute(
            "INSERT INTO postponed (document_id, until, who, at) VALUES (?, ?, ?, ?)"
            " ON CONFLICT (document_id) DO UPDATE SET until = excluded.until,"
            " who = excluded.who, at = excluded.at",
            [document, day.isoformat(), sanitize.one_line(who) or "reviewer", sanitize.now()],
        )
    return back


def take_up(store: Store, document: int, who: str) -> Callable[[Store], None]:
    """The reply stands in its own place again; returns what takes that back."""
    with _changed(store, document, who) as (conn, back):
        conn.execute("DELETE FROM postponed WHERE document_id = ?", [document])
    return back


@contextmanager
def _changed(
    store: Store, document: int, who: str
) -> Iterator[tuple[sqlite3.Connection, Callable[[Store], None]]]:
    """One change, and what puts back the row that was there before.

    That raises ``EditStale`` if somebody has put the reply off, or taken it up, since.
    """
    found = "SELECT until, who, at FROM postponed WHERE document_id = ?"
    with store.writing(who) as conn:
        before = conn.execute(found, [document]).fetchone()
        after: list[object] = []

        def back(store: Store) -> None:
            with store.writing(who) as conn:
                if [conn.execute(found, [document]).fetchone()] != after:
                    said = "somebody has put the reply off, or taken it up, since"
                    raise EditStale(said, ("documents", document))
                conn.execute("DELETE FROM postponed WHERE document_id = ?", [document])
                if before is not None:
                    conn.execute(
                        "INSERT INTO postponed (document_id, until, who, at) VALUES (?, ?, ?, ?)",
                        [document, *before],
                    )

        yield conn, back
        after.append(conn.execute(found, [document]).fetchone())


def all_put_off(store: Store) -> dict[int, PutOff]:
    """Those that are put off now, by document."""
    rows = store.rows("SELECT * FROM postponed WHERE until > ?", [today().isoformat()])
    return {row["document_id"]: PutOff(row["until"], row["who"], row["at"]) for row in rows}
