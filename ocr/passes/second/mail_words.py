"""Addresses as a second reading has them: whole, in one piece, without what ran into them."""

from __future__ import annotations

import re
from dataclasses import replace

from ocr.types import Line, SecondReading, Word, enclosing

TAKEN = 0.95
"""Score from which the second reading takes the place of words the first could not read."""

LESS = 0.05
"""Below ``TAKEN`` the confidence of what was taken: it has no second opinion."""

HOPELESS = 0.5
"""Confidence below which the first reading of a word is not kept against a sure second one."""

_ADDRESS = re.compile(r"[(\[<]?[\w.+-]{2,64}@(?:[\w-]{1,63}\.){1,5}[a-z]{2,6}[)\]>]?")
"""A whole address, with the brackets it may stand in."""

_PART = re.compile(r"[!-~]*@[!-~]*|[!-@\[-~]*\.[!-@\[-~]*")
"""A part of an address: it has its sign, or a full stop and no capitals."""

_STRAY = " .,;:·،"
"""Signs beside an address that are none of it; a full stop stands on its left in Arabic."""


def with_address(line: Line, reading: SecondReading) -> Line:
    """The line with an address in the place of words none of which looks like one.

    One of them could not be read at all: ``gov.kw)`` and ``0`` for ``(l.haddad@moj.gov.kw)``.
    """
    left, right = reading.box.left, reading.box.right
    under = [word for word in line.words if left <= word.box.left and word.box.right <= right]
    unread = any(word.confidence < HOPELESS for word in under)
    text = reading.text.strip(_STRAY)
    sure = reading.confidence >= TAKEN and _ADDRESS.fullmatch(text) is not None
    if not (sure and unread and follow(line, under)) or any("@" in word.text for word in under):
        return line
    at = line.words.index(under[0])
    new = Word(text, reading.box, TAKEN - LESS)
    return replace(line, words=(*line.words[:at], new, *line.words[at + len(under) :]))


def joined(line: Line, reading: SecondReading) -> Line:
    """Parts of an address as one where the second reading has no space between them.

    ``j. doe@example.org`` becomes ``j.doe@example.org``. Elsewhere line readers lose spaces: what
    they had as one word on 89 pages by another hand, and was no address, was two.
    """
    under = inside(line, reading)
    whole = "".join(word.text for word in under)
    if len(under) < 2 or whole != reading.text or not follow(line, under):
        return line
    if not _PART.fullmatch(whole):
        return line
    box = enclosing(tuple(word.box for word in under))
    one = Word(whole, box, min(word.confidence for word in under))
    at = line.words.index(under[0])
    return replace(line, words=(*line.words[:at], one, *line.words[at + len(under) :]))


def parted(line: Line, reading: SecondReading) -> Line:
    """An address without the word that ran into it, where the second reading has a space.

    Between two columns that almost touch: ``pénale_j.doe@example.org``, whose stroke is white.
    """
    words: list[Word] = []
    for word in line.words:
        holds = "@" in word.text and word.box.union(reading.box) == reading.box
        halves = _halves(word.text, reading.text) if holds else None
        if halves is None:
            words.append(word)
            continue
        box, share = word.box, len(halves[0]) / len(word.text)
        middle = box.left + round(box.width * share)
        words.append(replace(word, text=halves[0], box=replace(box, right=middle)))
        words.append(replace(word, text=halves[1], box=replace(box, left=middle + 1)))
    return replace(line, words=tuple(words))


def _halves(text: str, seen: str) -> tuple[str, str] | None:
    """The word and the address of ``text`` that have a space between them in what was ``seen``."""
    for at in range(1, text.find("@")):
        left, right = text[:at], text[at:]
        for address in {right, right.removeprefix("_")}:
            if f"{left} {address}" in seen and _ADDRESS.fullmatch(address.strip(_STRAY)):
                return left, address
    return None


def follow(line: Line, words: list[Word]) -> bool:
    """The words stand next to each other in the line, in this order."""
    at = line.words.index(words[0])
    return list(line.words[at : at + len(words)]) == words


def inside(line: Line, reading: SecondReading) -> list[Word]:
    """The line's words in the place of the reading."""
    return [word for word in line.words if word.box.union(reading.box) == reading.box]
