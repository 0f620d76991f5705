"""Chinese names in pinyin as in passports (GB/T 28039-2011): family name, then the given one."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

from extract.words import table, words
from store.rules.latin.parts import NamePart, Sign, plain

LONGEST = 4
"""Signs of a Chinese name, two of each at most; longer ones are foreign names."""


def chinese_parts(name: str, *, family_last: bool = False) -> tuple[NamePart, ...] | None:
    """Family and given name, by choice the other way round; None for a foreign name.

    None, too, where no family name is known.
    """
    name = "".join(name.split())
    size = 2 if name[:2] in words("compound_surnames") and len(name) > 2 else 1
    family, given = name[:size], name[size:]
    known = family in words("common_surnames") or size == 2
    if not known or not given or name in words("compound_surnames"):
        return None
    if len(name) > LONGEST or not name.isalpha():
        return None
    from pypinyin import lazy_pinyin  # its tables take a tenth of a second, and few rows ask

    readings: dict[str, str] = table("normalise")["surname_readings"]
    told = (readings.get(family) or _joined(lazy_pinyin(family)), _joined(lazy_pinyin(given)))
    if not all(part.replace("'", "").isascii() for part in told):
        return None
    first, second = _signs(family), _signs(given)
    umlaut = "v" in "".join(lazy_pinyin(name))  # Lyu, Lv and Lu are all in use
    parts = (
        NamePart((told[0].capitalize(),), first, settled=not umlaut),
        NamePart((told[1].capitalize(),), second, short=_initials(second), settled=not umlaut),
    )
    return parts[::-1] if family_last else parts


def _initials(signs: tuple[Sign, ...]) -> tuple[str, ...]:
    """``wq`` for 婉清; none of one sign."""
    if len(signs) == 1:
        return ()
    letters = [{alt[0] for _, alts in sign for alt in alts if alt} for sign in signs]
    return tuple("".join(found) for found in product(*letters))


def _signs(text: str) -> tuple[Sign, ...]:
    """Every reading that a sign has; ü as addresses write it."""
    from pypinyin import Style, pinyin

    found = pinyin(text, style=Style.NORMAL, heteronym=True, v_to_u=False)
    return tuple(((1, _as_written(sign)),) for sign in found)


def _as_written(readings: Sequence[str]) -> tuple[str, ...]:
    written = (plain(reading.replace("v", ue)) for reading in readings for ue in ("yu", "v", "u"))
    return tuple(dict.fromkeys(written))


def _joined(syllables: Sequence[str]) -> str:
    """Syllables as one word: an apostrophe before a vowel, ``yu`` for ü, which is read as v."""
    first, *others = (syllable.replace("v", "yu") for syllable in syllables)
    return first + "".join(f"'{s}" if s[0] in "aeo" else s for s in others)
