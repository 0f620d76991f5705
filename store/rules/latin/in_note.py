"""A name that the note itself prints in Latin letters, too: ``钱婉清 (Qian Wanqing)``.

Wherever on the page it stands - in brackets, behind a stroke, in a column or on a line of its own -
words in Latin letters that spell every part of the name are the person's own spelling.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from store.rules.latin.parts import NamePart, ends, plain

_WORD = r"[A-Za-zÀ-ɏ]['’A-Za-zÀ-ɏ]*\.?"
_WORDS = re.compile(rf"{_WORD}(?:[ ,\u00a0]{{1,3}}{_WORD}|-{_WORD})*")
_ADDRESS = re.compile(r"\S{1,80}@\S{1,80}")
_ONE = re.compile(_WORD)

MOST_WORDS = 9
"""Latin words that one name may take: ``Al``, ``bin``."""

MOST_TRIED = 2000
"""Stretches of words that may be one name; a page in another script has some dozens."""


def printed_in_latin(parts: tuple[NamePart, ...], text: str) -> str | None:
    """The words of the page that spell the whole name, as printed; None if there are none."""
    if all(part.initial for part in parts):
        return None
    orders = _orders(parts)
    firsts = tuple({first for order in orders for first in order[0].first_letters()})
    tried: set[str] = set()
    for run in _WORDS.findall(_ADDRESS.sub(" ", text)):
        for stretch, letters in _stretches(run, firsts):
            if letters in tried or not letters.startswith(firsts):
                continue
            if len(tried) == MOST_TRIED:
                return None
            tried.add(letters)
            if any(_spell(order, letters) for order in orders):
                return stretch.rstrip(",")
    return None


def _orders(parts: tuple[NamePart, ...]) -> list[tuple[NamePart, ...]]:
    """As written, and with the family name at the other end; also without the father's names.

    Passports have no patronymics, and of an Arabic name often the first and the last part alone.
    """
    last = len(parts) - 1
    middle = [part.father or (part.loose and 0 < at < last) for at, part in enumerate(parts)]
    short = tuple(part for part, left in zip(parts, middle, strict=True) if not left)
    found = []
    for order in dict.fromkeys((parts, short)):
        if len(order) > 1:
            found += [order, (*order[1:], order[0]), (order[-1], *order[:-1])]
    return found


def _stretches(run: str, firsts: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Every stretch of some words that may begin so, longer ones first, and its plain letters."""
    places = [match.span() for match in _ONE.finditer(run)]
    words = [plain(run[start:end]) for start, end in places]
    for first, (start, _) in enumerate(places):
        if not "".join(words[first : first + MOST_WORDS]).startswith(firsts):
            continue
        for last in range(min(first + MOST_WORDS, len(places)) - 1, first, -1):
            yield run[start : places[last][1]], "".join(words[first : last + 1])


def _spell(order: tuple[NamePart, ...], letters: str) -> bool:
    reached = {0}
    for part in order:
        if part.initial:
            reached = {
                at + len(first)
                for at in reached
                for first in part.first_letters()
                if letters.startswith(first, at)
            }
        else:
            reached = {end for at in reached for end in ends(part, letters, at)}
        if not reached:
            return False
    return len(letters) in reached
