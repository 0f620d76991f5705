"""Which rows of a State's notes for one meeting still hold. Pure: notes in, verdict out.

Notes are put in the order of their dates, whichever arrived first. A revision that replaces
makes every row before it ``current = 0``; one that adds leaves them; one that substitutes
takes out the persons it names. Two plain nominations stay both, and a person is asked.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from store.names import SAME_PERSON, mentions

SECOND_NOTE = "second_note_of_state"
"""Reason: the State has sent another nomination for the meeting without calling it a revision."""

REPLACED_NOT_FOUND = "replaced_person_not_found"
"""Reason: the note replaces somebody, and it cannot be told who that is."""

REVISION_UNCLEAR = "revision_unclear"
"""Reason: a revision does not say how it changes the earlier note; it is taken to replace it."""

DECLINED_LATER = "declined_later"
"""Reason: a later note of that State declines the invitation."""


@dataclass(frozen=True, slots=True)
class GroupNote:
    """One note of a State for a meeting.

    ``note_date`` is an ISO date, ``received_at`` a moment in UTC as text, ``people`` the
    delegates as (id, name).
    """

    document: int
    kind: str | None
    revision: str | None
    note_date: str | None
    received_at: str | None
    replaced_names: tuple[str, ...] = ()
    people: tuple[tuple[int, str], ...] = ()

    @property
    def nominates(self) -> bool:
        """Whether it names a delegation or changes one."""
        return self.kind in ("nomination", "revision")

    @property
    def replaces(self) -> bool:
        """Whether it puts everything before it out of force."""
        return self.kind == "revision" and self.revision not in ("adds", "substitutes")

    @property
    def substitutes(self) -> bool:
        """Whether it puts one person in another's place."""
        return self.kind == "revision" and self.revision == "substitutes"


@dataclass(slots=True)
class Verdict:
    """What follows from all notes of the State for the meeting.

    ``replaced`` holds ids of delegates whose rows are no longer current, ``supersedes`` the
    earlier note's document for each document that changes one, ``reasons`` codes by document.
    """

    replaced: set[int] = field(default_factory=set)
    supersedes: dict[int, int] = field(default_factory=dict)
    reasons: dict[int, set[str]] = field(default_factory=dict)

    def _doubt(self, document: int, code: str) -> None:
        self.reasons.setdefault(document, set()).add(code)


def judge(notes: Iterable[GroupNote]) -> Verdict:
    """The verdict over all notes of one State for one meeting, in any order of arrival."""
    verdict = Verdict()
    before: list[GroupNote] = []
    for note in sorted(notes, key=_order):
        if note.replaces:
            verdict.replaced.update(person for old in before for person, _ in old.people)
            if note.revision is None and any(old.nominates for old in before):
                verdict._doubt(note.document, REVISION_UNCLEAR)
        elif note.substitutes:
            _substitute(note, before, verdict)
        if note.replaces or note.substitutes:
            _link(note, before, verdict)
        _compare(note, before, verdict)
        before.append(note)
    return verdict


def _order(note: GroupNote) -> tuple[str, int, str, int]:
    """By the note's date, then receipt; of one day, a revision comes after what it revises.

    A note without a date is placed by its receipt; without both, a revision comes last and
    anything else first, as nothing better is known.
    """
    revises = int(note.kind == "revision")
    day = note.note_date or (note.received_at or "")[:10] or ("9999-12-31" if revises else "")
    return day, revises, note.received_at or "", note.document


def _link(note: GroupNote, before: list[GroupNote], verdict: Verdict) -> None:
    earlier = [old for old in before if old.nominates] or before
    if earlier:
        verdict.supersedes[note.document] = earlier[-1].document


def _substitute(note: GroupNote, before: list[GroupNote], verdict: Verdict) -> None:
    if not note.replaced_names:
        verdict._doubt(note.document, REPLACED_NOT_FOUND)
    for gone in note.replaced_names:
        people = [
            (mentions(gone, name), person)
            for old in before
            for person, name in old.people
            if person not in verdict.replaced
        ]
        best = max((score for score, _ in people), default=0.0)
        found = [person for score, person in people if score == best]
        # the same name in two notes that both hold is one person; two persons are no match
        names = {name for old in before for person, name in old.people if person in found}
        if best >= SAME_PERSON and len(names) == 1:
            verdict.replaced.update(found)
        else:
            verdict._doubt(note.document, REPLACED_NOT_FOUND)


def _compare(note: GroupNote, before: list[GroupNote], verdict: Verdict) -> None:
    """Doubts about notes that say nothing about each other."""
    in_force = [
        old
        for old in before
        if old.kind == "nomination" and any(p not in verdict.replaced for p, _ in old.people)
    ]
    if note.kind == "nomination":
        for old in in_force:
            verdict._doubt(old.document, SECOND_NOTE)
            verdict._doubt(note.document, SECOND_NOTE)
    elif note.kind == "decline":
        for old in before:
            if old.nominates and any(p not in verdict.replaced for p, _ in old.people):
                verdict._doubt(old.document, DECLINED_LATER)
