"""Accents that readers lose: where names may have them, and titles that must have had them."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from babel.languages import get_official_languages

from extract import states, terms, vocabulary
from extract.normalise import main_script
from extract.types import Doubt

if TYPE_CHECKING:
    from extract.types import Delegate, NoteVerbale

_PLAIN = (
    "en ar fa ps ur bn hi ta si ne dz dv my th lo km ko ja zh ru be uk bg mk el hy ka he am ti "
    "ms id fil sw so rw rn tn ss st ny sn nd bi tpi hif kk ky tg mn"
)
PLAIN = frozenset(_PLAIN.split())
"""Languages (ISO 639-1) that are written, or written in Latin letters, without accents."""


@cache
def _accented() -> frozenset[str]:
    """Languages of the lexicon whose notes are full of accents."""
    latin = {x.code for x in terms.languages() if x.script == "latin"}
    return frozenset(latin - PLAIN)


def are_likely(note: NoteVerbale) -> bool:
    """True unless neither the note, nor its State's languages, nor any name in it has accents.

    Both readers lose an accent together: ``DĄBROWNIK`` becomes ``DABROWNIK`` with full
    agreement. Where names have none, agreement means more.
    """
    if note.state is None or note.language in _accented() or not _is_plain(note.state.text):
        return True
    return any(
        not c.isascii() and c.isalpha()
        for person in note.delegates
        if main_script(person.name.text) == "latin"
        for c in person.name.text
    )


def doubted(people: tuple[Delegate, ...], language: str | None) -> tuple[Delegate, ...]:
    """The persons, those doubted whose title lost an accent that its word always has.

    So are those with a word in their title that is a letter away from one of the lexicon.
    """
    return tuple(_doubted(person, language) for person in people)


def _doubted(person: Delegate, language: str | None) -> Delegate:
    if person.title is None:
        return person
    near = vocabulary.misread(person.title.text, language)
    if near is not None:
        return replace(person, doubts=(*person.doubts, Doubt("word_misread", "title", near)))
    if vocabulary.accents_lost(person.title.text, language):
        return replace(person, doubts=(*person.doubts, Doubt("accents_unsure", "title")))
    return person


@cache
def _is_plain(code: str) -> bool:
    """Whether all official languages of a State (ISO 3166-1 alpha-3) are plain."""
    short = next((row["iso2"] for row in states.rows() if row["iso3"] == code), None)
    spoken = get_official_languages(short, de_facto=True) if short else ()
    return bool(spoken) and all(language in PLAIN for language in spoken)
