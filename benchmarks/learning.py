"""What the office learns between two meetings: switches, the calibration, the blind audit."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from random import Random

from benchmarks.kept import Truth
from benchmarks.reviewer import OWN_ERRORS, Pair, pairs, slip
from benchmarks.scoring import WHOLE
from store.db.database import Store
from store.learn import audits, calibrations, switches
from store.learn.audits import MeetingAudit
from store.learn.decided import same
from store.reports.calibrating import calibrating
from store.review import audit as blind
from store.review.audit import Verdict

KINDS = switches.SWITCHES
AUDITOR = "auditor"


def begin(store: Store, wanted: Collection[str]) -> None:
    """Learn these and no others; audit the same rows in every run."""
    switches.switch(store, {kind: kind in wanted for kind in KINDS})
    with store.writing() as conn:
        conn.execute("INSERT OR REPLACE INTO settings (key, value) VALUES ('audit_seed', 'a')")


def calibrate(store: Store, wanted: Collection[str], accepted: float | None) -> None:
    """``noteverbale calibrate --write``, after a meeting; ``--accept-error`` if one is given."""
    if "calibration" in wanted:
        found = calibrating(store, accepted)
        if found.refusal is None:
            calibrations.write(store, "reviewer", found.office, found.rows)


def is_wrong(one: Pair) -> bool:
    """Whether name, title or address was read wrongly, as an audit sees it: case is no error."""
    if one.row is None:
        return False
    person = one.person or {}
    return any(not one.right(name) and not same(one.row[name], person.get(name)) for name in WHOLE)


def as_read(store: Store, truths: Mapping[int, Truth]) -> dict[int, Pair]:
    """Every row beside its person, by the row's id; before anybody reviews."""
    return {
        one.row["id"]: one
        for document, truth in truths.items()
        for one in pairs(store, document, truth)
        if one.row is not None
    }


def audit(store: Store, meeting: str, known: Mapping[int, Pair], seed: int) -> None:
    """Type every row that is drawn, as the page asks for it, and settle what differs."""
    rng = Random(seed)
    while (delegate := audits.next_to_type(store, meeting)) is not None:
        one = known[delegate]
        person = one.person or {}
        typed = {}
        for name in WHOLE:
            value = one.row[name] if one.row and one.right(name) else person.get(name)
            slips = rng.random() < OWN_ERRORS
            typed[name] = slip(str(value), rng) if slips and value else value or ""
        if not blind.write(store, AUDITOR, delegate, typed):
            said: dict[str, Verdict] = {name: "typed" for name in WHOLE if one.right(name)}
            blind.settle(store, AUDITOR, delegate, {name: said.get(name, "row") for name in WHOLE})


@dataclass(frozen=True, slots=True)
class Audited:
    """The estimate of silent errors (shares, 0 to 1), its interval, and the truth."""

    typed: int
    estimate: float
    low: float
    high: float
    true: float

    @property
    def covered(self) -> bool:
        """Whether the truth lies within."""
        return self.low - 1e-9 <= self.true <= self.high + 1e-9


def estimate(store: Store, meeting: str, known: Mapping[int, Pair]) -> Audited:
    """What the product says of one meeting, beside the truth."""
    found = audits.audited(store, meeting)
    share = audits.silent(found)
    rows = [row["delegate_id"] for row in _drawn_from(store, meeting)]
    wrong = sum(is_wrong(known[row]) for row in rows)
    typed = sum(one.settled for one in found)
    return Audited(typed, share.share or 0.0, share.low, share.high, wrong / max(1, len(rows)))


def _drawn_from(store: Store, meeting: str) -> list[sqlite3.Row]:
    """All rows of the meeting that nobody had to look at."""
    return store.rows(
        "SELECT w.delegate_id, n.sha256, d.read_seq FROM draws AS w"
        " JOIN documents AS n ON n.id = w.document_id"
        " JOIN delegates AS d ON d.id = w.delegate_id WHERE w.meeting = ?",
        [meeting],
    )


def other_draws(
    store: Store, meetings: Collection[str], known: Mapping[int, Pair], runs: int
) -> tuple[int, list[Audited]]:
    """How many of so many draws over these meetings cover the truth; whoever types errs never."""
    lots = [(meeting, _drawn_from(store, meeting)) for meeting in meetings]
    total = sum(len(rows) for _, rows in lots)
    true = sum(is_wrong(known[row["delegate_id"]]) for _, rows in lots for row in rows)
    plan = audits.plan(store)
    found = []
    for run in range(runs):
        drawn = []
        for meeting, rows in lots:
            order = sorted(rows, key=lambda r: audits.place(f"{run}", r["sha256"], r["read_seq"]))
            chosen = order[: plan.size(len(rows))]
            wrong = sum(is_wrong(known[row["delegate_id"]]) for row in chosen)
            size = len(chosen)
            drawn.append(MeetingAudit(meeting, len(rows), size, size, size, wrong))
        share = audits.silent(tuple(drawn))
        typed = sum(one.drawn for one in drawn)
        found.append(
            Audited(typed, share.share or 0.0, share.low, share.high, true / max(1, total))
        )
    return sum(one.covered for one in found), found
