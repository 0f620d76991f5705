"""What a reader that knows the letters of the sender's languages saw of a name, word by word.

And whether it is believed beside the page reader and the second one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rapidfuzz.distance import Levenshtein

from extract.judging.chosen import ACCENTS_ADDED, AGREED, DIFFERS, SETTLED, ChosenReading
from extract.language import letters
from extract.language.letters import bare, in_own_letters
from extract.layout.seen_signs import covers
from ocr.types import LINE_ENGINES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ocr.types import SecondReading, Word

EDGES = ' .,;:()[]{}<>،；，。：|/*_=~"“”«»•·'
"""Signs at the ends of a word that are none of its letters."""

_GLUED = re.compile(r"(?<=[^\W\d_]\.)(?=[^\W\d_a-zß-ÿа-я][^\W\d_])")
"""Where a word begins behind the full stop of another: line readers lose the space there."""

_LAST_OF_LATIN_1 = "\u00ff"
"""Letters up to it every Latin model has; to the English one ``ű`` is ``ü``."""

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
            own = reading.engine in LINE_ENGINES and reading.engine != word.reader
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


def of_three(
    bare: str, verdict: ChosenReading, second: str | None, word: ThirdWord
) -> ChosenReading:
    """The verdict of the first two readers, and what the one that knows the State's letters saw."""
    one, third = verdict.text, word.text
    if third == one:
        trust = max(verdict.confidence, AGREED if second == one else ACCENTS_ADDED)
        return ChosenReading(one, trust, original=verdict.original)
    if one == second and one.casefold() == third.casefold():
        return replace(verdict, confidence=min(verdict.confidence, SETTLED))  # Ww, Oo look alike
    if letters.is_bare_of(one, third):
        return _of_accents(bare, verdict, second, word)
    return _of_letters(bare, verdict, second, word)


def _of_accents(
    bare: str, verdict: ChosenReading, second: str | None, word: ThirdWord
) -> ChosenReading:
    """Who is believed about accents alone: the State's model, which others' models lack letters of.

    But not against more of them (a name of another State), unless the second reader saw the same:
    ``Galcão`` and not ``Galção``. Where two saw as many, but other ones, a person looks:
    ``Wiśniewska`` in a note of Croatia.
    """
    one, third = verdict.text, word.text
    same, strange = third == second, letters.not_of(one, word.languages)
    outvoted = same and not third.isascii()
    fewer = accents(one) > accents(third) and not outvoted
    if fewer and (third.isascii() or not strange):
        return replace(verdict, confidence=DIFFERS, differs=True)
    rival = accents(one) >= accents(third)
    known = all(c <= _LAST_OF_LATIN_1 for c in third)  # the page's model would have seen them
    if rival and second == one and known and not strange:
        return replace(verdict, confidence=DIFFERS, differs=True)
    trust = DIFFERS if rival else AGREED if same else ACCENTS_ADDED
    return ChosenReading(third, trust, rival, bare if third != bare else None)


def _of_letters(
    bare: str, verdict: ChosenReading, second: str | None, word: ThirdWord
) -> ChosenReading:
    """Who is believed about letters: no one against two that agree.

    Unless theirs are letters no language of the State has (``KARADOČAN`` of Türkiye is
    ``KARADOĞAN``), or two have only the rest of a word that their box cut.
    """
    one, third = verdict.text, word.text
    original = bare if third != bare else None
    seen = "" if second is None else letters.bare(second)
    if len(third) < len(one) and letters.bare(third) in letters.bare(one):
        return replace(verdict, confidence=DIFFERS, differs=True)
    if seen == letters.bare(third):
        trust = ACCENTS_ADDED if third == second else SETTLED
        return ChosenReading(third, trust, original=original)
    agreed = seen == letters.bare(bare)
    if not agreed and word.alike:
        return ChosenReading(third, DIFFERS, differs=True, original=original)
    if agreed and second is not None and accents(second) > accents(one):
        put = letters.in_own_letters(second, word.languages)
        return ChosenReading(put, DIFFERS, differs=True, original=bare)
    strange = letters.not_of(one, word.languages)
    if word.alike and strange and not letters.not_of(third, word.languages):
        return ChosenReading(third, DIFFERS, differs=True, original=original)
    return replace(verdict, confidence=DIFFERS, differs=True)


def accents(text: str) -> int:
    """How many letters of a text English has not."""
    return sum(not c.isascii() for c in text)
