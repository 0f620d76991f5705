"""Whether two values are the same letters, or one apart: what is read, and what was approved."""

from __future__ import annotations

import unicodedata

from rapidfuzz.distance import Levenshtein

from store.rules.family import name_parts
from store.rules.names import folded

SHORT = 5
"""Names of fewer letters are another name where a letter is another; not measured."""

_QUOTES = str.maketrans("’‘ʼ`´‐‑", "'''''--")
"""Signs that printers choose between: they make no other name."""


def letters(text: str) -> str:
    """A value for comparing where accents count: case, white space and kinds of quotes aside.

    >>> letters("N’DIAYE  Moussa") == letters("n'diaye Moussa")
    True
    >>> letters("Keita") == letters("Keïta")
    False
    """
    return " ".join(unicodedata.normalize("NFC", text.translate(_QUOTES)).casefold().split())


def same_name(one: str, other: str) -> bool:
    """Whether two names have the same words, accents counted; family names come first or last.

    >>> same_name("OUÉDRAOGO Abdoulaye", "Abdoulaye Ouédraogo"), same_name("Jose Ruiz", "José Ruiz")
    (True, False)
    """
    first, second = (sorted(letters(name).replace(",", " ").split()) for name in (one, other))
    return bool(first) and first == second


def but_for_accents(one: str, other: str) -> bool:
    """Whether two names differ in nothing but accents (and case, order, punctuation)."""
    first, second = (sorted(folded(name).split()) for name in (one, other))
    return bool(first) and first == second and not same_name(one, other)


def one_letter_apart(one: str, other: str) -> bool:
    """Whether one letter more, less or other makes one name of the other, accents aside.

    White space counts as nothing: it is lost more often than a letter.

    >>> one_letter_apart("Jon Kamau", "John KAMAU"), one_letter_apart("John Kamau", "Juan Kamau")
    (True, False)
    """
    for spelled in (_in_order, _sorted):
        first, second = spelled(one), spelled(other)
        if min(len(first), len(second)) < SHORT:
            return False
        if first != second and Levenshtein.distance(first, second, score_cutoff=1) <= 1:
            return True
    return False


def one_sign_apart(one: str, other: str) -> bool:
    """The same for addresses and posts, whose signs and order count."""
    first, second = letters(one), letters(other)
    near = Levenshtein.distance(first, second, score_cutoff=1) == 1
    return near and min(len(first), len(second)) >= SHORT


def same_family(one: str, other: str) -> bool:
    """Whether the family names are the same, accents aside."""
    first, second = (folded(name_parts(name).family) for name in (one, other))
    return bool(first) and first == second


def spelled_like(known: str, read: str) -> str:
    """A known name as a note prints its words: in their order, family name in capitals or not.

    Args:
        known: with the right letters.
        read: the same name but for a letter or accents.

    >>> spelled_like("Abdoulaye Ouédraogo", "OUEDRAOGO Abdoulaye")
    'OUÉDRAOGO Abdoulaye'
    """
    rest = known.split()
    found: list[str] = []
    for word in read.split():
        if not rest:
            return known
        best = min(rest, key=lambda w: (Levenshtein.distance(folded(w), folded(word)), len(w)))
        rest.remove(best)
        found.append(best.upper() if word.isupper() and len(word) > 1 else best)
    return known if rest else " ".join(found)


def _in_order(name: str) -> str:
    return folded(name).replace(" ", "")


def _sorted(name: str) -> str:
    return "".join(sorted(folded(name).split()))
