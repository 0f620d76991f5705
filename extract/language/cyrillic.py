"""Russian names as addresses spell them: many transliterations, and cases.

A note prints a name in the case its sentence asks for (``направляет господина Каримова``), an
address has the nominative (``r.karimov``), and every passport office transliterates in its own way
(``Юсупова``: yusupova, iusupova, jusupova).
"""

from __future__ import annotations

import re
from functools import cache

from extract.language import terms
from extract.language.normalise import fold

LONG = 5
"""Letters of a word whose end may be a case."""


@cache
def _endings() -> tuple[tuple[str, tuple[str, ...]], ...]:
    table: dict[str, list[str]] = terms.normalise_tables()["cyrillic_cases"]
    return tuple(sorted(((k, tuple(v)) for k, v in table.items()), key=lambda e: -len(e[0])))


def spellings(name: str) -> tuple[str, ...]:
    """The name as printed, and as it may read in the nominative.

    ``Каримова Рустама`` gives ``Каримов Рустам``; ``Юсупову Дилфузу`` gives ``Юсупова Дилфуза``.
    """
    found = [name]
    for gender in range(max(len(new) for _, new in _endings())):
        words = re.split(r"([^\W\d_]+)", name)
        found.append("".join(_nominative(word, gender) for word in words))
    return tuple(dict.fromkeys(found))


def _nominative(word: str, gender: int) -> str:
    if len(word) < LONG:
        return word
    for ending, new in _endings():
        if word.lower().endswith(ending):
            return word[: -len(ending)] + new[min(gender, len(new) - 1)]
    return word


@cache
def _sounds() -> tuple[tuple[re.Pattern[str], str], ...]:
    table: dict[str, str] = terms.normalise_tables()["latin_spellings"]
    return tuple((re.compile(k), v) for k, v in table.items())


def skeleton(text: str) -> str:
    """Latin letters without what transliterations differ in (``yu``, ``iu``; ``kh``, ``h``)."""
    folded = fold(text)
    for pattern, letters in _sounds():
        folded = pattern.sub(letters, folded)
    return folded
