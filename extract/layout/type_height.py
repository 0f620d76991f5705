"""Word boxes as high as the type: rows are told apart by their baselines, not by their letters.

A page reader's boxes follow the ink: ``annex`` is half as high as ``Judge,`` and stands lower or
higher than it by a quarter of a line. Steps from row to row then differ by more than the white
between two records. Boxes that are all of one height (a file's own words) are left alone.
"""

from __future__ import annotations

import re
import statistics
from dataclasses import replace
from typing import TYPE_CHECKING

from extract.language.normalise import is_han
from ocr.types import Box, Line, Word

if TYPE_CHECKING:
    from collections.abc import Iterable

# Shares of the type's size that letters reach above the baseline and below it, mean of text faces.
ASCENT, X_HEIGHT, DESCENT = 0.72, 0.5, 0.22
HAN_ASCENT, HAN_DESCENT = 0.82, 0.08  # the same of Chinese characters
# how much higher words with ascenders and descenders are than others where boxes follow the ink
FOLLOWS = 1.12
LEAST_PAIRS = 3  # lines that show it
ODD = 1.3  # times as high as its letters from which a box says nothing of the type
BROAD = 1.8  # times as high as its characters are wide from which a file's own box is no line's
_LOW = "a-zà-öø-ÿа-яё"
_WORD = re.compile(r"[A-Za-zÀ-ɏЀ-ӿ0-9]")
_ASCENDS = re.compile(r"[^acemnopqgrsuvwxyzав-хчшьэюязжийкгдеёмнопрстуц.,;:\-–—_·•*'’\s]")
_DESCENDS = re.compile(r"[gjpqyQçąęşţµруфцщдЦЩД,;()\[\]{}|/@_]")


def evened(lines: Iterable[Line]) -> dict[int, Word]:
    """For each word (by ``id``) the same one in a box as high as the type; empty if all are."""
    kept = tuple(lines)
    if not _follow_ink(kept):
        return _as_high_as_wide(kept)
    found: dict[int, Word] = {}
    for line in kept:
        sizes = [_size(w) for w in line.words if _has_size(w)]
        if not sizes:
            continue
        size = statistics.median(sizes)
        for word in line.words:
            base = _baseline(word, size)
            if base is not None:
                box = Box(
                    word.box.left,
                    round(base - ASCENT * size),
                    word.box.right,
                    round(base + DESCENT * size),
                )
                found[id(word)] = replace(word, box=box)
    return found


def _as_high_as_wide(lines: tuple[Line, ...]) -> dict[int, Word]:
    """Chinese characters are squares: some faces claim a box that covers the next line, too."""
    words = [w for line in lines for w in line.words]
    ratios = [
        w.box.height * len(w.text) / w.box.width
        for w in words
        if len(w.text) > 1 and w.box.width and all(map(is_han, w.text))
    ]
    ratio = statistics.median(ratios) if ratios else 1.0
    if ratio <= BROAD:
        return {}
    found: dict[int, Word] = {}
    for word in words:
        _, y = word.box.center
        half = word.box.height / ratio / 2
        box = Box(word.box.left, round(y - half), word.box.right, round(y + half))
        found[id(word)] = replace(word, box=box)
    return found


def _has_size(word: Word) -> bool:
    return any(map(is_han, word.text)) or _WORD.search(word.text) is not None


def _shape(text: str) -> tuple[float, float]:
    if any(map(is_han, text)):
        return HAN_ASCENT, HAN_DESCENT
    above = ASCENT if _ASCENDS.search(text) else X_HEIGHT
    return above, DESCENT if _DESCENDS.search(text) else 0.0


def _size(word: Word) -> float:
    return word.box.height / sum(_shape(word.text))


def _baseline(word: Word, size: float) -> float | None:
    """Where the word's letters stand (y), None for signs and other scripts."""
    if not _has_size(word):
        return None
    above, below = _shape(word.text)
    box = word.box
    if box.height > ODD * size * (above + below):
        return box.center[1] + (above - below) / 2 * size
    return box.bottom - below * size


def _follow_ink(lines: tuple[Line, ...]) -> bool:
    ratios: list[float] = []
    for line in lines:
        high: list[int] = []
        low: list[int] = []
        for word in line.words:
            if _WORD.search(word.text):
                whole = sum(_shape(word.text)) > ASCENT
                (high if whole else low).append(word.box.height)
        if high and low and min(low) > 0:
            ratios.append(statistics.median(high) / statistics.median(low))
    return len(ratios) >= LEAST_PAIRS and statistics.median(ratios) > FOLLOWS
