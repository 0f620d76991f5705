"""Names in Cyrillic, by the standard of their language: BGN/PCGN or passports for Russian.

The language is told by letters that only it has, else by the State: a note of Ukraine writes
``и`` where it is read y. A name with letters that the State's language has not is Russian.
"""

from __future__ import annotations

import re
from functools import cache, partial
from typing import Any, Literal

from extract.words import table
from store.rules.latin.parts import NamePart, Sign, plain

Standard = Literal["bgn", "passport"]
"""``bgn``: BGN/PCGN without its marks; ``passport``: ICAO Doc 9303, as Russian passports."""

STANDARDS: tuple[Standard, ...] = ("bgn", "passport")

LONG = 5
"""Letters of a word whose end may be a case."""

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")


def cyrillic_parts(name: str, state: str | None, style: Standard) -> tuple[NamePart, ...] | None:
    """The words of a name in Cyrillic; None with a letter that its table has not."""
    language = _language(name, state)
    letters, initial, endings = _table(language or style)
    parts: list[NamePart] = []
    at = 0
    for found in _WORD.finditer(name):
        word = found[0]
        if any(char.lower() not in letters for char in word):
            return None
        is_initial = len(word) == 1 and name[found.end() : found.end() + 1] == "."
        capitals = word.isupper() and not is_initial
        spelled = _by_table(word.lower(), letters, initial, endings)
        tables = {language or style, *STANDARDS}
        alike = len({_by_table(word.lower(), *_table(one)) for one in tables}) == 1
        part = NamePart(
            spellings=(spelled.upper() if capitals else spelled[:1].upper() + spelled[1:],),
            signs=_signs(word.lower()),
            before=name[at : found.start()],
            initial=is_initial,
            capitals=capitals,
            settled=alike and "ё" not in word.lower(),  # Fedor, Fyodor
            father=word.lower().endswith(tuple(table("latin")["patronymic_endings"])),
        )
        parts.append(part)
        at = found.end()
    return tuple(parts)


def other_cases(name: str) -> tuple[str, ...]:
    """The name as it may read in the nominative: a sentence asks for another case.

    >>> other_cases("Каримова Рустама")[0]
    'Каримов Рустам'
    """
    ends: dict[str, list[str]] = table("normalise")["cyrillic_cases"]
    longest = sorted(ends, key=len, reverse=True)

    def nominative(gender: int, found: re.Match[str]) -> str:
        word = found[0]
        end = next((e for e in longest if word.lower().endswith(e)), None)
        if end is None or len(word) < LONG:
            return word
        return word[: -len(end)] + ends[end][min(gender, len(ends[end]) - 1)]

    found = (_WORD.sub(partial(nominative, gender), name) for gender in (0, 1))
    return tuple(other for other in found if other != name)


def _language(name: str, state: str | None) -> str | None:
    """The table's name; None for Russian."""
    printed = set(name.lower())
    languages: dict[str, dict[str, Any]] = table("latin")["cyrillic_languages"]
    by_letters = [one for one, told in languages.items() if printed & set(told["has"])]
    by_state = [one for one, told in languages.items() if state in told["states"]]
    for language in by_letters:
        if language in by_state or not set(by_letters) & set(by_state):
            return language
    for language in by_state:
        told = languages[language]
        if not told.get("letters_only") and not printed & set(told.get("never", "")):
            return language
    return None


@cache
def _table(name: str) -> tuple[dict[str, str], dict[str, str], dict[str, str]]:
    raw = table("latin")["cyrillic"][name]
    letters, initial, endings = _table(raw["based_on"]) if "based_on" in raw else ({}, {}, {})
    return (
        {**letters, **raw["letters"]},
        {**initial, **raw.get("initial", {})},
        {**endings, **raw.get("endings", {})},
    )


def _by_table(
    word: str, letters: dict[str, str], initial: dict[str, str], endings: dict[str, str]
) -> str:
    for ending, spelled in endings.items():
        if word.endswith(ending) and len(word) > len(ending):
            return _by_table(word[: -len(ending)], letters, initial, {}) + spelled
    found = [initial[word[0]]] if word[0] in initial else []
    at = len(found)
    while at < len(word):
        size = 2 if word[at : at + 2] in letters else 1
        key = word[at : at + size]
        found.append(letters.get(key, key))
        at += size
    return "".join(found)


def _signs(word: str) -> tuple[Sign, ...]:
    spelled: dict[str, str] = table("latin")["spelled"]["cyrillic"]
    return tuple(
        tuple(
            (size, tuple(dict.fromkeys(plain(alt.strip("_")) for alt in spelled[key].split())))
            for size in (1, 2)
            if (key := word[at : at + size]) in spelled and len(key) == size
        )
        for at in range(len(word))
    )
