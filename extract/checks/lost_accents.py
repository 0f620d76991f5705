"""Posts and offices that must have had accents which the readers lost."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from extract.language import vocabulary
from extract.types import Doubt

if TYPE_CHECKING:
    from extract.checks.context import Context
    from extract.types import Delegate

# "Sous-directrice de La coopération": a small l read as a capital; "de La Haye" is a place
_LARGE_ARTICLE = re.compile(r"(?<=[a-zß-ÿ] )(?:La|Le|Les|El|Los|Las)(?= [a-zß-ÿ])")


def doubt_lost_accents(context: Context) -> Context:
    """The persons, those doubted whose post or office lost an accent that its word always has.

    So are those with a word in their title that is a letter away from one of the lexicon, or with
    an article written large inside it. Nothing is put back: many type ``Directeur General``, and on
    445 scans as many accents were put where none is printed as where one is.
    """
    return context.with_people(tuple(_doubted(p, context.language) for p in context.people))


def _doubted(person: Delegate, language: str | None) -> Delegate:
    doubts: list[Doubt] = []
    if person.title is not None:
        article = _LARGE_ARTICLE.search(person.title.text)
        near = article.group() if article else vocabulary.misread(person.title.text, language)
        doubts += [Doubt("word_misread", "title", near)] if near is not None else []
    for field, value in (("title", person.title), ("organization", person.organization)):
        if not doubts and value is not None and vocabulary.accents_lost(value.text, language):
            doubts.append(Doubt("accents_unsure", field))
    return replace(person, doubts=(*person.doubts, *doubts)) if doubts else person
