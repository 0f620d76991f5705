"""A page photographed on a desk: its outline found and its perspective taken out."""

from __future__ import annotations

import math

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr.prepare import as_bytes

Corners = NDArray[np.float32]
"""Four points (x, y): top left, top right, bottom right, bottom left."""

_LOOK_PIXELS = 600
_SMALLEST, _LARGEST = 0.25, 0.97
"""Share of the picture the sheet takes; more, and it is a plain scan."""

_MIN_CONTRAST = 35
"""Grey levels by which the desk round the sheet is darker."""

_EDGE_REACH = 0.012
"""How far on either side of an edge is looked, as a share of the picture's longer side."""

_A4_RATIO = math.sqrt(2)
_RATIO_SLACK = 0.12


def find_sheet(pixels: NDArray[np.uint8]) -> Corners | None:
    """Corners of a bright sheet on a darker ground; None for a scan, which is all sheet."""
    skip = max(1, max(pixels.shape[:2]) // (2 * _LOOK_PIXELS))
    scale = min(1.0, _LOOK_PIXELS / max(pixels.shape[:2]))
    few = np.ascontiguousarray(pixels[::skip, ::skip])
    shrunk = cv2.resize(few, None, fx=scale * skip, fy=scale * skip, interpolation=cv2.INTER_AREA)
    small = as_bytes(shrunk if shrunk.ndim == 2 else shrunk.min(axis=2))
    # print and stamps on the sheet must not cut it up
    size = max(3, round(max(small.shape) * 0.03)) | 1
    filled = as_bytes(cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((size, size), np.uint8)))
    _level, bright = cv2.threshold(filled, 0, 255, cv2.THRESH_BINARY | cv2.THRESH_OTSU)
    outline = _largest_outline(as_bytes(bright))
    if outline is None:
        return None
    corners = _four_corners(outline)
    if corners is None or not _stands_out(filled, corners):
        return None
    return np.asarray(corners / scale, dtype=np.float32)


def _largest_outline(bright: NDArray[np.uint8]) -> NDArray[np.int32] | None:
    outlines, _tree = cv2.findContours(bright, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    if not outlines:
        return None
    largest = max(outlines, key=cv2.contourArea)
    share = cv2.contourArea(largest) / bright.size
    return np.asarray(largest, np.int32) if _SMALLEST <= share <= _LARGEST else None


def _four_corners(outline: NDArray[np.int32]) -> Corners | None:
    hull = cv2.convexHull(outline)
    around = cv2.arcLength(hull, True)
    for slack in (0.01, 0.02, 0.03, 0.05):
        points = cv2.approxPolyDP(hull, slack * around, True)
        if len(points) == 4:
            break
    else:
        return None
    # a sheet fills its outline; a bright patch of any other form does not
    if cv2.contourArea(outline) < 0.9 * cv2.contourArea(points):
        return None
    return _ordered(points.reshape(4, 2).astype(np.float32))


def _ordered(points: Corners) -> Corners:
    total, difference = points.sum(axis=1), points[:, 0] - points[:, 1]
    return np.stack(
        [
            points[int(total.argmin())],
            points[int(difference.argmax())],
            points[int(total.argmax())],
            points[int(difference.argmin())],
        ]
    )


def _stands_out(grey: NDArray[np.uint8], corners: Corners) -> bool:
    """True if the brightness drops sharply across every side; shadows on a scan are soft."""
    middle = corners.mean(axis=0)
    steps = [
        step
        for start, end in zip(corners, np.roll(corners, -1, axis=0), strict=True)
        if (step := _edge_step(grey, start, end, middle)) is not None
    ]
    return len(steps) >= 2 and min(steps) >= _MIN_CONTRAST


def _edge_step(
    grey: NDArray[np.uint8], start: Corners, end: Corners, middle: Corners
) -> float | None:
    """Median drop in brightness from just inside a side to just outside it.

    None if the side runs along the edge of the picture, where there is no outside.
    """
    along = start + np.linspace(0.1, 0.9, 40)[:, None] * (end - start)
    across = np.array([end[1] - start[1], start[0] - end[0]])
    across = across / max(1e-6, float(np.linalg.norm(across)))
    if float(((middle - start) * across).sum()) > 0:
        across = -across  # away from the middle
    reach = _EDGE_REACH * max(grey.shape)
    inside, outside = along - reach * across, along + reach * across
    height, width = grey.shape
    within = (
        (outside[:, 0] >= 0)
        & (outside[:, 0] < width)
        & (outside[:, 1] >= 0)
        & (outside[:, 1] < height)
    )
    if within.mean() < 0.5:
        return None
    drops = _at(grey, inside[within]) - _at(grey, outside[within])
    return float(np.median(drops))


def _at(grey: NDArray[np.uint8], points: NDArray[np.floating]) -> NDArray[np.int64]:
    """Brightness at the points, those off the picture taken at its edge."""
    height, width = grey.shape
    xs = points[:, 0].astype(int).clip(0, width - 1)
    ys = points[:, 1].astype(int).clip(0, height - 1)
    return np.asarray(grey[ys, xs], dtype=np.int64)


def straighten(pixels: NDArray[np.uint8], corners: Corners) -> NDArray[np.uint8]:
    """The sheet as seen from straight above; nearly A4 becomes exactly A4."""
    top_left, top_right, bottom_right, bottom_left = corners
    width = max(_distance(top_left, top_right), _distance(bottom_left, bottom_right))
    height = max(_distance(top_left, bottom_left), _distance(top_right, bottom_right))
    long, short = max(width, height), max(1.0, min(width, height))
    if abs(long / short / _A4_RATIO - 1) < _RATIO_SLACK:
        short = long / _A4_RATIO
        width, height = (short, long) if height >= width else (long, short)
    size = (round(width), round(height))
    flat = np.array([[0, 0], [size[0], 0], [size[0], size[1]], [0, size[1]]], np.float32)
    turn = cv2.getPerspectiveTransform(corners, flat)
    return as_bytes(cv2.warpPerspective(pixels, turn, size, flags=cv2.INTER_LINEAR))


def _distance(a: NDArray[np.float32], b: NDArray[np.float32]) -> float:
    return math.hypot(float(a[0] - b[0]), float(a[1] - b[1]))
