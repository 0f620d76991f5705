"""Words with ink across them that is no print: a black signature, the ring of a black seal.

Such a word may read well, in both readers, and still lack a letter or an accent that lies under the
stroke. Its confidence becomes ``OVERWRITTEN``, which no agreement of readers outweighs.

A stroke is told from print by its size: a thin piece of ink much higher than a line. Letters it
runs through are one piece with it. Rules of tables are straight and taken away first.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from statistics import median

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr import connected
from ocr.image import Grey
from ocr.types import OVERWRITTEN, Box, Line, Word

_INK = 140
"""Grey level below which a pixel is ink."""

_RULE_INCHES = 0.6
"""Length from which straight ink is a rule: no pen is so straight, no seal so flat at its edge."""

_HALO = np.ones((3, 3), np.uint8)
"""How far beside a rule its edge reaches, pixels."""

# In heights of the page's words.
_HIGH = 2.8
"""Height of a piece of ink that is no print; letters of two lines that touch are up to 2.5."""

_THIN = 0.4
"""Share of its box that a stroke fills at most; black bars and pictures fill more."""

_ACROSS = 0.03
"""Share of a word's box that such ink covers at least."""

_SEAL_INCHES, _SEAL_ROUND = 0.7, 1.4
"""Size of a seal's ring at least, and its longer side to its shorter one at most."""


@dataclass(frozen=True, slots=True)
class _Stroke:
    """A piece of ink that is no print: its label among the pieces, and its box."""

    label: int
    box: Box


def told(image: Grey, dpi: int, lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """The lines, their words that have foreign ink across them with the confidence that says so.

    Args:
        image: the upright page.
        dpi: its resolution.
        lines: the words, boxes in pixels of ``image``.
    """
    heights = [w.box.height for line in lines for w in line.words if w.text.isalnum()]
    if not heights:
        return lines
    labels, strokes = _strokes(image, dpi, median(heights))
    if not strokes:
        return lines
    seals = tuple(s.box for s in strokes if _is_seal(s.box, dpi))

    def marked(word: Word) -> Word:
        under = _is_crossed(word.box, labels, strokes) or any(_is_in(word.box, s) for s in seals)
        return replace(word, confidence=OVERWRITTEN) if under else word

    return tuple(replace(line, words=tuple(map(marked, line.words))) for line in lines)


def _strokes(image: Grey, dpi: int, height: float) -> tuple[NDArray[np.int32], tuple[_Stroke, ...]]:
    """The high pieces of ink, numbered pixel by pixel, and those of them that are no print."""
    _count, labels, stats, _middles = connected.pieces((image < _INK).astype(np.uint8))
    high = stats[:, cv2.CC_STAT_HEIGHT] >= _HIGH * height
    high[0] = False
    if not _no_print(stats, high, height).size:  # on most pages, which have no rule to take away
        return np.zeros(image.shape, np.int32), ()
    lefts, tops, wides, highs = stats[high, :4].T
    top, left = int(tops.min()), int(lefts.min())
    place = slice(top, int((tops + highs).max())), slice(left, int((lefts + wides).max()))
    # the paper round it ends what morphology would take for a run that goes on
    ink = np.pad(high[labels[place]], 1).astype(np.uint8)
    long = round(_RULE_INCHES * dpi)
    for line in (np.ones((1, long), np.uint8), np.ones((long, 1), np.uint8)):
        rules = cv2.morphologyEx(ink, cv2.MORPH_OPEN, line)
        ink[cv2.dilate(rules, _HALO) > 0] = 0
    # without their rules pieces have fallen into smaller ones
    _count, parts, stats, _middles = connected.pieces(ink[1:-1, 1:-1])
    found = _no_print(stats, stats[:, cv2.CC_STAT_HEIGHT] >= _HIGH * height, height)
    numbered = np.zeros(image.shape, np.int32)
    numbered[place] = parts
    return numbered, tuple(_stroke(stats, int(n), left, top) for n in found if n)


def _no_print(stats: NDArray[np.int32], high: NDArray[np.bool_], height: float) -> NDArray[np.intp]:
    """Labels of those of the high pieces that are as wide as print and as thin as a stroke."""
    wide, area = stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_AREA]
    thin = area <= _THIN * wide * stats[:, cv2.CC_STAT_HEIGHT]
    return np.flatnonzero(high & (wide >= height) & thin)


def _stroke(stats: NDArray[np.int32], label: int, left: int, top: int) -> _Stroke:
    x, y, wide, high = (int(n) for n in stats[label][:4])
    return _Stroke(label, Box(left + x, top + y, left + x + wide, top + y + high))


def _is_crossed(box: Box, labels: NDArray[np.int32], strokes: tuple[_Stroke, ...]) -> bool:
    for stroke in strokes:
        here = stroke.box
        if here.right <= box.left or here.left >= box.right:
            continue
        if here.bottom <= box.top or here.top >= box.bottom:
            continue
        inside = labels[box.top : box.bottom, box.left : box.right] == stroke.label
        if inside.size and inside.mean() >= _ACROSS:
            return True
    return False


def _is_seal(box: Box, dpi: int) -> bool:
    short, long = sorted((box.width, box.height))
    return short >= _SEAL_INCHES * dpi and long <= _SEAL_ROUND * short


def _is_in(box: Box, seal: Box) -> bool:
    """The word's middle lies within the ring."""
    (x, y), (mid_x, mid_y) = box.center, seal.center
    across, down = 2 * (x - mid_x) / seal.width, 2 * (y - mid_y) / seal.height
    return across * across + down * down < 1.0
