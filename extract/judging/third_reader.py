"""What a reader that knows the letters of the sender's languages saw of a name, word by word."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rapidfuzz.distance import Levenshtein

from extract.language.letters import bare, in_own_letters
from extract.layout.seen_signs import covers
from ocr.types import ARABIC_LINES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ocr.types import SecondReading, Word

EDGES = ' .,;:()[]{}<>،；，。：|/*_=~"“”«»•·'
"""Signs at the ends of a word that are none of its letters."""

_GLUED = re.compile(r"(?<=[^\W\d_]\.)(?=[^\W\d_a-zß-ÿа-я][^\W\d_])")
"""Where a word begins behind the full stop of another: line readers lose the space there."""

ALIKE = 0.75
"""Likeness, 0 to 1, from which two readings are of the same print."""


@dataclass(frozen=True, slots=True)
class ThirdWord:
    """A word as the third reader saw it, and the languages (ISO 639-1) whose letters it knew.

    ``alike`` when what both readers saw may be the same print; ``confidence`` is the reading's.
    ``own`` tells that the reader has nothing in common with the page's.
    """

    text: str
    languages: tuple[str, ...]
    alike: bool
    confidence: float
    own: bool = False


def words_of(
    words: Sequence[Word], readings: Sequence[SecondReading]
) -> dict[Word, tuple[ThirdWord, ...]]:
    """For words of a page what the third reader saw in their place; Arabic ones have two.

    Where it saw as many words as the page reader they go together one by one, and are alike as a
    whole: ``Hitu`` is no ``Hữu``, ``TRINH Hitu Nghĩa`` is ``TRỊNH Hữu Nghĩa``. Else each goes with
    the one it is alike to, if there is one.
    """
    found: dict[Word, tuple[ThirdWord, ...]] = {}
    for reading in readings:
        if not reading.languages:
            continue
        read = in_own_letters(reading.text, reading.languages)
        under = [w for w in words if covers(reading.box, w.box) and w.text.strip(EDGES)]
        seen = words_seen(read)
        if len(under) == len(seen):
            whole = alike(" ".join(seen), " ".join(w.text.strip(EDGES) for w in under))
            pairs = list(zip(under, seen, strict=True))
        else:
            whole = True
            pairs = [(w, t) for w in under for t in seen if alike(t, w.text.strip(EDGES))]
        for word, text in pairs:
            own = reading.engine == ARABIC_LINES
            other = ThirdWord(text, reading.languages, whole, reading.confidence, own)
            found[word] = (*found.get(word, ()), other)
    return found


def words_seen(text: str) -> list[str]:
    """The words of a line reader's text, also behind a full stop: ``Dr.Herbert`` are two."""
    tokens = (token for part in text.split() for token in _GLUED.split(part))
    return [word for word in (token.strip(EDGES) for token in tokens) if word]


def alike(one: str, other: str) -> bool:
    """Whether two words differ in so few letters that they may be the same print."""
    return Levenshtein.normalized_similarity(bare(one), bare(other)) >= ALIKE
