"""Lines of running text that the page reader cut in two, put together again.

Where two columns stand in the middle of a page, tesseract takes the sentences above and below for
columns, too: every line is cut at a space, and the left halves are read before the right ones.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

from ocr.lines.reading_order import overlap
from ocr.lines.scripts import is_arabic
from ocr.types import Line

_SPACE = 0.9
"""Heights of a line up to which white is a space between words; between columns it is wider."""

_HALVES = 2
"""Lines of a block that are cut, at least."""

_RAGGED = 1.0
"""Heights by which the right halves' left edges differ: a column's are all the same."""


def rejoined(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """The lines, halves of one joined where the first of them stood."""
    pairs = _pairs(lines)
    if not pairs:
        return lines
    partner = dict(pairs)
    taken = set(partner.values())
    result: list[Line] = []
    for number, line in enumerate(lines):
        if number in taken:
            continue
        words, at = line.words, number
        second = line.second
        while (at := partner.get(at, -1)) >= 0:
            right = lines[at]
            arabic = any(is_arabic(w.text) for w in (*words, *right.words))
            words = (*right.words, *words) if arabic else (*words, *right.words)
            second = (*second, *right.second)
        result.append(line if words == line.words else replace(line, words=words, second=second))
    return tuple(result)


def _pairs(lines: tuple[Line, ...]) -> list[tuple[int, int]]:
    """Numbers of left and right halves, where a block was cut at spaces several times."""
    found: dict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
    for left, one in enumerate(lines):
        reach = _SPACE * one.box.height
        near = [
            right
            for right, other in enumerate(lines)
            if other.block != one.block
            and 0 <= other.box.left - one.box.right <= reach
            and overlap(one.box, other.box)
        ]
        if near:
            right = min(near, key=lambda n: lines[n].box.left)
            found[one.block, lines[right].block].append((left, right))
    return [
        pair
        for pairs in found.values()
        if len(pairs) >= _HALVES and _is_ragged([lines[right] for _, right in pairs])
        for pair in pairs
    ]


def _is_ragged(halves: list[Line]) -> bool:
    lefts = [line.box.left for line in halves]
    return max(lefts) - min(lefts) > _RAGGED * min(line.box.height for line in halves)
