"""Words of Russian pages that the page reader took for Latin ones or hardly read, read once more.

Russian is read with the English model beside the Russian one, for addresses. On faxes and poor
copies labels and names come out as Latin words that look like them (``@WNO yuactHuKa:`` for ``ФИО
участника:``), and no rule knows them. The model for Cyrillic lines tells the script by itself.
"""

from __future__ import annotations

import re
from dataclasses import replace

from ocr.engines.protocols import OcrEngine
from ocr.image import Grey
from ocr.lines.language import script_of
from ocr.types import Line, SecondReading, Word

SURE = 0.95
"""Mean score of a reading from which it takes the place of the page reader's word. Of such readings
of words of names, posts and offices on 59 scans by three hands, where the page reader was not sure,
all but three of 24 were right."""

TAKEN = 0.9
"""Confidence of a word that was taken: it has no second opinion."""

_UNSURE = 0.75
"""Confidence below which a word is read again, as by the second reader."""

_MOST = 60
"""Words a page: ten take 0.1 s of processor time."""

_LETTERS = 3
"""Letters of a Latin word that is read again however sure the page reader is of it."""

_NO_WORD = re.compile(r"[@\d/\\]|\w\.\w|www|http")
"""What addresses and numbers have."""


def read_again(
    image: Grey, lines: tuple[Line, ...], engine: OcrEngine, languages: tuple[str, ...]
) -> tuple[Line, ...]:
    """The lines of a Russian page with the words that the model for Cyrillic lines is sure of.

    Raises:
        ChildError: there is no time left.
    """
    wanted = [
        (number, at)
        for number, line in enumerate(lines)
        for at, word in enumerate(line.words)
        if _is_doubtful(word)
    ][:_MOST]
    boxes = tuple(lines[number].words[at].box for number, at in wanted)
    changed = [list(line.words) for line in lines]
    for (number, at), reading in zip(wanted, engine.lines(image, boxes, languages), strict=True):
        changed[number][at] = _taken(changed[number][at], reading)
    return tuple(
        line if list(line.words) == words else replace(line, words=tuple(words))
        for line, words in zip(lines, changed, strict=True)
    )


def _is_doubtful(word: Word) -> bool:
    letters = [c for c in word.text if c.isalpha()]
    if _NO_WORD.search(word.text) and word.confidence >= _UNSURE:
        return False
    latin = sum(script_of(c) == "Latin" for c in letters)
    return (bool(letters) and word.confidence < _UNSURE) or latin >= _LETTERS


def _taken(word: Word, reading: SecondReading) -> Word:
    """The word as it was read again, if that is Cyrillic, one word, and sure."""
    cyrillic = any(c.isalpha() and script_of(c) == "Cyrillic" for c in reading.text)
    one = len(reading.text.split()) == 1
    if not (cyrillic and one) or reading.confidence < SURE or "@" in word.text[1:]:
        return word
    return replace(word, text=reading.text, confidence=max(word.confidence, TAKEN))
