"""Words of a reading put where their ink is: a line reader tells letters, and no places.

By its number of letters alone ``Dr. HERBERT`` is cut behind the ``H``, and who reads the name again
reads ``ERBERT``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

import numpy as np

from ocr.image import Grey
from ocr.lines.columns import Columns
from ocr.types import Box, Word

_DARK = 160
"""Grey level below which a pixel is ink; as in ``unread``."""

_SPACE = 0.12
"""White between two words at least, in heights of their box. Chosen, not measured."""

_LIKELY = (0.4, 2.5)
"""Width of a word's letters, to those of all its line. Chosen, not measured."""

_GUTTER = 0.4
"""White before a column that parts a piece of print, in its heights. Chosen, not measured."""

_ASIDE = 0.5
"""How far a column's words begin beside its edge, in heights of a piece."""


def in_columns(image: Grey, boxes: tuple[Box, ...], place: Columns) -> tuple[Box, ...]:
    """The boxes cut where a column begins: a detector takes two near cells for one line."""
    return tuple(part for box in boxes for part in _parts(image, box, place))


def _parts(image: Grey, box: Box, place: Columns) -> Iterator[Box]:
    start = box.left
    for left in place.lefts:
        if not start < left < box.right:
            continue
        white = (left, left) if place.ruled else _white_before(image, box, left)
        if white is not None and start < white[0] and white[1] < box.right:
            yield replace(box, left=start, right=white[0])
            start = white[1]
    yield replace(box, left=start)


def _white_before(image: Grey, box: Box, left: int) -> tuple[int, int] | None:
    """Where the white that ends near ``left`` begins and ends, None if there is too little."""
    near = round(_ASIDE * box.height)
    ink = (image[max(0, box.top) : box.bottom, max(0, box.left) : box.right] < _DARK).any(axis=0)
    columns = np.flatnonzero(ink) + max(0, box.left)
    for before, after in pairwise(columns.tolist()):
        if abs(after - left) <= near and after - before > _GUTTER * box.height:
            return before + 1, after
    return None


def on_ink(image: Grey, words: tuple[Word, ...]) -> tuple[Word, ...]:
    """The words, which share a box by their letters, cut at the widest white in it.

    Args:
        image: the page.
        words: of one line, from the left; left as they are where the white does not fit them.
    """
    if len(words) < 2 or len({(w.box.top, w.box.bottom) for w in words}) > 1:
        return words
    top, bottom = max(0, words[0].box.top), words[0].box.bottom
    left = max(0, words[0].box.left)
    columns = np.flatnonzero((image[top:bottom, left : words[-1].box.right] < _DARK).any(axis=0))
    white = np.diff(columns) - 1
    if white.size < len(words):
        return words
    cuts = sorted(int(n) for n in np.argsort(white)[::-1][: len(words) - 1])
    if min(white[n] for n in cuts) < _SPACE * (bottom - top):
        return words
    ends = [-1, *cuts, len(columns) - 1]
    places = [(left + int(columns[a + 1]), left + int(columns[b]) + 1) for a, b in pairwise(ends)]
    usual = sum(b - a for a, b in places) / sum(len(word.text) for word in words)
    low, high = (share * usual for share in _LIKELY)
    if not all(
        low <= (b - a) / len(w.text) <= high for w, (a, b) in zip(words, places, strict=True)
    ):
        return words
    return tuple(
        replace(word, box=Box(a, word.box.top, b, word.box.bottom))
        for word, (a, b) in zip(words, places, strict=True)
    )
