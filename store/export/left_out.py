"""Whom a list of participants leaves out, and why: nobody is to be missed in print unsaid."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from store import sanitize
from store.db.database import Store
from store.export.heading import counted
from store.rules.names import folded

_ROWS = """
SELECT total(d.current = 1 AND d.status IN ('approved', 'corrected')) AS listed,
       total(d.current = 1 AND d.status = 'needs_review') AS doubtful,
       total(d.current = 1 AND d.status = 'new') AS unseen,
       total(d.current = 1 AND d.status = 'rejected') AS rejected,
       total(d.current = 0 AND d.status <> 'rejected') AS replaced
  FROM documents AS n CROSS JOIN delegates AS d ON d.document_id = n.id
 WHERE n.meeting = :meeting
"""
# Notes of a meeting, and of none.
_NOTES = """
SELECT count(*) FROM documents INDEXED BY documents_of_meeting_to_review
 WHERE meeting IS ? AND needs_review = 1 AND outcome = 'processed'
"""
_HOMELESS = """
SELECT count(*) FROM documents AS n INDEXED BY documents_by_meeting
 CROSS JOIN delegates AS d ON d.document_id = n.id
 WHERE n.meeting IS NULL AND n.outcome = 'processed' AND d.current = 1 AND d.status <> 'rejected'
"""
_UNREAD = """
SELECT count(*) FROM documents INDEXED BY documents_by_outcome
 WHERE outcome IN ('failed', 'rejected', 'pending') AND forgotten_at IS NULL
"""
_SET_ASIDE = "SELECT count(*) FROM messages WHERE outcome = 'set_aside'"


# The inner question is answered by indexes alone, whatever the meeting's size.
_PEOPLE = """
SELECT d.id AS delegate, p.document, p.state, p.state_name, d.name,
       d.status, d.current, instr(d.reasons, '"same_note_again"') > 0 AS again,
       EXISTS (SELECT 1 FROM corrections AS c
                WHERE c.table_name = 'delegates' AND c.row_id = d.id AND c.field = 'current'
                  AND c.undone IS NULL AND c.undoes IS NULL) AS by_hand
  FROM (SELECT x.id AS delegate, n.id AS document, n.state, s.name_en AS state_name
          FROM documents AS n CROSS JOIN delegates AS x ON x.document_id = n.id
          LEFT JOIN states AS s ON s.iso3 = n.state
         WHERE n.meeting = ? AND (x.current = 0 OR x.status NOT IN ('approved', 'corrected'))
         ORDER BY x.current DESC, x.status = 'rejected', s.name_en, n.id, x.seq, x.id LIMIT ?) AS p
 CROSS JOIN delegates AS d ON d.id = p.delegate
 ORDER BY d.current DESC, d.status = 'rejected', p.state_name, p.document, d.seq, d.id
"""
MOST_PEOPLE = 500
"""Persons that are named at once."""


@dataclass(frozen=True, slots=True)
class Omitted:
    """One person of the meeting who is not in the list, and why in plain words."""

    delegate: int
    document: int
    state_name: str | None
    name: str
    why: str


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What is not in the list of reviewed participants of a meeting, and how many are: ``listed``.

    ``doubtful``, ``unseen``, ``rejected`` and ``replaced`` count delegates of the meeting: those
    that need review, those that are certain and nobody has looked at, those a person rejected, and
    those a later note replaced. ``homeless`` are delegates of notes whose meeting is not known.
    ``notes`` wait themselves. ``unread`` are files of all meetings that failed, were rejected or
    wait to be read: what was not read cannot say which meeting it answers. ``set_aside`` are
    messages that may hold a scan which could not be taken out.
    """

    listed: int
    doubtful: int
    unseen: int
    rejected: int
    replaced: int
    homeless: int
    notes: int
    unread: int
    set_aside: int

    @property
    def waiting(self) -> int:
        """Delegates of the meeting that no person has decided on."""
        return self.doubtful + self.unseen

    @property
    def open(self) -> int:
        """What a person has to decide on before a list of this meeting is final."""
        return self.waiting + self.homeless + self.notes

    def told(self, *, everything: bool = False) -> tuple[str, ...]:
        """How many are left out, and why, a line each; ``everything``: the list has who waits."""
        undecided = (
            (self.doubtful, "delegate", "to be reviewed, because something is doubtful"),
            (self.unseen, "delegate", "that nobody has looked at; nothing is doubtful"),
        )
        others = (
            (self.homeless, "delegate", "of notes whose meeting is not known"),
            (self.rejected, "delegate", "rejected by a person"),
            (self.replaced, "delegate", "replaced, taken off the list, or in a second scan"),
            (self.notes, "note", "to be looked at: somebody may be missing from the list"),
            (self.unread, "file", "of all meetings, not read: `noteverbale status` names them"),
            (
                self.set_aside,
                "message",
                "set aside, perhaps with a scan in it: the same names them",
            ),
        )
        return tuple(
            f"{counted(count, what)} {why}"
            for count, what, why in (*(() if everything else undecided), *others)
            if count
        )


def left_out(store: Store, meeting: str) -> LeftOut:
    """What a list of approved and corrected rows of this meeting does not show."""
    reference = sanitize.text(meeting)
    rows = store.rows(_ROWS, {"meeting": reference})[0]
    notes = sum(int(store.rows(_NOTES, [of])[0][0]) for of in (reference, None))
    return LeftOut(
        listed=int(rows["listed"]),
        doubtful=int(rows["doubtful"]),
        unseen=int(rows["unseen"]),
        rejected=int(rows["rejected"]),
        replaced=int(rows["replaced"]),
        homeless=int(store.rows(_HOMELESS)[0][0]),
        notes=notes,
        unread=int(store.rows(_UNREAD)[0][0]),
        set_aside=int(store.rows(_SET_ASIDE)[0][0]),
    )


def people(store: Store, meeting: str) -> tuple[Omitted, ...]:
    """Who is left out, those first who wait for a decision; at most ``MOST_PEOPLE``."""
    rows = store.rows(_PEOPLE, [sanitize.text(meeting), MOST_PEOPLE])
    return tuple(
        Omitted(
            row["delegate"],
            row["document"],
            row["state_name"],
            row["name"] or "",
            _why(row),
        )
        for row in sorted(rows, key=_order)
    )


def _order(row: sqlite3.Row) -> tuple[bool, bool, str]:
    """Who waits comes first; then by State, as the list has them."""
    return not row["current"], row["status"] == "rejected", folded(row["state_name"] or "")


def _why(row: sqlite3.Row) -> str:
    if row["status"] == "rejected":
        return "rejected by a person"
    if row["current"]:
        return "nobody has looked" if row["status"] == "new" else "to be reviewed"
    if row["again"]:
        return "in a second scan of the same note"
    return "taken off the list by a person" if row["by_hand"] else "replaced by a later note"
