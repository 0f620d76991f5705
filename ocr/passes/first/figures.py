"""Numbers that the page reader cut behind or before a 1, whole again.

Where digits are all set equally wide, as in tables, a 1 has much white beside it, and tesseract
takes that white for a space: ``60417-1 122-08``. Digits stand at one distance from middle to middle
all the same, and further apart only where a space is: the ink tells which of the two it is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

import numpy as np

from ocr.image import Grey
from ocr.types import Box, Line, Word

_DARK = 160
"""Grey level below which a pixel is ink, as in ``ink``."""

_NUMBER = re.compile(r"[+\d.,:/-]*\d[\d.,:/-]*")

_REACH = 0.6
"""White between the halves of a number, in their heights, at most: 0.35 to 0.5 in the thirteen cut
numbers of one scanned table."""

_PITCH = 1.25
"""Times the usual distance from sign to sign up to which two digits stand without a space: 0.96 to
1.16 in twelve of those thirteen, 1.26 in one, which stays apart; 1.38 where there was a space."""

_DIGITS = 2
"""Distances between signs that tell what is usual, at least. Chosen, not measured."""

_WIDTH = 0.8
"""Heights up to which ink is one digit, not two that touch. Chosen, not measured."""


@dataclass(frozen=True, slots=True)
class _Sign:
    """A sign's middle along the page, in pixels, and whether it is no more than one."""

    middle: float
    single: bool


def whole(image: Grey, lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """The lines, halves of one number joined.

    Args:
        image: the page the boxes are pixels of.
        lines: in reading order.
    """
    return tuple(
        replace(line, words=_joined(image, line.words))
        if any(_may_be_one(left, right) for left, right in pairwise(line.words))
        else line
        for line in lines
    )


def _may_be_one(left: Word, right: Word) -> bool:
    """Whether a 1 stands where two numbers meet on the line."""
    beside = left.text[-1:] + right.text[:1]
    gap = right.box.left - left.box.right
    return (
        "1" in beside
        and beside.isdecimal()
        and bool(_NUMBER.fullmatch(left.text) and _NUMBER.fullmatch(right.text))
        and 0 <= gap <= _REACH * min(left.box.height, right.box.height)
    )


def _joined(image: Grey, words: tuple[Word, ...]) -> tuple[Word, ...]:
    found: list[Word] = []
    for word in words:
        if found and _may_be_one(found[-1], word) and _is_one(image, found[-1], word):
            left = found.pop()
            word = replace(
                left,
                text=left.text + word.text,
                box=left.box.union(word.box),
                confidence=min(left.confidence, word.confidence),
            )
        found.append(word)
    return tuple(found)


def _is_one(image: Grey, left: Word, right: Word) -> bool:
    """Whether the digits on both sides of the white stand as near as digits do."""
    ends, starts = _signs(image, left.box), _signs(image, right.box)
    usual = [
        after.middle - before.middle
        for signs in (ends, starts)
        for before, after in pairwise(signs)
        if before.single and after.single
    ]
    if len(usual) < _DIGITS or not (ends[-1].single and starts[0].single):
        return False
    return starts[0].middle - ends[-1].middle <= _PITCH * median(usual)


def _signs(image: Grey, box: Box) -> list[_Sign]:
    """What stands in the box, from the left; signs that touch are one."""
    part = image[max(0, box.top) : box.bottom, max(0, box.left) : box.right]
    ink = np.flatnonzero((part < _DARK).any(axis=0))
    runs = np.split(ink, np.flatnonzero(np.diff(ink) > 1) + 1) if ink.size else []
    return [
        _Sign(
            max(0, box.left) + (int(run[0]) + int(run[-1])) / 2,
            bool(run[-1] - run[0] < _WIDTH * box.height),
        )
        for run in runs
    ]
