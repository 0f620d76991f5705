"""Words of which the page reader saw pieces only: underlined addresses, mostly.

Of an underlined ``kabore@environment.example`` tesseract reads ``kabore@environm`` and ``uv.`` and
leaves print between them out. Where ink goes on from unread print to both sides, the whole of it is
one word, and is read as one picture.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from ocr.image import Grey
from ocr.lines.reading_order import inserted
from ocr.lines.scripts import is_han
from ocr.types import Box, Line, SecondReading, Word

_DARK = 160
"""Grey level below which a pixel is ink, on evenly lit paper; as in ``unread``."""

# In heights of the page's letters; chosen, not measured one by one.
_WHITE = 0.2
"""White inside a word at most; a space is wider."""

_LONGEST = 28
"""How wide a line reader sees, in all, and how far ink is followed to each side."""

_UNDERLINE = 0.4
"""How far below a word its underline lies; it holds the word together."""

_NARROW, _BROAD = 0.5, 1.6
"""Width of a gap in which a sign may stand, in heights of the words beside it."""

_EDGE = 4
"""Pixels by which words stick out of their boxes, and that a gap is narrower at each end."""

_SIGN_PIXELS, _SIGN = 3, 0.35
"""Columns of pixels with ink, and share of a gap's height, of a sign. On 86 Latin pages 16 such
gaps were found, four of them in addresses and names."""

_WALL = 0.9
"""Share of ink of a column of pixels from which it is a rule beside the word."""

_SURE = 0.95
"""Score from which a reading takes the place of pieces. Chosen, not measured."""

_FLAT = 2.0
"""Width of a character in its heights from which it is none."""

_TRUST = 0.85
"""Confidence of a word that has no second opinion, at most."""

_UNDERSCORE = re.compile(r"(?<=[\w.-]) (?=[\w.-]{1,64}@)")
"""Nobody writes a space into an address; underlined, its underscore looks like one."""


def between(image: Grey, lines: tuple[Line, ...]) -> tuple[Box, ...]:
    """White between two words of a line that is none: the ``@`` of ``juan mfa.example``.

    Single signs are too few to be found as print that was left out.
    """
    return tuple(
        gap
        for line in lines
        for left, right in pairwise(sorted((w.box for w in line.words), key=lambda b: b.left))
        for gap in _gap(left, right)
        if _holds_a_sign(image, gap)
    )


def _gap(left: Box, right: Box) -> Iterator[Box]:
    """What lies between two words, if it may hold a sign and is not that between columns."""
    height, wide = max(left.height, right.height), right.left - left.right
    top, bottom = max(left.top, right.top), min(left.bottom, right.bottom)
    fits = max(_NARROW * height, 2 * _EDGE) < wide <= _BROAD * height
    if fits and top < bottom:
        yield Box(left.right + _EDGE, top, right.left - _EDGE, bottom)


def _holds_a_sign(image: Grey, gap: Box) -> bool:
    """Ink as wide and high as a sign, and no rule: that goes on above and below the line."""
    beyond = gap.height // 2
    band = image[max(0, gap.top - beyond) : gap.bottom + beyond, max(0, gap.left) : gap.right]
    if (((band < _DARK).mean(axis=0)) > _WALL).any():
        return False
    ink = image[max(0, gap.top) : gap.bottom, max(0, gap.left) : gap.right] < _DARK
    wide, high = (int(ink.any(axis=axis).sum()) for axis in (0, 1))
    return wide >= _SIGN_PIXELS and high >= _SIGN * gap.height


def whole(image: Grey, box: Box, size: float) -> Box:
    """The box, as wide as the word that it is a part of.

    Args:
        image: the page.
        box: unread print.
        size: height of the page's letters in pixels.
    """
    reach = round(_LONGEST * size)
    start = max(0, box.left - reach)
    band = image[max(0, box.top) : box.bottom + round(_UNDERLINE * size), start : box.right + reach]
    dark = band < _DARK
    before, after = dark[:, : box.left - start][:, ::-1], dark[:, box.right - start :]
    left, right = (_runs_on(side, round(_WHITE * size)) for side in (before, after))
    if left + right + box.width > reach:
        return box
    return Box(box.left - left, box.top, box.right + right, box.bottom)


def _runs_on(dark: NDArray[np.bool_], most: int) -> int:
    """How many columns the ink goes on before a rule, or more white than inside a word."""
    walls = np.flatnonzero(dark.mean(axis=0) > _WALL)
    columns = np.flatnonzero(dark.any(axis=0))
    places = np.concatenate([[-1], columns[columns < walls[0]] if walls.size else columns])
    ends = np.flatnonzero(np.diff(places) - 1 > most)
    return int(places[ends[0] if ends.size else -1]) + 1


def mended(
    lines: tuple[Line, ...], readings: tuple[SecondReading, ...]
) -> tuple[tuple[Line, ...], tuple[SecondReading, ...]]:
    """The lines with whole words in the place of their pieces, and the readings that were taken.

    A reading is taken if it is sure and one word, and tells more than the pieces in its place.
    """
    taken: list[SecondReading] = []
    for reading in readings:
        text = _UNDERSCORE.sub("_", reading.text)
        pieces = [w for line in lines for w in line.words if _lies_in(w.box, reading.box)]
        known = sum(len(word.text) for word in pieces)
        doubtful = reading.confidence < _SURE or _is_flat(reading)
        if " " in text or doubtful or len(text) <= known:
            continue
        word = Word(text, reading.box, min(reading.confidence, _TRUST))
        lines = _with_word(lines, pieces, word)
        taken.append(reading)
    return lines, tuple(taken)


def _is_flat(reading: SecondReading) -> bool:
    """``一日`` for a dash: Chinese characters are about as high as wide."""
    wide = reading.box.width > _FLAT * len(reading.text) * reading.box.height
    return wide and any(map(is_han, reading.text))


def _lies_in(piece: Box, box: Box) -> bool:
    x, y = piece.center
    return box.left <= x < box.right and box.top <= y < box.bottom


def _with_word(lines: tuple[Line, ...], pieces: list[Word], word: Word) -> tuple[Line, ...]:
    """The lines with the word in the place of the first of its pieces."""
    if not pieces:
        return inserted(lines, (Line((word,), block=-1),))
    first, *rest = pieces
    kept = (
        replace(
            line,
            words=tuple(
                word if w is first else w for w in line.words if not any(w is p for p in rest)
            ),
        )
        for line in lines
    )
    return tuple(line for line in kept if line.words)
