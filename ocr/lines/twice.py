"""Chinese print that stands in two words of a line: what was read anew reaches into the next word.

Chinese has no spaces, so a piece of a word that is read as a whole (``missing.broken``) ends where
its picture ends: ``维代字第1`` before ``第1121号``. The two are one word, their common signs once.
"""

from __future__ import annotations

from dataclasses import replace

from ocr.lines.scripts import is_han
from ocr.types import Line, Word, enclosing

_SHARED = 0.5
"""Of the width of the signs two words have in common, what both boxes cover at least. Of the pairs
on 21 pages by another hand 0.66 to 1."""


def once(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """The lines, words that overlap and have the same signs there joined."""
    return tuple(_once(line) for line in lines)


def _once(line: Line) -> Line:
    words: list[Word] = []
    for word in line.words:
        shared = _shared(words[-1], word) if words else 0
        if shared:
            words[-1] = _joined(words[-1], word, shared)
        else:
            words.append(word)
    return line if len(words) == len(line.words) else replace(line, words=tuple(words))


def _shared(left: Word, right: Word) -> int:
    """How many signs at the end of one word are, in the same place, the next one's beginning."""
    overlap = left.box.right - max(left.box.left, right.box.left)
    for size in range(min(len(left.text), len(right.text)) if overlap > 0 else 0, 0, -1):
        same = left.text.endswith(right.text[:size])
        if same and any(map(is_han, right.text[:size])):
            width = left.box.width * _width(right.text[:size]) / _width(left.text)
            return size if overlap >= _SHARED * width else 0
    return 0


def _width(text: str) -> float:
    """In Chinese characters, of which other signs are half as wide."""
    return sum(1.0 if is_han(c) else 0.5 for c in text)


def _joined(left: Word, right: Word, shared: int) -> Word:
    text = left.text + right.text[shared:]
    box = enclosing((left.box, right.box))
    return Word(text, box, min(left.confidence, right.confidence))
