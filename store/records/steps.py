"""Steps: what a person did at one go, told by ``corrections``; see ``0019_steps.sql``."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from store.db.database import Store
from store.errors import UnknownRecord


@dataclass(frozen=True, slots=True)
class Edit:
    """One correction. ``name`` is the delegate's, of today or of when the row went.

    ``old`` and ``new`` are the field's values, or the whole row as JSON where ``field`` is None.
    """

    id: int
    table: str
    row: int
    document: int | None
    action: str
    field: str | None
    old: str | None
    new: str | None
    name: str | None


@dataclass(frozen=True, slots=True)
class Step:
    """``at`` is a moment in UTC; ``undoes`` and ``undone`` are numbers of other steps."""

    number: int
    who: str
    at: str
    edits: int
    undoes: int | None = None
    undone: int | None = None


_STEPS = (
    "SELECT step, who, min(at) AS at, count(*) AS edits, max(undoes) AS undoes,"
    " max(undone) AS undone FROM corrections WHERE step IN ({}) GROUP BY step ORDER BY step DESC"
)
_LATEST = (
    "SELECT DISTINCT step FROM corrections WHERE :who IS NULL OR who = :who"
    " ORDER BY step DESC LIMIT :limit"
)
_EDITS = (
    "SELECT c.*, coalesce(d.name, json_extract(g.old, '$.name')) AS name FROM corrections AS c"
    " LEFT JOIN delegates AS d ON c.table_name = 'delegates' AND d.id = c.row_id"
    " LEFT JOIN corrections AS g ON d.id IS NULL AND c.table_name = 'delegates'"
    "   AND g.table_name = 'delegates' AND g.row_id = c.row_id AND g.action = 'delete'"
    " WHERE {} GROUP BY c.id ORDER BY c.id"
)


def latest(store: Store, limit: int, who: str | None = None) -> tuple[Step, ...]:
    """The last steps, of everybody or of one person, the newest first."""
    rows = store.rows(_STEPS.format(_LATEST), {"who": who, "limit": limit})
    return tuple(map(_step, rows))


def last_that_holds(store: Store, who: str | None = None) -> Step | None:
    """The last step that takes nothing back and was not taken back itself."""
    found = store.one(
        "SELECT max(step) AS step FROM corrections WHERE undoes IS NULL AND undone IS NULL"
        " AND (:who IS NULL OR who = :who)",
        {"who": who},
    )
    return None if found is None or found["step"] is None else step(store, found["step"])


def step(store: Store, number: int) -> Step:
    """One of them.

    Raises:
        UnknownRecord: there is none of this number.
    """
    row = store.one(_STEPS.format("?"), [number])
    if row is None:
        raise UnknownRecord(f"There is no step {number}: `noteverbale undo --list` shows them.")
    return _step(row)


def edits(store: Store, number: int) -> tuple[Edit, ...]:
    """What was done in a step, in the order in which it was done."""
    return tuple(map(edit, of_step(store, number)))


def of_step(store: Store, number: int) -> list[sqlite3.Row]:
    """Rows of ``corrections`` of one step, with the delegate's ``name``."""
    return corrections(store, "c.step = :step", {"step": number})


def corrections(store: Store, condition: str, values: dict[str, object]) -> list[sqlite3.Row]:
    """Rows of ``corrections`` (``c``) with the delegate's ``name``, under a condition."""
    return store.rows(_EDITS.format(condition), values)


def edit(row: sqlite3.Row) -> Edit:
    """One row of ``corrections`` with a ``name``."""
    return Edit(
        row["id"],
        row["table_name"],
        row["row_id"],
        row["document_id"],
        row["action"],
        row["field"],
        None if row["old"] is None else str(row["old"]),
        None if row["new"] is None else str(row["new"]),
        row["name"],
    )


def _step(row: sqlite3.Row) -> Step:
    return Step(row["step"], row["who"], row["at"], row["edits"], row["undoes"], row["undone"])
