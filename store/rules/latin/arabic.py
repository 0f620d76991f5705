"""Arabic names, whose vowels are not written: spellings that people of that State use.

From the package ``arabic-name-romanizer`` (UNICEF; names of people in Wikidata, CC0), its table
alone: without its model nothing depends on the machine. Where it is not installed there are no
spellings, and only a note or an address tells one.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from extract.words import table
from store.rules.latin.parts import NamePart, Sign, ends, plain

if TYPE_CHECKING:
    from arabic_name_romanizer import Transliterator

MOST = 12
"""Spellings of a part that are looked at."""

MAGHREB = ("DZ", "MA", "TN", "MR")
"""Where the article is left out or glued to the name in Latin letters: Lamine, Elamine."""

_VOWELS = "aeiouy"
_VOWEL_LETTERS = "أإآاعيو"
_MARKS = re.compile("[\u064b-\u065f\u0670\u0640\u200c-\u200f\u061c]")
_LETTER = re.compile("[\u0600-\u06ff]")
_BEFORE = ("عبد", "أبو", "ابو", "أبي", "ابي", "بن", "ابن", "بنت", "آل", "أم", "ولد", "ذو")
_BEHIND = ("الله", "الدين")
_ARTICLE = re.compile(r"(?i)(al|el)[- ]?(?=\w{3})")


def arabic_parts(name: str, country: str | None) -> tuple[NamePart, ...] | None:
    """The words of a name, particles with the word they belong to; None without Arabic letters.

    Args:
        name: as written.
        country: ISO 3166-1 alpha-2 of the State: Egypt writes Gamal, the Gulf Jamal.
    """
    words = re.findall(r"[^\W\d_]+", _MARKS.sub("", name))
    if not words or not all(_LETTER.match(word) for word in words):
        return None
    units = _units(words)
    last = len(units) - 1
    return tuple(
        _part(unit, country, "surname" if at == last else "given", first=at == 0)
        for at, unit in enumerate(units)
    )


def _part(unit: str, country: str | None, role: str, *, first: bool) -> NamePart:
    signs = _signs(unit.replace(" ", ""))
    return NamePart(
        spellings=_spellings(unit, signs, country, role),
        signs=signs,
        before="" if first else " ",
        loose=True,
        article=unit.startswith("ال") and country not in MAGHREB,
    )


def _units(words: list[str]) -> list[str]:
    found: list[str] = []
    open_ = False
    for word in words:
        if found and (open_ or word in _BEHIND):
            found[-1] += f" {word}"
        else:
            found.append(word)
        open_ = word in _BEFORE
    return found


def _spellings(
    unit: str, signs: tuple[Sign, ...], country: str | None, role: str
) -> tuple[str, ...]:
    """The likeliest first; of the package's table only what can be read as the unit.

    Its names were aligned by a program, and now and then a neighbour's spelling stands beside a
    name. What no table has is romanized by its consonants.
    """
    names = _names()
    if names is None:
        return ()
    bare = NamePart((), signs, loose=True)
    for asked in (country, None):
        found = names.transliterate(unit, top_k=MOST, country=asked, role=role)
        texts = [c.text for c in found if len(plain(c.text)) in ends(bare, plain(c.text), 0)]
        spelled = tuple(dict.fromkeys(_with_article(unit, text) for text in texts))
        if spelled and (country in MAGHREB or not unit.startswith("ال")):
            return spelled
        if spelled:
            return tuple(sorted(spelled, key=lambda text: _ARTICLE.match(text) is None))
    return (_with_article(unit, _romanized(unit)),)


def _with_article(unit: str, text: str) -> str:
    """``Almutairi`` is printed Al-Mutairi where the article is written."""
    text = text[:1].upper() + text[1:] if not unit.startswith(("بن", "ابن", "بنت")) else text
    if not unit.startswith("ال") or unit in _BEHIND:
        return text
    article = _ARTICLE.match(text)
    if article is None:
        return text
    rest = text[article.end() :]
    bare = NamePart((), _signs(unit.removeprefix("ال")), loose=True)
    if len(plain(rest)) not in ends(bare, plain(rest), 0):
        return text
    return f"{article[1].capitalize()}-{rest[:1].upper()}{rest[1:]}"


def printed(part: NamePart, letters: str) -> str:
    """Letters of an address as a name: with the article, which addresses leave out."""
    if part.spellings and part.spellings[0].startswith("Al ") and letters.startswith("al"):
        return f"Al {letters[2:].capitalize()}"  # the house of
    if not part.article:
        return letters.capitalize()
    article = _ARTICLE.match(letters)
    bare = NamePart((), part.signs[2:], loose=True)
    if article is not None and len(letters) in ends(bare, letters, article.end()):
        return f"{article[1].capitalize()}-{letters[article.end() :].capitalize()}"
    return f"Al-{letters.capitalize()}"


def _romanized(unit: str) -> str:
    """Without any table: consonants and long vowels, and an a between two consonants."""
    spelled: dict[str, str] = table("latin")["spelled"]["arabic"]
    found = ""
    for char in unit.removeprefix("ال"):
        latin = plain(spelled.get(char, "_").split()[0].strip("_"))
        if found and latin and found[-1] not in _VOWELS and latin[0] not in _VOWELS:
            found += "a"
        found += latin
    return ("Al-" if unit.startswith("ال") else "") + found.capitalize()


@cache
def _names() -> Transliterator | None:
    try:
        from arabic_name_romanizer import Transliterator
    except ImportError:
        return None
    return Transliterator(auto_load_model=False)


def _signs(text: str) -> tuple[Sign, ...]:
    spelled: dict[str, str] = table("latin")["spelled"]["arabic"]
    found: list[Sign] = []
    for at, char in enumerate(text):
        # the article is never an alif and a lam: ``aalkhalidi`` is an initial before it
        article = text.startswith("ال", at)
        key = "ال" if article else char
        alternatives = _alternatives(spelled.get(key, "_"))
        if article and text[at + 2 : at + 3] in tuple(_VOWEL_LETTERS):
            alternatives += _alternatives(spelled["لا"])
        found.append(((len(key), alternatives),))
    return tuple(found)


@cache
def _alternatives(spelled: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(plain(alt.strip("_")) for alt in spelled.split()))
