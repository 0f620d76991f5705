"""Commas of Arabic pages, which the page reader does not know.

It reads them as closing quotation marks, full stops or a hamza; the model for Arabic lines, which
reads names, posts and offices, sees them.
"""

from __future__ import annotations

import re
from dataclasses import replace

from ocr.lines.words import END_IN_HAMZA
from ocr.types import ARABIC_LINES, Line, Word

_COMMA = re.compile(r"(?<=[\u0621-\u0652])»$|(?<=[\u0628-\u0647\u0649\u064a])ء$")
"""What the Arabic comma is read as: the model does not know it. Behind ``ا`` and ``و`` many words
end in a hamza, behind a consonant only those of ``END_IN_HAMZA``."""

_HAMZA = re.compile(rf"[وفبلك]?(?:ال|لل)?(?:{'|'.join(END_IN_HAMZA)})")

_SPECK = re.compile(r"(?<=[\u0621-\u064a]{3})\.(?=[\u0621-\u064a]{3})")

_AS_COMMA = ".,:»ء·'"
"""What the page reader makes of a comma behind a word."""

_VOWELS = re.compile("[\u064b-\u0652\u0670\u0640]")
"""Vowel signs, and the stroke that stretches a word."""


def with_commas(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """The lines of an Arabic page with its commas, which are read as closing quotation marks.

    One that closes what was opened stays.
    """
    is_open = False
    result: list[Line] = []
    for line in lines:
        words: list[Word] = []
        for word in (part for whole in line.words for part in _parted(whole)):
            is_open = is_open or "«" in word.text
            as_is = is_open or _HAMZA.fullmatch(word.text)
            words.append(word if as_is else replace(word, text=_COMMA.sub("،", word.text)))
            is_open = is_open and "»" not in word.text
        result.append(line if tuple(words) == line.words else replace(line, words=tuple(words)))
    return tuple(result)


def _parted(word: Word) -> tuple[Word, ...]:
    """``إدارة.المنظمات``: a speck between two words, read as a full stop without a space."""
    cut = _SPECK.search(word.text)
    if cut is None:
        return (word,)
    box = word.box
    edge = box.right - round(box.width * (cut.start() + 0.5) / len(word.text))
    first = replace(word, text=word.text[: cut.start()], box=replace(box, left=edge))
    rest = replace(word, text=word.text[cut.end() :], box=replace(box, right=edge))
    return (first, *_parted(rest))


def with_seen_commas(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """The lines with the Arabic commas that the model for Arabic lines saw behind words.

    The page reader does not know them and reads a full stop, a colon, a hamza or nothing.
    """
    return tuple(
        replace(line, words=tuple(_with_seen_comma(word, line) for word in line.words))
        if any(r.engine == ARABIC_LINES for r in line.second)
        else line
        for line in lines
    )


def _with_seen_comma(word: Word, line: Line) -> Word:
    for reading in line.second:
        if reading.engine != ARABIC_LINES or not reading.box.holds(word.box):
            continue
        for seen in (token for token in reading.text.split() if token.endswith("،")):
            for stem in (word.text, word.text[:-1] if word.text[-1] in _AS_COMMA else word.text):
                if stem and _VOWELS.sub("", stem) == seen[:-1]:
                    return replace(word, text=f"{stem}،")
    return word
