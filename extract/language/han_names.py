"""Chinese names as words: the family names they begin with, the dots of foreign ones."""

from __future__ import annotations

import re
from functools import cache

from extract.language import terms

DOTS = "·•"
"""Between the parts of a foreign name written in Chinese."""

DOT_SEEN = re.compile(r"(?<=[\u3400-\u9fff])\s?['’‘`]\s?(?=[\u3400-\u9fff])")
"""Such a dot as page readers see it."""

LONGEST = 4
"""Characters of a Chinese name."""


@cache
def surnames() -> frozenset[str]:
    """Chinese family names, one or two characters, and Japanese ones of three."""
    return frozenset(terms.phrases("common_surnames")) | compound_surnames()


@cache
def compound_surnames() -> frozenset[str]:
    """Family names of two characters, Japanese ones of three."""
    return frozenset(terms.phrases("compound_surnames"))


def has_surname(name: str) -> bool:
    """True when a text begins with a family name, or is a foreign name with its dots."""
    return any(name[:n] in surnames() for n in (1, 2, 3)) or any(d in name for d in DOTS)


def stands_apart(first: str, following: str) -> bool:
    """``李`` before ``静女士``: a family name, and no post or office begins so (``常``, ``驻``).

    A foreign name's first part is none: ``宋`` before ``萨·坎平``.
    """
    foreign = any(d in following for d in DOTS)
    return first in surnames() and not foreign and first + following[:1] not in _beginnings()


@cache
def _beginnings() -> frozenset[str]:
    lists = ("title_heads", "org_heads", "org_units")
    return frozenset(p[:2] for label in lists for p in terms.phrases(label) if p[:1] > "\u33ff")


def spells_sounds(name: str) -> bool:
    """``乌云其其格``: a name of another language by its sounds, whatever it begins with."""
    return all(char in _sounds() for char in name)


def lost_its_dot(name: str) -> bool:
    """``玛妮西沙瓦``: too long for a Chinese name, so that a dot may have been lost."""
    return len(name) > LONGEST and spells_sounds(name) and not any(d in name for d in DOTS)


@cache
def _sounds() -> frozenset[str]:
    return frozenset("".join(terms.phrases("name_sounds"))) | {*DOTS}
