"""Per meeting: which States have answered, how, and when; and what went wrong."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Literal

from store import sanitize
from store.db.database import Store
from store.rules.names import folded

Answer = Literal["nominated", "declined", "acknowledged", "extension", "other", "none"]

_ANSWERS: dict[str | None, Answer] = {
    "nomination": "nominated",
    "revision": "nominated",
    "decline": "declined",
    "acknowledgement": "acknowledged",
    "extension_request": "extension",
}

PROBLEMS = 200
"""Problems shown at once, the latest first."""


@dataclass(frozen=True, slots=True)
class StateAnswer:
    """What one State has said so far; the latest note decides.

    ``document`` is that note, ``waiting`` counts rows and notes. ``doubt`` tells why it is not
    certain whether the State was a Party; ``party`` is False for those that are not counted.
    """

    state: str
    name: str
    party: bool
    doubt: str | None
    answer: Answer
    late: bool
    delegates: int
    waiting: int
    document: int | None
    notes: int
    last_at: str | None


@dataclass(frozen=True, slots=True)
class Overview:
    """A meeting at one moment. ``days_left`` is negative after the deadline.

    ``replies`` counts notes by day of receipt, in order.
    """

    id: int
    reference: str
    title: str
    starts: str | None
    place: str | None
    deadline: str | None
    days_left: int | None
    states: tuple[StateAnswer, ...]
    unknown: int
    replies: tuple[tuple[str, int], ...]

    def count(self, *answers: Answer) -> int:
        """How many States Parties have answered so."""
        return sum(s.party and s.answer in answers for s in self.states)

    @property
    def parties(self) -> int:
        """States Parties as of the meeting's date."""
        return sum(s.party for s in self.states)

    @property
    def late(self) -> int:
        """States Parties whose first answer came after the deadline."""
        return sum(s.party and s.late for s in self.states)

    @property
    def waiting(self) -> int:
        """Delegates that nobody has decided on, and notes that a person should look at."""
        return sum(s.waiting for s in self.states)

    @property
    def delegates(self) -> int:
        """Delegates that count."""
        return sum(s.delegates for s in self.states)


@dataclass(frozen=True, slots=True)
class MeetingLine:
    """A registered meeting, for the list of them."""

    id: int
    reference: str
    title: str
    starts: str | None
    deadline: str | None


@dataclass(frozen=True, slots=True)
class ProblemLine:
    """A document or message that did not go through; one of the two ids is None."""

    document: int | None
    message: int | None
    filename: str | None
    from_address: str | None
    received_at: str | None
    outcome: str
    reason: str | None


def meetings(store: Store) -> tuple[MeetingLine, ...]:
    """Every registered meeting, the latest first."""
    rows = store.rows("SELECT * FROM meetings ORDER BY coalesce(starts, deadline) DESC, id DESC")
    return tuple(
        MeetingLine(row["id"], row["reference"], row["title"], row["starts"], row["deadline"])
        for row in rows
    )


def states(store: Store) -> tuple[tuple[str, str], ...]:
    """Every State a note may be of: code and English name, by name."""
    rows = store.rows("SELECT iso3, name_en FROM states")
    found = ((row["iso3"], row["name_en"]) for row in rows)
    return tuple(sorted(found, key=lambda state: folded(state[1])))


def overview(store: Store, meeting: int, today: date | None = None) -> Overview | None:
    """The meeting with this id in the table ``meetings``, None if there is none."""
    with store.reading():
        row = store.one("SELECT * FROM meetings WHERE id = ?", [meeting])
        if row is None:
            return None
        deadline = sanitize.parsed_day(row["deadline"])
        day = today or datetime.now(UTC).date()
        unknown = store.one(
            "SELECT count(*) FROM documents WHERE meeting = ? AND state IS NULL"
            " AND outcome = 'processed'",
            [row["reference"]],
        )
        return Overview(
            id=meeting,
            reference=row["reference"],
            title=row["title"],
            starts=row["starts"],
            place=row["place"],
            deadline=row["deadline"],
            days_left=(deadline - day).days if deadline else None,
            states=_states(store, row["reference"]),
            unknown=unknown[0] if unknown else 0,
            replies=_by_day(store, row["reference"]),
        )


def chosen(
    answers: tuple[StateAnswer, ...], words: str, answer: str | None, order: str
) -> tuple[StateAnswer, ...]:
    """Those States whose name or code has the words and who answered so, in an order.

    Args:
        answers: by name.
        words: of the name, in any case and without accents; empty for all.
        answer: one of ``Answer``, ``late`` or ``waiting``; None for all.
        order: ``state``, ``waiting``, ``delegates`` or ``newest``; anything else leaves the order.
    """
    wanted = folded(words)
    found = [
        a
        for a in answers
        if (wanted in folded(a.name) or wanted == a.state.lower())
        and (answer is None or answer in (a.answer, *_marks(a)))
    ]
    if order in ("waiting", "delegates"):
        found.sort(key=lambda a: a.waiting if order == "waiting" else a.delegates, reverse=True)
    elif order == "newest":
        found.sort(key=lambda a: a.last_at or "", reverse=True)
    return tuple(found)


