"""What a digest tells: replies, what waits for a person, what failed, how the meetings stand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from store import sanitize
from store.db.database import Store


@dataclass(frozen=True, slots=True)
class DigestReply:
    """A document that was processed; ``state`` is the State's English name.

    ``same_as`` is the document that brought the same note before.
    """

    document: int
    state: str | None
    meeting: str | None
    kind: str
    delegates: int
    late: bool
    same_as: int | None = None


@dataclass(frozen=True, slots=True)
class DigestReview:
    """Rows of one document that wait for a person, and the codes of why."""

    document: int
    state: str | None
    rows: int
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DigestFailure:
    """A message or document that was not processed; ``reason`` is a code."""

    what: Literal["document", "message"]
    number: int
    filename: str | None
    reason: str


@dataclass(frozen=True, slots=True)
class DigestMeeting:
    """A meeting that is not over. ``late`` and ``missing`` are States Parties by name."""

    reference: str
    title: str
    deadline: str | None
    parties: int
    answered: int
    late: tuple[str, ...]
    missing: tuple[str, ...]


def replies(store: Store, period: str) -> tuple[DigestReply, ...]:
    """The replies a digest tells of."""
    return tuple(
        DigestReply(
            r["id"],
            r["state"],
            r["meeting"],
            r["kind"] or "other",
            r["n"],
            bool(r["late"]),
            r["same_as"],
        )
        for r in store.rows(
            "SELECT n.id, coalesce(s.name_en, n.state) AS state, n.meeting, n.kind,"
            " n.same_as, coalesce(f.received_at, n.received_at) >= m.deadline_ends AS late,"
            " (SELECT count(*) FROM delegates WHERE document_id = n.id AND status <> 'rejected')"
            " AS n FROM digested AS g JOIN documents AS n ON n.id = g.document"
            " LEFT JOIN documents AS f ON f.id = n.same_as"
            " LEFT JOIN states AS s ON s.iso3 = n.state"
            " LEFT JOIN meetings AS m ON m.reference = n.meeting"
            " WHERE g.period = ? AND n.outcome = 'processed' ORDER BY n.id",
            [period],
        )
    )


def reviews(store: Store) -> tuple[DigestReview, ...]:
    """What waits for a person now, newest document first."""
    return tuple(
        DigestReview(
            r["id"], r["state"], r["rows"], tuple(sorted(set((r["why"] or "").split(","))))
        )
        for r in store.rows(
            "SELECT n.id, coalesce(s.name_en, n.state) AS state, count(DISTINCT d.id) AS rows,"
            " group_concat(DISTINCT r.value) AS why FROM delegates AS d"
            " JOIN documents AS n ON n.id = d.document_id, json_each(d.reasons) AS r"
            " LEFT JOIN states AS s ON s.iso3 = n.state"
            " WHERE d.status = 'needs_review' AND d.current = 1 GROUP BY n.id ORDER BY n.id DESC"
        )
    )


def failures(store: Store, period: str) -> tuple[DigestFailure, ...]:
    """Documents of this digest that were not processed, and all messages set aside."""
    documents = store.rows(
        "SELECT n.id, n.filename, n.reason FROM digested AS g"
        " JOIN documents AS n ON n.id = g.document"
        " WHERE g.period = ? AND n.outcome IN ('rejected', 'failed') ORDER BY n.id",
        [period],
    )
    messages = store.rows(
        "SELECT id, reason FROM messages WHERE outcome = 'set_aside' ORDER BY id DESC"
    )
    return (
        *(DigestFailure("document", r["id"], r["filename"], r["reason"] or "") for r in documents),
        *(DigestFailure("message", r["id"], None, r["reason"] or "") for r in messages),
    )


def meetings(store: Store) -> tuple[DigestMeeting, ...]:
    """Meetings that have not begun, or whose date is not known."""
    found = []
    for row in store.rows(
        "SELECT * FROM meetings WHERE coalesce(ends, starts, '9999') >= ? ORDER BY starts, id",
        [sanitize.now()[:10]],
    ):
        states = store.rows("SELECT * FROM coverage WHERE meeting = ?", [row["reference"]])
        found.append(
            DigestMeeting(
                row["reference"],
                row["title"],
                row["deadline"],
                len(states),
                sum(s["answered"] for s in states),
                tuple(s["state_name"] for s in states if s["late"]),
                tuple(s["state_name"] for s in states if not s["answered"]),
            )
        )
    return tuple(found)
