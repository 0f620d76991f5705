"""Whether an address spells a person's name: each backs the letters of the other.

Names in Cyrillic and Chinese are compared in the Latin letters that addresses use, Arabic ones by
their consonants.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from extract.language import arabic_latin, cyrillic, terms
from extract.language.normalise import fold, is_han, main_script, script_of

_RANKS = ("none", "near", "loose", "family", "full")
_SHORT = 2
"""Letters of a syllable that is too short to tell a name by itself."""
_INITIALS = re.compile(r"\b([^\W\d_])\.")
_FOR_U = ("v", "u", "yu")
_SYLLABLE = re.compile(r"(?:[zcs]h|[bpmfdtnlgkhjqxrzcsyw])?[aeiou]{1,3}(?:ng?|r)?")  # of Pinyin


@dataclass(frozen=True, slots=True)
class NameFit:
    """How an address's local part fits a person's name.

    ``kind`` is ``full`` (two parts of the name spelled out), ``family`` (one part spelled out,
    the rest initials or nothing), ``loose`` (one part spelled out, the rest something else),
    ``near`` (one letter off), or ``none``.
    """

    kind: str
    expected: str | None = None

    @property
    def is_good(self) -> bool:
        """True when the name backs the letters of the address, and the address the name's."""
        return self.kind in ("full", "family")


def name_fit(local: str, name: str) -> NameFit:
    """Compares a local part with a name; that an Arabic one is near says nothing.

    Examples: ``j.kamau`` and ``John KAMAU``: family; ``john.kamau``: full; ``j.karnau``: near;
    ``i.kamau`` and ``Linda KAMAU``: loose.
    """
    if main_script(name) == "arabic":
        return NameFit(arabic_latin.fit(local, name))
    if any(map(is_han, name)):
        return _han_fit(local, name)
    fit = _name_fit(local, latinised(name))
    if not fit.is_good and main_script(name) == "cyrillic":
        for spelling in cyrillic.spellings(name):
            other = _name_fit(cyrillic.skeleton(local), cyrillic.skeleton(latinised(spelling)))
            if other.is_good:
                return NameFit(other.kind)
    return NameFit("family") if fit.kind == "loose" and _spells_initials(local, name) else fit


def _spells_initials(local: str, name: str) -> bool:
    """``pavel.sorokin`` of ``П.А. Сорокин``: the first name, of which it has the initial."""
    initials = _INITIALS.findall(name)
    family = re.findall(r"[^\W\d_]{3,}", name)
    if not initials or len(family) != 1:
        return False
    own = {cyrillic.skeleton(latinised(family[0])), fold(latinised(family[0]))}
    parts = [part for part in re.split(r"[._\-\d]+", fold(local)) if part]
    others = [p for p in parts if not own & {p, cyrillic.skeleton(p)}]
    first = latinised(initials[0]).casefold()
    if not len(parts) - len(others) == len(others) == 1:
        return False
    return any(p.startswith(first) for p in (others[0], cyrillic.skeleton(others[0])))


def _han_fit(local: str, name: str) -> NameFit:
    """The fit of a Chinese name in Pinyin; a character in a family name may be read otherwise.

    Syllables are short: two letters tell no name, but all that an address has beside initials do.
    No address has ``ü``: ``吕`` is written ``lv``, ``lu`` or ``lyu``.
    """
    from pypinyin import Style, pinyin

    printed = name.lstrip()
    first = pinyin(printed[:1], style=Style.NORMAL, heteronym=True)[0]
    rest = latinised(printed[1:])
    whole = [f"{reading} {rest}" for reading in first]  # with "v" for "ü" and for nothing else
    whole = [text.replace("v", u) for text in whole for u in (_FOR_U if "v" in text else "v")]
    fits = [_name_fit(local, text) for text in whole]
    fits += [fit for text in whole if (fit := _syllables_fit(local, text))]
    best = max(fits, key=lambda fit: _RANKS.index(fit.kind))
    more = best.kind == "full" and any(_has_more(local, text) for text in whole)
    return NameFit("loose") if more else best


