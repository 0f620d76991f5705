"""Apostrophes as they are printed: straight or curled, told by their shape.

Readers of print take one for the other, and a second reader makes all of them straight, so that
both agree on ``N'GUESSAN`` where ``N’GUESSAN`` is printed. Whoever typed a page had one of the two
throughout: a word processor curls them all. So all that are seen on a page decide together, and
all are written alike. What each one's shape says was learnt from drawn words
(``benchmarks/learn_apostrophes.py``).
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import cv2
import numpy as np

from ocr import connected
from ocr.image import Grey

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from numpy.typing import NDArray

    from ocr.types import Box, Line, Word

STRAIGHT, CURLED = "'", "’"
BETWEEN = re.compile(r"(?<=[^\W\d_])['’](?=[^\W\d_])")
"""An apostrophe within a word; at its ends it may be a quotation mark."""

HEIGHT, WIDTH = 12, 8
"""Pixels to which the sign is scaled; its own proportions are a number beside them."""

SURE = 3.0
"""Log odds, summed over a page, from which its signs are written as their shapes say."""

_MOST = 40
"""Signs of a page that are looked at."""

_LOWEST, _TALLEST, _WIDEST = 0.55, 0.55, 0.45
"""Where a sign ends below its word's top, its height and width, at most, in the word's heights."""

_SHORTEST = 3
"""Pixels of height below which a sign has no shape."""

_NEAR = 1.3
"""How far a sign may stand from where its letter is counted to be, in mean widths of a letter."""

MODEL = Path(__file__).with_name("apostrophes.npz")


def as_printed(image: Grey, lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """The lines with apostrophes as the page's shapes say, in what other readers saw as well."""
    shapes = [shape for line in lines for word in line.words for shape in shapes_of(image, word)]
    if not shapes:
        return lines
    odds = float(np.sum(log_odds(np.stack(shapes[:_MOST]))))
    if abs(odds) < SURE:
        return lines
    sign = CURLED if odds > 0 else STRAIGHT
    return tuple(_with_sign(line, sign) for line in lines)


def _with_sign(line: Line, sign: str) -> Line:
    words = tuple(replace(w, text=BETWEEN.sub(sign, w.text)) for w in line.words)
    second = tuple(replace(r, text=BETWEEN.sub(sign, r.text)) for r in line.second)
    return replace(line, words=words, second=second)


def shapes_of(image: Grey, word: Word) -> Iterator[NDArray[np.float32]]:
    """What ``log_odds`` takes of each apostrophe within the word that stands alone."""
    places = [match.start() for match in BETWEEN.finditer(word.text)]
    if not places:
        return
    box = word.box
    part = image[max(0, box.top) : box.bottom, max(0, box.left) : box.right]
    if min(part.shape, default=0) < 2 * _SHORTEST:
        return
    _level, ink = cv2.threshold(part, 0, 1, cv2.THRESH_BINARY_INV | cv2.THRESH_OTSU)
    _count, labels, stats, centres = connected.pieces(np.asarray(ink, np.uint8))
    letter = box.width / len(word.text)
    for place in places:
        middle = (place + 0.5) * letter
        near = [
            (abs(float(centres[number][0]) - middle), number)
            for number in range(1, len(stats))
            if _may_be_one(stats[number], box)
        ]
        distance, number = min(near, default=(np.inf, 0))
        if distance <= _NEAR * letter:
            yield _shape(part, labels == number, stats[number])


def _may_be_one(stats: NDArray[np.int32], box: Box) -> bool:
    _left, top, width, height, _area = map(int, stats)
    return (
        height >= _SHORTEST
        and top + height <= _LOWEST * box.height
        and height <= _TALLEST * box.height
        and width <= _WIDEST * box.height
    )


def _shape(part: Grey, its_own: NDArray[np.bool_], stats: NDArray[np.int32]) -> NDArray[np.float32]:
    left, top, width, height, _area = map(int, stats)
    rows, columns = slice(top, top + height), slice(left, left + width)
    paper = np.float32(part.max())
    dark = np.where(its_own[rows, columns], paper - part[rows, columns].astype(np.float32), 0)
    dark /= max(1.0, float(dark.max()))
    scaled = cv2.resize(dark, (WIDTH, HEIGHT), interpolation=cv2.INTER_AREA)
    return np.append(scaled.ravel(), np.float32(width / height)).astype(np.float32)


def log_odds(
    shapes: NDArray[np.float32], weights: Mapping[str, NDArray[np.float32]] | None = None
) -> NDArray[np.float32]:
    """How much likelier each is curled than straight; shape (signs,)."""
    by = _shipped() if weights is None else weights
    inner = np.maximum(0, shapes @ by["first"] + by["first_bias"])
    return np.asarray(inner @ by["last"] + by["last_bias"], np.float32)


@cache
def _shipped() -> dict[str, NDArray[np.float32]]:
    with np.load(MODEL) as kept:
        return dict(kept)
