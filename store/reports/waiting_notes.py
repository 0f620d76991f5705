"""Notes that a person should look at themselves, because no row of theirs asks: worst first."""

from __future__ import annotations

import json
from dataclasses import dataclass

from store.db.database import Store

_NOTES = (
    "SELECT q.document_id, q.meeting, n.filename, n.outcome, n.kind, n.state, n.open_reasons,"
    " s.name_en FROM review_queue AS q CROSS JOIN documents AS n ON n.id = q.document_id"
    " LEFT JOIN states AS s ON s.iso3 = n.state WHERE q.delegate_id IS NULL"
    " AND (:meeting IS NULL OR q.meeting = :meeting) AND (:failed OR n.outcome <> 'failed')"
    " ORDER BY n.urgency, n.id LIMIT :most"
)


@dataclass(frozen=True, slots=True)
class WaitingNote:
    """A note of which no row is in the queue. ``reasons`` are codes that nobody has settled."""

    document: int
    filename: str
    outcome: str
    kind: str | None
    state: str | None
    state_name: str | None
    meeting: str | None
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NoteCounts:
    """How many notes, of all meetings.

    ``needs_review`` counts failed documents too, ``nobody_found`` those of them that nominate and
    name nobody, ``same_note_again`` further scans of a note.
    """

    needs_review: int
    nobody_found: int
    same_note_again: int


def waiting_notes(
    store: Store, meeting: str | None = None, *, failed: bool = True, most: int | None = None
) -> tuple[WaitingNote, ...]:
    """Those of one meeting, or all; without documents that ``failed``; ``most`` of them."""
    return tuple(
        WaitingNote(
            document=row["document_id"],
            filename=row["filename"],
            outcome=row["outcome"],
            kind=row["kind"],
            state=row["state"],
            state_name=row["name_en"] or row["state"],
            meeting=row["meeting"],
            reasons=tuple(json.loads(row["open_reasons"])),
        )
        for row in store.rows(
            _NOTES, {"meeting": meeting, "failed": failed, "most": -1 if most is None else most}
        )
    )


def counts(store: Store) -> NoteCounts:
    """Of all meetings."""
    review = store.rows(
        "SELECT count(*), total(urgency = 0) FROM documents WHERE needs_review = 1"
    )[0]
    again = store.rows(
        "SELECT count(*) FROM documents WHERE same_as IS NOT NULL AND outcome = 'processed'"
    )[0]
    return NoteCounts(int(review[0]), int(review[1]), int(again[0]))
