"""A new reading meets rows that people have touched. Pure: rows and reading in, plan out.

What a person corrected keeps its value, what a person approved or rejected stays as it is,
what a person added stays, and what a person deleted does not come back. Rows nobody touched
are the pipeline's own and are replaced.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from store.fields import DELEGATE_VALUES
from store.rules.names import likeness

READING_CHANGED = "reading_changed"
"""Reason: a new reading disagrees with what a person has approved or corrected."""

_SAME_EMAIL = 0.2  # see below
_SAME_PLACE = 0.1
"""What an address and a place in the list add to the likeness of two names (0 to 1)."""

SAME_ROW = 0.75
"""From this score on, a row and a reading are taken for the same delegate."""

Values = Mapping[str, str | None]


@dataclass(frozen=True, slots=True)
class Row:
    """A row as it stands, or one that a person deleted or moved away (``id`` is None then).

    ``values`` is what it shows, ``read`` what the pipeline had read for it, ``edited`` the
    fields that a person has written.
    """

    id: int | None
    values: Values
    seq: int | None
    status: str = "new"
    read: Values | None = None
    read_seq: int | None = None
    edited: frozenset[str] = frozenset()
    added: bool = False

    @property
    def settled(self) -> bool:
        """Whether a person has decided on the row as a whole."""
        return self.status in ("approved", "rejected")

    @property
    def touched(self) -> bool:
        """Whether a person has had a hand in it."""
        return self.added or bool(self.edited) or self.settled


@dataclass(frozen=True, slots=True)
class Reading:
    """A delegate as read now."""

    seq: int
    values: Values


@dataclass(frozen=True, slots=True)
class Change:
    """What happens to a row that stays: fields to write, and whether a person should look."""

    row: int
    reading: int | None
    values: Values
    changed: bool


@dataclass(frozen=True, slots=True)
class Plan:
    """Readings (by their place in the list) that become rows, rows that stay, rows that go."""

    insert: tuple[int, ...]
    keep: tuple[Change, ...]
    delete: tuple[int, ...]


def plan(rows: tuple[Row, ...], readings: tuple[Reading, ...]) -> Plan:
    """How to bring ``rows`` to what ``readings`` say without undoing what people did."""
    row_of = _pairs(rows, readings)
    reading_of = {row: reading for reading, row in row_of.items()}
    keep: list[Change] = []
    delete: list[int] = []
    for place, row in enumerate(rows):
        if row.id is None:
            continue
        reading = reading_of.get(place)
        if reading is not None:
            keep.append(_update(row, row.id, reading, readings[reading].values))
        elif row.touched:
            keep.append(
                Change(row.id, None, {}, changed=not row.added and row.status != "rejected")
            )
        else:
            delete.append(row.id)
    insert = tuple(i for i in range(len(readings)) if i not in row_of)
    return Plan(insert, tuple(keep), tuple(delete))


def _update(row: Row, row_id: int, reading: int, new: Values) -> Change:
    differing = [field for field in DELEGATE_VALUES if new.get(field) != row.values.get(field)]
    # a corrected field differs from its reading by nature; only another reading is news
    news = any(
        field not in row.edited or row.read is None or new.get(field) != row.read.get(field)
        for field in differing
    )
    if row.settled or row.added:
        return Change(row_id, reading, {}, changed=row.status == "approved" and news)
    written = {field: new.get(field) for field in differing if field not in row.edited}
    corrected = not row.edited.isdisjoint(DELEGATE_VALUES)
    return Change(row_id, reading, written, changed=corrected and news)


def _pairs(rows: tuple[Row, ...], readings: tuple[Reading, ...]) -> dict[int, int]:
    """Best matches first, each row and each reading once; by reading's place, the row's place."""
    scored = [
        (score, row.id is not None, -r, -n)
        for n, reading in enumerate(readings)
        for r, row in enumerate(rows)
        if (score := _score(row, reading)) >= SAME_ROW
    ]
    found: dict[int, int] = {}
    taken: set[int] = set()
    for _, _, minus_row, minus_reading in sorted(scored, reverse=True):
        row_place, reading_place = -minus_row, -minus_reading
        if row_place not in taken and reading_place not in found:
            found[reading_place] = row_place
            taken.add(row_place)
    return found


def _score(row: Row, reading: Reading) -> float:
    name = reading.values.get("name") or ""
    earlier = [row.values.get("name") or "", (row.read or {}).get("name") or ""]
    score = max(likeness(name, other) for other in earlier)
    email = reading.values.get("email")
    if email and email in (row.values.get("email"), (row.read or {}).get("email")):
        score += _SAME_EMAIL
    if reading.seq == (row.read_seq if row.read_seq is not None else row.seq):
        score += _SAME_PLACE
    return score