def _has_more(local: str, name: str) -> bool:
    """``luzhihao`` beside Zhi Hao: a syllable before all of the name's; its sign was lost."""
    letters = "".join(c for c in fold(local) if c.isalpha())
    before, said, behind = letters.partition("".join(fold(name).split()))
    return bool(said) and not behind and _SYLLABLE.fullmatch(before) is not None


def _syllables_fit(local: str, name: str) -> NameFit | None:
    """``xhe`` and ``he.x`` of He Xin: a syllable of two letters, and initials of the others."""
    letters = "".join(c for c in fold(local) if c.isalpha())
    parts = fold(name).split()
    for at, part in enumerate(parts):
        others = parts[:at] + parts[at + 1 :]
        begins, ends = letters.startswith(part), letters.endswith(part)
        for rest in (letters[len(part) :] if begins else "", letters[: -len(part)] if ends else ""):
            if len(part) == _SHORT and rest and _are_initials(rest, others):
                return NameFit("family")
    return None


def _name_fit(local: str, name: str) -> NameFit:
    letters = "".join(c for c in fold(local) if c.isalpha())
    parts = [p for p in re.split(r"[\s\-'’.,]+", fold(name)) if p.isalpha()]
    if not letters or not parts or script_of(parts[0][0]) != "latin":
        return NameFit("none")
    spelled = [p for p in (*parts, *_glued(name)) if len(p) > 2 and p in letters]
    if not spelled:
        near = _near(letters, parts)
        return NameFit("near", near) if near else NameFit("none")
    longest = max(spelled, key=len)
    rest = letters.replace(longest, "", 1)
    # an initial stays, though its letter is in the name: "a.saakyan" of Саакян А.В.
    others = [p for p in parts if p != longest and (len(p) < 3 or p not in longest)]
    beside = [p for n, p in enumerate(parts) if longest not in parts or n != parts.index(longest)]
    if any(p in rest for p in beside if len(p) > 2):
        # "lianlin_lian": what is in the longest may stand beside it, too
        for part in sorted(beside, key=len, reverse=True):
            rest = rest.replace(part, "", 1)
        # letters the name knows nothing of: half of it may be missing ("melvin_solorzanalmora")
        strange = len(rest) > 2 or not _are_initials(rest, parts)
        return NameFit("loose" if strange else "full")
    if rest in ("", "".join(p[0] for p in others)) or _are_initials(rest, others):
        return NameFit("family")
    return NameFit("loose")


def _are_initials(rest: str, others: list[str]) -> bool:
    """``jp`` of Jean-Pierre, ``mo`` of Mohamed: beginnings of the name's other parts, in order."""
    at = 0
    for part in (*others, *others):
        size = 0
        while at + size < len(rest) and size < len(part) and rest[at + size] == part[size]:
            size += 1
        at += size
    return at == len(rest)


def latinised(name: str) -> str:
    """A Cyrillic or Chinese name in the Latin letters that addresses use; Arabic stays Arabic."""
    if any(map(is_han, name)):
        from pypinyin import lazy_pinyin

        return " ".join(lazy_pinyin(name))
    table = terms.normalise_tables()["cyrillic_latin"]
    return "".join(table.get(c.lower(), c) for c in name)


def _glued(name: str) -> list[str]:
    """Each word without its hyphens and apostrophes (``ndiaye``, ``elsayed``)."""
    return ["".join(c for c in fold(w) if c.isalpha()) for w in name.split()]


def _near(letters: str, parts: list[str]) -> str | None:
    """The name part that the local part misses by one or two letters, long names only."""
    for part in sorted(parts, key=len, reverse=True):
        if len(part) < 5:
            continue
        for size in (len(part), len(part) + 1, len(part) - 1):
            for at in range(0, max(1, len(letters) - size + 1)):
                if Levenshtein.distance(letters[at : at + size], part, score_cutoff=1) <= 1:
                    return part
    return None
