"""How many seconds a look takes here, by what people have decided; or what is supposed until then.

Of each row that a person decided right after another, the seconds between are kept
(``store.learn.verdicts``). Their middle is the pace; a longer pause is none of it.
"""

from __future__ import annotations

import statistics
from dataclasses import dataclass
from typing import Final

from store import sanitize
from store.db.database import Store

PLAIN_S: Final = 4.0
"""Seconds for a row of which nothing is doubtful: supposed, not measured, as the next two are.
``0024_worth.sql`` has them, too."""

MARKED_S: Final = 15.0
"""Seconds for a marked row."""

NOTE_S: Final = 8.0
"""Seconds to take up a note."""

LEAST: Final = 30
"""Rows of a kind whose middle tells more than what is supposed; not measured."""

MOST: Final = 2000
"""The last rows that are looked at: people become faster."""

WORTH_WRITING: Final = 0.2
"""A pace that differs less from the one that is kept orders nothing anew."""


@dataclass(frozen=True, slots=True)
class Pace:
    """Seconds a look; ``rows`` decisions were measured, 0 if none."""

    plain_s: float
    marked_s: float
    note_s: float
    rows: int

    def minutes(self, plain: int, marked: int, notes: int) -> float:
        """What is left to do takes so long."""
        seconds = plain * self.plain_s + marked * self.marked_s + notes * self.note_s
        return seconds / 60


def pace(store: Store) -> Pace:
    """As it was measured last."""
    row = store.rows("SELECT plain_s, marked_s, note_s, rows FROM pace")[0]
    return Pace(*row)


def measure(store: Store) -> Pace:
    """Measure it anew; the queue is put in order by it if it has changed."""
    found: dict[int, list[float]] = {0: [], 1: []}
    for row in store.rows(
        "SELECT marked, seconds FROM verdicts WHERE seconds IS NOT NULL"
        " ORDER BY delegate_id DESC LIMIT ?",
        [MOST],
    ):
        found[int(bool(row["marked"]))].append(float(row["seconds"]))
    kept = pace(store)
    enough = {kind: times for kind, times in found.items() if len(times) >= LEAST}
    new = Pace(
        plain_s=_middle(enough.get(0), PLAIN_S),
        marked_s=_middle(enough.get(1), MARKED_S),
        note_s=NOTE_S,
        rows=sum(map(len, enough.values())),
    )
    pairs = ((kept.plain_s, new.plain_s), (kept.marked_s, new.marked_s))
    if all(abs(now - before) <= WORTH_WRITING * before for before, now in pairs):
        return kept
    with store.writing() as conn:
        conn.execute(
            "UPDATE pace SET plain_s = ?, marked_s = ?, note_s = ?, rows = ?, at = ?",
            [new.plain_s, new.marked_s, new.note_s, new.rows, sanitize.now()],
        )
    return new


def _middle(seconds: list[float] | None, supposed: float) -> float:
    return max(1.0, statistics.median(seconds)) if seconds else supposed
