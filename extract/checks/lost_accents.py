"""Titles that must have had accents which the readers lost."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from extract.language import vocabulary
from extract.types import Doubt

if TYPE_CHECKING:
    from extract.checks.context import Context
    from extract.types import Delegate


def doubt_lost_accents(context: Context) -> Context:
    """The persons, those doubted whose title lost an accent that its word always has.

    So are those with a word in their title that is a letter away from one of the lexicon.
    """
    return context.with_people(tuple(_doubted(p, context.language) for p in context.people))


def _doubted(person: Delegate, language: str | None) -> Delegate:
    if person.title is None:
        return person
    near = vocabulary.misread(person.title.text, language)
    if near is not None:
        return replace(person, doubts=(*person.doubts, Doubt("word_misread", "title", near)))
    if vocabulary.accents_lost(person.title.text, language):
        return replace(person, doubts=(*person.doubts, Doubt("accents_unsure", "title")))
    return person
