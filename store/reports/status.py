"""The state of things in numbers and names: what came in, waits, failed, and who is missing."""

from __future__ import annotations

from dataclasses import dataclass

from store.db.database import Store
from store.learn import audits
from store.learn.audits import MeetingAudit
from store.reports.waiting_notes import NoteCounts, WaitingNote, counts, waiting_notes
from store.rules.experience.intervals import Share
from store.service.answered import confirmations

_UNSEEN = (
    "SELECT count(*) FROM documents AS n CROSS JOIN delegates AS d ON d.document_id = n.id"
    " WHERE n.meeting = ? AND d.current = 1 AND d.status = 'new'"
)


@dataclass(frozen=True, slots=True)
class Problem:
    """A message or document that did not go through. Exactly one of the two ids is set."""

    message: int | None
    document: int | None
    filename: str | None
    outcome: str
    reason: str | None


@dataclass(frozen=True, slots=True)
class MeetingStatus:
    """One registered meeting. ``answered`` and ``late`` count States Parties.

    ``needs_review`` counts doubtful rows and notes, ``unseen`` the rows of which nothing is
    doubtful and that nobody has looked at: they wait, too.
    ``not_answered`` holds the English names of the States Parties without any note so far. States
    that were asked to confirm their lists are counted: in all, those that answered, those that
    confirmed by the word of a person here, and those with an answer that nobody has looked at.
    """

    reference: str
    title: str
    starts: str | None
    deadline: str | None
    parties: int
    answered: int
    late: int
    delegates: int
    needs_review: int
    unseen: int
    not_answered: tuple[str, ...]
    asked_to_confirm: int
    answered_to_confirm: int
    confirmed: int
    answers_to_read: int


@dataclass(frozen=True, slots=True)
class Status:
    """Counts by outcome or status, what a person should look at, what went wrong, the meetings.

    ``to_look_at`` are the notes of which no row waits, without those that failed: these are among
    the problems. ``silent`` is the share of rows wrong that nobody had to look at, by ``audits``.
    """

    messages: dict[str, int]
    documents: dict[str, int]
    delegates: dict[str, int]
    reasons: dict[str, int]
    notes: NoteCounts
    to_look_at: tuple[WaitingNote, ...]
    problems: tuple[Problem, ...]
    meetings: tuple[MeetingStatus, ...]
    audits: tuple[MeetingAudit, ...]
    silent: Share
    last_received_at: str | None


def summary(store: Store) -> Status:
    """Everything ``noteverbale status`` tells, as of one moment.

    ``reasons`` counts why delegates need review. Use ``dataclasses.asdict`` for JSON.
    """
    with store.reading():
        audited = audits.audited(store)
        return Status(
            messages=_counts(store, "SELECT outcome, count(*) FROM messages GROUP BY 1"),
            documents=_counts(store, "SELECT outcome, count(*) FROM documents GROUP BY 1"),
            delegates=_counts(store, "SELECT status, count(*) FROM delegates GROUP BY 1"),
            reasons=_counts(
                store,
                "SELECT r.value, count(*) FROM delegates AS d, json_each(d.reasons) AS r"
                " WHERE d.status = 'needs_review' AND d.current = 1 GROUP BY 1 ORDER BY 2 DESC, 1",
            ),
            notes=counts(store),
            to_look_at=tuple(n for n in waiting_notes(store) if n.outcome != "failed"),
            problems=problems(store),
            meetings=_meetings(store),
            audits=audited,
            silent=audits.silent(audited),
            last_received_at=store.rows("SELECT max(received_at) FROM messages")[0][0],
        )


def problems(store: Store) -> tuple[Problem, ...]:
    """Set-aside messages, then documents that were rejected, failed, or could not be read yet.

    The latter are ``pending`` with a reason: what the machine lacked. Oldest first.
    """
    messages = store.rows(
        "SELECT id, outcome, reason FROM messages WHERE outcome = 'set_aside' ORDER BY id"
    )
    documents = store.rows(
        "SELECT id, filename, outcome, reason FROM documents"
        " WHERE (outcome IN ('rejected', 'failed') OR (outcome = 'pending' AND reason IS NOT NULL))"
        " AND forgotten_at IS NULL ORDER BY id"
    )
    return tuple(
        Problem(row["id"], None, None, row["outcome"], row["reason"]) for row in messages
    ) + tuple(
        Problem(None, row["id"], row["filename"], row["outcome"], row["reason"])
        for row in documents
    )


def _counts(store: Store, sql: str) -> dict[str, int]:
    return {row[0]: row[1] for row in store.rows(sql)}


def _meetings(store: Store) -> tuple[MeetingStatus, ...]:
    found = []
    for meeting in store.rows("SELECT * FROM meetings ORDER BY id"):
        states = store.rows("SELECT * FROM coverage WHERE meeting = ?", [meeting["reference"]])
        asked = confirmations(store, meeting["reference"]).values()
        found.append(
            MeetingStatus(
                reference=meeting["reference"],
                title=meeting["title"],
                starts=meeting["starts"],
                deadline=meeting["deadline"],
                parties=len(states),
                answered=sum(row["answered"] for row in states),
                late=sum(row["late"] for row in states),
                delegates=sum(row["delegates"] for row in states),
                needs_review=sum(row["needs_review"] for row in states),
                unseen=store.rows(_UNSEEN, [meeting["reference"]])[0][0],
                not_answered=tuple(row["state_name"] for row in states if not row["answered"]),
                asked_to_confirm=len(asked),
                answered_to_confirm=sum(bool(one.answers) for one in asked),
                confirmed=sum(one.standing == "confirmed" for one in asked),
                answers_to_read=sum(one.standing == "answered" for one in asked),
            )
        )
    return tuple(found)
