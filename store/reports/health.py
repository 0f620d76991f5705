"""Is the service well? What a person, a monitor or the metrics file is told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from store import sanitize
from store.db.database import Store


@dataclass(frozen=True, slots=True)
class LastPoll:
    """The newest poll that ended. ``reason`` is a stable code, None when all went well."""

    at: str
    outcome: str
    reason: str | None


@dataclass(frozen=True, slots=True)
class Health:
    """Ages in seconds, counts, and codes of what is wrong.

    ``complete_poll_age_s`` is None when no poll was ever complete. The backlog are messages and
    documents that wait. ``failures`` counts polls in a row that were not complete.
    """

    complete_poll_at: str | None
    complete_poll_age_s: int | None
    last_poll: LastPoll | None
    last_error: LastPoll | None
    failures: int
    waiting_messages: int
    waiting_documents: int
    set_aside: int
    retries: int
    drafts_waiting: int
    digest_reason: str | None


def health(store: Store, now: datetime | None = None) -> Health:
    """The state of the service as its records tell it."""
    complete = store.one(
        "SELECT id, ended_at FROM polls"
        " WHERE outcome = 'complete' AND part <> 'reading' ORDER BY id DESC LIMIT 1"
    )
    at = complete["ended_at"] if complete else None
    since = complete["id"] if complete else 0
    return Health(
        complete_poll_at=at,
        complete_poll_age_s=_age(at, now or datetime.now(UTC)),
        last_poll=_poll(store, "outcome IS NOT NULL AND part <> 'reading'"),
        last_error=_poll(store, "outcome IN ('failed', 'stalled', 'crashed')"),
        failures=_count(
            store,
            "polls WHERE part <> 'reading' AND outcome IN ('failed', 'stalled', 'crashed')"
            " AND id > ?",
            since,
        ),
        waiting_messages=_count(store, "messages WHERE outcome = 'pending' AND parsed_at IS NULL"),
        waiting_documents=_count(store, "documents WHERE outcome = 'pending'"),
        set_aside=_count(store, "messages WHERE outcome = 'set_aside'"),
        retries=_count(store, "retries WHERE not_before IS NOT NULL"),
        drafts_waiting=_count(store, "drafts WHERE state = 'wanted'")
        + _count(store, "reminder_drafts WHERE state = 'wanted'")
        + _count(store, "confirmation_drafts WHERE state = 'wanted'"),
        digest_reason=_digest(store),
    )


def _age(at: str | None, now: datetime) -> int | None:
    moment = sanitize.parsed_moment(at)
    return None if moment is None else max(0, int((now - moment).total_seconds()))


def _poll(store: Store, where: str) -> LastPoll | None:
    row = store.one(
        f"SELECT ended_at, outcome, reason FROM polls WHERE {where} ORDER BY id DESC LIMIT 1"  # noqa: S608
    )
    return LastPoll(row["ended_at"], row["outcome"], row["reason"]) if row else None


def _count(store: Store, of: str, *values: int) -> int:
    row = store.one(f"SELECT count(*) FROM {of}", values)  # noqa: S608 - texts of this module
    return int(row[0]) if row else 0


def _digest(store: Store) -> str | None:
    """Why the newest digest could not be sent; None when it was, or there is none."""
    row = store.one("SELECT state, reason FROM digests ORDER BY at DESC, rowid DESC LIMIT 1")
    return row["reason"] if row and row["state"] != "sent" else None
