"""The letters of names: which languages a State's names are in, and which letters those have."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from extract.language import terms
from extract.language.normalise import fold, script_of

LATIN_1 = 0xFF  # code point; letters up to here are in every Latin model

if TYPE_CHECKING:
    from collections.abc import Iterator


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


def with_own_twins(text: str, languages: tuple[str, ...]) -> str:
    """The text with a cedilla or a comma below, whichever these languages (ISO 639-1) have.

    Tesseract's Romanian model writes ``ş`` for ``ș``. A language that has neither tells nothing.
    """
    known = letters_in(languages)
    return "".join(
        _TWINS[c]
        if c in _TWINS and c.casefold() not in known and _TWINS[c].casefold() in known
        else c
        for c in text
    )


@cache
def knows(engine: str, languages: tuple[str, ...]) -> bool:
    """Whether a reader has all the letters of names in these languages.

    ``engine`` is its name with or without a version. One that lacks some reads others in their
    place with full confidence, and that two readers agree is no proof then.
    """
    lacking = terms.common()["unknown_letters"].get(engine.split(" ")[0], "")
    return letters_in(languages).isdisjoint(lacking)


# with a cedilla or a comma below: which of them tells the language alone
_TWINS = dict(zip("şțţșŞȚŢȘ", "șţțşȘŢȚŞ", strict=True))
# letters that are no base letter with an accent, and what a reader without them sees
_BASES = str.maketrans(
    "łŁđĐıəƏħĦøØðÐþÞқҚғҒңҢұҰүҮөӨҳҲҷҶәӘіІ", "lLdDieEhHoOdDpPкКгГнНуУуУоОхХчЧеЕиИ"
) | {ord(letter): two for letter, two in {"æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE"}.items()}


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
