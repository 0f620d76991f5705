"""Poppler, through pdf2image, for pages that are no plain scan, within limits of ours.

pdf2image has no memory limit, its time-out does not cover ``pdfinfo``, and it gathers standard
error without an end; so it is pointed to launchers that see to all three.
"""

from __future__ import annotations

import math
import re
from pathlib import Path

import cv2
import numpy as np
from pdf2image import convert_from_path
from pdf2image.exceptions import PDFInfoNotInstalledError, PDFPageCountError, PDFPopplerTimeoutError

from ocr.children import programs, shortages
from ocr.children.exit_status import Started
from ocr.children.limits import Limits
from ocr.errors import ChildFailed, ChildTimeout, OcrError, ToolMissing
from ocr.opening.picture import Picture

_POINTS = 72.0  # to the inch

_SIZE_PIXELS, _SIZE_SHARE = 3, 0.01
"""Pixels, and share, by which a raster's side may differ from what the page promised: poppler
rounds. What it writes when memory runs short is a few pixels wide."""

_OUT_OF_MEMORY = re.compile(rb"(?i)out of memory|bad_alloc|annot allocate memory")


def render(
    path: Path,
    number: int,
    size_points: tuple[float, float],
    dpi: float,
    max_side: int,
    limits: Limits,
    folder: Path,
    colour: bool = True,
) -> tuple[Picture, bool]:
    """Page ``number`` (from 1) as pixels, its longer side at most ``max_side``.

    Args:
        path: the PDF.
        number: the page, from 1.
        size_points: its size as shown, as poppler sees it, which takes /UserUnit for 1.
        dpi: pixels to 72 of those points.
        max_side: longer side of the result in pixels, at most.
        limits: what each of poppler's programs may use.
        folder: a private folder.
        colour: RGB rather than grey.

    Returns:
        The pixels, and whether something was odd: poppler complained on standard error, or
        the raster has not the size the page promised (out of memory, poppler writes a tiny
        image and ends with code 0).

    Raises:
        ChildTimeout: poppler took too long.
        ChildFailed: poppler wrote no image (corrupt, too_large).
        Unavailable: poppler is not installed, or the machine lacked what it takes.
    """
    limits = limits.left()
    longest = max(1.0, *size_points) * dpi / _POINTS
    scale = min(1.0, max_side / longest)
    real_dpi = dpi * scale  # below 1 for a page of a hundred metres
    place = programs.launchers(("pdfinfo", "pdftoppm"), limits, folder)
    started = Started.now("poppler", limits)
    try:
        written = convert_from_path(
            path,
            dpi=real_dpi,  # type: ignore[arg-type]  # pdftoppm takes fractions
            first_page=number,
            last_page=number,
            fmt="ppm",
            grayscale=not colour,
            output_folder=folder,
            output_file="rendered",
            paths_only=True,
            use_cropbox=True,
            poppler_path=str(place),
            timeout=math.ceil(limits.wall_s + programs.GRACE_S),
        )
    except PDFInfoNotInstalledError:
        raise ToolMissing("The program pdfinfo is not installed.") from None
    except PDFPopplerTimeoutError:
        raise ChildTimeout("pdftoppm was ended for time.") from None
    except PDFPageCountError:
        raise _failure(started, programs.said("pdfinfo", folder)) from None
    noise = programs.said("pdftoppm", folder)
    pixels = _load(Path(str(written[0]))) if written else None
    if pixels is None:
        raise _failure(started, noise)
    promised = [points * real_dpi / _POINTS for points in size_points]
    fits = all(
        abs(got - want) <= _SIZE_PIXELS + want * _SIZE_SHARE
        for got, want in zip((pixels.shape[1], pixels.shape[0]), promised, strict=True)
    )
    return Picture(pixels, real_dpi, real_dpi, False), bool(noise.strip()) or not fits


def _failure(started: Started, noise: bytes) -> OcrError:
    """Why there is no result; pdf2image does not tell with which code poppler ended."""
    if started.over_time:
        return ChildTimeout("poppler was ended for time.")
    if _OUT_OF_MEMORY.search(noise):
        return shortages.memory_error("poppler", started.limits.memory_mb)
    return ChildFailed("poppler made no image of the page.", "corrupt")


def _load(path: Path) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]] | None:
    size = path.stat().st_size
    stored = cv2.imread(str(path), cv2.IMREAD_UNCHANGED)
    path.unlink(missing_ok=True)
    if stored is None or stored.size == 0 or size < stored.size:  # cut short is no image, too
        return None
    if stored.ndim == 3:
        stored = cv2.cvtColor(stored, cv2.COLOR_BGR2RGB)
    return np.asarray(stored, dtype=np.uint8)
