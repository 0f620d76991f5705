"""Pages of PDFs that are no plain scan, drawn: poppler first, and others where it falls short.

PDFium draws the page again where poppler fails, complains or shows nothing. Where both agree,
poppler's picture is taken; where they differ, the one with more print, and the page is damaged.
Where neither can open the file, poppler gets the page as qpdf writes it anew.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr.children.limits import Limits
from ocr.errors import ChildFailed, Rejected
from ocr.opening import decoder_client, poppler
from ocr.opening.picture import Picture, says_nothing, without_missing
from ocr.settings import OcrSettings

_LOOK_PIXELS = 200
"""Width of the pictures that are compared: a letter is about one pixel."""

UNLIKE = 72.0
"""Grey levels by which such a pixel differs where one picture lacks a letter; edges of letters
drawn by the two differ by less than half of it."""

_EDGE = 64
"""Grey levels from one pixel to the next across the edge of a letter."""

_MORE_PRINT = 1.02
"""Times the edges of letters from which one of two drawings has more print; the other's smoothing
makes less of a difference. Chosen, not measured."""


def render(
    path: Path,
    number: int,
    size_points: tuple[float, float],
    dpi: float,
    settings: OcrSettings,
    limits: Limits,
    folder: Path,
    *,
    colour: bool,
    damaged: bool,
) -> tuple[Picture, bool]:
    """Page ``number`` (from 1) as pixels, its longer side at most ``settings.max_side_pixels``.

    Args:
        path: the PDF.
        number: the page, from 1.
        size_points: its size as shown, as poppler sees it, which takes /UserUnit for 1.
        dpi: pixels to 72 of those points.
        settings: the limits.
        limits: of the page as a whole.
        folder: a private folder.
        colour: RGB rather than grey.
        damaged: an image on the page fails its own checks.

    Returns:
        The pixels, and whether poppler complained about a page that both renderers draw alike.

    Raises:
        Rejected: undecodable, or as ``decoding.rendered``.
        ChildTimeout: it took too long.
        ToolMissing: poppler is not installed.
    """

    def by_poppler(file: Path, page: int) -> tuple[Picture, bool] | None:
        most = settings.max_side_pixels
        try:
            return poppler.render(file, page, size_points, dpi, most, limits, folder, colour=colour)
        except ChildFailed:
            return None

    def by_pdfium() -> Picture | None:
        try:
            return decoder_client.rendered(path, number, dpi, colour, settings, folder, limits)
        except Rejected as error:
            if error.reason == "timeout":
                raise
            return None

    first = by_poppler(path, number)
    if first is not None and not (first[1] or damaged or says_nothing(first[0].pixels)):
        return first
    second = by_pdfium()
    if first is None or says_nothing(first[0].pixels):
        anew = by_poppler(decoder_client.rewritten(path, number, settings, folder, limits), 1)
        first = anew if first is None or (anew and not says_nothing(anew[0].pixels)) else first
    picture, odd = chosen(first, second)
    return (_damaged(picture), odd) if damaged else (picture, odd)


def chosen(first: tuple[Picture, bool] | None, second: Picture | None) -> tuple[Picture, bool]:
    """One of two drawings of a page: poppler's, with whether it complained, and PDFium's.

    Raises:
        Rejected: undecodable.
    """
    if first is None:
        if second is None or says_nothing(second.pixels):
            raise Rejected("undecodable")
        return second, False
    picture, odd = first
    if second is None or are_alike(picture.pixels, second.pixels):
        return picture, odd
    if print_on(second.pixels) > _MORE_PRINT * print_on(picture.pixels):
        return (_damaged(second) if odd else second), False
    return _damaged(picture), odd


def are_alike(first: NDArray[np.uint8], second: NDArray[np.uint8]) -> bool:
    """True if two pictures of a page show the same print."""
    one, other = _small(first), _small(second)
    if one.shape != other.shape:
        return False
    return float(np.abs(one - other).max(initial=0)) < UNLIKE


def print_on(pixels: NDArray[np.uint8]) -> int:
    """Edges of letters, counted along the rows; large areas of one colour have none."""
    grey = pixels if pixels.ndim == 2 else pixels.min(axis=2)
    steps = np.abs(np.diff(grey.astype(np.int16), axis=1))
    return int((steps > _EDGE).sum())


def _small(pixels: NDArray[np.uint8]) -> NDArray[np.float32]:
    grey = pixels if pixels.ndim == 2 else pixels.min(axis=2)
    height = max(1, round(grey.shape[0] * _LOOK_PIXELS / max(1, grey.shape[1])))
    small = cv2.resize(grey, (_LOOK_PIXELS, height), interpolation=cv2.INTER_AREA)
    return np.asarray(small, dtype=np.float32)


def _damaged(picture: Picture) -> Picture:
    return replace(picture, pixels=without_missing(picture.pixels), damaged=True)
