"""The raised letter of ``D.ª``, the Spanish form of address for women, as readers see it.

It comes as ``D.?``, ``D.2``, ``D.*``, ``D?`` or ``D.a`` behind ``Sra.``; what follows is a name.
"""

from __future__ import annotations

import re
from dataclasses import replace

from ocr.types import Line, Word

PRINTED = "D.ª"

_READ = re.compile(r"D\.?[ªaº°*?!®”’'\"0-9]")
_BEFORE = re.compile(r"\(?(?:[A-Z][a-z]{0,4}a)\.?")
"""``Sra.``, ``Excma.``, ``Dra.``: what stands before it."""


def restored(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """The lines with such words as they are printed."""
    return tuple(_restored(line) for line in lines)


def _restored(line: Line) -> Line:
    words = list(line.words)
    for at in range(1, len(words) - 1):
        if _is_one(words[at - 1], words[at], words[at + 1]):
            words[at] = replace(words[at], text=PRINTED)
    return replace(line, words=tuple(words))


def _is_one(before: Word, word: Word, after: Word) -> bool:
    stands = _BEFORE.fullmatch(before.text) is not None and after.text[:1].isupper()
    return stands and _READ.fullmatch(word.text) is not None
