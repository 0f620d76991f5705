"""Two notes of one State side by side: who stays, who changed, who came, who goes."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import Literal

from store.db.database import Store
from store.errors import UnknownRecord
from store.fields import AS_PRINTED
from store.review.rows import delegates, row_version
from store.rules.names import SAME_PERSON, best_pairs, likeness

PairChange = Literal["same", "changed", "new", "gone"]


@dataclass(frozen=True, slots=True)
class Side:
    """A delegate as one of the notes has it."""

    id: int
    values: dict[str, str | None]
    status: str
    current: bool
    version: str


@dataclass(frozen=True, slots=True)
class Pair:
    """One person in both notes; ``differing`` are the fields that differ."""

    old: Side | None
    new: Side | None
    differing: tuple[str, ...]

    @property
    def change(self) -> PairChange:
        """What happened to the person from the old note to the new one."""
        if self.old is None:
            return "new"
        if self.new is None:
            return "gone"
        return "changed" if self.differing else "same"


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two notes, each with columns of ``documents``, and their persons in pairs."""

    old: dict[str, object]
    new: dict[str, object]
    pairs: tuple[Pair, ...]


def compare(store: Store, old: int, new: int) -> Comparison:
    """The earlier note beside the later one.

    Raises:
        UnknownRecord: one of the two does not exist.
    """
    with store.reading():
        notes = [_note(store, number) for number in (old, new)]
        before = [_side(row) for row in delegates(store, old)]
        after = [_side(row) for row in delegates(store, new)]
    return Comparison(notes[0], notes[1], tuple(_pairs(before, after)))


def earlier(store: Store, document: int) -> int | None:
    """The note that this one most likely revises: the one it supersedes, else the one before."""
    row = store.one(
        "SELECT coalesce(n.supersedes, (SELECT o.id FROM documents AS o"
        "   WHERE o.state = n.state AND o.meeting = n.meeting AND o.id <> n.id"
        "   AND o.outcome = 'processed' ORDER BY coalesce(o.note_date, o.received_at, '') DESC,"
        "   o.id DESC LIMIT 1)) AS other FROM documents AS n WHERE n.id = ?",
        [document],
    )
    return row["other"] if row else None


def _note(store: Store, document: int) -> dict[str, object]:
    row = store.one(
        "SELECT n.*, s.name_en AS state_name FROM documents AS n"
        " LEFT JOIN states AS s ON s.iso3 = n.state WHERE n.id = ?",
        [document],
    )
    if row is None:
        raise UnknownRecord(f"There is no document {document}.")
    return dict(row)


def _side(row: sqlite3.Row) -> Side:
    return Side(
        row["id"],
        {field: row[field] for field in AS_PRINTED},
        row["status"],
        bool(row["current"]),
        row_version(row),
    )


def _pairs(before: list[Side], after: list[Side]) -> list[Pair]:
    partner = best_pairs(
        (score, i, j)
        for i, b in enumerate(before)
        for j, a in enumerate(after)
        if (score := likeness(b.values["name"] or "", a.values["name"] or "")) >= SAME_PERSON
    )
    pairs = []
    for i, old in enumerate(before):
        new = after[partner[i]] if i in partner else None
        differing = tuple(f for f in AS_PRINTED if old.values[f] != new.values[f]) if new else ()
        pairs.append(Pair(old, new, differing))
    taken = set(partner.values())
    return pairs + [Pair(None, new, ()) for j, new in enumerate(after) if j not in taken]
