"""Print that stands in two words of a line: what was read anew reaches into the next word.

Chinese has no spaces, so a piece of a word that is read as a whole (``missing.broken``) ends where
its picture ends: ``维代字第1`` before ``第1121号``. The two are one word, their common signs once.
In other scripts it ends inside a word, which stands whole behind it: ``Adviser,Env Environment``.
"""

from __future__ import annotations

import re
from dataclasses import replace

from rapidfuzz.distance import Levenshtein

from ocr.lines.reading_order import overlap
from ocr.lines.scripts import is_han
from ocr.types import Line, Word, enclosing

_SHARED = 0.3
"""Of the width of the signs two words have in common, what both boxes cover at least. Of four pairs
by two other hands 0.34 to 0.84."""

_FIGURES = 0.3
"""The same of figures of the next column, behind Chinese: 0.36 and 0.8 in two."""

_TAIL = re.compile(r"(?<=[.,;:])[^\W\d_]+\Z")
"""The beginning of a word behind a sign, which the picture of a piece ended with."""

_ALIKE = 0.75
"""Likeness (0 to 1) of such a beginning and the word's own: its last letter is cut, and misread."""


def once(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """The lines, words that overlap and have the same signs there joined."""
    return tuple(_once(line) for line in _at_home(lines))


def _at_home(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """A piece that was put beside a line as one of its own goes back between the line's words."""
    found = list(lines)
    for piece in lines:
        if len(piece.words) > 1 or not any(map(is_han, piece.words[0].text)):
            continue
        for at, line in enumerate(found):
            if line is piece or not overlap(line.box, piece.box):
                continue
            words = tuple(sorted((*line.words, *piece.words), key=lambda w: w.box.left))
            whole = _once(replace(line, words=words))
            if len(whole.words) <= len(line.words) and not _is_apart(piece.words[0], whole):
                found[at] = whole
                found = [other for other in found if other is not piece]
                break
    return tuple(found)


def _is_apart(word: Word, line: Line) -> bool:
    return any(word is other for other in line.words)


def _once(line: Line) -> Line:
    words: list[Word] = []
    for word in line.words:
        shared = (_shared(words[-1], word) or _begun(words[-1], word)) if words else 0
        if shared and not any(map(is_han, word.text)):
            words[-1:] = [_without_tail(words[-1], shared, word.box.left), word]
        elif shared:
            words[-1] = _joined(words[-1], word, shared)
        else:
            words.append(word)
    same = len(words) == len(line.words) and all(
        a is b for a, b in zip(words, line.words, strict=True)
    )
    return line if same else replace(line, words=tuple(words))


def _without_tail(word: Word, shared: int, right: int) -> Word:
    """``黄海涛先生09`` before ``09.06.1976``: the figures are the next column's."""
    box = replace(word.box, right=max(word.box.left + 1, right))
    return replace(word, text=word.text[:-shared], box=box)


def _shared(left: Word, right: Word) -> int:
    """How many signs at the end of one word are, in the same place, the next one's beginning."""
    common = left.box.right - max(left.box.left, right.box.left)
    for size in range(min(len(left.text), len(right.text)) if common > 0 else 0, 0, -1):
        if not left.text.endswith(right.text[:size]):
            continue
        width = left.box.width * _width(right.text[:size]) / _width(left.text)
        if any(map(is_han, right.text[:size])):
            return size if common >= _SHARED * width else 0
        told = size < len(left.text) and is_han(left.text[-size - 1])
        return size if told and common >= _FIGURES * width else 0
    return 0


def _begun(left: Word, right: Word) -> int:
    """How many letters at the end of one word are, in the same place, those the next begins with.

    The last one or two of them may be misread: ``Inspector,Depai Department``.
    """
    tail = _TAIL.search(left.text)
    if tail is None or right.box.left >= left.box.right:
        return 0
    size = len(tail[0])
    width = left.box.width * _width(tail[0]) / _width(left.text)
    near = left.box.right - right.box.left >= _SHARED * width
    alike = Levenshtein.normalized_similarity(tail[0], right.text[:size]) >= _ALIKE
    return size if near and alike else 0


def _width(text: str) -> float:
    """In Chinese characters, of which other signs are half as wide."""
    return sum(1.0 if is_han(c) else 0.5 for c in text)


def _joined(left: Word, right: Word, shared: int) -> Word:
    text = left.text + right.text[shared:]
    box = enclosing((left.box, right.box))
    return Word(text, box, min(left.confidence, right.confidence))
