"""Where names may have accents: a note's language, its State's languages, its other names."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from babel.languages import get_official_languages

from extract.language import terms
from extract.language.normalise import main_script

if TYPE_CHECKING:
    from extract.types import NoteVerbale

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


def accents_expected(note: NoteVerbale) -> bool:
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


@cache
def _is_plain(code: str) -> bool:
    """Whether all official languages of a State (ISO 3166-1 alpha-3) are plain."""
    short = next((row["iso2"] for row in terms.state_rows() if row["iso3"] == code), None)
    spoken = get_official_languages(short, de_facto=True) if short else ()
    return bool(spoken) and all(language in PLAIN for language in spoken)
