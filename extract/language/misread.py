"""Words misread by a sign or two, told by the phrase of the lexicon they stand in.

A fax's ``Sra, Ana`` is ``Sra. Ana``. The rest is Arabic: ``تحيطها علدا`` is ``تحيطها علما``,
``وكل الوزارة`` is ``وكيل الوزارة``: a formula or a post is lost with one letter. Only phrases of
two words or more are compared: of single words too many differ in one letter (``هيئة``, ``بيئة``).
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache
from typing import TYPE_CHECKING

from rapidfuzz.distance import Levenshtein

from extract.language import terms
from extract.language.normalise import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

PREFIXES = ("", "ب", "ل", "و", "ال")
LONGEST_PREFIX = max(map(len, PREFIXES))
SHORTEST = 9
"""Letters of a phrase that may stand for a misread one."""

LETTERS_A_SLIP = 5
"""One misread letter is forgiven for so many."""

MOST_SLIPS = 3  # misread letters forgiven in a phrase
TELLING = 3  # words of a phrase that one odd word does not spoil

_FEMININE = "ه"
"""The feminine ending as it is folded."""

ARABIC = re.compile(r"[\u0621-\u064a]+")
"""A folded Arabic word."""

Phrase = tuple[str, ...]
"""Its words, folded."""


@cache
def known_words() -> frozenset[str]:
    """Every Arabic word of the lexicon, folded."""
    return frozenset(
        word
        for items in terms.labels().values()
        for phrase, _ in items
        for word in ARABIC.findall(fold(phrase))
    )


def with_stops(words: Sequence[str], printed: Sequence[str], begins: Sequence[bool]) -> list[str]:
    """Folded tokens of a page, the comma behind an abbreviated form of address made its full stop.

    Only where it is the first word of its line: ``ROM Ivo, Dr, Director`` is a list of parts.

    Args:
        words: the tokens.
        printed: the same as printed, capitals and all.
        begins: whether each is the first of its line.
    """
    result = list(words)
    first = True
    for at, (word, sign, behind) in enumerate(zip(words, words[1:], words[2:], strict=False)):
        first = begins[at] or first
        if not (first and word.isalpha()):
            continue
        first = False
        led = word in _abbreviations() and printed[at][0].isupper()
        if led and sign == "," and behind.isalpha() and not any(begins[at + 1 : at + 3]):
            result[at + 1] = "."
    return result


@cache
def _abbreviations() -> frozenset[str]:
    """Forms of address and ranks that are printed with a full stop, without it."""
    printed = {phrase for label in terms.HONORIFICS for phrase in terms.folded(label)}
    short = {p[:-1] for p in printed if p.endswith(".")}
    return frozenset(w for w in short if w.isalpha()) - terms.folded("honorifics_with_stop")


def mended(words: Sequence[str]) -> list[str]:
    """Folded tokens of a page with the misread word of a phrase as the lexicon has it.

    All other words of the phrase stand there as they should.
    """
    result = list(words)
    for at, word in enumerate(words):
        for phrase, place in _places().get(word, ()):
            start = at - place
            here = tuple(words[max(0, start) : start + len(phrase)])
            if start < 0 or len(here) < len(phrase) or not all(map(ARABIC.fullmatch, here)):
                continue
            if sum(a != b for a, b in zip(here[1:], phrase[1:], strict=True)) > 1:
                continue
            prefix = near(here, phrase)
            if prefix is not None and _differing(here, (prefix + phrase[0], *phrase[1:])) == 1:
                result[start : start + len(phrase)] = [prefix + phrase[0], *phrase[1:]]
    return result


def _differing(one: Phrase, other: Phrase) -> int:
    return sum(a != b for a, b in zip(one, other, strict=True))


@cache
def _places() -> dict[str, tuple[tuple[Phrase, int], ...]]:
    """For each word the phrases it stands in, and where in them."""
    found: dict[str, dict[tuple[Phrase, int], None]] = defaultdict(dict)
    for items in terms.labels().values():
        for text, code in items:
            phrase = tuple(fold(text).split())
            if code == "ar" and is_long(phrase) and all(map(ARABIC.fullmatch, phrase)):
                for prefix in PREFIXES:
                    found[prefix + phrase[0]][phrase, 0] = None
                for place, word in enumerate(phrase[1:], start=1):
                    found[word][phrase, place] = None
    return {word: tuple(places) for word, places in found.items()}


@cache
def _addressing() -> frozenset[Phrase]:
    """Forms of address, whose second word may be the name: ``السيد المختار``, ``المستشار``."""
    return frozenset(tuple(p.split()) for label in terms.HONORIFICS for p in terms.folded(label))


def is_long(phrase: Phrase) -> bool:
    """It has words and letters enough to be told by."""
    return len(phrase) >= 2 and sum(map(len, phrase)) >= SHORTEST


def near(words: Phrase, phrase: Phrase) -> str | None:
    """The prefix the phrase has here, None if the words are not nearly the phrase.

    A word the lexicon knows is no misread one, and a feminine ending is no slip.
    """
    most = min(MOST_SLIPS, sum(map(len, phrase)) // LETTERS_A_SLIP)
    most = 1 if phrase in _addressing() else most
    best: tuple[int, str] | None = None
    lengths = sum(abs(len(a) - len(b)) for a, b in zip(words, phrase, strict=True))
    if lengths > most + LONGEST_PREFIX:  # no prefix brings them near enough
        return None
    for prefix in PREFIXES:
        wanted = (prefix + phrase[0], *phrase[1:])
        slips = [Levenshtein.distance(a, b) for a, b in zip(words, wanted, strict=True)]
        # of three words two that are right tell what the third must be
        loose = len(phrase) >= TELLING and sum(slips) == 1
        fair = all(
            _is_slip(a, b, n, loose=loose) for a, b, n in zip(words, wanted, slips, strict=True)
        )
        if fair and sum(slips) <= most and (best is None or sum(slips) < best[0]):
            best = sum(slips), prefix
    return best[1] if best else None


def _is_slip(word: str, wanted: str, distance: int, *, loose: bool) -> bool:
    if distance == 0:
        return True
    if distance > (len(wanted) - 1) // 3 or word.rstrip(_FEMININE) == wanted.rstrip(_FEMININE):
        return False
    prefixes = ("",) if loose else ("", *PREFIXES, "لل")
    return not any(word.removeprefix(p) in known_words() for p in prefixes)
