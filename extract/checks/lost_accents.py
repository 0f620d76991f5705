"""Titles that must have had accents which the readers lost."""

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
    """The persons, those doubted whose title lost an accent that its word always has.

    So are those with a word in their title that is a letter away from one of the lexicon, or with
    an article written large inside it.
    """
    return context.with_people(tuple(_doubted(p, context.language) for p in context.people))


def _doubted(person: Delegate, language: str | None) -> Delegate:
    if person.title is None:
        return person
    article = _LARGE_ARTICLE.search(person.title.text)
    near = article.group() if article else vocabulary.misread(person.title.text, language)
    if near is not None:
        return replace(person, doubts=(*person.doubts, Doubt("word_misread", "title", near)))
    if vocabulary.accents_lost(person.title.text, language):
        return replace(person, doubts=(*person.doubts, Doubt("accents_unsure", "title")))
    return person
