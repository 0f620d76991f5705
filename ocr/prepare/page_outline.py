"""A page photographed on a desk: its outline found.

A sheet is told by its sides: straight or gently bent lines across which the brightness drops
from the inside to the outside. What counts is the ratio of brightnesses on both sides of a
line, so shadows, a dark corner or a light desk do not matter, which they do to any threshold.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import combinations

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr.image import as_bytes

Points = NDArray[np.float64]
"""Points (x, y), one a row."""

_LOOK_PIXELS = 480
"""Longer side of the image the sheet is looked for in."""

_STEEPEST = 28.0
"""Degrees by which a side may lean."""

_MOST_LINES = 8
"""Lines tried for each direction, the best supported, besides the picture's own edges."""

_SMALLEST, _LARGEST = 0.25, 0.985
"""Share of the picture the sheet takes; more, and it is a plain scan."""

_STEP, _CLEAR_STEP = 0.045, 0.22
"""Drop in the logarithm of brightness across a side: 4 % is a white desk, 20 % is a desk."""

_SUPPORT = 0.62
"""Share of a side's length on which the drop must be seen."""

_REACH = 4.0
"""Pixels on either side of an edge that are compared."""

_SEARCH = 7
"""Pixels on either side of a line in which the real edge of the paper is looked for."""

_MOST_BEND = 0.05
"""How far a side may bulge, as a share of its length."""

_INSET = 1.2
"""Pixels by which the outline is drawn inside the edge: better a sliver of paper less than one
of desk more."""


@dataclass(frozen=True, slots=True)
class Outline:
    """The sheet's four sides in pixels of the picture, each a row of points along it.

    ``top`` and ``bottom`` run from left to right, ``left`` and ``right`` from the top down;
    neighbouring sides share their corner.
    """

    top: Points
    right: Points
    bottom: Points
    left: Points

    @property
    def corners(self) -> Points:
        """Top left, top right, bottom right, bottom left."""
        return np.array([self.top[0], self.top[-1], self.bottom[-1], self.bottom[0]])


def find_sheet(pixels: NDArray[np.uint8]) -> Outline | None:
    """Outline of a bright sheet on a darker ground; None for a scan, which is all sheet."""
    light, scale = _brightness(pixels)
    quad = _best_quad(light, *_side_lines(light))
    if quad is None:
        return None
    top, right, bottom, left = (_traced(light, quad[i], quad[(i + 1) % 4]) for i in range(4))
    return _closed(
        quad / scale, top / scale, right / scale, bottom[::-1] / scale, left[::-1] / scale
    )


