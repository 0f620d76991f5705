"""Whether two documents are one note, scanned twice. Pure: facts of two notes in, verdict out.

State, meeting, number and date tell a note. Where one of them is missing or doubtful in a scan, or
the numbers nearly the same, the persons must be the same. A note of another kind, or one that names
somebody in place of another, is no copy whatever its number says: it goes by the rules of
``store.rules.revisions``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from store.rules.names import best_pairs, folded, likeness

SAME_NOTE_AGAIN = "same_note_again"
"""Reason: the same note has come before; the person stands in the list from there."""

COPIES_DIFFER = "copies_differ"
"""Reason: one scan of the note names somebody whom the other does not."""

READS_OTHERWISE = "copy_reads_otherwise"
"""Reason: another scan reads a person's name, address or title otherwise, or a fact of the note."""

SAME_READING = 0.80
"""From this likeness on (0 to 1), two names in two scans of one note are one person's.

Of 1,205 pairs of readings of one name (49 samples, each as it is, turned by 0.7 degrees, as a JPEG
of quality 60, with noise and as a fax) 98 % reach it; of 7,875 pairs of different persons only the
two whom two notes nominate, and the next pair has 0.79.
"""

SAME_ADDRESS = 0.60
"""The same where both have the same e-mail address, which two persons may share."""

NEAR_SIGNS = 1
"""Numbers that differ in so many signs, or of which one begins the other, may be read wrongly."""

SAME_TITLE = 90.0
"""Below this likeness (0 to 100), two readings of a title say different things."""

AGREEING = 2
"""So many of the four facts must agree where one is missing: persons go to several meetings."""

_CONFUSED = str.maketrans("oilsbz", "011582")
"""Signs of a number that readers take for each other."""

_NUMBER_WORDS = ("note verbale", "note", "nota", "ref", "number", "numero", "nr", "no", "n")
"""What stands before a note's number and is read with it or not; the longer ones first."""


@dataclass(frozen=True, slots=True)
class ScannedPerson:
    """A delegate as one scan has it. ``decided`` if a person approved or corrected the row."""

    row: int
    name: str
    email: str | None = None
    title: str | None = None
    decided: bool = False


@dataclass(frozen=True, slots=True)
class Scan:
    """A note as one document has it; None is what is missing.

    ``quoted`` is the invitation's reference as printed, ``number`` the note's own, ``day`` its
    ISO date. ``doubted`` names columns whose value may be wrong, ``people`` are the rows that
    nobody has rejected.
    """

    document: int
    kind: str | None
    state: str | None
    meeting: str | None
    quoted: str | None
    number: str | None
    day: str | None
    doubted: frozenset[str] = frozenset()
    people: tuple[ScannedPerson, ...] = ()

    @property
    def order(self) -> tuple[bool, int]:
        """The lowest stands for all: it has a State and a meeting, and was here first."""
        return self.state is None or self.meeting is None, self.document


@dataclass(frozen=True, slots=True)
class MergedScans:
    """What follows for the rows of all scans of one note, by their ids.

    ``hidden`` stand in the list from another scan, ``single`` are not in every scan, of
    ``otherwise`` another scan reads something else. ``facts`` if the scans disagree about State,
    date, number or the invitation's reference.
    """

    hidden: frozenset[int] = frozenset()
    single: frozenset[int] = frozenset()
    otherwise: frozenset[int] = frozenset()
    facts: bool = False


def number_key(number: str) -> str:
    """A note's number for comparing.

    >>> number_key("No. KMV/7/19") == number_key("KMV / 7 / l9")
    True
    """
    text = folded(number).casefold()  # once more: "№" only now is "No"
    for word in _NUMBER_WORDS:
        if text.startswith(word + " "):
            text = text[len(word) + 1 :]
    return text.replace(" ", "").translate(_CONFUSED)


