"""Capitals that are read as a sign in a circle: ``®rjan`` for ``Ørjan``.

A reader without the letters of Northern languages takes ``Ø`` for the sign it looks like, and a
name that begins with it is none to any rule. Which letter it is, ``Ö`` perhaps, the reader that
knows the letters of the sender's languages tells later; the word is left in doubt.
"""

from __future__ import annotations

import re
from dataclasses import replace

from ocr.types import Line, Word

PRINTED = "Ø"

TRUST = 0.5
"""Confidence of such a word, at most: a person looks where nobody confirms it."""

_READ = re.compile(r"[®©](?=[a-zß-ÿ]{2,30}[.,;:]?\Z)")
"""Such a sign before small letters; before capitals it may be a trade mark's or an address's."""


def restored(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """The lines with capitals in place of such signs."""
    return tuple(_restored(line) for line in lines)


def _restored(line: Line) -> Line:
    if not any(_READ.match(word.text) for word in line.words):
        return line
    return replace(line, words=tuple(map(_capital, line.words)))


def _capital(word: Word) -> Word:
    text = _READ.sub(PRINTED, word.text)
    if text == word.text:
        return word
    return replace(word, text=text, confidence=min(word.confidence, TRUST))
