"""Where a sheet on a darker ground lies: the four sides across which the brightness drops most.

A picture is the logarithm of its brightness here, small and without print (``page_outline``).
"""

from __future__ import annotations

import math
from itertools import combinations

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr.image import as_bytes

Points = NDArray[np.float64]
"""Points (x, y), one a row."""

Light = NDArray[np.float32]
"""The picture: logarithm of the brightness plus ``GLOW``."""

GLOW = 12
"""Grey levels added to every brightness: black has no logarithm, and noise in the dark no
weight."""

_LEVELS = 72
"""Grey levels to a unit of the logarithm: black to white has three and a half."""

_WEAK, _STRONG = 9, 22
"""Steps of those levels from which an edge goes on, and begins (Canny): 12 and 30 %."""

_VOTES = 0.2
"""Points of an edge in one line, as a share of the picture's shorter side, that may be a side."""

_MOST_VOTED = 200
"""Lines that are looked at, those with most points first."""

_STEEPEST = 28.0
"""Degrees by which a side may lean."""

_MOST_LINES = 8
"""Lines tried for each direction, the best supported, besides the picture's own edges."""

_BESIDE = 0.035
"""Two lines are one if their ends are together nearer than this share of their length."""

_APART = 0.3
"""Share of the picture's height or width by which two opposite sides are apart."""

_SMALLEST, _LARGEST = 0.25, 0.985
"""Share of the picture the sheet takes; more, and it is a plain scan."""

_OUTSIDE = 0.12
"""Share of the picture's longer side by which a corner may lie outside."""

STEP, _CLEAR_STEP = 0.045, 0.22
"""Drop in the logarithm of brightness across a side: 4 % is a white desk, 20 % is a desk."""

_SUPPORT = 0.62
"""Share of a side's length on which the drop must be seen."""

_REACH = 4.0
"""Pixels on either side of an edge that are compared."""

_SAMPLES = (0.06, 0.94, 24)
"""A side is looked at from here to there, as shares of its length, in so many places: not at the
corners, which are round or bent."""

_SEEN = 0.25
"""Share of a side that lies in the picture for it to be real; else the picture ends there."""

_SURE_SIDES = 3
"""Real sides of a sheet; two are enough where both are clear."""

_UNSEEN_WORTH = 0.5
"""What a place outside the picture counts for as support, where a drop seen counts for 1."""

_STEP_WORTH, _MOST_STEP, _AREA_WORTH = 0.5, 0.5, 0.3
"""What the drop (up to a limit) and the share of the picture add to the support of a figure: of two
sheets one in the other the larger and clearer is taken."""


def best_corners(light: Light) -> Points | None:
    """The sheet's corners, clockwise from the top left; None if there is no sheet."""
    return _best_quad(light, *_side_lines(light))


def _side_lines(light: Light) -> tuple[Points, Points]:
    """Lines that may be sides: lying ones (y = m x + c) and standing ones (x = m y + c).

    Each is a row (m, c); the picture's own edges are among them.
    """
    height, width = light.shape
    levels = as_bytes((_LEVELS * (light - math.log(GLOW))).clip(0, 255).astype(np.uint8))
    edges = cv2.Canny(levels, _WEAK, _STRONG)
    found = cv2.HoughLines(edges, 1, math.pi / 360, round(_VOTES * min(light.shape)))
    lines = (
        np.empty((0, 2)) if found is None else found.reshape(-1, found.shape[-1])[:_MOST_VOTED, :2]
    )
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
        if all(
            abs(ends[0] - c) + abs(ends[1] - c - m * length) > _BESIDE * length for m, c in kept
        ):
            kept.append((slope, start))
    return kept[:_MOST_LINES]


def _best_quad(light: Light, lying: Points, standing: Points) -> Points | None:
    """Corners of the four-sided figure with the clearest sides, None if there is none."""
    height, width = light.shape
    rows = _pairs(lying, width / 2, _APART * height)
    columns = _pairs(standing, height / 2, _APART * width)
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
    slack = _OUTSIDE * max(light.shape)
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


def _scores(light: Light, quads: Points) -> Points:
    """How clearly each figure stands out, 0 for those that are no sheet."""
    start, end = quads, np.roll(quads, -1, axis=1)
    along = np.linspace(*_SAMPLES)[None, None, :, None]
    points = start[:, :, None] + along * (end - start)[:, :, None]
    outward = normals(start, end)[:, :, None]
    height, width = light.shape
    outside = points + _REACH * outward
    seen = (outside >= 0).all(axis=-1) & (outside < [width, height]).all(axis=-1)
    drops = at(light, points - _REACH * outward) - at(light, outside)
    drops = np.where(seen, drops, np.nan)
    real = seen.mean(axis=-1) > _SEEN
    dropping = (np.nan_to_num(drops) > STEP).sum(axis=-1)
    support = (dropping + _UNSEEN_WORTH * (~seen).sum(axis=-1)) / along.shape[2]
    share = dropping / np.maximum(1, seen.sum(axis=-1))
    step = np.where(real, _median(drops), _CLEAR_STEP)
    enough = ((share >= _SUPPORT) | ~real).all(axis=1)
    clear = (step * np.where(real, 1, np.inf)).min(axis=1) >= _CLEAR_STEP
    enough &= (real.sum(axis=1) >= _SURE_SIDES) | ((real.sum(axis=1) == _SURE_SIDES - 1) & clear)
    worth = support.mean(axis=1) + _STEP_WORTH * step.clip(0, _MOST_STEP).mean(axis=1)
    return np.asarray(np.where(enough, worth + _AREA_WORTH * _area(quads) / light.size, 0.0))


def _median(drops: Points) -> Points:
    """Median along the last axis over what is known, 0 where nothing is."""
    known = np.where(np.isnan(drops).all(axis=-1, keepdims=True), 0.0, drops)
    return np.asarray(np.nanmedian(known, axis=-1))


def normals(start: Points, end: Points) -> Points:
    """Unit vectors across the sides; corners run clockwise on the screen, so they point out."""
    run = end - start
    across = np.stack([run[..., 1], -run[..., 0]], axis=-1)
    length = np.linalg.norm(across, axis=-1, keepdims=True)
    return np.asarray(across / np.maximum(1e-6, length))


def at(light: Light, points: Points) -> Points:
    """Values at the points, those off the picture taken at its edge."""
    height, width = light.shape
    xs = points[..., 0].round().astype(int).clip(0, width - 1)
    ys = points[..., 1].round().astype(int).clip(0, height - 1)
    return np.asarray(light[ys, xs], dtype=np.float64)
