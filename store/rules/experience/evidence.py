"""How much what was approved before says of what is read now: chances raised, doubts answered.

Memory is a third witness beside the two readers: it answers doubts of letters. It may be wrong
itself, so that it says nothing alone: a page must have been read so where nothing on it spoke
against it, or a second note have it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from extract.types import Doubt
from store.rules.experience.judged import Judged

TOGETHER = 100.0
"""Odds by which a field is likelier right that is read as approved, with its person. Of a wrong
reading to be the very one that was approved, the same error must have been read, and overlooked."""

ALONE = 20.0
"""The same where the value is known of the State, and not who bears it; neither is measured."""

HINT = 2.0
"""The same of a word of the State that one note alone had."""

MOST_NOTES = 3
"""More notes than these say no more: what is approved because it is known would prove itself."""

ENOUGH = 2
"""Independent notes from which on memory speaks for itself."""

SOFT = frozenset(
    {
        "low_ocr",
        "name_odd",
        "boundary_uncertain",
        "word_misread",
        "email_shared",
        "name_email_mismatch",
    }
)
"""Doubts of a value alone, or of where it ends: the same value approved before answers them."""

AGAINST = frozenset(
    {
        "accents_unsure",
        "readers_disagree",
        "odd_signs",
        "email_unverified",
        "email_repaired",
        "domain_unusual",
    }
)
"""Doubts because something on the page speaks for another value."""


@dataclass(frozen=True, slots=True)
class Approved:
    """One row that a person approved or corrected.

    ``note`` stands for all scans of one note. ``borne_out`` are the fields that were read so there,
    and against whose letters nothing on the page spoke. ``state`` is an ISO 3166-1 alpha-3 code.
    """

    delegate: int
    note: int
    state: str
    name: str
    email: str | None = None
    title: str | None = None
    organization: str | None = None
    borne_out: frozenset[str] = frozenset()


def notes_of(rows: Iterable[Approved]) -> int:
    """How many independent notes say so."""
    return len({row.note for row in rows})


def raised(chance: float, odds: float) -> float:
    """A chance after evidence that makes it so many times likelier, 0 to 1.

    >>> raised(0.5, 9.0), raised(0.0, 9.0), raised(1.0, 9.0)
    (0.9, 0.0, 1.0)
    """
    return min(1.0, chance * odds / (chance * odds + 1.0 - chance))


def confirmed(
    judged: Judged,
    field: str,
    rows: Collection[Approved],
    odds: float,
    answered: Collection[str] = SOFT | AGAINST,
) -> Judged:
    """The row with one field that has the letters of these rows, which are not none.

    Another case, order or kind of quotes confirms nothing: a value is to be as printed. Nor does
    what one note alone has and no page bears out.
    """
    read = printed(judged.read.get(field))
    same = [row for row in rows if printed(getattr(row, field)) == read]
    notes = notes_of(same)
    if notes < ENOUGH and not any(field in row.borne_out for row in same):
        return judged
    after = judged.without(*answered, field=field)
    return after.likely(**{field: raised(judged.chances[field], odds * min(notes, MOST_NOTES))})


def opposed(doubts: Iterable[Doubt]) -> frozenset[str]:
    """Fields against whose letters something on the page speaks.

    That accents are hard to tell of some letters, whoever reads them, does not; another spelling on
    the page, the doubt's detail, does.
    """
    return frozenset(
        d.field
        for d in doubts
        if d.field and d.code in AGAINST and (d.code != "accents_unsure" or d.detail)
    )


def printed(text: str | None) -> str:
    """A value as it is printed but for white space and the way of composing accents."""
    return " ".join(unicodedata.normalize("NFC", text or "").split())
