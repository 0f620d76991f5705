"""Pixels of one page as stored: grey or RGB bytes on white, whatever the file held."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

_COMPOSITES = frozenset({"RGBA", "LA", "PA", "La", "RGBa"})
_MIN_DPI, _MAX_DPI = 40.0, 2540.0
"""Dots to the inch that a file is believed: 1 is no resolution but a ratio (JFIF), 2540 is a
hundredth of a millimetre."""

_PLAIN_RANGE = 16
"""Grey levels between the darkest and the brightest pixel of a page that shows nothing."""

_DARK = 64
"""Brightest pixel of a page without paper: the upper half of numbers that use the lower."""

_LOOK_EVERY = 4
"""Pixels from one that is looked at to the next; a thin line of print is met all the same."""

_MISSING_ROWS = 8
"""Rows of one colour at the foot of a damaged picture from which they count as not there."""

_HUGE = 1e30
"""No brightness is beyond it; keeps sums and differences finite."""

_OUTLIERS = 0.5
"""Per cent of values at either end that do not decide what black and white are."""


@dataclass(frozen=True, slots=True)
class Picture:
    """Pixels, rows by columns, grey or RGB, with the resolution each way.

    A resolution of 0 means that the file does not say, or says nonsense. ``bilevel`` tells
    that the page was stored as black and white only, as faxes are, ``damaged`` that a part of
    it is missing or may be wrong.
    """

    pixels: NDArray[np.uint8]
    dpi_x: float
    dpi_y: float
    bilevel: bool
    damaged: bool = False


class PictureProblem(Exception):  # noqa: N818
    """The image is not read; ``code`` is a reason of ``ocr.errors.Rejected``."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def says_nothing(pixels: NDArray[np.uint8]) -> bool:
    """True for one flat colour, or for a page on which nothing is bright.

    A blank page looks so, and so does one that was not decoded: another decoder is asked.
    """
    few = pixels[::_LOOK_EVERY, ::_LOOK_EVERY]
    if not few.size:
        return True
    low, high = int(few.min()), int(few.max())
    return high - low < _PLAIN_RANGE or high < _DARK


def without_missing(pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """A damaged picture with white for the rows at its foot that were never decoded.

    Decoders leave them in one colour, black or the last grey, from side to side.
    """
    rows = pixels.reshape(pixels.shape[0], -1)
    same = (rows == rows[-1, 0]).all(axis=1)
    missing = len(same) if same.all() else int(np.argmin(same[::-1]))
    if missing < _MISSING_ROWS or (pixels.ndim == 3 and np.ptp(pixels[-1, 0])):
        return pixels
    mended = pixels.copy()
    mended[len(same) - missing :] = 255
    return mended


def levels(deep: NDArray[Any]) -> NDArray[np.uint8]:
    """Numbers of any kind as bytes, 0 to 255.

    Scanners put 10, 12 or 14 bits into 16, so unsigned numbers are scaled by the least power of
    two they fit into. Fractions from 0 to 1 keep that range; signed numbers and other fractions
    are taken from their least to their greatest, but for stray values.
    """
    if deep.dtype == np.uint8:
        return np.asarray(deep, dtype=np.uint8)
    if deep.dtype == np.bool_:
        return np.where(deep, 255, 0).astype(np.uint8)
    low, high = 0.0, 255.0
    if deep.dtype.kind == "u":
        high = float((1 << max(8, int(deep.max(initial=0)).bit_length())) - 1)
    elif deep.size:
        finite = np.nan_to_num(deep.astype(np.float64), posinf=0.0, neginf=0.0)
        deep = finite = finite.clip(-_HUGE, _HUGE).astype(np.float32)
        low, high = (float(v) for v in np.percentile(finite, [_OUTLIERS, 100 - _OUTLIERS]))
        if low >= 0.0 and float(finite.max()) <= 1.0 + 1e-6 and high > 0.5:
            low, high = 0.0, 1.0
    within = deep.astype(np.float32).clip(low, high) - np.float32(low)
    scaled = np.rint(within * np.float32(255.0 / max(high - low, 1e-9)))
    return np.asarray(scaled.clip(0, 255), dtype=np.uint8)


def oriented(pixels: NDArray[np.uint8], orientation: int) -> NDArray[np.uint8]:
    """Rows and columns as the tag Orientation means them to be seen (TIFF 6.0, page 36)."""
    turned = pixels.swapaxes(0, 1) if orientation in {5, 6, 7, 8} else pixels
    if orientation in {3, 4, 7, 8}:
        turned = turned[::-1]
    if orientation in {2, 3, 6, 7}:
        turned = turned[:, ::-1]
    return np.ascontiguousarray(turned)


def from_pillow(image: Image.Image, dpi: tuple[float, float], max_side: int) -> Picture:
    """Pixels of ``image`` as grey or RGB on white, its longer side at most ``max_side``."""
    bilevel = image.mode == "1"
    full = image.size
    image = _plain(image)
    if max(full) >= 2 * max_side:
        image = image.reduce(max(full) // max_side)
    if max(image.size) > max_side:  # telephones take 4032 pixels: half of that would be too few
        share = max_side / max(image.size)
        size = max(1, round(image.width * share)), max(1, round(image.height * share))
        image = image.resize(size, Image.Resampling.BILINEAR)
    scale = image.width / full[0] if full[0] else 1.0
    pixels = np.asarray(image, dtype=np.uint8)
    return Picture(pixels, dpi[0] * scale, dpi[1] * scale, bilevel)


def _plain(image: Image.Image) -> Image.Image:
    """Grey or RGB, with white where the image is transparent."""
    mode = image.mode
    if mode in _COMPOSITES or "transparency" in image.info:
        return _on_white(image.convert("RGBA"))
    if mode in {"L", "RGB"}:
        return image
    if mode == "1":
        return image.convert("L")
    if mode.startswith("I") or mode == "F":
        return Image.fromarray(levels(_unsigned(np.asarray(image))))
    return image.convert("RGB")


def _on_white(layered: Image.Image) -> Image.Image:
    """The picture laid on white paper; where that shows nothing, its opaque parts are the print."""
    white = Image.new("RGB", layered.size, "white")
    alpha = layered.getchannel("A")
    white.paste(layered, mask=alpha)
    if says_nothing(np.asarray(white)) and not says_nothing(np.asarray(alpha)):
        return alpha.point(lambda value: 255 - value)
    return white


def _unsigned(deep: NDArray[Any]) -> NDArray[Any]:
    """Pillow keeps 16 bits as signed 32 at times; what has no negative number is unsigned."""
    if deep.dtype.kind == "i" and deep.min(initial=0) >= 0:
        return deep.astype(np.uint32)
    return deep


def believable(told: object) -> tuple[float, float]:
    """A resolution (dots to the inch, each way) as a file tells it, zeros where it is nonsense."""
    try:
        x, y = (float(v) for v in told or (0, 0))  # type: ignore[attr-defined]
    except (TypeError, ValueError, ZeroDivisionError):
        return 0.0, 0.0
    if not (_MIN_DPI <= x <= _MAX_DPI and _MIN_DPI <= y <= _MAX_DPI):
        return 0.0, 0.0
    return x, y
