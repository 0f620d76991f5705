"""Words of Russian, Arabic and Chinese pages taken for Latin ones or hardly read, read once more.

All are read with the English model beside their own, for addresses. On faxes and poor copies
labels and names come out as Latin words that look like them (``@WNO yuactHuKa:`` for ``ФИО
участника:``, ``wehbe`` for ``دبلوماسي``), and two Chinese characters that stand alone on a line as
``BR``; no rule knows them. The model for lines of the script, in Chinese the second reader, tells
it by itself.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from ocr.engines.protocols import OcrEngine
from ocr.image import Grey
from ocr.lines.language import script_of
from ocr.lines.words import LATIN_IN_ARABIC
from ocr.types import Line, SecondReading, Word

TAKEN = 0.9
"""Confidence of a word that was taken: it has no second opinion."""

_UNSURE = 0.75
"""Confidence below which a word is read again, as by the second reader."""

_MOST = 60
"""Words a page: ten take 0.1 s of processor time."""

_NO_WORD = re.compile(r"[@\d/\\]|\w\.\w|www|http")
"""What addresses and numbers have."""

_SIGNS = re.compile("[\u064b-\u0652]")


@dataclass(frozen=True, slots=True)
class Script:
    """A script as ``script_of`` names it, and when a word is read again and taken in it.

    ``letters``: of a Latin word that is read again however sure the page reader is of it;
    ``sure``: mean score of a reading that is taken; ``spared``: Latin words such pages have;
    ``signed``: the word says who read it, so that the same reader is no witness of it later;
    ``spaced``: a word may have white in it, as names of two characters have.
    """

    name: str
    letters: int
    sure: float
    spared: frozenset[str] = frozenset()
    signed: bool = False
    spaced: bool = False


CYRILLIC = Script("Cyrillic", letters=3, sure=0.95)
"""Of such readings of words of names, posts and offices on 59 scans by three hands, where the page
reader was not sure, all but three of 24 were right."""

ARABIC = Script("Arabic", letters=2, sure=0.97, spared=LATIN_IN_ARABIC, signed=True)
"""Of 263 such words on 47 scans by three hands the page reader had 128 right, the model for lines
227; three that had been right were not, with a vowel sign or a speck. Below that score one in five
is lost."""

HAN = Script("Han", letters=2, sure=0.97, signed=True, spaced=True)
"""Of 31 such words on 28 scans by three hands all above it were right, two of five below."""


def read_again(
    image: Grey,
    lines: tuple[Line, ...],
    engine: OcrEngine,
    languages: tuple[str, ...],
    script: Script,
) -> tuple[Line, ...]:
    """The lines of a page with the words that the model for the script's lines is sure of.

    Raises:
        ChildError: there is no time left.
    """
    wanted = [
        (number, at)
        for number, line in enumerate(lines)
        for at, word in enumerate(line.words)
        if _is_doubtful(word, script)
    ][:_MOST]
    boxes = tuple(lines[number].words[at].box for number, at in wanted)
    changed = [list(line.words) for line in lines]
    for (number, at), reading in zip(wanted, engine.lines(image, boxes, languages), strict=True):
        changed[number][at] = _taken(changed[number][at], reading, script)
    return tuple(
        line if list(line.words) == words else replace(line, words=tuple(words))
        for line, words in zip(lines, changed, strict=True)
    )


def _is_doubtful(word: Word, script: Script) -> bool:
    letters = [c for c in word.text if c.isalpha()]
    if word.text.strip("/().:|") in script.spared:
        return False
    if _NO_WORD.search(word.text) and word.confidence >= _UNSURE:
        return False
    latin = sum(script_of(c) == "Latin" for c in letters)
    return (bool(letters) and word.confidence < _UNSURE) or latin >= script.letters


def _taken(word: Word, reading: SecondReading, script: Script) -> Word:
    """The word as it was read again, if that is of the script, one word, and sure; no figures."""
    own = any(c.isalpha() and script_of(c) == script.name for c in reading.text)
    read = "".join(reading.text.split()) if script.spaced else reading.text
    one = len(read.split()) == 1 and not any(map(str.isdigit, read))
    if not (own and one) or reading.confidence < script.sure or "@" in word.text[1:]:
        return word
    # the model tells no vowel signs: "قاضٍ" stays, and is surer
    text = word.text if _SIGNS.sub("", word.text) == read else read
    reader = reading.engine if script.signed and text != word.text else word.reader
    return replace(word, text=text, confidence=max(word.confidence, TAKEN), reader=reader)
