"""The state of things in numbers and names: what came in, waits, failed, and who is missing."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass

from store.db.database import Store
from store.learn import audits
from store.learn.audits import MeetingAudit
from store.reports.waiting_notes import NoteCounts, WaitingNote, counts, waiting_notes
from store.rules.experience.intervals import Share
from store.service.answered import confirmations

MOST_LISTED = 1000
"""Problems that are named unless all are asked for: a large database answers at once."""

MOST_NOTES = 100
"""Notes to look at that are named: each is looked for among those of which a row asks."""

MOST_MEETINGS = 40
"""Meetings, the latest ones, unless all are asked for; each costs some milliseconds."""

_PROBLEM = "(outcome IN ('rejected', 'failed') OR (outcome = 'pending' AND reason IS NOT NULL))"

_REASONS = (  # told from the index alone
    "SELECT reasons, count(*) FROM delegates INDEXED BY delegates_by_reasons"
    " WHERE status = 'needs_review' AND current = 1 GROUP BY reasons"
)

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
    the problems. ``more_problems``, ``more_to_look_at`` and ``more_meetings`` say that there are
    others than those named. ``silent`` is the share of rows wrong that nobody had to look
    at, by ``audits``.
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
    more_problems: int
    more_to_look_at: bool
    more_meetings: int


def summary(store: Store, *, everything: bool = False) -> Status:
    """Everything ``noteverbale status`` tells, as of one moment.

    ``reasons`` counts why delegates need review. Use ``dataclasses.asdict`` for JSON.

    Args:
        store: of what.
        everything: name every problem, note and meeting, however many there are.
    """
    most = None if everything else MOST_LISTED
    shown = None if everything else MOST_NOTES
    with store.reading():
        notes = waiting_notes(store, failed=False, most=None if shown is None else shown + 1)
        found = problems(store, most)
        listed = _meetings(store, None if everything else MOST_MEETINGS)
        audited = audits.audited(store)
        return Status(
            messages=_counts(store, "SELECT outcome, count(*) FROM messages GROUP BY 1"),
            documents=_counts(store, "SELECT outcome, count(*) FROM documents GROUP BY 1"),
            delegates=_counts(store, "SELECT status, count(*) FROM delegates GROUP BY 1"),
            reasons=_reasons(store),
            notes=counts(store),
            to_look_at=notes[:shown],
            problems=found,
            meetings=listed,
            audits=audited,
            silent=audits.silent(audited),
            last_received_at=store.rows("SELECT max(received_at) FROM messages")[0][0],
            more_problems=_count_problems(store) - len(found) if len(found) == most else 0,
            more_to_look_at=shown is not None and len(notes) > shown,
            more_meetings=store.rows("SELECT count(*) FROM meetings")[0][0] - len(listed),
        )


def problems(store: Store, most: int | None = None) -> tuple[Problem, ...]:
    """Set-aside messages, then documents that were rejected, failed, or could not be read yet.

    The latter are ``pending`` with a reason: what the machine lacked. Oldest first, ``most`` of
    them.
    """
    limit = -1 if most is None else most
    messages = store.rows(
        "SELECT id, outcome, reason FROM messages WHERE outcome = 'set_aside' ORDER BY id LIMIT ?",
        [limit],
    )
    documents = store.rows(
        f"SELECT id, filename, outcome, reason FROM documents WHERE {_PROBLEM}"  # noqa: S608
        " AND forgotten_at IS NULL ORDER BY id LIMIT ?",
        [limit if most is None else limit - len(messages)],
    )
    return tuple(
        Problem(row["id"], None, None, row["outcome"], row["reason"]) for row in messages
    ) + tuple(
        Problem(None, row["id"], row["filename"], row["outcome"], row["reason"])
        for row in documents
    )


def _counts(store: Store, sql: str) -> dict[str, int]:
    return {row[0]: row[1] for row in store.rows(sql)}


def _count_problems(store: Store) -> int:
    aside = store.rows("SELECT count(*) FROM messages WHERE outcome = 'set_aside'")[0][0]
    found = store.rows(  # told from two indexes: the rows lie all over the file
        f"SELECT (SELECT count(*) FROM documents WHERE {_PROBLEM})"  # noqa: S608
        " - (SELECT count(*) FROM documents INDEXED BY documents_forgotten"
        f" WHERE forgotten_at IS NOT NULL AND {_PROBLEM})"
    )
    return int(aside + found[0][0])


def _reasons(store: Store) -> dict[str, int]:
    """How often each, the most frequent first."""
    found: Counter[str] = Counter()
    for reasons, count in store.rows(_REASONS):
        for code in json.loads(reasons):
            found[code] += count
    return dict(sorted(found.items(), key=lambda one: (-one[1], one[0])))


def _meetings(store: Store, most: int | None) -> tuple[MeetingStatus, ...]:
    """The latest of them, in the order in which they were registered."""
    found = []
    for meeting in store.rows(
        "SELECT * FROM (SELECT * FROM meetings"
        " ORDER BY coalesce(starts, deadline, issued) DESC, id DESC LIMIT ?) ORDER BY id",
        [-1 if most is None else most],
    ):
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
