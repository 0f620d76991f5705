"""Two pages on one sheet: an open book on the scanner, or two pages printed side by side.

The sheet stays one image and its words' boxes are in its pixels; what changes is that each
half is levelled and read by itself, so that no line runs across the gutter.
"""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr.image import Grey, as_bytes
from ocr.prepare.skew import GREY_SKEW, skew_angle, turn_back
from ocr.types import Line

_LANDSCAPE = 1.15
"""Times as wide as high: two pages are 1.4, and less where a scanner cut off their margins."""

_BLOCK = 4
"""Pixels of the page to one of the small image that is looked at."""

_INK = 170
"""Grey level below which a block has ink in it."""

_SPECKS = 400
"""A column of the sheet is free with one block of ink in so many: a speck or two."""

_MIDDLE = 0.04
"""How far from the sheet's middle the gutter may end, as a share of its width."""

_NARROWEST = 0.035
"""Share of the sheet's width; two margins of a centimetre on A4 across are twice that."""

_CLEARLY = 1.6
"""By so much the gutter is wider than any gap that runs down through one half: a table's
columns have gaps like that, a page of text has none."""

_SPINE = 0.5
"""Share of the height from which a dark column is the spine of the book or a fold."""

_FEWEST_LINES = 3
"""Lines of print on each page: a note's first page and its last have more."""

_LINE_INK = 0.02
"""Share of a row of blocks that is ink where a line of print runs through it."""


def gutter(image: Grey) -> int | None:
    """Column of the page image between two pages side by side; None for a single page.

    The sheet is wider than high, a broad strip near its middle has no ink from top to bottom,
    and there are lines of print on both sides, which no strip as broad parts.
    """
    height, width = image.shape
    if width < _LANDSCAPE * height:
        return None
    small = cv2.resize(image, (width // _BLOCK, height // _BLOCK), interpolation=cv2.INTER_AREA)
    ink = np.asarray(small) < _INK
    columns = ink.sum(axis=0)
    columns[columns > _SPINE * ink.shape[0]] = 0
    free = columns <= max(1, ink.shape[0] // _SPECKS)
    gaps = _runs(free)
    wide = ink.shape[1]
    low, high = (0.5 - _MIDDLE) * wide, (0.5 + _MIDDLE) * wide
    middle = [(start, stop) for start, stop in gaps if start < high and stop > low]
    if not middle:
        return None
    start, stop = max(middle, key=lambda gap: gap[1] - gap[0])
    if stop - start < _NARROWEST * wide:
        return None
    halves = (ink[:, :start], ink[:, stop:])
    if any(_lines(half) < _FEWEST_LINES for half in halves):
        return None
    others = [b - a for a, b in gaps if a > 0 and b < wide and (a, b) != (start, stop)]
    if others and (stop - start) < _CLEARLY * max(others):
        return None
    margin = (stop - start) // 4
    return int(min(max(wide // 2, start + margin), stop - margin)) * _BLOCK


def _runs(flags: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Start and end (exclusive) of each run of True."""
    edges = np.diff(np.concatenate([[0], flags.astype(np.int8), [0]]))
    return list(
        zip(np.flatnonzero(edges == 1).tolist(), np.flatnonzero(edges == -1).tolist(), strict=True)
    )


def _lines(ink: NDArray[np.bool_]) -> int:
    """Number of rows of print."""
    return len(_runs(ink.sum(axis=1) > _LINE_INK * ink.shape[1]))


def levelled(image: Grey, at: int) -> Grey:
    """The sheet with each half turned level by itself: pages of a book lie each their own way."""
    halves = []
    for half in (image[:, :at], image[:, at:]):
        half = np.ascontiguousarray(half)
        skew = skew_angle(half)
        halves.append(turn_back(half, skew) if abs(skew) >= GREY_SKEW else half)
    return as_bytes(np.concatenate(halves, axis=1))


def in_order(
    left: tuple[Line, ...], right: tuple[Line, ...], at: int, right_first: bool
) -> tuple[Line, ...]:
    """The lines of both pages, one page after the other.

    Args:
        left: lines of the left half.
        right: lines of the right half, their boxes in its own pixels.
        at: the gutter's column.
        right_first: the sheet is read from the right, as Arabic books are.
    """
    moved = tuple(_moved(line, at) for line in right)
    first, second = (moved, left) if right_first else (left, moved)
    last = max((line.block for line in first), default=0)
    return (*first, *(replace(line, block=line.block + last + 1) for line in second))


def _moved(line: Line, by: int) -> Line:
    return replace(line, words=tuple(replace(w, box=w.box.moved(by, 0)) for w in line.words))


def of_halves(lines: tuple[Line, ...], at: int) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
    """The lines left of the gutter, and those right of it."""
    left = tuple(line for line in lines if line.box.center[0] < at)
    return left, tuple(line for line in lines if line.box.center[0] >= at)
