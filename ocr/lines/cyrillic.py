"""Cyrillic words read as Latin ones that look the same: ``TYPCYHOB``, ``r.M. Лукьяненко``.

Russian is read with the English model beside the Russian one, for addresses; a word whose letters
are in both alphabets comes out in either.
"""

from __future__ import annotations

import re
from dataclasses import replace

from ocr.lines.language import script_of
from ocr.types import Line, Word

LANGUAGES = ("ru",)
"""ISO 639-1 code of the language Cyrillic pages are read in."""

_LOOKS_LIKE = str.maketrans("ABCEHKMOPTXYr", "АВСЕНКМОРТХУГ")
_INITIALS = re.compile(r"(?:[АВСЕНКМОРТХУГA-Zr]\.){1,2}")
_CAPITALS = re.compile(r"[ABCEHKMOPTXY]{5,24}")
"""Words of fewer letters are symbols as often as names: ``CEB``."""

_EDGES = ".,;:()"


def restored(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """The lines of a Russian page with such initials and capitals in Cyrillic again.

    Lines without a Cyrillic word stay, and those with any other Latin one but an address: there the
    word may be Latin, too. ``r.`` is no Latin initial.
    """
    return tuple(map(_restored, lines))


def _restored(line: Line) -> Line:
    words = tuple(map(_in_cyrillic, line.words))
    if words == line.words or any(_is_latin(word.text) for word in words):
        return line
    told = any(_is_cyrillic(word.text) or word.text.startswith("r.") for word in line.words)
    return replace(line, words=words) if told else line


def _in_cyrillic(word: Word) -> Word:
    bare = word.text.strip(_EDGES)
    if not (_INITIALS.fullmatch(word.text.rstrip(",;")) or _CAPITALS.fullmatch(bare)):
        return word
    text = word.text.translate(_LOOKS_LIKE)
    return word if _is_latin(text) else replace(word, text=text)


def _is_cyrillic(text: str) -> bool:
    return any(c.isalpha() and script_of(c) == "Cyrillic" for c in text)


def _is_latin(text: str) -> bool:
    return "@" not in text and any(c.isalpha() and script_of(c) == "Latin" for c in text)
