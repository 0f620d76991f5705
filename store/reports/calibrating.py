"""What decided rows say of the chances, and what would change if it held: tried before written."""

from __future__ import annotations

from dataclasses import dataclass, replace

from store.db.database import Store
from store.derived import experience
from store.learn import as_read, calibrations, switches
from store.rules.experience.doubted import LEAST_LIKELY, LIKELY, Doubted
from store.rules.experience.office import Example, Office, learnt
from store.rules.experience.trial import (
    WORSE,
    Promise,
    Tried,
    borne_out,
    crossed,
    promised,
    with_threshold,
)

ENOUGH = 2
"""Notes with decided rows, at least: one is judged by the others."""


@dataclass(frozen=True, slots=True)
class Calibrating:
    """What would be written, and what it would do.

    ``rows`` of ``notes`` are decided; ``unmarked`` of them were not marked. ``tried`` are the
    errors of calibration, cross-validated by note. Of ``waiting`` rows that nobody has decided
    ``marked`` would be marked in addition, ``freed`` no longer. ``holds`` is the version that
    holds now, 0: the tables that ship; ``off`` if the configuration switched it off. ``doubted`` is
    what would be left alone in spite of doubts, and would hold only if it is borne out.
    """

    office: Office
    rows: int
    notes: int
    unmarked: int
    tried: tuple[Tried, ...]
    promise: Promise | None
    waiting: int
    marked: int
    freed: int
    holds: int
    off: bool
    doubted: Doubted

    @property
    def refusal(self) -> str | None:
        """Why it would not be written; None if it would."""
        if self.notes < ENOUGH:
            return f"rows of {ENOUGH} notes, at least, must be decided"
        if self.promise is not None and self.promise.threshold is None:
            return "no row is so likely right: every row would be marked"
        worse = [t.what for t in self.tried if t.what == "row" and t.after > t.before + WORSE]
        return "confidences would be less right than they are" if worse else None


def calibrating(store: Store, accepted: float | None = None) -> Calibrating:
    """Curves of today's decided rows.

    Args:
        store: whose rows.
        accepted: the share of unmarked rows that may be wrong, which sets the threshold; None
            leaves it as shipped.
    """
    with store.reading():
        rows = calibrations.examples(store)
        notes = len({row.note for row in rows})
        office, doubted = _learnt(store, rows, accepted)
        promise = None
        waiting = list(experience.open_rows(store))
        if accepted is not None:
            found = (row.by(office) for row in waiting)
            plain = [chance for doubted, chance in found if not doubted]
            promise = promised(rows, as_read.row_chance, accepted, plain)
        office = with_threshold(office, promise)
        after = [(row.marked, row.would_be_marked(office)) for row in waiting]
        return Calibrating(
            office=office,
            rows=len(rows),
            notes=notes,
            unmarked=sum(not row.marked for row in rows),
            tried=crossed(rows, as_read.row_chance) if notes >= ENOUGH else (),
            promise=promise,
            waiting=len(waiting),
            marked=sum(new and not old for old, new in after),
            freed=sum(old and not new for old, new in after),
            holds=calibrations.active(store).version,
            off=not switches.wanted(store)["calibration"],
            doubted=doubted,
        )


def _learnt(
    store: Store, rows: tuple[Example, ...], accepted: float | None
) -> tuple[Office, Doubted]:
    """The curves; of rows that doubts mark only what is borne out, and all that was found of it."""
    office = learnt(rows, as_read.row_chance)
    least = LIKELY if accepted is None else max(LEAST_LIKELY, 1 - accepted)
    tried, wrong = borne_out(rows, as_read.row_chance, least)
    known = calibrations.left_alone_wrongly(store)
    doubted = replace(
        office.doubted or Doubted(), tried=tried, wrong=wrong, known=known, least=least
    )
    return replace(office, doubted=doubted if doubted.holds else None), doubted
