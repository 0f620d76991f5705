"""Letters of names that a model does not know.

The eng model has no ă, č, ł or ř and drops them with full confidence: "Brătuleanu" becomes
"Bratuleanu" at 0.92. The second reader knows them. Where the two agree in every letter but
its accents, the accented one is what is printed, whichever of the two saw it.
"""

from __future__ import annotations

import unicodedata
from dataclasses import replace

from ocr.types import Line, SecondReading

ACCENTS_TAKEN = 0.93
"""Score of the second reading from which its accents are taken."""

# Letters that do not fall apart into a base and an accent.
_BASES = str.maketrans("łŁøØđĐıħŦŧßæÆœŒ", "lLoOdDihTtsaAoO")


def bare(text: str) -> str:
    """The letters without their accents, case kept."""
    parts = unicodedata.normalize("NFD", text.translate(_BASES))
    return "".join(c for c in parts if not unicodedata.combining(c))


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
        if name and bare(text) == bare(word.text) and not fewer:
            words[at] = replace(word, text=text)
    return replace(line, words=tuple(words))
