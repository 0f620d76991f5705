"""What the ink says of words: whether there are any, how high they are, and where they end.

Tesseract gives a word of a narrow column, or one beside a stamp or a rule, twice the height of its
letters, and a Chinese one that begins behind white half of that, or all. Rows, records and columns
are told apart by some pixels; with such boxes they run into each other.
"""

from __future__ import annotations

from dataclasses import replace
from statistics import median

import numpy as np

from ocr.image import Grey
from ocr.types import Box, Line, Word

_DARK = 160
"""Grey level below which a pixel is ink, on evenly lit paper; as in ``missing.unread``."""

_PAPER = 200
"""Grey level from which a pixel is paper: fainter print is darkened before it is read. Of ten signs
seen without ink the darkest pixel had 213, the faintest rule and dash 25 and 96."""

_STROKES = frozenset("|¦[]!")
"""What a rule between columns is read as, a line at a time."""

_TALL = 1.2
"""Times the usual height of the page's words from which a box is looked at."""

_MARK_GAP = 0.2
"""White rows between a letter and its accent or dot, as a share of the usual height of words."""

_WHITE_END = 0.3
"""White before or behind a word's ink from which its box is wrong, in usual heights of words."""

_LEAST = 0.4
"""Share of its box that a word's ink is long, at least; less is a fainter word's darkest letter."""

_RULE = 0.95
"""Share of ink of a column of pixels from which it is a rule beside the word."""


def printed(image: Grey, lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """The lines without signs that stand on bare paper, and without strokes that are rules.

    Between columns tesseract sees dashes and strokes where nothing is: ``Adjunto — Ministry``; and
    rules between columns are read as ``|`` in every line.

    Args:
        image: the page the boxes are pixels of.
        lines: in reading order.
    """
    kept = (
        replace(line, words=tuple(w for w in line.words if _is_printed(image, w)))
        if any(_is_sign(word) for word in line.words)
        else line
        for line in lines
    )
    return tuple(line for line in kept if line.words)


def _is_sign(word: Word) -> bool:
    return not any(c.isalnum() for c in word.text)


def _is_printed(image: Grey, word: Word) -> bool:
    box = word.box
    part = image[max(0, box.top) : box.bottom, max(0, box.left) : box.right]
    if not _is_sign(word) or not part.size:
        return True
    return int(part.min()) < _PAPER and not (set(word.text) <= _STROKES and _goes_on(image, box))


def _goes_on(image: Grey, box: Box) -> bool:
    """True if a stroke's ink goes on above and below it: a rule, and no sign."""
    beyond = max(1, box.height // 2)
    dark = image[
        max(0, box.top - beyond) : box.bottom + beyond, max(0, box.left - 1) : box.right + 1
    ]
    return bool(((dark < _PAPER).mean(axis=0) >= _RULE).any())


def tight(image: Grey, lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """The lines, high boxes cut down to the row of ink in their middle, wide ones at both ends.

    Args:
        image: the page the boxes are pixels of.
        lines: in reading order.
    """
    heights = [word.box.height for line in lines for word in line.words]
    if not heights:
        return lines
    usual = float(median(heights))
    return tuple(
        replace(line, words=tuple(_narrow(image, _low(image, w, usual), usual) for w in line.words))
        for line in lines
    )


def _narrow(image: Grey, word: Word, usual: float) -> Word:
    """The word without the white before its first ink and behind its last."""
    box = word.box
    left, top = max(0, box.left), max(0, box.top)
    ink = image[top : box.bottom, left : box.right] < _DARK
    inked = np.flatnonzero(ink.any(axis=0))
    if not inked.size or inked[-1] + 1 - inked[0] < _LEAST * box.width:
        return word
    first, last = left + int(inked[0]), left + int(inked[-1]) + 1
    if max(first - box.left, box.right - last) < _WHITE_END * usual:
        return word
    return replace(word, box=Box(first, box.top, last, box.bottom))


def _low(image: Grey, word: Word, usual: float) -> Word:
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
