"""Replies that are put off: at the end of the queue until a day, and in nobody's way till then.

Nothing is taken from the queue: a reply that is put off is counted, listed and printed as what
waits, and comes last.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from store import sanitize
from store.db.database import Store
from store.errors import EditRefused, UnknownRecord

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


def put_off(store: Store, document: int, who: str, until: str) -> None:
    """Put the reply at the end of the queue until a day; another day replaces it.

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
    with store.writing(who) as conn:
        conn.execute(
            "INSERT INTO postponed (document_id, until, who, at) VALUES (?, ?, ?, ?)"
            " ON CONFLICT (document_id) DO UPDATE SET until = excluded.until,"
            " who = excluded.who, at = excluded.at",
            [document, day.isoformat(), sanitize.one_line(who) or "reviewer", sanitize.now()],
        )


def take_up(store: Store, document: int, who: str) -> None:
    """The reply stands in its own place again."""
    with store.writing(who) as conn:
        conn.execute("DELETE FROM postponed WHERE document_id = ?", [document])


def all_put_off(store: Store) -> dict[int, PutOff]:
    """Those that are put off now, by document."""
    rows = store.rows("SELECT * FROM postponed WHERE until > ?", [today().isoformat()])
    return {row["document_id"]: PutOff(row["until"], row["who"], row["at"]) for row in rows}
