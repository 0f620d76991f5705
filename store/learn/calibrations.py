"""How likely readings turned out right: made of verdicts, kept by version, withdrawn."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from store import sanitize
from store.db.database import Store
from store.fields import DELEGATE_VALUES
from store.learn import switches
from store.rules.experience.doubted import Marks
from store.rules.experience.office import Example, Office, from_json, to_json

GLANCE = 0.25
"""What a row counts that was accepted with others at one go, where a row looked at alone counts 1:
somebody may have passed over its fault. No measurement."""

MOST_WEIGHT = 4.0
"""No decided row stands for more than so many: few of a kind may be few by chance."""

_ACTIVE = "SELECT * FROM calibrations WHERE withdrawn_at IS NULL ORDER BY version DESC LIMIT 1"


def active(store: Store) -> Office:
    """What holds now; as shipped if nothing was written or it is switched off.

    Every doubt marks a row again as soon as one that was left alone in spite of doubts turns out
    wrong, until that is weighed with all others.
    """
    office = _written(store)
    if office.doubted and left_alone_wrongly(store) > office.doubted.known:
        return replace(office, doubted=None)
    return office


def leaves_alone(store: Store) -> bool:
    """Whether rows are, or were until one turned out wrong, left alone in spite of doubts."""
    return _written(store).doubted is not None


def _written(store: Store) -> Office:
    row = store.one(_ACTIVE)
    if row is None or not switches.wanted(store)["calibration"]:
        return Office()
    return _parsed(row["curves"], row["version"])


def left_alone_wrongly(store: Store) -> int:
    """Rows that were left alone in spite of doubts, and were wrong."""
    row = store.one(
        "SELECT count(*) FROM verdicts WHERE marked = 0 AND sound = 0 AND asks = 0"
        " AND own + beside > 0"
    )
    return int(row[0]) if row else 0


@lru_cache(maxsize=8)
def _parsed(curves: str, version: int) -> Office:
    return from_json(curves, version)


def written(store: Store) -> tuple[sqlite3.Row, ...]:
    """All that were written, the latest first; those withdrawn, too."""
    return tuple(store.rows("SELECT * FROM calibrations ORDER BY version DESC"))


def write(store: Store, who: str, office: Office, rows: int) -> int:
    """Let it hold from now on, for all rows that nobody has decided. Its version."""
    with store.writing() as conn:
        version = conn.execute(
            "INSERT INTO calibrations (at, who, rows, curves) VALUES (?, ?, ?, ?)",
            [sanitize.now(), who, rows, to_json(office)],
        ).lastrowid
        switches.judge_again(store)
    return int(version or 0)


def withdraw(store: Store) -> int | None:
    """Take the last one back: the one before holds again. Its version, None if there is none."""
    with store.writing() as conn:
        row = store.one(_ACTIVE)
        if row is None:
            return None
        conn.execute(
            "UPDATE calibrations SET withdrawn_at = ? WHERE version = ?",
            [sanitize.now(), row["version"]],
        )
        switches.judge_again(store)
    return int(row["version"])


def examples(store: Store) -> tuple[Example, ...]:
    """Decided rows that were read, each with its weight.

    Rows that were marked are decided first and more often: of marked and unmarked ones each counts
    so much that together they weigh as they are in the database.
    """
    found = store.rows("SELECT * FROM verdicts WHERE how <> 'missed' ORDER BY document_id")
    weights = _weights(store, found)
    return tuple(_examples(found, weights))


def _examples(rows: list[sqlite3.Row], weights: dict[int, float]) -> Iterator[Example]:
    for row in rows:
        fields = json.loads(row["fields"])
        yield Example(
            note=row["document_id"],
            fields={
                name: (fields[name][0], fields[name][1], bool(fields[name][2]))
                for name in DELEGATE_VALUES
            },
            row=fields["row"][0],
            person=row["how"] != "nobody",
            doubted=bool(row["doubted"]),
            marked=bool(row["marked"]),
            looked_at=row["way"] != "together",
            weight=weights[row["marked"]] * (GLANCE if row["way"] == "together" else 1.0),
            marks=Marks(row["own"], bool(row["beside"]), bool(row["asks"])),
            sound=bool(row["sound"]),
        )


def _weights(store: Store, rows: list[sqlite3.Row]) -> dict[int, float]:
    """Of unmarked (0) and marked (1) rows, what one counts; 1 on the average of all decided."""
    decided = {marked: 0 for marked in (0, 1)}
    for row in rows:
        decided[row["marked"]] += 1
    open_ = {
        int(row["marked"]): int(row["n"])
        for row in store.rows(
            "SELECT status = 'needs_review' AS marked, count(*) AS n FROM delegates"
            " WHERE status IN ('new', 'needs_review') AND read_seq IS NOT NULL GROUP BY 1"
        )
    }
    all_ = {marked: decided[marked] + open_.get(marked, 0) for marked in decided}
    total, seen = sum(all_.values()), sum(decided.values())
    return {
        marked: min(MOST_WEIGHT, (all_[marked] / total) / (decided[marked] / seen))
        if decided[marked]
        else 1.0
        for marked in decided
    }
