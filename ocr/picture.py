"""Pixels of one page as stored, and Pillow's part in getting them.

The functions that open files run inside the decoder's child process only.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps

FORMATS = {"image/tiff": "TIFF", "image/jpeg": "JPEG", "image/png": "PNG"}
"""What Pillow may try; asked to open anything it tries 44 formats, Ghostscript among them."""

_COMPOSITES = frozenset({"RGBA", "LA", "PA"})
_MIN_DPI, _MAX_DPI = 40.0, 2540.0


@dataclass(frozen=True, slots=True)
class Picture:
    """Pixels, rows by columns, grey or RGB, with the resolution each way.

    A resolution of 0 means that the file does not say, or says nonsense. ``bilevel`` tells
    that the page was stored as black and white only, as faxes are.
    """

    pixels: NDArray[np.uint8]
    dpi_x: float
    dpi_y: float
    bilevel: bool


class PictureProblem(Exception):  # noqa: N818
    """The image is not read; ``code`` is a reason of ``ocr.errors.Rejected``."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def open_image(path: Path, media_type: str) -> Image.Image:
    """Open an image file of one of the three types we take.

    Raises:
        PictureProblem: corrupt.
    """
    Image.MAX_IMAGE_PIXELS = None  # the caller compares the size with its own limit
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return Image.open(path, formats=(FORMATS[media_type],))
    except (OSError, ValueError, SyntaxError):
        raise PictureProblem("corrupt") from None


def frames(path: Path, media_type: str, max_pages: int) -> int:
    """Number of pages in an image file; only TIFF has more than one.

    Raises:
        PictureProblem: corrupt or too_many_pages.
    """
    with open_image(path, media_type) as image:
        if media_type != "image/tiff":
            return 1
        count = 1
        try:
            while True:
                image.seek(count)
                count += 1
                if count > max_pages:
                    raise PictureProblem("too_many_pages")
        except EOFError:
            return count
        except (OSError, ValueError, SyntaxError, KeyError):
            raise PictureProblem("corrupt") from None


def load(path: Path, media_type: str, number: int, max_pixels: int, max_side: int) -> Picture:
    """Page ``number`` (from 1) of an image file, turned as its EXIF data say.

    Raises:
        PictureProblem: corrupt, or too_large.
    """
    with open_image(path, media_type) as image:
        try:
            if number > 1:
                image.seek(number - 1)
            if image.width * image.height > max_pixels:
                raise PictureProblem("too_large")
            dpi = _dpi(image)
            if media_type == "image/jpeg":
                # lets libjpeg decode at half the size where that is still more than enough
                image.draft(None, (max_side, max_side))
            turned = ImageOps.exif_transpose(image)
        except (OSError, ValueError, SyntaxError, EOFError, KeyError):
            raise PictureProblem("corrupt") from None
        # exif_transpose drops nothing from dpi, but a quarter turn swaps the two
        if (turned.width > turned.height) != (image.width > image.height):
            dpi = (dpi[1], dpi[0])
        return from_pillow(turned, dpi, max_side)


def from_pillow(image: Image.Image, dpi: tuple[float, float], max_side: int) -> Picture:
    """Pixels of ``image`` as grey or RGB on white, its longer side at most ``max_side``."""
    bilevel = image.mode == "1"
    full = image.size
    while max(image.size) > max_side and max(image.size) // 2 >= max_side // 2:
        factor = max(2, max(image.size) // max_side)
        image = _plain(image).reduce(factor)
    image = _plain(image)
    scale = image.width / full[0] if full[0] else 1.0
    pixels = np.asarray(image, dtype=np.uint8)
    return Picture(pixels, dpi[0] * scale, dpi[1] * scale, bilevel)


def _plain(image: Image.Image) -> Image.Image:
    """Grey or RGB, with white where the image is transparent."""
    mode = image.mode
    if mode in {"L", "RGB"}:
        return image
    if mode == "1":
        return image.convert("L")
    if mode.startswith("I") or mode == "F":
        deep = np.asarray(image, dtype=np.float64)
        top = 65535.0 if deep.max(initial=0) > 255 else 255.0
        return Image.fromarray((deep * (255.0 / top)).clip(0, 255).astype(np.uint8))
    if mode in _COMPOSITES or "transparency" in image.info:
        layered = image.convert("RGBA")
        white = Image.new("RGB", image.size, "white")
        white.paste(layered, mask=layered.getchannel("A"))
        return white
    return image.convert("RGB")


def _dpi(image: Image.Image) -> tuple[float, float]:
    told = image.info.get("dpi")
    try:
        x, y = (float(v) for v in told or (0, 0))
    except (TypeError, ValueError, ZeroDivisionError):
        return 0.0, 0.0
    if not (_MIN_DPI <= x <= _MAX_DPI and _MIN_DPI <= y <= _MAX_DPI):
        return 0.0, 0.0
    return x, y
