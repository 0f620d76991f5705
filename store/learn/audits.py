"""Which rows that nobody had to look at are audited, and what came of it.

Of every meeting so many rows with the lowest places, where a row's place is a keyed hash of its
file and of its number in it: the same rows whoever asks and however often. As rows come, all have
the same chance; a row that is overtaken before it was typed is let go.
"""

from __future__ import annotations

import hmac
import math
import secrets
from dataclasses import dataclass

from store.db.database import Store
from store.rules.experience.intervals import Lot, Share, of_lots

_PLAN = "audit"
_SEED = "audit_seed"
_SEED_BYTES = 16  # 128 bits: nobody guesses which rows will be looked at

_PLACES = 2**64
"""Of a hash's first eight bytes."""


@dataclass(frozen=True, slots=True)
class AuditPlan:
    """``share`` of a meeting's rows, 0 to 1, and at least so many."""

    share: float = 0.05
    least: int = 20

    def size(self, total: int) -> int:
        """How many of so many rows are audited; none if the share is 0."""
        wanted = max(self.least, math.ceil(self.share * total)) if self.share > 0 else 0
        return min(total, wanted)


@dataclass(frozen=True, slots=True)
class MeetingAudit:
    """One meeting, '' if unknown: of ``total`` unmarked rows ``drawn`` are to be audited.

    ``typed`` of them were, ``settled`` without a difference that is open; ``wrong`` were wrong.
    """

    meeting: str
    total: int
    drawn: int
    typed: int
    settled: int
    wrong: int

    @property
    def waiting(self) -> int:
        """Rows that somebody is to type, or whose differences are to be decided."""
        return self.drawn - self.settled

    @property
    def lot(self) -> Lot:
        """For the estimate."""
        return Lot(self.wrong, self.settled, self.total)


def plan(store: Store) -> AuditPlan:
    """As the configuration last said."""
    row = store.one("SELECT value FROM settings WHERE key = ?", [_PLAN])
    if row is None:
        return AuditPlan()
    share, _, least = row["value"].partition(", ")
    return AuditPlan(float(share), int(least))


def set_plan(store: Store, wanted: AuditPlan) -> None:
    """Audit so many from now on."""
    if wanted != plan(store):
        with store.writing() as conn:
            conn.execute(
                "INSERT OR REPLACE INTO settings (key, value) VALUES (?, ?)",
                [_PLAN, f"{wanted.share}, {wanted.least}"],
            )


def write(store: Store, document: int) -> None:
    """Bring the draws of one document to what its rows are; run inside a transaction.

    A row is one that nobody had to look at if nothing is doubtful, or nothing was when a person
    decided it all the same.
    """
    there = {
        row["delegate_id"]
        for row in store.rows("SELECT delegate_id FROM draws WHERE document_id = ?", [document])
    }
    now = {
        row["id"]: row
        for row in store.rows(
            "SELECT d.id, d.read_seq, n.sha256, coalesce(n.meeting, '') AS meeting"
            " FROM documents AS n JOIN readings AS g ON g.document_id = n.id"
            " JOIN delegates AS d ON d.document_id = n.id"
            " LEFT JOIN verdicts AS v ON v.delegate_id = d.id"
            " WHERE n.id = ? AND d.current = 1 AND d.origin = 'read' AND d.read_seq IS NOT NULL"
            " AND (d.status = 'new' OR (d.status <> 'needs_review' AND v.marked = 0))",
            [document],
        )
    }
    conn = store.conn
    conn.executemany("DELETE FROM draws WHERE delegate_id = ?", [[i] for i in there - now.keys()])
    new = [now[i] for i in sorted(now.keys() - there)]
    if new:
        seed = _seed(store)
        conn.executemany(
            "INSERT INTO draws (delegate_id, document_id, meeting, place) VALUES (?, ?, ?, ?)",
            [
                [r["id"], document, r["meeting"], place(seed, r["sha256"], r["read_seq"])]
                for r in new
            ],
        )


