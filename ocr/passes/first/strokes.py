"""Roman numerals of strokes alone, of which readers lose one: ``Officer I`` for ``Officer II``.

A line reader joins equal signs that stand side by side, and is sure of what is left. The strokes
can be counted in the ink.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from ocr.image import Grey
from ocr.types import Line, Word

_DARK = 160
"""Grey level below which a pixel is ink, as in ``ink``."""

_NUMERALS = ("I", "II", "III")

_WIDTH = 0.4
"""Heights of a numeral up to which ink is one stroke, serifs included. Chosen, not measured."""

_HIGH = 0.75
"""Share of the highest stroke's height that all strokes have. Chosen, not measured."""

_BEYOND, _FURTHER = 0.3, 1.2
"""Heights above and below a word into which a rule goes on; times its height in the word that ink
with those has, which is no stroke. Chosen, not measured."""


def counted(image: Grey, lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """The lines, numerals of strokes with as many as were printed.

    Args:
        image: the page the boxes are pixels of.
        lines: in reading order.
    """
    return tuple(
        replace(line, words=tuple(_counted(image, word) for word in line.words))
        if any(word.text in _NUMERALS for word in line.words)
        else line
        for line in lines
    )


def _counted(image: Grey, word: Word) -> Word:
    if word.text not in _NUMERALS:
        return word
    strokes = _strokes(image, word)
    return replace(word, text="I" * strokes) if len(word.text) < strokes <= 3 else word


def _strokes(image: Grey, word: Word) -> int:
    """Upright strokes in the word's box; 0 where other ink is in it."""
    box = word.box
    beyond = round(_BEYOND * box.height)
    top, left = max(0, box.top), max(0, box.left)
    ink = image[top : box.bottom, left : box.right] < _DARK
    around = image[max(0, top - beyond) : box.bottom + beyond, left : box.right] < _DARK
    columns = np.flatnonzero(ink.any(axis=0))
    if not columns.size:
        return 0
    runs = np.split(columns, np.flatnonzero(np.diff(columns) > 1) + 1)
    heights = [int(ink[:, run].any(axis=1).sum()) for run in runs]
    reach = [int(around[:, run].any(axis=1).sum()) for run in runs]
    plain = all(
        run.size <= _WIDTH * max(heights)
        and high >= _HIGH * max(heights)
        and whole < _FURTHER * high
        for run, high, whole in zip(runs, heights, reach, strict=True)
    )
    return len(runs) if plain else 0
