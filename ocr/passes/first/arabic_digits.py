"""Figures of Arabic pages: dates and numbers as the model for Arabic lines reads them.

Tesseract's model knows hardly any Eastern digits: ``٢٩ آذار/مارس ٢٠١٩`` becomes ``15 آذار/مارس
17١15``, and a digit beside Arabic letters is lost now and then (``1 مارس`` for ``31 مارس``). Short
lines with figures are read by the other model, too; where it is sure its figures are taken.
"""

from __future__ import annotations

import re
from dataclasses import replace

from rapidfuzz.distance import Levenshtein

from ocr.engines.protocols import OcrEngine
from ocr.image import Grey
from ocr.lines import scripts
from ocr.types import Line, SecondReading, Word

SURE = 0.93
"""Mean score of a line from which its figures are taken; on 68 pages of five hands 17, all
right."""

TAKEN = 0.6
"""Confidence of figures that were taken against the page reader: a person looks."""

_MOST_WORDS, _MOST_LINES = 10, 12
"""Words of a line that is read again, and such lines a page."""


_FIGURE = re.compile(r"\(?(?:[\u0621-\u064a][.\u0621-\u064a]{0,4}/)?[0-9٠-٩][0-9٠-٩/.\-]*م?[)،.]?")
"""A date, a year or a number, with the letters of an office before it; no glued words."""

_LATIN_WORD = re.compile(r"[A-Za-z]{2}")
"""More than a letter, which an Arabic one is taken for: ``1799/44/p`` for ``م/1799/44``."""

_ONE_WAY = str.maketrans("٠١٢٣٤٥٦٧٨٩", "0123456789")


def read_again(
    image: Grey, lines: tuple[Line, ...], engine: OcrEngine, languages: tuple[str, ...]
) -> tuple[Line, ...]:
    """The lines of an Arabic page with the figures that the model for Arabic lines is sure of.

    Raises:
        ChildError: there is no time left.
    """
    numbers = [n for n, line in enumerate(lines) if _has_figures(line)][:_MOST_LINES]
    boxes = tuple(lines[n].box for n in numbers)
    found = dict(zip(numbers, engine.lines(image, boxes, languages), strict=True))
    return tuple(
        _with_figures(line, found[n]) if n in found else line for n, line in enumerate(lines)
    )


def _has_figures(line: Line) -> bool:
    """A short line of Arabic with figures and no Latin words, which are for other readers."""
    texts = [word.text for word in line.words]
    latin = any(_LATIN_WORD.search(text) for text in texts)
    arabic = any(map(scripts.is_arabic, texts))
    return arabic and not latin and len(texts) <= _MOST_WORDS and any(map(_is_figure, texts))


def _is_figure(text: str) -> bool:
    return any(c.isdigit() for c in text)


def _with_figures(line: Line, reading: SecondReading) -> Line:
    seen = reading.text.split()
    if reading.confidence < SURE or not seen:
        return line
    words = list(line.words)
    for step in Levenshtein.opcodes([w.text for w in words], seen):
        ours = range(step.src_start, step.src_end)
        theirs = seen[step.dest_start : step.dest_end]
        if step.tag == "replace" and len(ours) == len(theirs):
            for at, text in zip(ours, theirs, strict=True):
                words[at] = _taken(words[at], text)
    return line if tuple(words) == line.words else replace(line, words=tuple(words))


def _taken(word: Word, text: str) -> Word:
    """The figure that was seen in the place of another one; telephones are for other readers."""
    old, new = _digits(word.text), _digits(text)
    if not old or "+" in word.text or not _FIGURE.fullmatch(text):
        return word
    if old == new and (_FIGURE.fullmatch(word.text) or not scripts.is_arabic(text)):
        return word
    return replace(word, text=text, confidence=min(word.confidence, TAKEN))


def _digits(text: str) -> str:
    return "".join(c for c in text if c.isdigit()).translate(_ONE_WAY)
