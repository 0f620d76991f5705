"""Ruled lines: found on the page image, and what of them was read as signs.

Only the picture is looked at.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr import connected
from ocr.image import Grey, as_bytes
from ocr.types import Box, Line, Word

Mask = NDArray[np.uint8]

_DARK = 215
"""Faint rules are much lighter than print, but after flattening paper is near 255."""

LONG_INCHES, _TALL_INCHES = 0.4, 0.2
"""The shortest rule each way: longer than a dash, taller than a capital letter of 14 points."""

_GAP_INCHES = 0.06
"""Breaks in a rule that are closed."""

_BESIDE, _PRINT = 2, 0.35
"""Pixels above and below a run, and the share of ink there from which it is print, no rule."""

_LEAST_DPI = 75
"""Dots to the inch that are left at that scale: a hairline is then still seen."""

_AROUND = (4, 2)
"""Pixels at the sides of a sign, and above and below, within which a rule may be what it was made
of."""

_SCALE = 2
"""Rules are looked for at half the page's resolution, for a quarter of the time."""

_BARS = "|¦"

_UPRIGHT = 0.6
"""Share of a word's height that a wall runs through. Chosen, not measured."""

_RULE_MARKS = "|¦[]{}_—–=-~!"


@dataclass(frozen=True, slots=True)
class Rules:
    """Masks of the horizontal and the vertical rules of a page, 0 or 255.

    ``scale`` is how many pixels of the page one pixel of the masks stands for.
    """

    across: Mask
    down: Mask
    scale: int = 1

    @property
    def both(self) -> Mask:
        """All rules."""
        return as_bytes(cv2.bitwise_or(self.across, self.down))


def shrunk(image: Grey, scale: int) -> Grey:
    """Every ``scale``-th pixel, dark ones winning, so that hairlines are not lost."""
    if scale == 1:
        return image
    return as_bytes(cv2.erode(image, np.ones((scale, scale), np.uint8))[::scale, ::scale])


def find_rules(image: Grey, dpi: int) -> Rules:
    """The ruled lines of a level page; broken ones are mended."""
    scale = _SCALE if dpi >= _SCALE * _LEAST_DPI else 1
    image, dpi = shrunk(image, scale), dpi // scale
    ink = as_bytes(np.where(image < _DARK, 255, 0))
    long, tall, gap = (max(3, round(v * dpi)) for v in (LONG_INCHES, _TALL_INCHES, _GAP_INCHES))
    across = _without_print(_opened(ink, (gap, 1), (long, 1)), ink)
    if not across.any():  # most pages are no tables: half the time saved
        return Rules(across, across, scale)
    down = _without_print(_opened(ink, (1, gap), (1, tall)).T.copy(), ink.T).T.copy()
    return Rules(across, down, scale)


def _opened(ink: Mask, mend: tuple[int, int], keep: tuple[int, int]) -> Mask:
    """Runs of ink at least as long as ``keep``, breaks up to ``mend`` closed."""
    # a rule that climbs a pixel over its length is two runs: let them touch
    across = keep[0] > keep[1]
    thick = as_bytes(cv2.dilate(ink, np.ones((2, 1) if across else (1, 2), np.uint8)))
    runs = cv2.morphologyEx(thick, cv2.MORPH_OPEN, bar(max(1, keep[0] // 2), max(1, keep[1] // 2)))
    mended = cv2.morphologyEx(runs, cv2.MORPH_CLOSE, bar(*mend))
    return as_bytes(cv2.morphologyEx(mended, cv2.MORPH_OPEN, bar(*keep)))


def _without_print(across: Mask, ink: Mask) -> Mask:
    """Only the runs with paper above and below: letters that touch make runs of ink, too."""
    count, labels, stats, _centres = connected.pieces(across)
    for label in range(1, count):
        left, top, wide, high = (int(v) for v in stats[label][:4])
        columns = slice(left, left + wide)
        above = ink[max(0, top - _BESIDE - 1) : max(0, top - 1), columns]
        below = ink[top + high + 1 : top + high + 1 + _BESIDE, columns]
        if any(band.size and (band > 0).mean() > _PRINT for band in (above, below)):
            across[top : top + high, columns][labels[top : top + high, columns] == label] = 0
    return across


def bar(width: int, height: int) -> Mask:
    """What OpenCV's morphology takes for a run of so many pixels each way."""
    return np.ones((height, width), np.uint8)


def parted(lines: tuple[Line, ...], rules: Rules) -> tuple[Line, ...]:
    """The lines, words parted at the walls they were read with: ``579|attaché``, ``|1``."""
    if not rules.down.any():
        return lines
    return tuple(
        replace(line, words=tuple(part for word in line.words for part in _at_walls(word, rules)))
        if any(bar in line.text for bar in _BARS)
        else line
        for line in lines
    )


def _at_walls(word: Word, rules: Rules) -> tuple[Word, ...]:
    """The parts of a word between its bars, where walls run; a bar at its end may lie outside."""
    parts = re.split(f"[{_BARS}]", word.text.strip(_BARS))
    walls, box = _walls_in(word.box, rules), word.box
    left, right = box.left, box.right
    if len(walls) >= len(parts) and word.text[0] in _BARS:
        left = walls.pop(0)[1]
    if len(walls) >= len(parts) and word.text[-1] in _BARS:
        right = walls.pop()[0]
    if len(walls) != len(parts) - 1 or not all(parts):
        return (word,)
    edges = [(left, left), *walls, (right, right)]
    return tuple(
        replace(word, text=text, box=replace(box, left=start, right=end))
        for text, ((_, start), (end, _)) in zip(parts, pairwise(edges), strict=True)
    )


def _walls_in(box: Box, rules: Rules) -> list[tuple[int, int]]:
    """The columns, [from, to) in pixels of the page, of the walls that run through a place."""
    scale = rules.scale
    rows = slice(box.top // scale, -(-box.bottom // scale))
    share = (rules.down[rows, box.left // scale : -(-box.right // scale)] > 0).mean(axis=0)
    steps = np.diff(np.concatenate([[0], share >= _UPRIGHT, [0]]).astype(np.int8))
    starts, ends = np.flatnonzero(steps > 0), np.flatnonzero(steps < 0)
    first = box.left // scale
    return [
        (max(box.left, (first + int(a)) * scale), min(box.right, (first + int(b)) * scale))
        for a, b in zip(starts, ends, strict=True)
    ]


def without_rules(lines: tuple[Line, ...], rules: Rules) -> tuple[Line, ...]:
    """The lines without what is only a table's rules misread: ``|``, ``[``, ``—``, ``|Name``."""
    kept = (replace(line, words=_plain_words(line.words, rules)) for line in lines)
    return tuple(line for line in kept if line.words)


def _plain_words(words: tuple[Word, ...], rules: Rules) -> tuple[Word, ...]:
    upright = bool(rules.down.any())
    plain = []
    for word in words:
        bare = word.text.strip(_BARS) if upright else word.text
        if bare and (bare.strip(_RULE_MARKS) or not _on_rule(word.box, rules)):
            plain.append(replace(word, text=bare))
    return tuple(plain)


def _on_rule(box: Box, rules: Rules) -> bool:
    scale = rules.scale
    across, down = _AROUND
    top, bottom = max(0, box.top - down) // scale, (box.bottom + down) // scale + 1
    left, right = max(0, box.left - across) // scale, (box.right + across) // scale + 1
    around = rules.across[top:bottom, left:right] | rules.down[top:bottom, left:right]
    return bool(around.any())
