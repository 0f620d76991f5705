"""How far the confirmation of each State's list is: what it was told, and what came back."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Literal

from store import sanitize
from store.db.database import Store
from store.service.confirmations import last, registered, told


@dataclass(frozen=True, slots=True)
class MissionAnswer:
    """A mail that answered; ``text`` is its sender's own words.

    ``documents`` came with it, each with its own review. ``verdict`` is a person's: ``confirmed``,
    ``errors``, or None as long as nobody has said so. ``known`` tells whether the sender wrote to
    us for this State before.
    """

    id: int
    from_address: str | None
    received_at: str | None
    text: str
    documents: tuple[tuple[int, str], ...]
    verdict: str | None
    who: str | None
    at: str | None
    known: bool


@dataclass(frozen=True, slots=True)
class Confirmation:
    """The last draft to a State about a meeting, and all that came back of any.

    ``changed`` if the list is another one than was told.
    """

    meeting: str
    state: str
    document: int | None
    draft: str
    error: str | None
    at: str
    who: str | None
    until: str | None
    told: tuple[dict[str, str | None], ...]
    changed: bool
    answers: tuple[MissionAnswer, ...]

    @property
    def standing(self) -> Literal["wanted", "given_up", "asked", "answered", "errors", "confirmed"]:
        """How far it is, as people said of the newest answer; an open answer comes before all."""
        if any(one.verdict is None for one in self.answers):
            return "answered"
        if self.answers and not self.changed:
            return "confirmed" if self.answers[-1].verdict == "confirmed" else "errors"
        return {"wanted": "wanted", "placed": "asked"}.get(self.draft, "given_up")  # type: ignore[return-value]


def confirmations(store: Store, meeting: str, state: str | None = None) -> dict[str, Confirmation]:
    """What every State that was asked was told and said, by State."""
    rows = last(store, meeting, state)
    if not rows:
        return {}
    people = registered(store, meeting, state)
    answers = _answers(store, meeting, state)
    return {
        row["to_state"]: Confirmation(
            meeting=meeting,
            state=row["to_state"],
            document=row["document_id"],
            draft=row["state"],
            error=row["error"],
            at=row["at"],
            who=row["who"],
            until=row["until"],
            told=told(row),
            changed=row["told"] is not None and told(row) != people.get(row["to_state"], ()),
            answers=tuple(answers.get(row["to_state"], ())),
        )
        for row in rows
    }


def open_answers(store: Store) -> int:
    """Answers of which nobody has said yet what they are."""
    sql = "SELECT count(*) FROM confirmation_answers WHERE verdict IS NULL"
    return int(store.rows(sql)[0][0])


def _answers(store: Store, meeting: str, state: str | None) -> dict[str, list[MissionAnswer]]:
    found: dict[str, list[MissionAnswer]] = {}
    for row in store.rows(
        "SELECT a.*, c.to_state, p.from_address, p.received_at,"
        " EXISTS (SELECT 1 FROM messages AS q JOIN documents AS n ON n.message = q.id"
        "          WHERE q.from_address = p.from_address AND n.state = c.to_state"
        "            AND q.id <> p.id)"
        " OR EXISTS (SELECT 1 FROM mission_addresses AS x WHERE x.state = c.to_state"
        "             AND x.email = p.from_address AND x.wrong = 0) AS known,"
        " (SELECT json_group_array(json_array(n.id, n.filename)) FROM documents AS n"
        "   WHERE n.message = p.id) AS documents"
        " FROM confirmation_answers AS a JOIN confirmation_drafts AS c ON c.id = a.draft"
        " JOIN meetings AS m ON m.id = c.meeting JOIN messages AS p ON p.id = a.message"
        " WHERE m.reference = :meeting AND (:state IS NULL OR c.to_state = :state)"
        " ORDER BY coalesce(p.received_at, ''), a.id",
        {"meeting": sanitize.text(meeting), "state": state},
    ):
        found.setdefault(row["to_state"], []).append(
            MissionAnswer(
                id=row["id"],
                from_address=row["from_address"],
                received_at=row["received_at"],
                text=row["text"],
                documents=tuple((n, name) for n, name in json.loads(row["documents"])),
                verdict=row["verdict"],
                who=row["who"],
                at=row["at"],
                known=bool(row["known"]),
            )
        )
    return found
