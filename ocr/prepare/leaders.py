"""Dots that lead from a name to what belongs to it, taken out before the page is read.

``Naïma TLILI................ntlili@gov.example``: tesseract makes letters of the dots, of which it
takes some from the words at both ends. Where dots in an even row lead from print to print they
are whitened; their places are kept, so that the row stays one (``lines.led``).
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr import connected
from ocr.image import WHITE, Grey, as_bytes
from ocr.types import Box

_DARK = 160
"""Grey level below which a pixel is ink, on evenly lit paper; as in ``missing.unread``."""

_DOT_INCHES = 0.035
"""A dot's sides at most: that of 16 points is as large. Chosen, not measured."""

_STEP_INCHES = 0.09
"""From one dot to the next at most: leaders with a space between the dots, in 12 points."""

_FEWEST = 8
"""Dots of a row; an ellipsis has three, and a date left open up to six. Chosen, not measured."""

_UNEVEN = 0.35
"""Share of their usual step by which the steps of a row may differ on average."""

_BAND = 3
"""Dots' sides within which dots are looked for in one row."""

_LEVEL = 0.5
"""Dots' sides by which the middles of a row's dots stand above or below each other, on average."""

_PRINT_INCHES, _BASELINE_INCHES = 0.12, 0.025
"""How far from a row's ends print stands that it leads from and to, and how far from its lower edge
the letters end."""

_LETTER_INCHES = 0.05
"""Height of a letter at least: an ``x`` of 8 points. Pieces of a faint rule are lower."""


def taken_out(image: Grey, dpi: int) -> tuple[Grey, tuple[Box, ...]]:
    """The page without its leaders, and where they were; the page itself where it has none.

    Args:
        image: a level page, evenly lit.
        dpi: its resolution.
    """
    ink = as_bytes(np.where(image < _DARK, 255, 0))
    _count, labels, stats, centres = connected.pieces(ink)
    most = max(2, round(_DOT_INCHES * dpi))
    dots = np.flatnonzero((stats[:, 2] <= most) & (stats[:, 3] <= most))
    if dots.size < _FEWEST:
        return image, ()
    rows = [
        row for row in _rows(stats, centres, dots, _STEP_INCHES * dpi) if _leads(stats, row, dpi)
    ]
    if not rows:
        return image, ()
    taken = np.isin(labels, np.concatenate(rows))
    around = cv2.dilate(as_bytes(np.where(taken, 255, 0)), np.ones((3, 3), np.uint8)) > 0
    return as_bytes(np.where(around & (ink == 0) | taken, WHITE, image)), tuple(
        _box(stats, row) for row in rows
    )


def _rows(
    stats: NDArray[np.int32], centres: NDArray[np.float64], dots: NDArray[np.intp], step: float
) -> list[NDArray[np.intp]]:
    """Dots one after the other on one level, at even steps; from the left."""
    side = float(np.median(stats[dots, 3]))
    rows: list[NDArray[np.intp]] = []
    for shift in (0.0, 0.5):  # a row that lies on the border of two bands is whole in these
        bands = np.floor(centres[dots, 1] / max(1.0, _BAND * side) + shift)
        order = np.lexsort((centres[dots, 0], bands))
        ordered = dots[order]
        apart = np.diff(centres[ordered, 0])
        cuts = np.flatnonzero((np.diff(bands[order]) != 0) | (apart > step)) + 1
        rows += [run for run in np.split(ordered, cuts) if _is_row(centres[run], side)]
    return _longest(rows)


def _is_row(middles: NDArray[np.float64], side: float) -> bool:
    if len(middles) < _FEWEST:
        return False
    steps = np.diff(middles[:, 0])
    usual = float(np.median(steps))
    uneven = float(np.mean(np.abs(steps - usual)))
    return uneven <= _UNEVEN * usual and float(np.std(middles[:, 1])) <= _LEVEL * side


def _longest(rows: list[NDArray[np.intp]]) -> list[NDArray[np.intp]]:
    """Each dot in one row only, the longest it was found in."""
    kept: list[NDArray[np.intp]] = []
    seen: set[int] = set()
    for row in sorted(rows, key=len, reverse=True):
        if seen.isdisjoint(row.tolist()):
            kept.append(row)
            seen.update(row.tolist())
    return kept


def _box(stats: NDArray[np.int32], row: NDArray[np.intp]) -> Box:
    left, top = stats[row, 0], stats[row, 1]
    return Box(
        int(left.min()),
        int(top.min()),
        int((left + stats[row, 2]).max()),
        int((top + stats[row, 3]).max()),
    )


def _leads(stats: NDArray[np.int32], row: NDArray[np.intp], dpi: int) -> bool:
    """True if print stands at both ends: dots to write on have none behind them."""
    box, reach = _box(stats, row), _PRINT_INCHES * dpi
    left, top, wide, high = (stats[1:, n] for n in range(4))
    letters = (high >= _LETTER_INCHES * dpi) & (wide < stats[0, 2] / 2)
    beside = letters & (np.abs(top + high - box.bottom) <= _BASELINE_INCHES * dpi)
    before = beside & (np.abs(left + wide - box.left) <= reach)
    after = beside & (np.abs(left - box.right) <= reach)
    return bool(before.any() and after.any())
