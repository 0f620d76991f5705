"""Where Chinese words end: at the narrow space of a short name, and before an address.

Printers set a name of two characters apart, ``李 明先生``, by a quarter of a character or more;
page readers cut Chinese where they like, so their pieces are joined (``lines.scripts``) and the
space is told by the ink alone. An address that follows a comma of full width has no space before
it: as one word with the text it would be read, and found, badly.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from statistics import median

import numpy as np

from ocr.image import Grey
from ocr.lines.scripts import is_han
from ocr.types import Box, Line, Word

_DARK = 160
"""Grey level below which a pixel is ink, as in ``ink``."""

_RUN = re.compile(r"[\u3400-\u9fff]++(?![）》”：；。])")
_LONGEST = 8
"""Characters of a run in which a name's space is looked for; in longer ones, running text, there is
white as wide here and there."""

_FAMILY_NAME = 2
"""Characters of a family name, at most."""

_LONG = 6
"""Characters and marks of a word by whose width one of them is measured."""

# In characters. Of 351 words on 34 pages six had a space, and these alone are cut.
_SPACE = 0.24
"""White that is a space: 0.26 to 0.31 in four names, within ``司法部`` up to 0.23."""

_WIDER = 1.8
"""Times the widest other white between characters: 2.0 to 4.4 in the same four."""

_FURTHER = 1.12
"""How much further than the others the characters behind it begin. Chosen, not measured."""

_ALIKE = 0.15
"""Share by which words of one size of type differ in height."""

_TAIL = re.compile(
    r"(?<=[\u3000-\u303f\uff00-\uff65])(?=[\x21-\x7e]*[a-z])[a-z0-9][\x21-\x7e]{5,}\Z", re.I
)
"""What may be an address behind a mark of full width."""

_MARKS = "，、。；："
"""They stand in the left half of their square."""

_QUOTES = '“”‘’"'
_QUOTE = 0.35
"""Width of a quotation mark, in heights of its word, at most."""

_HALF = 0.5
"""Width of a Latin letter in characters."""


def parted(image: Grey, lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """The lines, Chinese words cut at the space inside a name, and before an address.

    Args:
        image: the page the boxes are pixels of.
        lines: in reading order.
    """
    return tuple(_parted(image, line) for line in lines)


def _parted(image: Grey, line: Line) -> Line:
    words = tuple(
        part
        for word in _without_quotes(image, line)
        for piece in _before_address(image, _printed(image, word))
        for part in _at_space(image, piece, line)
    )
    same = len(words) == len(line.words) and all(
        a is b for a, b in zip(words, line.words, strict=True)
    )
    return line if same else replace(line, words=words)


def _without_quotes(image: Grey, line: Line) -> tuple[Word, ...]:
    """Words of a Chinese line without the quotation mark that the reader made of a wide space.

    A mark is printed in the upper half; what stands at the word's left end reaches below it.
    """
    if not any(is_han(c) for word in line.words for c in word.text):
        return line.words
    middle = median(
        word.box.center[1] for word in line.words if len(word.text) > 1 or is_han(word.text)
    )
    read = (_unquoted(image, word, middle) for word in line.words)
    return tuple(word for word in read if word is not None)


def _unquoted(image: Grey, word: Word, middle: float) -> Word | None:
    if word.text[0] not in _QUOTES:
        return word
    box = word.box
    part = image[max(0, box.top) : box.bottom, max(0, box.left) : box.right] < _DARK
    columns = np.flatnonzero(part.any(axis=0))
    if not columns.size:
        return word if len(word.text) > 1 else None
    first = int(columns[0])
    wide = first + max(1, round(_QUOTE * box.height))
    lowest = np.flatnonzero(part[:, first:wide].any(axis=1))[-1]
    if max(0, box.top) + lowest < middle:
        return word
    if len(word.text) == 1:  # a neighbour's ink reaches into its box
        return None
    return replace(word, text=word.text[1:], box=replace(box, left=max(0, box.left) + first))


def _printed(image: Grey, word: Word) -> Word:
    """The word without a mark before it that is no ink: the space behind a dash."""
    box = word.box
    if word.text[0] not in _MARKS or len(word.text) < _LONG:
        return word
    part = image[max(0, box.top) : box.bottom, max(0, box.left) : box.right]
    ink = np.flatnonzero((part < _DARK).any(axis=0))
    if not ink.size or ink[0] < _HALF * box.height:
        return word
    left = max(0, box.left) + int(ink[0])
    return replace(word, text=word.text[1:], box=Box(left, box.top, box.right, box.bottom))


def _before_address(image: Grey, word: Word) -> Iterator[Word]:
    tail = _TAIL.search(word.text)
    if tail is None:
        yield word
        return
    at = tail.start()
    units = at + _HALF * (len(word.text) - at)
    expected = word.box.width * at / units
    # the mark's own white, in the half of its square that the address follows
    whites = [w for w in _whites(image, word.box) if abs(w[1] - expected) < word.box.width / units]
    start, end = max(whites, key=lambda w: w[1] - w[0], default=(round(expected),) * 2)
    yield from _cut(word, at, start, end)


def _at_space(image: Grey, word: Word, line: Line) -> Iterator[Word]:
    run = _RUN.match(word.text)
    if run is None or not 2 <= run.end() <= _LONGEST or not all(map(is_han, word.text)):
        yield word
        return
    place = _space(image, word, run.end(), line)
    yield from (word,) if place is None else _cut(word, *place)


def _space(image: Grey, word: Word, signs: int, line: Line) -> tuple[int, int, int] | None:
    """After how many characters there is a space, and where it begins and ends in the box."""
    size = word.box.width / len(word.text)
    whites = _whites(image, word.box)
    inside = [w for w in whites if sum(w) / 2 < (signs - _HALF) * size]
    if not inside:
        return None
    start, end = max(inside, key=lambda w: w[1] - w[0])
    others = [w[1] - w[0] for w in inside if w[0] != start]
    at = max(1, round((start + end) / 2 / size))
    if at > _FAMILY_NAME:
        return None
    if signs > 2:
        ends = (word.box.width, *(w[0] for w in whites if w[0] > end))
        last = min(ends, key=lambda x: abs(x - signs * size))
        pitch = (last - end) / (signs - at)
    else:
        pitch = size if len(word.text) >= _LONG else _size_beside(word, line)
    wide = end - start >= max(_SPACE * size, _WIDER * max(others, default=0))
    return (at, start, end) if wide and pitch and end >= _FURTHER * at * pitch else None


def _size_beside(word: Word, line: Line) -> float:
    """Width of a character in the other words of the line, 0 where there are none of its size."""
    found = [
        w.box.width / len(w.text)
        for w in line.words
        if w is not word
        and _RUN.fullmatch(w.text)
        and len(w.text) > 2
        and abs(w.box.height - word.box.height) <= _ALIKE * word.box.height
    ]
    return median(found) if found else 0.0


def _whites(image: Grey, box: Box) -> list[tuple[int, int]]:
    """Columns without ink between columns with ink, as [start, end) in the box."""
    part = image[max(0, box.top) : box.bottom, max(0, box.left) : box.right]
    columns = np.flatnonzero((part < _DARK).any(axis=0))
    ends = np.flatnonzero(np.diff(columns) > 1)
    return [(int(columns[i]) + 1, int(columns[i + 1])) for i in ends]


def _cut(word: Word, at: int, start: int, end: int) -> Iterator[Word]:
    box, left = word.box, max(0, word.box.left)
    yield replace(word, text=word.text[:at], box=Box(box.left, box.top, left + start, box.bottom))
    yield replace(word, text=word.text[at:], box=Box(left + end, box.top, box.right, box.bottom))
