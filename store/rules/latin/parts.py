"""Parts of a name in another script, and which Latin letters may spell them.

People spell their names in their own ways (``Юсупова``: yusupova, iusupova, jusupova; ``القاضي``:
kadi, qadhi). So a part is a row of signs, each with its usual spellings, and whether a stretch of
Latin letters spells it is told by walking along both. No regular expression: the walk is linear in
the letters, whoever wrote them.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_NOT_DECOMPOSED = str.maketrans({"đ": "d", "ı": "i", "ł": "l", "ø": "o", "ß": "ss", "æ": "ae"})

_NOT_LETTERS = re.compile("[^a-z]+")

MOST_VOWELS = 2
"""Short vowels between two letters of an Arabic name, which are not written."""

CONSONANTS_A_VOWEL = 2
"""Letters with more consonants for a vowel, and one more, leave vowels out (``lkwry``)."""

Sign = tuple[tuple[int, tuple[str, ...]], ...]
"""What may stand for a sign: how many signs it takes (``дж`` takes two), and their spellings."""


@dataclass(frozen=True, slots=True)
class NamePart:
    """A word of a name, or one of the two parts of a Chinese name.

    Attributes:
        spellings: by the standard table, the first one first, capitals as they are to be printed;
            empty where no table has it.
        signs: its letters, see ``Sign``.
        before: what is printed between it and the part before it.
        initial: whether it is an initial; ``Ю.``
        loose: whether vowels are left out in writing, and letters may be doubled.
        capitals: whether it is printed in capitals.
        article: whether it begins with the Arabic article, and is to be printed with it.
        short: its initials, if it has several: ``wq`` for 婉清.
        settled: whether the usual standards spell it alike, so that an initial is enough to
            confirm it.
        father: whether it is a father's name, which no address has.
    """

    spellings: tuple[str, ...]
    signs: tuple[Sign, ...]
    before: str = " "
    initial: bool = False
    loose: bool = False
    capitals: bool = False
    article: bool = False
    short: tuple[str, ...] = ()
    settled: bool = False
    father: bool = False

    def first_letters(self) -> tuple[str, ...]:
        """With what its spellings begin, longest first: ``yu``, ``iu``, ``y``, ``i``."""
        found = {alt for _, alts in self.signs[0] for alt in alts if alt} if self.signs else set()
        found |= {alt[0] for alt in found} | set(self.short)
        if not found:  # an Arabic letter that is not written in Latin ones
            found = set("aeiou")
        return tuple(sorted(found, key=lambda alt: (-len(alt), alt)))

    def written(self, letters: str) -> str:
        """Latin letters as this part is printed: capitals where it is in capitals."""
        return letters.upper() if self.capitals else letters[:1].upper() + letters[1:]


def plain(text: str) -> str:
    """Latin letters without case and accents; all else is left out."""
    decomposed = unicodedata.normalize("NFKD", text.casefold().translate(_NOT_DECOMPOSED))
    return _NOT_LETTERS.sub("", decomposed)


def ends(part: NamePart, letters: str, start: int) -> frozenset[int]:
    """Where in ``letters`` a spelling of the part may end that begins at ``start``.

    ``letters`` are plain ones.
    """
    reach: list[set[int]] = [set() for _ in range(len(part.signs) + 1)]
    reach[0].add(start)
    for place, sign in enumerate(part.signs):
        if not reach[place]:
            continue
        for size, spelled in sign:
            if place + size > len(part.signs):
                continue
            for at in reach[place]:
                for alt in spelled:
                    inner = place > 0, place + size < len(part.signs)
                    reach[place + size].update(_steps(part, letters, at, alt, *inner))
    return frozenset(reach[-1])


def _steps(
    part: NamePart, letters: str, at: int, alt: str, begun: bool, goes_on: bool
) -> list[int]:
    if not letters.startswith(alt, at):
        return []
    found = [at + len(alt)]
    if not part.loose:
        return found
    if alt and begun and letters.startswith(alt, found[0]):
        found.append(found[0] + len(alt))  # a doubled letter is written once
    for end in tuple(found):
        for more in range(MOST_VOWELS):
            # behind the last one only the e of Rahmane: all else may be an initial
            if letters[end + more : end + more + 1] not in tuple("aeiouy" if goes_on else "e"):
                break
            found.append(end + more + 1)
    return found


def has_vowels(letters: str) -> bool:
    """Whether letters can be read as a spelling: ``alkuwari``, and not ``lkwry``."""
    vowels = sum(char in "aeiou" for char in letters)
    return vowels > 0 and len(letters) - vowels <= CONSONANTS_A_VOWEL * vowels + 1
