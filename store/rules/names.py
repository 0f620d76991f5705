"""How alike two printed names are: the same person read twice, or named in two notes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from extract.words import words

CHINESE = re.compile("[\u3400-\u9fff]")
"""A sign of Chinese writing (CJK Unified Ideographs and Extension A)."""

_HAN_SPACE = re.compile(rf"(?<={CHINESE.pattern}) (?={CHINESE.pattern})")

SAME_PERSON = 0.85
"""From this likeness on, two names are taken for one person's."""


class _Folding(dict[int, str | None]):
    """For ``str.translate``, each sign judged once: marks go, what is no letter or digit parts."""

    def __missing__(self, code: int) -> str | None:
        char = chr(code)
        kept = None if unicodedata.combining(char) else char if char.isalnum() else " "
        self[code] = kept
        return kept


_FOLDING = _Folding()


def folded(name: str) -> str:
    """Without case, diacritics, punctuation, white in Chinese; for comparing, never for showing."""
    if name.isascii():  # the same, ten times as fast: a search goes through every name there is
        return " ".join(name.lower().translate(_FOLDING).split())
    decomposed = unicodedata.normalize("NFKD", name.casefold())
    return _HAN_SPACE.sub("", " ".join(decomposed.translate(_FOLDING).split()))


def name_key(name: str) -> tuple[str, ...]:
    """A name's words in any order: the same key, the same name."""
    return tuple(sorted(folded(name).split()))


def likeness(one: str, other: str) -> float:
    """0 to 1. Order of the parts does not matter: family names come first or last.

    >>> likeness("OUEDRAOGO Abdoulaye", "Abdoulaye Ouédraogo")
    1.0
    """
    from rapidfuzz import fuzz  # a poll without mail compares nobody

    first, second = folded(one), folded(other)
    if not first or not second:
        return 0.0
    return float(fuzz.token_sort_ratio(first, second)) / 100


def best_pairs(scored: Iterable[tuple[float, int, int]]) -> dict[int, int]:
    """Who is who in two lists: best scores first, then the earlier places, each place once.

    Args:
        scored: likeness, place in the one list, place in the other; those that are enough.
    """
    found: dict[int, int] = {}
    taken: set[int] = set()
    for _, one, other in sorted(scored, key=lambda pair: (-pair[0], pair[1], pair[2])):
        if one not in found and other not in taken:
            found[one] = other
            taken.add(other)
    return found


def mentions(mention: str, name: str) -> float:
    """0 to 1: whether ``mention`` ("Mr. Smith", "Ms. A. Smith") can mean the person ``name``.

    Every part of the shorter one that is no initial must be found in the longer one.
    """
    whole = likeness(mention, name)
    first, second = folded(mention).split(), folded(name).split()
    first = [part for part in first if len(part) > 1 and part not in words("address_words")]
    second = [part for part in second if len(part) > 1 and part not in words("address_words")]
    shorter, longer = sorted((first, second), key=len)
    if not shorter:
        return whole
    from rapidfuzz import fuzz

    best = [max(float(fuzz.ratio(part, other)) for other in longer) / 100 for part in shorter]
    return max(whole, min(best))
