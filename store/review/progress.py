"""How far the list of a meeting is from being printed: what is decided, what is not, how long."""

from __future__ import annotations

from dataclasses import dataclass

from store.db.database import Store
from store.review.pace import pace


@dataclass(frozen=True, slots=True)
class Progress:
    """Rows in the list. ``notes`` are those that ask for a look themselves.

    ``minutes`` is how long the rest takes by the pace so far; ``measured`` if that was measured.
    """

    decided: int
    marked: int
    plain: int
    notes: int
    minutes: float
    measured: bool

    @property
    def open(self) -> int:
        """Rows to decide."""
        return self.marked + self.plain

    @property
    def printable(self) -> bool:
        """Whether nothing is left to do."""
        return not self.open and not self.notes

    @property
    def share(self) -> float:
        """Rows decided, 0 to 1."""
        rows = self.decided + self.open
        return self.decided / rows if rows else 1.0


def progress(store: Store, reference: str | None) -> Progress:
    """Of the meeting with this reference; None for replies without a meeting."""
    waits = store.rows(
        "SELECT total(delegates) AS open, total(marked) AS marked, total(look) AS look,"
        " total(delegates = 0 AND look = 0) AS bare"
        " FROM review_waiting WHERE meeting = ?",
        [reference or ""],
    )[0]
    decided = store.rows(
        "SELECT count(*) FROM documents AS n CROSS JOIN delegates AS d"
        " INDEXED BY delegates_decided ON d.document_id = n.id"
        " WHERE n.meeting IS ? AND d.current = 1 AND d.status IN ('approved', 'corrected')"
        " AND instr(d.reasons, '\"reading_changed\"') = 0",
        [reference],
    )[0][0]
    by = pace(store)
    marked, plain = int(waits["marked"]), int(waits["open"] - waits["marked"])
    notes = int(waits["look"] + waits["bare"])
    return Progress(
        decided=int(decided),
        marked=marked,
        plain=plain,
        notes=notes,
        minutes=by.minutes(plain, marked, notes),
        measured=by.rows > 0,
    )
