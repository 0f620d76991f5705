"""A new reading meets rows that people have touched. Pure: rows and reading in, plan out.

What a person corrected keeps its value, what a person approved or rejected stays as it is,
what a person added stays, and what a person deleted does not come back. Rows nobody touched
are the pipeline's own and are replaced.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from store.fields import DELEGATE_VALUES
from store.rules.names import best_pairs, likeness

READING_CHANGED = "reading_changed"
"""Reason: a new reading disagrees with what a person has approved or corrected."""

SAME_ROW = 0.75
"""From this score on, a row and a reading are taken for the same delegate."""

SAME_EMAIL = 0.2
"""Added to the score where the address is the same: a misread name reaches ``SAME_ROW`` then."""

SAME_PLACE = 0.1
"""Added where the row stands at the same place in the note: it decides between namesakes alone."""

STANDING = 1e-6
"""Added where the row still stands: it goes before a deleted one that is just as alike."""

ValueTexts = Mapping[str, str | None]


@dataclass(frozen=True, slots=True)
class StoredDelegate:
    """A row as it stands, or one that a person deleted or moved away (``id`` is None then).

    ``values`` is what it shows, ``read`` what the pipeline had read for it, ``edited`` the
    fields that a person has written.
    """

    id: int | None
    values: ValueTexts
    seq: int | None
    status: str = "new"
    read: ValueTexts | None = None
    read_seq: int | None = None
    edited: frozenset[str] = frozenset()
    added: bool = False

    @property
    def decided(self) -> bool:
        """Whether a person has decided on the row as a whole."""
        return self.status in ("approved", "rejected")

    @property
    def touched(self) -> bool:
        """Whether a person has had a hand in it."""
        return self.added or bool(self.edited) or self.decided


@dataclass(frozen=True, slots=True)
class ReadDelegate:
    """A delegate as read now."""

    seq: int
    values: ValueTexts


@dataclass(frozen=True, slots=True)
class RowChange:
    """What happens to a row that stays: fields to write, and whether a person should look."""

    row: int
    reading: int | None
    values: ValueTexts
    changed: bool


@dataclass(frozen=True, slots=True)
class Plan:
    """Readings (by their place in the list) that become rows, rows that stay, rows that go."""

    insert: tuple[int, ...]
    keep: tuple[RowChange, ...]
    delete: tuple[int, ...]


def plan(rows: tuple[StoredDelegate, ...], readings: tuple[ReadDelegate, ...]) -> Plan:
    """How to bring ``rows`` to what ``readings`` say without undoing what people did."""
    row_of = _pairs(rows, readings)
    reading_of = {row: reading for reading, row in row_of.items()}
    keep: list[RowChange] = []
    delete: list[int] = []
    for place, row in enumerate(rows):
        if row.id is None:
            continue
        reading = reading_of.get(place)
        if reading is not None:
            keep.append(_update(row, row.id, reading, readings[reading].values))
        elif row.touched:
            keep.append(
                RowChange(row.id, None, {}, changed=not row.added and row.status != "rejected")
            )
        else:
            delete.append(row.id)
    insert = tuple(i for i in range(len(readings)) if i not in row_of)
    return Plan(insert, tuple(keep), tuple(delete))


def _update(row: StoredDelegate, row_id: int, reading: int, new: ValueTexts) -> RowChange:
    differing = [field for field in DELEGATE_VALUES if new.get(field) != row.values.get(field)]
    # a corrected field differs from its reading by nature; only another reading is news
    news = any(
        field not in row.edited or row.read is None or new.get(field) != row.read.get(field)
        for field in differing
    )
    if row.decided or row.added:
        return RowChange(row_id, reading, {}, changed=row.status == "approved" and news)
    written = {field: new.get(field) for field in differing if field not in row.edited}
    corrected = not row.edited.isdisjoint(DELEGATE_VALUES)
    return RowChange(row_id, reading, written, changed=corrected and news)


def _pairs(rows: tuple[StoredDelegate, ...], readings: tuple[ReadDelegate, ...]) -> dict[int, int]:
    """Best matches first, each row and each reading once; by reading's place, the row's place."""
    found = best_pairs(
        (score + (STANDING if row.id is not None else 0.0), r, n)
        for n, reading in enumerate(readings)
        for r, row in enumerate(rows)
        if (score := _score(row, reading)) >= SAME_ROW
    )
    return {reading: row for row, reading in found.items()}


def _score(row: StoredDelegate, reading: ReadDelegate) -> float:
    name = reading.values.get("name") or ""
    earlier = [row.values.get("name") or "", (row.read or {}).get("name") or ""]
    score = max(likeness(name, other) for other in earlier)
    email = reading.values.get("email")
    if email and email in (row.values.get("email"), (row.read or {}).get("email")):
        score += SAME_EMAIL
    if reading.seq == (row.read_seq if row.read_seq is not None else row.seq):
        score += SAME_PLACE
    return score
