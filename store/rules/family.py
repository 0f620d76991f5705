"""Which part of a name is the family name, for lists that print it in capitals or apart.

Pure, for names in any script as they are printed, and for their spelling in Latin letters.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from extract.words import table, words
from store.rules.names import CHINESE, folded

_PREFIX = re.compile(r"^(?:Mac|Mc|Fitz|[dlo]['’])(?=\w)")  # McDONALD, d'ESTE
_HAN_NAME = re.compile("[\u3400-\u9fff\uf900-\ufaff]{2,6}")
_HAN_SPACE = re.compile(rf"(?<={CHINESE.pattern}) (?={CHINESE.pattern})")
_ARABIC = re.compile("[\u0600-\u06ff]")
_CYRILLIC = re.compile("[\u0400-\u04ff]")
_INITIALS = re.compile(r"(?:[^\W\d_]{1,2}\.-?)+")

DOTTED_I = frozenset({"TUR", "AZE"})
"""States in whose language the capital of ``i`` is ``İ``."""

SHORTEST = 4
"""Letters of a word whose end tells a family name: ``Лев`` is none."""


@dataclass(frozen=True, slots=True)
class NameParts:
    """A name in two parts, words as printed.

    ``given`` is empty where there is one word alone. ``family_first`` if the family name stands
    before the rest; ``sure`` if capitals, script, a father's name or initials tell which part it
    is, and False where the last word is only taken for it.
    """

    given: str
    family: str
    family_first: bool
    sure: bool


def name_parts(name: str, written: str | None = None) -> NameParts:
    """Given and family name of a name without honorific.

    Args:
        name: in any script, or in Latin letters (``delegation_list.name_latin``).
        written: the name as written (``delegation_list.name``) where ``name`` is its spelling in
            Latin letters: what its script tells of the order holds for both.

    >>> name_parts("OUÉDRAOGO Abdoulaye")
    NameParts(given='Abdoulaye', family='OUÉDRAOGO', family_first=True, sure=True)
    >>> name_parts("Пётр Ильич Соколов").family, name_parts("欧阳小明").family
    ('Соколов', '欧阳')
    >>> name_parts("Qian Wanqing", "钱婉清").family, name_parts("Amina Odhiambo").sure
    ('Qian', False)
    >>> name_parts("خالد بن سعود آل مكتوم").family
    'آل مكتوم'
    """
    name = " ".join(name.split())
    signs = _HAN_SPACE.sub("", name)
    if _HAN_NAME.fullmatch(signs):
        name = signs
        cut = 2 if name[:2] in words("compound_surnames") and len(name) > 2 else 1
        return NameParts(name[cut:], name[:cut], family_first=True, sure=True)
    parts = name.split()
    found = (
        _by_capitals(parts)
        or _as_written(parts, written)
        or _by_initials(parts)
        or _by_father(parts)
        or _by_script(parts)
    )
    if found is not None:
        first, behind, sure = found
    else:
        first, behind = _with_particles(parts, max(len(parts) - 1, 0)), len(parts)
        sure = len(parts) < 2
    given = parts[:first] + parts[behind:]
    return NameParts(
        " ".join(given),
        " ".join(parts[first:behind]),
        family_first=first == 0 and bool(given),
        sure=sure,
    )


def family_in_capitals(name: str, written: str | None = None, state: str = "") -> str:
    """The name with its family name in capitals, words in their order; as it is where unsure.

    Particles stay as they are printed (``Jan van der BERG``). ``state`` is ISO 3166-1 alpha-3.

    >>> family_in_capitals("Qian Wanqing", "钱婉清"), family_in_capitals("Amina Odhiambo")
    ('QIAN Wanqing', 'Amina Odhiambo')
    """
    parts = name_parts(name, written)
    if not parts.sure or not parts.given:
        return name
    family = " ".join(
        word if _is_particle(word) else _capitals(word, state) for word in parts.family.split()
    )
    whole = " ".join(name.split())
    at = 0 if parts.family_first else whole.rfind(parts.family)
    return whole[:at] + family + whole[at + len(parts.family) :]


_Place = tuple[int, int, bool]
"""First word of the family name, the word behind its last, and whether that is sure."""


def _by_capitals(parts: list[str]) -> _Place | None:
    """Words in capitals where others are not, with the particles before them."""
    family = [i for i, part in enumerate(parts) if in_capitals(part)]
    if not family or len(family) == len(parts):
        return None
    first, behind = _with_particles(parts, family[0]), family[-1] + 1
    if first == 0 and behind == len(parts):
        return None
    return first, behind, behind - first == len(family)


def _as_written(parts: list[str], written: str | None) -> _Place | None:
    """Where the family name stands in the name as written, there it stands in Latin letters."""
    if written is None or len(parts) < 2:
        return None
    told = name_parts(written)
    if not told.sure or not told.given:
        return None
    if CHINESE.search(written):
        last = len(parts) - 1
        spelled = [at for at in (0, last) if _spells(parts[at], told.family)]
        return (spelled[0], spelled[0] + 1, True) if spelled else None
    if _ARABIC.search(written):
        return _with_particles(parts, len(parts) - 1), len(parts), True
    size = len(told.family.split())
    if len(parts) != len(written.split()):
        return None
    at = 0 if told.family_first else _place(written.split(), told.family.split())
    return at, at + size, True


def _spells(latin: str, family: str) -> bool:
    from pypinyin import lazy_pinyin

    readings: dict[str, str] = table("normalise")["surname_readings"]
    plain = "".join(lazy_pinyin(family))  # with v for ü, which passports write yu
    spelled = (plain, plain.replace("v", "u"), plain.replace("v", "yu"), readings.get(family, ""))
    return folded(latin) in {folded(s) for s in spelled}


def _place(parts: list[str], family: list[str]) -> int:
    size = len(family)
    return next(i for i in range(len(parts) - size, -1, -1) if parts[i : i + size] == family)


def _by_initials(parts: list[str]) -> _Place | None:
    """``Оспанова А.Н.``, ``А. Н. Оспанова``: the one word that is no initial."""
    whole = [i for i, part in enumerate(parts) if not _INITIALS.fullmatch(part)]
    if len(whole) != 1 or len(parts) == 1:
        return None
    at = whole[0]
    return (at, at + 1, True) if at in (0, len(parts) - 1) else None


def _by_father(parts: list[str]) -> _Place | None:
    """Of three, one a father's name: ``Соколов Пётр Ильич``, ``Пётр Ильич Соколов``."""
    end = len(parts)
    if end == 4 and folded(parts[3]) in _folded("patronymic_words"):
        return 0, 1, True  # "Алиев Эльчин Вагиф оглы"
    if end == 4 and folded(parts[2]) in _folded("patronymic_words"):
        return 3, 4, True
    if end != 3:
        return None
    if _ends(parts[1], "patronymic_endings"):
        return 2, 3, True
    return (0, 1, True) if _ends(parts[2], "patronymic_endings") else None


