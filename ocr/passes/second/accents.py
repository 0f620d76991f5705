"""Letters of names that a model does not know.

The eng model has no ă, č, ł or ř and drops them with full confidence: "Brătuleanu" becomes
"Bratuleanu" at 0.92. The second reader knows them. Where the two agree in every letter but
its accents, the accented one is what is printed, whichever of the two saw it.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace

from ocr.types import Line, SecondReading

ACCENTS_TAKEN = 0.93
"""Score of the second reading from which its accents are taken."""

_FOR_LETTERS = frozenset("@0123456789")
"""Signs that letters are taken for."""

_FEWEST = 3
"""Letters beside such a sign that make a word: ``G20`` is none. Chosen, not measured."""

_WORD = re.compile(r"\(?[^\W\d_]+(?:['’-][^\W\d_]+)*[,.;:)]?")
"""A word of a name, which no address is."""

# Letters that do not fall apart into a base and an accent.
_BASES = str.maketrans("łŁøØđĐıħŦŧßæÆœŒ", "lLoOdDihTtsaAoO")


def bare(text: str) -> str:
    """The letters without their accents, case kept."""
    parts = unicodedata.normalize("NFD", text.translate(_BASES))
    return "".join(c for c in parts if not unicodedata.combining(c))


def _are_alike(old: str, seen: str) -> bool:
    """Whether nothing but accents differs, or a sign that stands for a letter the model lacks.

    ``Sz6ke`` is ``Szőke`` and ``@ystein`` ``Øystein``: among letters no digit is printed.
    """
    if bare(old) == bare(seen):
        return True
    pairs = list(zip(old, seen, strict=False))
    strange = [a in _FOR_LETTERS and b.isalpha() for a, b in pairs]
    return (
        len(old) == len(seen)
        and _WORD.fullmatch(seen) is not None
        and sum(c.isalpha() for c in old) >= _FEWEST
        and all(odd or bare(a) == bare(b) for odd, (a, b) in zip(strange, pairs, strict=True))
    )


def _accents(text: str) -> int:
    return sum(not c.isascii() for c in text)


def with_accents(line: Line, reading: SecondReading) -> Line:
    """The line with the accents of the second reading, if they are all that differs.

    An address has none: on faxes the second reader sees ``ņ`` and ``ę`` in specks beside letters.
    """
    if reading.confidence < ACCENTS_TAKEN:
        return line
    read = reading.text.split()
    b = reading.box
    under = [
        (at, word)
        for at, word in enumerate(line.words)
        if b.left <= word.box.left and word.box.right <= b.right
    ]
    if len(under) != len(read):
        return line
    words = list(line.words)
    for (at, word), text in zip(under, read, strict=True):
        fewer = _accents(text) < _accents(word.text)
        name = text != word.text and "@" not in text
        if name and _are_alike(word.text, text) and not fewer:
            words[at] = replace(word, text=text)
    return replace(line, words=tuple(words))
