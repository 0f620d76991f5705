"""Entries that are no persons but the rest of the one before: ``General, National Police``."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from extract.language import vocabulary
from extract.types import Doubt

if TYPE_CHECKING:
    from extract.checks.context import Context


def doubt_continuations(context: Context) -> Context:
    """The persons; doubted if the name is made of the lexicon's words, and so is the one before.

    Where a line of a title was taken for a name, the title before it ends too soon.
    """
    people = context.people
    odd = [vocabulary.is_made_of(p.name.text, context.language) for p in people]
    found = []
    for at, person in enumerate(people):
        doubts = person.doubts
        if odd[at] and person.email is None:
            doubts += (Doubt("name_odd", "name"),)
        if at + 1 < len(people) and odd[at + 1] and people[at + 1].email is None:
            doubts += (Doubt("odd_signs", "title"),)
        found.append(replace(person, doubts=tuple(dict.fromkeys(doubts))))
    return context.with_people(tuple(found))