def _marks(answer: StateAnswer) -> tuple[str, ...]:
    return (*(["late"] if answer.late else ()), *(["waiting"] if answer.waiting else ()))


def problems(store: Store) -> tuple[ProblemLine, ...]:
    """Set-aside messages and documents that were rejected or failed, the latest first."""
    rows = store.rows(
        "SELECT n.id AS document, NULL AS message, n.filename, m.from_address,"
        " coalesce(n.received_at, n.kept_at) AS at, n.received_at, n.outcome, n.reason"
        " FROM documents AS n LEFT JOIN messages AS m ON m.id = n.message"
        " WHERE n.outcome IN ('rejected', 'failed')"
        " UNION ALL SELECT NULL, id, subject, from_address, coalesce(received_at, kept_at),"
        " received_at, outcome, reason FROM messages WHERE outcome = 'set_aside'"
        " ORDER BY at DESC LIMIT ?",
        [PROBLEMS],
    )
    return tuple(
        ProblemLine(
            row["document"],
            row["message"],
            row["filename"],
            row["from_address"],
            row["received_at"],
            row["outcome"],
            row["reason"],
        )
        for row in rows
    )


def count_problems(store: Store) -> int:
    """How many there are."""
    sql = (
        "SELECT (SELECT count(*) FROM documents WHERE outcome IN ('rejected', 'failed'))"
        " + (SELECT count(*) FROM messages WHERE outcome = 'set_aside')"
    )
    return int(store.rows(sql)[0][0])


def _states(store: Store, reference: str) -> tuple[StateAnswer, ...]:
    """States Parties by name, then those that are not counted and answered, or may be Parties."""
    notes: dict[str, list[sqlite3.Row]] = {}
    for row in store.rows(
        "SELECT n.state, n.id, n.kind, n.same_as, n.received_at,"
        " coalesce(n.received_at, n.note_date) AS at, m.deadline_ends"
        " FROM documents AS n JOIN meetings AS m ON m.reference = n.meeting"
        " WHERE n.meeting = ? AND n.state IS NOT NULL AND n.outcome = 'processed'"
        " ORDER BY coalesce(n.note_date, n.received_at, ''), n.id",
        [reference],
    ):
        notes.setdefault(row["state"], []).append(row)
    looks = {
        row["state"]: int(row["notes"])
        for row in store.rows(
            "SELECT state, count(*) AS notes FROM documents"
            " WHERE meeting = ? AND needs_review = 1 GROUP BY state",
            [reference],
        )
    }
    people = {
        row["state"]: row
        for row in store.rows(
            "SELECT n.state, total(d.status <> 'rejected') AS delegates,"
            " total(d.status IN ('new', 'needs_review')) AS waiting"
            " FROM documents AS n CROSS JOIN delegates AS d ON d.document_id = n.id"
            " WHERE n.meeting = ? AND d.current = 1 GROUP BY n.state",
            [reference],
        )
    }
    # the view says who was a Party on the day; its counts, one State at a time, are not needed
    parties = {
        row["state"]
        for row in store.rows("SELECT state FROM coverage WHERE meeting = ?", [reference])
    }
    found = []
    for row in store.rows("SELECT iso3, name_en, party_note FROM states"):
        code = row["iso3"]
        if code in parties or code in notes or row["party_note"]:
            answer = _answer(row, code in parties, notes.get(code, []), people.get(code))
            found.append(replace(answer, waiting=answer.waiting + looks.get(code, 0)))
    return tuple(sorted(found, key=lambda answer: (not answer.party, folded(answer.name))))


def _answer(
    state: sqlite3.Row, party: bool, notes: list[sqlite3.Row], people: sqlite3.Row | None
) -> StateAnswer:
    received = [note["received_at"] for note in notes if note["received_at"]]
    ends = notes[0]["deadline_ends"] if notes else None
    notes = [note for note in notes if note["same_as"] is None]  # what came twice is one note
    latest = notes[-1] if notes else None
    return StateAnswer(
        state=state["iso3"],
        name=state["name_en"],
        party=party,
        doubt=state["party_note"],
        answer=_ANSWERS.get(latest["kind"], "other") if latest else "none",
        late=bool(received and ends and min(received) >= ends),
        delegates=int(people["delegates"]) if people else 0,
        waiting=int(people["waiting"]) if people else 0,
        document=latest["id"] if latest else None,
        notes=len(notes),
        last_at=max((note["at"] for note in notes if note["at"]), default=None),
    )


def _by_day(store: Store, reference: str) -> tuple[tuple[str, int], ...]:
    rows = store.rows(
        "SELECT substr(coalesce(received_at, note_date), 1, 10) AS day, count(*) AS replies"
        " FROM documents WHERE meeting = ? AND outcome = 'processed' AND same_as IS NULL"
        " AND coalesce(received_at, note_date) IS NOT NULL GROUP BY 1 ORDER BY 1",
        [reference],
    )
    return tuple((row["day"], row["replies"]) for row in rows)
