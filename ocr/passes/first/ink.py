"""Words' boxes as high as their ink, where the page reader made them higher.

Tesseract gives a word of a narrow column, or one beside a stamp or a rule, twice the height of its
letters. Rows and records are told apart by some pixels; with such boxes they run into each other.
"""

from __future__ import annotations

from dataclasses import replace
from statistics import median

import numpy as np

from ocr.image import Grey
from ocr.types import Box, Line, Word

_DARK = 160
"""Grey level below which a pixel is ink, on evenly lit paper; as in ``missing.unread``."""

_TALL = 1.2
"""Times the usual height of the page's words from which a box is looked at."""

_MARK_GAP = 0.2
"""White rows between a letter and its accent or dot, as a share of the usual height of words."""

_RULE = 0.95
"""Share of ink of a column of pixels from which it is a rule beside the word."""


def tight(image: Grey, lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """The lines, high boxes cut down to the row of ink in their middle.

    Args:
        image: the page the boxes are pixels of.
        lines: in reading order.
    """
    heights = [word.box.height for line in lines for word in line.words]
    if not heights:
        return lines
    usual = float(median(heights))
    return tuple(
        line
        if all(word.box.height <= _TALL * usual for word in line.words)
        else replace(line, words=tuple(_tight(image, word, usual) for word in line.words))
        for line in lines
    )


def _tight(image: Grey, word: Word, usual: float) -> Word:
    box = word.box
    if box.height <= _TALL * usual:
        return word
    part = image[max(0, box.top) : box.bottom, max(0, box.left) : box.right]
    ink = part < _DARK
    rows = np.flatnonzero(ink[:, ink.mean(axis=0) < _RULE].any(axis=1))
    if not rows.size:
        return word
    runs = np.split(rows, np.flatnonzero(np.diff(rows) > 1 + _MARK_GAP * usual) + 1)
    best = max(runs, key=lambda run: run[-1] - run[0])
    top, bottom = max(0, box.top) + int(best[0]), max(0, box.top) + int(best[-1]) + 1
    return replace(word, box=Box(box.left, top, box.right, bottom))
