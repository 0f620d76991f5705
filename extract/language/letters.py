"""The letters of names: which languages a State's names are in, and which letters those have."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING

from extract.language import terms
from extract.language.normalise import fold, script_of

ABOVE = 230  # canonical combining class of marks above a letter (Unicode Standard, table 4-3)
LATIN_1 = 0xFF  # code point; letters up to here are in every Latin model
_TWO_I = re.compile(r"(?<=[^\W\d_])ii(?=[^\W\d_])")

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


@cache
def languages_of(state: str) -> tuple[str, ...]:
    """Languages (ISO 639-1) of a State (ISO 3166-1 alpha-3) whose names have letters of their own.

    Examples: ``CHE``: fr, de, it; ``KAZ``: kk; ``KEN``: none.
    """
    table = terms.common()["name_letter_states"]
    return tuple(language for language, states in table.items() if state in states)


def in_script(languages: tuple[str, ...], script: str) -> tuple[str, ...]:
    """Of languages (ISO 639-1) those whose letters of their own are of a script: ``cyrillic``."""
    table = terms.common()["name_letters"]
    return tuple(code for code in languages if script_of(table[code][0]) == script)


@cache
def letters_of(state: str) -> frozenset[str]:
    """Accented Latin letters of a State's languages, none for a State the table does not have."""
    return letters_in(in_script(languages_of(state), "latin"))


@cache
def letters_in(languages: tuple[str, ...]) -> frozenset[str]:
    """Accented letters of names in these languages (ISO 639-1), in lower case."""
    table = terms.common()["name_letters"]
    return frozenset("".join(table.get(language, "") for language in languages))


def not_of(text: str, languages: tuple[str, ...]) -> bool:
    """Whether a text has an accented letter that none of these languages (ISO 639-1) uses."""
    return any(not c.isascii() and c not in letters_in(languages) for c in text.casefold())


def in_own_letters(text: str, languages: tuple[str, ...]) -> str:
    """The text with accents these languages (ISO 639-1) do not have put as the one they have there.

    Tesseract's Romanian model writes ``ş`` for ``ș``, and a reader without macrons sees ``ã`` or
    ``Ú`` in Tongan names. Only where one letter of the languages stands on the same base, and one
    beyond Latin-1: the others every reader knows. A letter beyond it with its accent above was
    known to who read it: ``Dvořák`` in a note of Slovakia.
    """
    known = letters_in(languages)
    return "".join(
        c if c.isascii() or c.casefold() in known else _own_letter(c, known) for c in text
    )


def _own_letter(letter: str, known: frozenset[str]) -> str:
    above = _is_above(letter)
    own = [c for c in known if bare(c) == bare(letter) and _is_above(c) == above]
    if above and ord(letter.casefold()[0]) > LATIN_1:
        return letter
    if len(own) != 1 or ord(own[0]) <= LATIN_1 or script_of(letter) != "latin":
        return letter
    return own[0].upper() if letter.isupper() else own[0]


def _is_above(letter: str) -> bool:
    """Whether an accent stands above its letter: a cedilla and a comma do not."""
    marks = unicodedata.normalize("NFD", letter)[1:]
    return any(unicodedata.combining(mark) == ABOVE for mark in marks)


@cache
def knows(engine: str, languages: tuple[str, ...]) -> bool:
    """Whether a reader has all the letters of names in these languages.

    ``engine`` is its name with or without a version. One that lacks some reads others in their
    place with full confidence, and that two readers agree is no proof then.
    """
    lacking = terms.common()["unknown_letters"].get(engine.split(" ")[0], "")
    return letters_in(languages).isdisjoint(lacking)


# letters that are no base letter with an accent, and what a reader without them sees
_BASES = str.maketrans(
    "łŁđĐıəƏħĦøØðÐþÞқҚғҒңҢұҰүҮөӨҳҲҷҶәӘіІ", "lLdDieEhHoOdDpPкКгГнНуУуУоОхХчЧеЕиИ"
) | {ord(letter): two for letter, two in {"æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE"}.items()}


def with_two_dots(text: str, seen: Iterable[str]) -> str:
    """The text with ``ü`` for two i, where another reader saw some u in their place.

    A blurred ``Güell`` is read ``Giiell`` or ``Gúell``; two i tell the dots, the other the letter.
    """
    for at in (m.start() for m in _TWO_I.finditer(text)):
        dotted = f"{text[:at]}ü{text[at + 2 :]}"
        if any(bare(dotted) == bare(other) for other in seen):
            return dotted
    return text


def is_bare_of(seen: str, text: str) -> bool:
    """Whether a reader that does not know the letters of the text may have seen the other one.

    ``DO`` of ``ĐỖ``, and of ``Æsa`` both ``AEsa`` and ``Esa``.
    """
    single = text.replace("Æ", "E").replace("æ", "e")
    return bare(seen) in (bare(text), bare(single))


def has_rare(text: str) -> bool:
    """Latin letters that a reader loses or takes for one another unless it knows the language.

    Of 27 names with such letters on scans by three hands that readers saw alike 25 were right, and
    the others were torn from something else.
    """
    return any(ord(c) > LATIN_1 and script_of(c) == "latin" and c not in "œŒŸ" for c in text)


def bare(text: str) -> str:
    """The text folded, its letters without any accent: what a reader without the letters sees."""
    return fold(text.translate(_BASES))


def confused(text: str) -> Iterator[str]:
    """What a text in small letters may be a misreading of: one confusion away (``rn``, ``m``)."""
    for pair in terms.normalise_tables()["ocr_pairs"]:
        for old, new in (map(str.casefold, pair), map(str.casefold, pair[::-1])):
            at = text.find(old)
            while at >= 0:
                yield text[:at] + new + text[at + len(old) :]
                at = text.find(old, at + 1)
