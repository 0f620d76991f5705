"""Names and numbers of months in all languages, also as a page reader sees them."""

from __future__ import annotations

import re
from functools import cache

from babel.dates import get_month_names

from extract.language import terms
from extract.language.normalise import fold

_ROMAN = {
    "i": 1,
    "ii": 2,
    "iii": 3,
    "iv": 4,
    "v": 5,
    "vi": 6,
    "vii": 7,
    "viii": 8,
    "ix": 9,
    "x": 10,
    "xi": 11,
    "xii": 12,
}
LONG = 5  # letters of a month's name that no word of another language happens to be
_ROMAN_SIGNS = str.maketrans("1l", "ii")  # "29-I11-2019" was printed "29-III-2019"
# "25 mapta": Russian read with Latin letters
_CYRILLIC_SIGNS = str.maketrans("aeopcxymtkbhnu", "аеорсхумткьнпи")


@cache
def _months() -> dict[str, int]:
    """Folded month names and abbreviations of all languages."""
    found: dict[str, int] = {}
    for language in terms.languages():
        for width in ("wide", "abbreviated"):
            for context in ("format", "stand-alone"):
                for number, name in get_month_names(width, context, locale=language.code).items():
                    found.setdefault(fold(name).strip(". "), int(number))
        for label, names in language.phrases.items():
            if (
                label
                in (
                    "months",
                    "months_nominative",
                    "months_levant",
                    "months_maghreb",
                    "months_morocco",
                    "months_han",
                )
                and len(names) >= 12
            ):
                found.update({fold(n): i for i, n in enumerate(names[:12], start=1)})
        found.update({fold(n): i for n, i in language.tables.get("months_variants", {}).items()})
    for name in terms.phrases("months_abbr"):
        whole = next((i for full, i in tuple(found.items()) if full.startswith(fold(name))), None)
        if whole is not None:
            found.setdefault(fold(name), whole)
    return found


@cache
def hijri_months() -> dict[str, int]:
    """Folded names of the months of the Islamic calendar."""
    found: dict[str, int] = {}
    for language in terms.languages():
        names = language.phrases.get("months_hijri", ())
        found.update({fold(n): i for i, n in enumerate(names, start=1)})
        table = language.tables.get("months_hijri_variants", {})
        found.update({fold(n): i for n, i in table.items()})
    return found


def month_number(text: str) -> int | None:
    """The number of a month printed as a name, in figures, or in Roman ones."""
    plain = fold(text).strip(". ")
    if plain.isdigit():
        return int(plain)
    return _known(plain) or _misread(plain)


def is_misread(text: str) -> bool:
    """True for a month that only other letters than those read make one."""
    plain = fold(text).strip(". ")
    return not plain.isdigit() and _known(plain) is None and _misread(plain) is not None


def _known(plain: str) -> int | None:
    if plain in _ROMAN:
        return _ROMAN[plain]
    parts = (plain, *re.split(r"\s*/\s*", plain), plain.split(" ")[0])
    return next((_months()[part] for part in parts if part in _months()), None)


def _misread(plain: str) -> int | None:
    roman = _ROMAN.get(plain.translate(_ROMAN_SIGNS)) if plain[:1] in "ivx" else None
    if roman is not None or len(plain) < LONG:
        return roman
    return _months().get(plain.translate(_CYRILLIC_SIGNS))