def _brightness(pixels: NDArray[np.uint8]) -> tuple[NDArray[np.float32], float]:
    """Logarithm of the picture's brightness, small and without print, and its scale.

    The darkest channel is taken, in which a wooden desk is far from white paper.
    """
    skip = max(1, max(pixels.shape[:2]) // (3 * _LOOK_PIXELS))
    few = np.ascontiguousarray(pixels[::skip, ::skip])
    scale = min(1.0, _LOOK_PIXELS / max(few.shape[:2]))
    shrunk = cv2.resize(few, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    small = shrunk if shrunk.ndim == 2 else cv2.min(cv2.min(*cv2.split(shrunk)[:2]), shrunk[..., 2])
    size = max(3, round(max(small.shape) * 0.02)) | 1
    filled = cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((size, size), np.uint8))
    return np.log(filled.astype(np.float32) + 12), scale / skip


def _side_lines(light: NDArray[np.float32]) -> tuple[Points, Points]:
    """Lines that may be sides: lying ones (y = m x + c) and standing ones (x = m y + c).

    Each is a row (m, c); the picture's own edges are among them.
    """
    height, width = light.shape
    levels = as_bytes((72 * (light - math.log(12))).clip(0, 255).astype(np.uint8))
    edges = cv2.Canny(levels, 9, 22)
    found = cv2.HoughLines(edges, 1, math.pi / 360, round(0.2 * min(light.shape)))
    lines = np.empty((0, 2)) if found is None else found.reshape(-1, found.shape[-1])[:200, :2]
    lying, standing = [], []
    steepest = math.tan(math.radians(_STEEPEST))
    for rho, theta in lines.tolist():
        across, down = math.cos(theta), math.sin(theta)
        if abs(across) <= steepest * abs(down):
            lying.append((-across / down, rho / down))
        elif abs(down) <= steepest * abs(across):
            standing.append((-down / across, rho / across))
    return (
        np.array([*_apart(lying, width), (0.0, 0.0), (0.0, height - 1.0)]),
        np.array([*_apart(standing, height), (0.0, 0.0), (0.0, width - 1.0)]),
    )


def _apart(lines: list[tuple[float, float]], length: int) -> list[tuple[float, float]]:
    """The first lines, which have most support, without those that run beside an earlier one."""
    kept: list[tuple[float, float]] = []
    for slope, start in lines:
        ends = start, start + slope * length
        if all(abs(ends[0] - c) + abs(ends[1] - c - m * length) > 0.035 * length for m, c in kept):
            kept.append((slope, start))
    return kept[:_MOST_LINES]


def _best_quad(light: NDArray[np.float32], lying: Points, standing: Points) -> Points | None:
    """Corners of the four-sided figure with the clearest sides, None if there is none."""
    height, width = light.shape
    rows = _pairs(lying, width / 2, 0.3 * height)
    columns = _pairs(standing, height / 2, 0.3 * width)
    if not rows or not columns:
        return None
    quads = np.array(
        [
            [_cross(top, left), _cross(top, right), _cross(bottom, right), _cross(bottom, left)]
            for top, bottom in rows
            for left, right in columns
        ]
    )
    share = _area(quads) / light.size
    slack = 0.12 * max(light.shape)
    inside = ((quads > -slack) & (quads < np.array([width, height]) + slack)).all(axis=(1, 2))
    quads = quads[inside & (share > _SMALLEST) & (share < _LARGEST)]
    if not len(quads):
        return None
    scores = _scores(light, quads)
    best = int(scores.argmax())
    return np.asarray(quads[best]) if scores[best] > 0 else None


def _pairs(lines: Points, middle: float, apart: float) -> list[tuple[Points, Points]]:
    """Pairs of lines, the one with the smaller coordinate first, far enough from each other."""
    ordered = sorted(lines, key=lambda line: line[0] * middle + line[1])
    return [
        (first, second)
        for first, second in combinations(ordered, 2)
        if (second[0] - first[0]) * middle + second[1] - first[1] > apart
    ]


def _cross(lying: Points, standing: Points) -> tuple[float, float]:
    y = (lying[0] * standing[1] + lying[1]) / (1 - lying[0] * standing[0])
    return float(standing[0] * y + standing[1]), float(y)


def _area(quads: Points) -> Points:
    x, y = quads[..., 0], quads[..., 1]
    turned = np.roll(x, -1, axis=1) * y - np.roll(y, -1, axis=1) * x
    return np.asarray(np.abs(turned.sum(axis=1)) / 2)


def _scores(light: NDArray[np.float32], quads: Points) -> Points:
    """How clearly each figure stands out, 0 for those that are no sheet."""
    start, end = quads, np.roll(quads, -1, axis=1)
    along = np.linspace(0.06, 0.94, 24)[None, None, :, None]
    points = start[:, :, None] + along * (end - start)[:, :, None]
    outward = _outward(start, end)[:, :, None]
    height, width = light.shape
    outside = points + _REACH * outward
    seen = (outside >= 0).all(axis=-1) & (outside < [width, height]).all(axis=-1)
    drops = _at(light, points - _REACH * outward) - _at(light, outside)
    drops = np.where(seen, drops, np.nan)
    real = seen.mean(axis=-1) > 0.25
    dropping = (np.nan_to_num(drops) > _STEP).sum(axis=-1)
    support = (dropping + 0.5 * (~seen).sum(axis=-1)) / along.shape[2]
    share = dropping / np.maximum(1, seen.sum(axis=-1))
    step = np.where(real, _median(drops), _CLEAR_STEP)
    enough = ((share >= _SUPPORT) | ~real).all(axis=1)
    clear = (step * np.where(real, 1, np.inf)).min(axis=1) >= _CLEAR_STEP
    enough &= (real.sum(axis=1) >= 3) | ((real.sum(axis=1) == 2) & clear)
    worth = support.mean(axis=1) + 0.5 * step.clip(0, 0.5).mean(axis=1)
    return np.asarray(np.where(enough, worth + 0.3 * _area(quads) / light.size, 0.0))


def _median(drops: Points) -> Points:
    """Median along the last axis over what is known, 0 where nothing is."""
    known = np.where(np.isnan(drops).all(axis=-1, keepdims=True), 0.0, drops)
    return np.asarray(np.nanmedian(known, axis=-1))


def _outward(start: Points, end: Points) -> Points:
    """Unit vectors across the sides; corners run clockwise on the screen, so they point out."""
    run = end - start
    across = np.stack([run[..., 1], -run[..., 0]], axis=-1)
    length = np.linalg.norm(across, axis=-1, keepdims=True)
    return np.asarray(across / np.maximum(1e-6, length))


def _at(light: NDArray[np.float32], points: Points) -> Points:
    """Values at the points, those off the picture taken at its edge."""
    height, width = light.shape
    xs = points[..., 0].round().astype(int).clip(0, width - 1)
    ys = points[..., 1].round().astype(int).clip(0, height - 1)
    return np.asarray(light[ys, xs], dtype=np.float64)


def _traced(light: NDArray[np.float32], start: Points, end: Points) -> Points:
    """The real edge of the paper near a side: a gentle curve through the steepest drops."""
    share = np.linspace(0.0, 1.0, 41)
    points = start + share[:, None] * (end - start)
    outward = _outward(start, end)
    shifts = np.arange(-_SEARCH, _SEARCH + 1)
    around = points[:, None] + shifts[None, :, None] * outward
    values = _at(light, around)
    drops = values[:, :-3] - values[:, 3:]
    best = shifts[drops.argmax(axis=1)] + 1.5
    height, width = light.shape
    known = (drops.max(axis=1) > _STEP) & (share > 0.02) & (share < 0.98)
    known &= ((around >= 0) & (around < [width, height])).all(axis=(1, 2))
    if known.sum() < 12:
        return points
    # a bend is only seen on a side that is seen from end to end
    bent = np.ptp(share[known]) > 0.85 and known.mean() > 0.6
    curve = _fitted(share[known], best[known].astype(np.float64), 3 if bent else 1)
    offset = np.polynomial.polynomial.polyval(share, curve)
    if np.ptp(offset) > _MOST_BEND * float(np.linalg.norm(end - start)):
        return points
    return np.asarray(points + (offset[:, None] - _INSET) * outward)


def _fitted(share: Points, offset: Points, highest: int) -> Points:
    """Coefficients of a polynomial through most of the points, strays left out."""
    curve = np.polynomial.polynomial.polyfit(share, offset, 1)
    for degree in range(1, highest + 1):
        away = np.abs(np.polynomial.polynomial.polyval(share, curve) - offset)
        near = away <= max(1.5, 2.5 * float(np.median(away)))
        if near.sum() < 10:
            break
        curve = np.polynomial.polynomial.polyfit(share[near], offset[near], degree)
    return np.asarray(curve)


def _closed(quad: Points, top: Points, right: Points, bottom: Points, left: Points) -> Outline:
    """The sides with common corners: each corner of ``quad`` moves with both its sides."""
    top_left = top[0] + left[0] - quad[0]
    top_right = top[-1] + right[0] - quad[1]
    bottom_right = bottom[-1] + right[-1] - quad[2]
    bottom_left = bottom[0] + left[-1] - quad[3]
    return Outline(
        _between(top, top_left, top_right),
        _between(right, top_right, bottom_right),
        _between(bottom, bottom_left, bottom_right),
        _between(left, top_left, bottom_left),
    )


def _between(side: Points, start: Points, end: Points) -> Points:
    share = np.linspace(0.0, 1.0, len(side))[:, None]
    return np.asarray(side + (1 - share) * (start - side[0]) + share * (end - side[-1]))
