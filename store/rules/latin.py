"""A name in Latin letters, proposed where it is printed in Cyrillic or Chinese.

How a person writes the name in Latin letters only the person knows: a proposal stands beside the
name and never in its place. Arabic names are not proposed, because their vowels are not written.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from extract.words import table, words

_LETTERS = re.compile(r"[^\W\d_]+")

LONGEST_CHINESE = 4
"""Signs of a Chinese name, two of each at most; longer ones are foreign names."""


def latin_name(name: str) -> str | None:
    """The proposal; None for a name in Latin letters, in several scripts, or in another one.

    >>> latin_name("ИВАНОВ Юрий"), latin_name("欧阳小明"), latin_name("José Ruiz")
    ('IVANOV Yuriy', 'Ouyang Xiaoming', None)
    """
    printed = unicodedata.normalize("NFC", name)
    scripts = {unicodedata.name(char, "").split(" ")[0] for char in printed if char.isalpha()}
    if scripts == {"CYRILLIC"}:
        return _of_cyrillic(printed)
    return _of_chinese("".join(printed.split())) if scripts == {"CJK"} else None


def _of_cyrillic(name: str) -> str | None:
    """By BGN/PCGN without its signs for hard and soft; None with a letter that it has not."""
    letters: dict[str, str] = table("normalise")["cyrillic_latin"]
    if any(char.isalpha() and char.lower() not in letters for char in name):
        return None

    def written(word: re.Match[str]) -> str:
        found = [letters[char.lower()] for char in word[0]]
        if word[0].isupper() and len(word[0]) > 1:
            return "".join(found).upper()
        both = zip(word[0], found, strict=True)
        return "".join(latin.capitalize() if char.isupper() else latin for char, latin in both)

    return _LETTERS.sub(written, name)


def _of_chinese(name: str) -> str | None:
    """Pinyin as in passports (GB/T 28039-2011): family name, then given name as one word."""
    size = 2 if name[:2] in words("compound_surnames") and len(name) > 2 else 1
    family, given = name[:size], name[size:]
    known = family in words("common_surnames") or size == 2
    if not known or not given or name in words("compound_surnames"):
        return None
    if len(name) > LONGEST_CHINESE or not name.isalpha():
        return None
    from pypinyin import lazy_pinyin  # its tables take a tenth of a second, and few rows ask

    readings: dict[str, str] = table("normalise")["surname_readings"]
    parts = (readings.get(family) or _joined(lazy_pinyin(family)), _joined(lazy_pinyin(given)))
    if not all(part.replace("'", "").isascii() for part in parts):
        return None
    return " ".join(part.capitalize() for part in parts)


def _joined(syllables: Sequence[str]) -> str:
    """Syllables as one word: an apostrophe before a vowel, ``yu`` for ü, which is read as v."""
    first, *others = (syllable.replace("v", "yu") for syllable in syllables)
    return first + "".join(f"'{s}" if s[0] in "aeo" else s for s in others)
