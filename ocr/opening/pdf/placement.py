"""Images laid on a page: turned, mirrored and cropped as the page shows them, strips joined.

Runs inside the decoder's child process only. Matrices and boxes are those of ``pdf_page``.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from ocr.image import WHITE, quarter_turn
from ocr.opening.pdf.content import Matrix, Rectangle, extent
from ocr.opening.picture import Picture

_SLACK_PIXELS = 0.6
"""How far the edges of two strips may be apart: writers round their numbers."""

_MOST_STRIPS = 400
"""Strips of a page; of eight rows each they make A4 at 300 dpi. Chosen, not measured."""

_SLANT = 1e-3
"""Share of an image's size that its sides may lean: writers round their numbers."""


def is_upright(matrix: Matrix) -> bool:
    """Only quarter turns and mirror images, no slant."""
    a, b, c, d, _e, _f = matrix
    size = max(abs(v) for v in (a, b, c, d))
    straight = max(abs(b), abs(c)) < size * _SLANT
    sideways = max(abs(a), abs(d)) < size * _SLANT
    return straight != sideways


def laid(pixels: NDArray[np.uint8], matrix: Matrix) -> NDArray[np.uint8]:
    """The image as the unturned page shows it: mirrored and turned by its matrix."""
    a, b, c, d, _e, _f = matrix
    if abs(a) > abs(b):
        pixels = pixels[:, ::-1] if a < 0 else pixels
        return pixels[::-1] if d < 0 else pixels
    pixels = pixels.swapaxes(0, 1)  # the image's rows run along the page's columns
    pixels = pixels[::-1] if b > 0 else pixels
    return pixels[:, ::-1] if c > 0 else pixels


def cropped(pixels: NDArray[np.uint8], lies: Rectangle, box: Rectangle) -> NDArray[np.uint8]:
    """What the page box shows of an image that lies at ``lies``; white where there is none."""
    height, width = pixels.shape[:2]
    across, down = width / (lies[2] - lies[0]), height / (lies[3] - lies[1])
    left, right = round((box[0] - lies[0]) * across), round((box[2] - lies[0]) * across)
    top, bottom = round((lies[3] - box[3]) * down), round((lies[3] - box[1]) * down)
    inside = pixels[max(0, top) : max(0, bottom), max(0, left) : max(0, right)]
    around = [(max(0, -top), max(0, bottom - height)), (max(0, -left), max(0, right - width))]
    if not np.any(around):
        return inside
    around += [(0, 0)] * (pixels.ndim - 2)
    return np.pad(inside, around, constant_values=WHITE)


def are_strips(matrices: list[Matrix], heights: list[int]) -> bool:
    """True if the images lie one under the other, as wide as each other, without a gap.

    Scanners short of memory cut a page into strips.

    Args:
        matrices: where the images lie, from the top down.
        heights: of the images in pixels.
    """
    if not 1 < len(matrices) <= _MOST_STRIPS:
        return False
    boxes = [extent(matrix) for matrix in matrices]
    pitch = (boxes[0][3] - boxes[-1][1]) / max(1, sum(heights))
    slack = _SLACK_PIXELS * pitch
    for matrix, box, height in zip(matrices, boxes, heights, strict=True):
        a, b, c, d, _e, _f = matrix
        if a <= 0 or d <= 0 or max(abs(b), abs(c)) > a * _SLANT:
            return False
        if abs(box[0] - boxes[0][0]) > slack or abs(box[2] - boxes[0][2]) > slack:
            return False
        if abs((box[3] - box[1]) - height * pitch) > slack:
            return False
    return all(abs(upper[1] - lower[3]) <= slack for upper, lower in pairwise(boxes))


def joined(strips: list[NDArray[np.uint8]]) -> NDArray[np.uint8] | None:
    """The strips as one image; None if they are not of one kind and width."""
    first = strips[0]
    if any(strip.ndim != first.ndim or strip.shape[1] != first.shape[1] for strip in strips):
        return None
    return np.concatenate(strips)


def shown(
    pixels: NDArray[np.uint8], size: tuple[float, float], turn: int, bilevel: bool
) -> Picture:
    """The page turned by its /Rotate, with the resolution its size tells.

    Args:
        pixels: the unturned page.
        size: its width and height in inches.
        turn: clockwise degrees, 0, 90, 180 or 270.
        bilevel: the image has black and white only.
    """
    dpi_x, dpi_y = pixels.shape[1] / size[0], pixels.shape[0] / size[1]
    if turn % 180:
        dpi_x, dpi_y = dpi_y, dpi_x
    return Picture(quarter_turn(pixels, turn), dpi_x, dpi_y, bilevel)