def _by_script(parts: list[str]) -> _Place | None:
    """In Arabic the last; in Cyrillic the only one that ends like a family name."""
    if len(parts) < 2:
        return None
    if _ARABIC.search(parts[-1]):
        return _with_particles(parts, len(parts) - 1), len(parts), True
    if not _CYRILLIC.search(parts[-1]):
        return None
    ends = [i for i in (0, len(parts) - 1) if _ends(parts[i], "family_endings")]
    return (ends[0], ends[0] + 1, True) if len(ends) == 1 else None


def _with_particles(parts: list[str], at: int) -> int:
    """Where a family name begins that ends in the word at ``at``: ``van der Berg``."""
    if at > 1 and folded(parts[at]) in _folded("attached_words"):
        at -= 1
    while at > 1 and _is_particle(parts[at - 1]):
        at -= 1
    return at


def _is_particle(part: str) -> bool:
    """``de``, ``Al``, ``VAN``; of single letters only small ones: ``B.`` is an initial."""
    key = folded(part)
    return key in _folded("name_particles") and (len(key) > 1 or part.islower())


@cache
def _folded(label: str) -> frozenset[str]:
    known = table("latin").get(label) or words(label)
    return frozenset(folded(word) for word in known)


def _ends(word: str, label: str) -> bool:
    ends: list[str] = table("latin")[label]
    return len(word) >= SHORTEST and word.lower().endswith(tuple(ends))


def in_capitals(word: str) -> bool:
    """Whether a word is printed in capitals (``McDONALD`` is, an initial is not)."""
    stem = _PREFIX.sub("", word)
    letters = [char for char in stem if char.isalpha()]
    if _INITIALS.fullmatch(word):
        return False
    return len(letters) > 1 and stem.upper() == stem and stem.lower() != stem


def _capitals(word: str, state: str) -> str:
    """``MCDONALD`` is nobody: the prefix stays as it is."""
    prefix = _PREFIX.match(word)
    rest = word[prefix.end() :] if prefix else word
    dotted = rest.replace("i", "İ") if state in DOTTED_I else rest
    return (prefix[0] if prefix else "") + dotted.upper()
