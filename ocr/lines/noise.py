"""Drops what tesseract makes of seals, signatures and dirt: lines with no word to be sure of.

Print is of one size, in words of several letters; a drawing gives single signs of any size.
"""

from __future__ import annotations

from dataclasses import replace
from statistics import median

from ocr.types import Line, Word

_SURE, _SURE_SHORT = 0.7, 0.8
"""Confidence from which a word is print, and a number or initial of the right size (``_HEIGHTS``):
what is made of seals is less sure, or of any size. Chosen, not measured."""

_LEGIBLE = 0.3
"""Confidence from which a word of ``_LONG`` letters, or in another script than Latin, is print: no
drawing makes so many letters in a row. Chosen, not measured."""

_LONG, _WORD = 8, 3
"""Letters and digits of a long word, and of a word at all."""

_HEIGHTS = (0.5, 1.9)
"""Height of a sign that can be print, as a share of the page's usual word height."""

_SCRATCH = 2
"""Signs of a scratch at most; more of them in a row are dots to fill in, or a rule."""

_SCRATCHES = frozenset("\\|/_=~<>{}*^°«»‘“”'`.,;:-—–")


def without_noise(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """The lines that hold print, without scratches at their ends."""
    usual = _usual_height(lines)
    kept = (_trimmed(line) for line in lines if _is_print(line, usual))
    return tuple(line for line in kept if line.words)


def _usual_height(lines: tuple[Line, ...]) -> float:
    heights = [
        word.box.height
        for line in lines
        for word in line.words
        if word.confidence >= _SURE_SHORT and _letters(word) >= _WORD
    ]
    return float(median(heights)) if heights else 0.0


def _letters(word: Word) -> int:
    return sum(c.isalnum() for c in word.text)


def _is_print(line: Line, usual: float) -> bool:
    if any(_is_telling(word) for word in line.words):
        return True
    sure = sum(_is_sure_short(word, usual) for word in line.words)
    return sure * 2 >= len(line.words)


def _is_telling(word: Word) -> bool:
    """A word by itself enough to take its line for print."""
    letters = _letters(word)
    if any(c >= "\u0250" and c.isalpha() for c in word.text):  # other scripts read less surely
        return word.confidence >= _LEGIBLE
    if letters >= _LONG:
        return word.confidence >= _LEGIBLE
    return letters >= _WORD and word.confidence >= _SURE


def _is_sure_short(word: Word, usual: float) -> bool:
    """A number or initial of the size of the page's print."""
    if not _letters(word) or word.confidence < _SURE_SHORT:
        return False
    low, high = _HEIGHTS
    return not usual or low * usual <= word.box.height <= high * usual


def _trimmed(line: Line) -> Line:
    """The line up to its last word that has more than scratches in it."""
    words = line.words
    while words and set(words[-1].text) <= _SCRATCHES and len(words[-1].text) <= _SCRATCH:
        if words[-1].text in {".", ",", ":", ";", "-", "—", "–", "»", "”"}:
            break
        words = words[:-1]
    return line if words == line.words else replace(line, words=words)
