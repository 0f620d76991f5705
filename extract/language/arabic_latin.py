"""Whether an address spells an Arabic name, letter by letter.

Short vowels are not printed in Arabic and long ones are spelled in many ways (``Hussein``,
``Housseine``, ``Husayn``). Each letter that is printed must be spelled in one of its ways, long
vowels, too, and the address must hold nothing else but a short vowel here and there and initials:
a name that lost a letter in reading fits no more. Letters that differ by a dot or a loop are not
told apart where both are spelled alike.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from extract.language import terms
from extract.language.normalise import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

LEAST = 3
"""Letters of a word that is told by them."""
LEAST_BESIDE = 2
"""The same where another word of the name is spelled, too."""
MOST_WORDS = 7
"""Words of a name that are compared."""
LONGEST = 40
"""Letters of a local part that are compared."""

_PARTS = re.compile(r"[^\W\d_]+")
_DIGIT_INSIDE = re.compile(r"[^\W\d_]\d+[^\W\d_]")
_ARTICLE = "ال"
# "servant of ..." and "house of ..." are one word of a name with the next
_JOINED = re.compile(r"(?<!\S)(عبد|[اآ]ل)\s+")
_SERVANT = re.compile(r"عبد(?=ال\w)")
_MARKS = re.compile("[\u064b-\u0652\u0670ـ]")
_GOD = ("الله", "لله")
_SILENT = "ءئؤ"
_DOUBLED = frozenset("بتثجحدذرزسشصضطظفقكلمنه")
_OPEN = {"ي": "iy"} | dict.fromkeys("اأإآع", "aeiou")
_OF_ARTICLE = {"a", "e", "al", "el"}
_PART = "."  # between the parts of an address
_SHORT = "(?:ou|oo|ee|[aeiouy])?"  # a vowel that is not printed
_LAST = "e?"  # "amine", "benziane"
_SPELLED_ARTICLE = r"(?:[aeou]?l[.]?|[aeou](?=([^aeiou])\1))?"  # "el", "al", and "es" of "essalam"
_SPELLED_GOD = "[aeou]?l{1,2}[aou]?h?i?"


@dataclass(frozen=True, slots=True)
class _Word:
    """A word of a name: what spells it, what its initial may be; how many letters it has."""

    pattern: re.Pattern[str]
    initials: frozenset[str]
    size: int


@lru_cache(maxsize=1024)
def fit(local: str, name: str) -> Literal["full", "family", "none"]:
    """Whether a local part is made of a name: of two words, of one and initials, or not.

    Examples: ``alkhatib.k`` and ``خالد الخطيب``: family; ``salem.alzubaidi`` and
    ``سالم الزبيدي``: full.
    """
    if _DIGIT_INSIDE.search(local):
        return "none"  # a misread letter
    letters = _PART.join(_PARTS.findall(fold(local)))[:LONGEST]
    plain = _MARKS.sub("", " ".join(name.split()))
    words = tuple(_word(word) for word in _JOINED.sub(r"\1", plain).split()[:MOST_WORDS])
    best: Literal["family", "none"] = "none"
    for sizes in _spelled(letters, words):
        if len(sizes) > 1:
            return "full"
        if max(sizes, default=0) >= LEAST:
            best = "family"
    return best


def _spelled(letters: str, words: tuple[_Word, ...], passed: int = 0) -> Iterator[tuple[int, ...]]:
    """Sizes of the words spelled out, for each way to read all letters as words and initials.

    Initials stand in the name's order: none is of the words that were ``passed``.
    """
    letters = letters.removeprefix(_PART)
    if not letters:
        yield ()
        return
    for at, word in enumerate(words):
        others = words[:at] + words[at + 1 :]
        whole = word.pattern.match(letters) if word.size >= LEAST_BESIDE else None
        if whole and whole.end():
            for sizes in _spelled(letters[whole.end() :], others, passed - (at < passed)):
                yield (word.size, *sizes)
        for initial in word.initials if at >= passed else ():
            if letters.startswith(initial):
                yield from _spelled(letters[len(initial) :], others, at)


@lru_cache(maxsize=1024)
def _word(printed: str) -> _Word:
    """A word as it is printed; a servant of God is one word with what God is called."""
    if not _SERVANT.match(printed):
        return _one(printed)
    servant, master = _one(printed[:3]), _one(printed[3:])
    both = re.compile(f"{servant.pattern.pattern}[.]?{master.pattern.pattern}")
    return _Word(both, servant.initials, servant.size + master.size)


def _one(printed: str) -> _Word:
    if printed in _GOD:
        return _Word(re.compile(_SPELLED_GOD), frozenset("a"), LEAST_BESIDE)
    article = len(printed) > len(_ARTICLE) + 1 and printed.startswith(_ARTICLE)
    bare = printed[len(_ARTICLE) :] if article else printed
    ways = list(_ways(bare))
    begins = {way[:size] for way in _initials_of(bare[:1]) for size in (1, 2)}
    return _Word(
        re.compile((_SPELLED_ARTICLE if article else "") + _SHORT.join(ways) + _LAST),
        frozenset(begins | (_OF_ARTICLE if article else set())),
        len(ways) - sum(bare.count(sign) for sign in _SILENT),
    )


def _ways(word: str) -> Iterator[str]:
    """For each letter what spells it, twice where it is doubled."""
    tables = terms.normalise_tables()
    for at, sign in enumerate(word):
        way = tables["arabic_latin"].get(sign)
        if at == 0:
            way = tables["arabic_latin_first"].get(sign, way)
        elif at == len(word) - 1:
            way = tables["arabic_latin_last"].get(sign, way)
        if way is not None:
            yield f"(?:{way}){{1,2}}" if sign in _DOUBLED else f"(?:{way})"


def _initials_of(sign: str) -> Iterator[str]:
    """What may stand for a word that begins with a letter: letters it is spelled with."""
    yield from _OPEN.get(sign, "")
    way: str = terms.normalise_tables()["arabic_latin"].get(sign, "")
    yield from re.findall(r"[a-z]+", re.sub(r"\(\?=.*?\)|\[.*?\]\S*", "", way))