def is_same(one: Scan, other: Scan) -> bool:
    """Whether the two are one note."""
    facts = [
        _agree(one, other, "state", one.state, other.state, str),
        _meeting(one, other),
        _agree(one, other, "note_reference", one.number, other.number, number_key),
        _agree(one, other, "note_date", one.day, other.day, str),
    ]
    if one.kind != other.kind or False in facts:
        return False
    pairs = _pairs(one.people, other.people)
    if len(pairs) < min(len(one.people), len(other.people)):
        return False  # somebody in place of another: a correction
    return None not in facts or (bool(pairs) and facts.count(True) >= AGREEING)


def merge_scans(scans: Sequence[Scan]) -> MergedScans:
    """Each person once: from the first scan, unless only a later row was decided on."""
    kept: list[list[ScannedPerson]] = []  # of each person the row that counts, then the others
    for scan in scans:
        rows = [person[0] for person in kept]
        pairs = {b.row: rows.index(a) for a, b in _pairs(rows, scan.people)}
        for person in scan.people:
            place = pairs.get(person.row)
            if place is None:
                kept.append([person])
            elif person.decided and not kept[place][0].decided:
                kept[place].insert(0, person)
            else:
                kept[place].append(person)
    return MergedScans(
        hidden=frozenset(p.row for person in kept for p in person[1:]),
        single=frozenset(person[0].row for person in kept if len(person) < len(scans)),
        otherwise=frozenset(
            person[0].row for person in kept if any(_otherwise(person[0], p) for p in person[1:])
        ),
        facts=any(
            len({key for scan in scans if (key := fact(scan))}) > 1
            for fact in (
                lambda s: s.state,
                lambda s: s.day,
                lambda s: number_key(s.number or ""),
                lambda s: number_key(s.quoted or ""),
            )
        ),
    )


def _agree(
    one: Scan,
    other: Scan,
    column: str,
    mine: str | None,
    theirs: str | None,
    key: Callable[[str], str],
) -> bool | None:
    """None where it cannot be told: a value is missing, or they differ and one is doubtful."""
    if not mine or not theirs or not key(mine) or not key(theirs):
        return None
    if key(mine) == key(theirs):
        return True
    if key is number_key and _near(key(mine), key(theirs)):
        return None
    return None if column in one.doubted | other.doubted else False


def _near(one: str, other: str) -> bool:
    """Whether one number may be the other, cut short or with a wrong sign.

    >>> _near("161", "101"), _near("pmvnm6", "pmvnm612119"), _near("102", "201")
    (True, True, False)
    """
    shorter, longer = sorted((one, other), key=len)
    return longer.startswith(shorter) or Levenshtein.distance(one, other) <= NEAR_SIGNS


def _meeting(one: Scan, other: Scan) -> bool | None:
    if one.meeting is not None and other.meeting is not None:
        return one.meeting == other.meeting
    return _agree(one, other, "quoted_reference", one.quoted, other.quoted, number_key)


def _pairs(
    one: Sequence[ScannedPerson], other: Sequence[ScannedPerson]
) -> list[tuple[ScannedPerson, ScannedPerson]]:
    """The same persons in both, best matches first; each at most once."""
    found = best_pairs(
        (score, i, j)
        for i, a in enumerate(one)
        for j, b in enumerate(other)
        if (score := _alike(a.name, b.name))
        >= (SAME_ADDRESS if a.email and a.email == b.email else SAME_READING)
    )
    return [(one[i], other[j]) for i, j in sorted(found.items())]


def _alike(one: str, other: str) -> float:
    """Like ``likeness``, which sorts the words: a wrong first letter gives them another order."""
    sorted_words = likeness(one, other)  # 0 where there is nothing but signs
    return sorted_words and max(sorted_words, float(fuzz.ratio(folded(one), folded(other))) / 100)


def _otherwise(kept: ScannedPerson, hidden: ScannedPerson) -> bool:
    return (
        folded(kept.name) != folded(hidden.name)
        or (hidden.email is not None and kept.email != hidden.email)
        or fuzz.ratio(folded(kept.title or ""), folded(hidden.title or "")) < SAME_TITLE
    )
