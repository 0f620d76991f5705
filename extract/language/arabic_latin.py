"""Whether an address spells an Arabic name: by its consonants, each in its usual Latin letters.

Short vowels are not printed in Arabic and long ones are spelled in many ways (``Hussein``,
``Housseine``, ``Husayn``), so vowels are left out on both sides. The consonants left tell a name
from others; they do not tell letters that differ by a dot or a loop.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from extract.language import terms
from extract.language.normalise import fold

LEAST = 3  # consonants of a word that is told by them
LEAST_BESIDE = 2  # the same where another word of the name is spelled, too

_TWICE = re.compile(r"(.)\1+")
_SOUND = re.compile(r"kh|sh|ch|th|dh|gh|dj|c")
_ONE = {"kh": "x", "sh": "c", "ch": "c", "th": "8", "dh": "9", "gh": "g", "dj": "j", "c": "k"}
_FIRST = {"x": "k", "c": "s", "8": "t", "9": "d"}  # an initial is the first letter of its sound
_NO_CONSONANT = re.compile(r"[^b-df-hj-np-tvxz89]+")
_PARTS = re.compile(r"[^\W\d_]+")
_DIGIT_INSIDE = re.compile(r"[^\W\d_]\d+[^\W\d_]")
_ARTICLE = "ال"
# "servant of ..." and "house of ..." are one word of a name with the next
_JOINED = re.compile(r"(?<!\S)(عبد\s+ال|ال\s+)")
_GOD = "لله", "له"  # its two letters are one in Latin


@dataclass(frozen=True, slots=True)
class _Word:
    """A word of a name: what spells it, the signs that may begin it, its consonants, ``ال``."""

    pattern: re.Pattern[str]
    initial: str
    size: int
    article: bool


def fit(local: str, name: str) -> Literal["full", "family", "none"]:
    """Whether a local part is made of a name: of two words, of one and initials, or not.

    Examples: ``alkhatib.k`` and ``خالد الخطيب``: family; ``salem.alzubaidi`` and
    ``سالم الزبيدي``: full.
    """
    if _DIGIT_INSIDE.search(local):
        return "none"  # a misread letter
    letters = _skeleton(local)
    folded = _JOINED.sub(_without_space, fold(name)).replace(*_GOD)
    words = [_word(w) for w in folded.split()]
    best: Literal["family", "none"] = "none"
    for at, word in enumerate(words):
        found = word.pattern.search(letters) if word.size >= LEAST_BESIDE else None
        if found is None:
            continue
        rest = letters[: found.start()] + letters[found.end() :]
        others = words[:at] + words[at + 1 :]
        if any(o.size >= LEAST_BESIDE and o.pattern.fullmatch(rest) for o in others):
            return "full"
        told = word.size + (word.article and found[0].startswith("l"))
        if told >= LEAST and _are_initials(rest, others):
            best = "family"
    return best


def _without_space(joined: re.Match[str]) -> str:
    return "".join(joined[0].split())


def _are_initials(rest: str, others: list[_Word]) -> bool:
    """Each sign begins another word, in order."""
    following = iter(others)
    return all(any(sign in word.initial for word in following) for sign in rest)


def _skeleton(local: str) -> str:
    """The consonants of a local part in one sign each: ``a.alkhalidi`` is ``lxld``."""
    parts = (_TWICE.sub(r"\1", part) for part in _PARTS.findall(fold(local)))
    spelled = (_SOUND.sub(lambda sound: _ONE[sound[0]], part) for part in parts)
    return "".join(_NO_CONSONANT.sub("", part) for part in spelled)


@lru_cache(maxsize=1024)
def _word(word: str) -> _Word:
    table: dict[str, str] = terms.normalise_tables()["arabic_latin"]
    article = len(word) > len(_ARTICLE) + 1 and word.startswith(_ARTICLE)
    bare = word[len(_ARTICLE) :] if article else word
    signs = [table[c] for c in bare if c in table]
    parts = [f"[{sign}]" for sign in signs]
    size = len(signs)
    if parts and bare.endswith("ه"):
        parts[-1] += "?"  # a feminine ending, spelled or not
        size -= 1
    begins = "".join(signs[:1])
    initial = begins + "".join(_FIRST.get(c, "") for c in begins) + ("l" if article else "")
    return _Word(re.compile("l?" * article + "".join(parts)), initial, size, article)
