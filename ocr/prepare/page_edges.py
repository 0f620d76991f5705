"""The real edges of a sheet whose corners are known: gentle curves beside its straight sides."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ocr.prepare.page_corners import STEP, Light, Points, at, normals

_SEARCH = 7
"""Pixels on either side of a line in which the real edge of the paper is looked for."""

_ACROSS = 3
"""Pixels across which the drop is taken; the edge is in their middle."""

_POINTS = 41
"""Points along a side."""

_CORNER = 0.02
"""Share of a side at each end that is corner and no edge."""

_FEWEST, _FEWEST_NEAR = 12, 10
"""Points at which an edge is seen, and near a curve, for one to be drawn through them."""

_FROM_END_TO_END, _MOST_OF_IT = 0.85, 0.6
"""Share of a side between its first and last point seen, and of points seen, from which a bend is
believed."""

_BENT = 3
"""Degree of the curve through a bent side; a straight one's is 1."""

_STRAY, _STRAYS = 1.5, 2.5
"""Pixels off a curve, and times the usual distance, beyond which a point is left out."""

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


def traced(light: Light, start: Points, end: Points) -> Points:
    """The real edge of the paper near a side: a gentle curve through the steepest drops."""
    share = np.linspace(0.0, 1.0, _POINTS)
    points = start + share[:, None] * (end - start)
    outward = normals(start, end)
    shifts = np.arange(-_SEARCH, _SEARCH + 1)
    around = points[:, None] + shifts[None, :, None] * outward
    values = at(light, around)
    drops = values[:, :-_ACROSS] - values[:, _ACROSS:]
    best = shifts[drops.argmax(axis=1)] + _ACROSS / 2
    height, width = light.shape
    known = (drops.max(axis=1) > STEP) & (share > _CORNER) & (share < 1 - _CORNER)
    known &= ((around >= 0) & (around < [width, height])).all(axis=(1, 2))
    if known.sum() < _FEWEST:
        return points
    # a bend is only seen on a side that is seen from end to end
    bent = np.ptp(share[known]) > _FROM_END_TO_END and known.mean() > _MOST_OF_IT
    curve = _fitted(share[known], best[known].astype(np.float64), _BENT if bent else 1)
    offset = np.polynomial.polynomial.polyval(share, curve)
    if np.ptp(offset) > _MOST_BEND * float(np.linalg.norm(end - start)):
        return points
    return np.asarray(points + (offset[:, None] - _INSET) * outward)


def _fitted(share: Points, offset: Points, highest: int) -> Points:
    """Coefficients of a polynomial through most of the points, strays left out."""
    curve = np.polynomial.polynomial.polyfit(share, offset, 1)
    for degree in range(1, highest + 1):
        away = np.abs(np.polynomial.polynomial.polyval(share, curve) - offset)
        near = away <= max(_STRAY, _STRAYS * float(np.median(away)))
        if near.sum() < _FEWEST_NEAR:
            break
        curve = np.polynomial.polynomial.polyfit(share[near], offset[near], degree)
    return np.asarray(curve)


def closed(quad: Points, top: Points, right: Points, bottom: Points, left: Points) -> Outline:
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