def place(seed: str, sha256: str, seq: int) -> float:
    """The place of a row, 0 to 1: the same for the same file, row and seed."""
    digest = hmac.digest(seed.encode(), f"{sha256}:{seq}".encode(), "sha256")
    return int.from_bytes(digest[:8], "big") / _PLACES


def _seed(store: Store) -> str:
    """Made once, and kept."""
    row = store.one("SELECT value FROM settings WHERE key = ?", [_SEED])
    if row is not None:
        return str(row["value"])
    made = secrets.token_hex(_SEED_BYTES)
    store.conn.execute("INSERT INTO settings (key, value) VALUES (?, ?)", [_SEED, made])
    return made


def audited(store: Store, meeting: str | None = None) -> tuple[MeetingAudit, ...]:
    """All meetings with rows that nobody had to look at, or the one with this reference."""
    today = plan(store)
    where = "" if meeting is None else " AND meeting = :meeting"
    totals = store.rows(
        f"SELECT meeting, n FROM draw_totals WHERE n > 0{where} ORDER BY meeting",  # noqa: S608 - our own
        {"meeting": meeting},
    )
    return tuple(_audit(store, row["meeting"], row["n"], today.size(row["n"])) for row in totals)


def _audit(store: Store, meeting: str, total: int, size: int) -> MeetingAudit:
    row = store.rows(
        "SELECT count(*) AS typed, count(a.wrong) AS settled, total(a.wrong) AS wrong"
        " FROM audits AS a CROSS JOIN draws AS d ON d.delegate_id = a.delegate_id"
        " WHERE d.meeting = ? AND d.place <= ?",
        [meeting, _last(store, meeting, size)],
    )[0]
    return MeetingAudit(meeting, total, size, row["typed"], row["settled"], int(row["wrong"]))


def _last(store: Store, meeting: str, size: int) -> float:
    """The place of the last row that is drawn; below 0 if none is."""
    row = store.one(
        "SELECT place FROM draws WHERE meeting = ? ORDER BY place LIMIT 1 OFFSET ?",
        [meeting, max(0, size - 1)],
    )
    return float(row["place"]) if row and size > 0 else -1.0


def _size(store: Store, meeting: str) -> int:
    row = store.one("SELECT n FROM draw_totals WHERE meeting = ?", [meeting])
    return plan(store).size(row["n"] if row else 0)


def next_to_type(store: Store, meeting: str) -> int | None:
    """The delegate to be audited next: one whose differences are open, else the next in order."""
    row = store.one(
        "SELECT d.delegate_id AS id"
        " FROM (SELECT delegate_id FROM draws WHERE meeting = ? ORDER BY place LIMIT ?) AS d"
        " LEFT JOIN audits AS a ON a.delegate_id = d.delegate_id"
        " WHERE a.wrong IS NULL ORDER BY a.delegate_id IS NULL LIMIT 1",
        [meeting, _size(store, meeting)],
    )
    return row["id"] if row else None


def is_drawn(store: Store, delegate: int) -> bool:
    """Whether the row is to be audited now."""
    row = store.one("SELECT meeting, place FROM draws WHERE delegate_id = ?", [delegate])
    if row is None:
        return False
    last = _last(store, row["meeting"], _size(store, row["meeting"]))
    return bool(row["place"] <= last)


def silent(audits: tuple[MeetingAudit, ...]) -> Share:
    """Rows that nobody had to look at and that are wrong: the estimate over these meetings."""
    return of_lots(audit.lot for audit in audits)


def agreement(store: Store, meeting: str | None = None) -> dict[str, tuple[int, int]]:
    """Of rows that two people have read, one of them blindly: by field, alike and all."""
    rows = store.rows(
        "SELECT f.key AS field, total(f.value) AS alike, count(*) AS n FROM audits AS a"
        " CROSS JOIN delegates AS d ON d.id = a.delegate_id"
        " CROSS JOIN documents AS n ON n.id = d.document_id CROSS JOIN json_each(a.agrees) AS f"
        " WHERE a.first_by IS NOT NULL AND (:meeting IS NULL OR n.meeting = :meeting) GROUP BY 1",
        {"meeting": meeting},
    )
    return {row["field"]: (int(row["alike"]), row["n"]) for row in rows}
