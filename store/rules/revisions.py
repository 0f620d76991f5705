"""Which rows of a State's notes for one meeting still hold. Pure: notes in, verdict out.

Notes are put in the order of their dates, whichever arrived first. A revision that replaces
makes every row before it ``current = 0``; one that adds leaves them; one that substitutes
takes out the persons it names. Two plain nominations stay both, and a person is asked.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from store.rules.names import SAME_PERSON, likeness, mentions

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
    delegates as (id, name). ``sha256`` of the scan decides between notes that nothing else puts
    in an order: it does not depend on which arrived first.
    """

    document: int
    kind: str | None
    revision: str | None
    note_date: str | None
    received_at: str | None
    replaced_names: tuple[str, ...] = ()
    people: tuple[tuple[int, str], ...] = ()
    sha256: str = ""

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

    @property
    def how(self) -> str:
        """In which way it changes an earlier note, as in the table ``revisions``."""
        return self.revision or "unclear"


@dataclass(frozen=True, slots=True)
class Succession:
    """A row of a later note and the row before it: the same person's, or the one replaced."""

    delegate: int
    earlier: int
    same_person: bool


@dataclass(slots=True)
class GroupVerdict:
    """What follows from all notes of the State for the meeting.

    ``replaced`` holds ids of delegates whose rows are no longer current, ``supersedes`` the
    earlier note's document for each document that changes one, ``reasons`` codes by document.
    ``revises`` is like ``supersedes``, with the way it does, and for notes that add, too.
    """

    replaced: set[int] = field(default_factory=set)
    supersedes: dict[int, int] = field(default_factory=dict)
    reasons: dict[int, set[str]] = field(default_factory=dict)
    revises: dict[int, tuple[int, str]] = field(default_factory=dict)
    successions: list[Succession] = field(default_factory=list)

    def _doubt(self, document: int, code: str) -> None:
        self.reasons.setdefault(document, set()).add(code)


def resolve_group(notes: Iterable[GroupNote]) -> GroupVerdict:
    """The verdict over all notes of one State for one meeting, in any order of arrival."""
    verdict = GroupVerdict()
    before: list[GroupNote] = []
    for note in sorted(notes, key=_order):
        if note.replaces:
            verdict.replaced.update(person for old in before for person, _ in old.people)
            if note.revision is None and any(old.nominates for old in before):
                verdict._doubt(note.document, REVISION_UNCLEAR)
        gone = _substitute(note, before, verdict) if note.substitutes else []
        if note.kind == "revision":
            _link(note, before, verdict)
            verdict.successions.extend(_successions(note, before, gone))
        _compare(note, before, verdict)
        before.append(note)
    return verdict


def _order(note: GroupNote) -> tuple[str, int, str, str, int]:
    """By the note's date, then receipt; of one day, a revision comes after what it revises.

    A note without a date is placed by its receipt; without both, a revision comes last and
    anything else first, as nothing better is known.
    """
    revises = int(note.kind == "revision")
    day = note.note_date or (note.received_at or "")[:10] or ("9999-12-31" if revises else "")
    return day, revises, note.received_at or "", note.sha256, note.document


def _link(note: GroupNote, before: list[GroupNote], verdict: GroupVerdict) -> None:
    earlier = [old for old in before if old.nominates] or before
    if earlier:
        verdict.revises[note.document] = (earlier[-1].document, note.how)
        if note.replaces or note.substitutes:
            verdict.supersedes[note.document] = earlier[-1].document


def _substitute(note: GroupNote, before: list[GroupNote], verdict: GroupVerdict) -> list[list[int]]:
    """Take out who is replaced; the rows of each, in the order in which the note names them."""
    taken_out: list[list[int]] = []
    if not note.replaced_names:
        verdict._doubt(note.document, REPLACED_NOT_FOUND)
    for gone in note.replaced_names:
        if not gone:  # the person was forgotten, and with it the name
            continue
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
            taken_out.append(found)
        else:
            verdict._doubt(note.document, REPLACED_NOT_FOUND)
    return taken_out


def _successions(
    note: GroupNote, before: list[GroupNote], gone: list[list[int]]
) -> list[Succession]:
    """Pairs of a person in the note and in the last note that has the same person.

    Who follows nobody in a substitution takes the place of the one whom the note replaces: the
    first new person that of the first name.
    """
    pairs: list[Succession] = []
    newcomers: list[int] = []
    taken: set[int] = set()
    for person, name in note.people:
        earlier = next(
            (
                other
                for old in reversed(before)
                for other, known in old.people
                if other not in taken and likeness(name, known) >= SAME_PERSON
            ),
            None,
        )
        if earlier is None:
            newcomers.append(person)
        else:
            taken.add(earlier)
            pairs.append(Succession(person, earlier, same_person=True))
    places = [rows[-1] for rows in gone if rows[-1] not in taken]
    if len(places) == len(newcomers):  # otherwise who comes for whom is anybody's guess
        pairs += [
            Succession(new, old, same_person=False)
            for new, old in zip(newcomers, places, strict=True)
        ]
    return pairs


def _compare(note: GroupNote, before: list[GroupNote], verdict: GroupVerdict) -> None:
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
