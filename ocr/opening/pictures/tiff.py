"""TIFF pages piece by piece, through tifffile: codings Pillow lacks, and files with gaps.

A strip or tile that is not there or does not decode stays white and the page is damaged.
Codings but the plain ones need imagecodecs (extra ``formats``). Runs inside the decoder's child
process only.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import tifffile
from numpy.typing import NDArray
from PIL import Image

from ocr.opening.formats import rare_codings_known
from ocr.opening.picture import Picture, PictureProblem, believable, from_pillow, levels, oriented

logging.getLogger("tifffile").setLevel(logging.CRITICAL)  # it logs what files contain

# Tags of TIFF 6.0, pages 36 to 41.
_ORIENTATION, _X_RESOLUTION, _Y_RESOLUTION, _UNIT = 274, 282, 283, 296
SUBFILE, OLD_SUBFILE = 254, 255  # NewSubfileType, SubfileType
_REDUCED_OR_MASK = 0b101
"""Bits of NewSubfileType (TIFF 6.0, page 36): a smaller copy of another picture, a mask."""

_OLD_REDUCED = 2  # of SubfileType: a smaller copy of another picture
_BYTE = 8  # bits
_CM_TO_INCH, _PER_CM = 2.54, 3  # centimetres to the inch; ResolutionUnit for them
_LYING = frozenset({5, 6, 7, 8})  # of Orientation: rows and columns change places
_ALPHA = frozenset({1, 2})
_JPEG = frozenset({6, 7, 34892, 33007})
"""Codings whose pieces need tables kept elsewhere in the file."""


def is_copy(kind: object, old_kind: object) -> bool:
    """True for a directory that is no page, by its tags NewSubfileType and SubfileType."""
    bits = kind if isinstance(kind, int) else 0
    return bool(bits & _REDUCED_OR_MASK) or old_kind == _OLD_REDUCED


def pages(path: Path) -> Iterator[int]:
    """Directories of a TIFF that are pages, from 0.

    Raises:
        PictureProblem: corrupt.
    """
    count, found = 0, False
    try:
        with tifffile.TiffFile(path) as file:
            for index, page in enumerate(file.pages):
                count += 1
                tags = page.tags if isinstance(page, tifffile.TiffPage) else page.aspage().tags
                if not is_copy(tags.valueof(SUBFILE), tags.valueof(OLD_SUBFILE)):
                    found = True
                    yield index
    except Exception:  # noqa: BLE001 - a hostile file may raise anything
        if count and found:
            yield count  # what is promised and cannot be reached is a page that fails
        count = 0
    if not found:
        if not count:
            raise PictureProblem("corrupt")
        yield 0


def load(path: Path, index: int, max_pixels: int, max_side: int) -> Picture:
    """Directory ``index`` (from 0) of a TIFF.

    Raises:
        PictureProblem: too_large, codec_missing or undecodable.
    """
    with tifffile.TiffFile(path) as file:
        page = file.pages[index]
        if not isinstance(page, tifffile.TiffPage):
            page = page.aspage()
        if page.imagewidth * page.imagelength > max_pixels:
            raise PictureProblem("too_large")
        stored, gaps = _assembled(page)
        image = _coloured(page, stored)
        dpi = _resolution(page)
    orientation = _number(page, _ORIENTATION)
    found = from_pillow(image, dpi, max_side)
    dpi = (found.dpi_x, found.dpi_y)
    if orientation in _LYING:
        dpi = (found.dpi_y, found.dpi_x)
    pixels = oriented(found.pixels, orientation)
    return Picture(pixels, *dpi, bilevel=stored.dtype == np.bool_, damaged=bool(gaps))


def _assembled(page: tifffile.TiffPage) -> tuple[NDArray[Any], int]:
    """All samples of the page as (rows, columns, samples), and how many pieces are missing."""
    try:
        decode = page.decode
        shape, dtype = page.shaped, page.dtype
    except (ValueError, ImportError):  # what decode is made of, a function that only raises
        raise PictureProblem(_lacking()) from None
    if dtype is None or not page.dataoffsets:
        raise PictureProblem("undecodable")
    whole = np.full(shape, _white(page, dtype), dtype)
    file, gaps, error = page.parent.filehandle, 0, None
    tables = {"jpegtables": page.jpegtables, "jpegheader": page.jpegheader}
    tables = tables if page.compression in _JPEG else {}
    for number, (offset, size) in enumerate(
        zip(page.dataoffsets, page.databytecounts, strict=False)
    ):
        try:
            file.seek(offset)
            piece, place, extent = decode(file.read(size), number, **tables)
            _put(whole, piece, place, extent)
        except MemoryError:
            raise PictureProblem("too_large") from None
        except Exception as caught:  # noqa: BLE001 - each codec raises errors of its own
            gaps, error = gaps + 1, caught
    if gaps >= len(page.dataoffsets):
        missing = isinstance(error, ImportError) or "imagecodecs" in str(error)
        raise PictureProblem(_lacking() if missing else "undecodable")
    samples = whole[:, 0]  # separate samples, depth, rows, columns, interleaved samples
    if samples.shape[0] > 1:
        return np.moveaxis(samples[..., 0], 0, -1), gaps
    return samples[0], gaps


def _put(
    whole: NDArray[Any],
    piece: NDArray[Any] | None,
    place: tuple[int, ...],
    size: tuple[int, ...],
) -> None:
    """Lay a strip or tile into the page.

    Raises:
        ValueError: there is nothing in it, or it has not the size it should have.
    """
    if piece is None:
        raise ValueError("a piece without data")
    sample, depth, row, column = place[:4]
    rows, columns = size[1], size[2]
    wanted = whole[sample, depth, row : row + rows, column : column + columns]
    wanted[:] = piece[0, : wanted.shape[0], : wanted.shape[1]]


def _white(page: tifffile.TiffPage, dtype: np.dtype[Any]) -> Any:  # noqa: ANN401
    if page.photometric == tifffile.PHOTOMETRIC.MINISWHITE or dtype.kind not in "ub":
        return 0
    return np.iinfo(dtype).max if dtype.kind == "u" else True


def _coloured(page: tifffile.TiffPage, stored: NDArray[Any]) -> Image.Image:
    """The samples as an image of a usual mode."""
    kind = page.photometric
    count = stored.shape[-1]
    if kind == tifffile.PHOTOMETRIC.PALETTE and page.colormap is not None:
        return Image.fromarray(levels(np.moveaxis(page.colormap, 0, -1))[stored[..., 0]])
    bits = page.bitspersample
    if stored.dtype == np.uint8 and bits < _BYTE:
        stored = stored * np.uint8(255 // ((1 << bits) - 1))
    samples = levels(stored)
    if kind == tifffile.PHOTOMETRIC.MINISWHITE:
        samples = np.asarray(255 - samples[..., :1], dtype=np.uint8)
    elif kind == tifffile.PHOTOMETRIC.SEPARATED and count >= 4:
        return Image.fromarray(np.ascontiguousarray(samples[..., :4]), "CMYK")
    elif count in (2, 4) and set(page.extrasamples) & _ALPHA:
        return Image.fromarray(np.ascontiguousarray(samples), "LA" if count == 2 else "RGBA")
    colours = samples[..., :3] if count >= 3 else samples[..., 0]
    return Image.fromarray(np.ascontiguousarray(colours))


def _resolution(page: tifffile.TiffPage) -> tuple[float, float]:
    x, y = (page.tags.valueof(tag) for tag in (_X_RESOLUTION, _Y_RESOLUTION))
    try:
        dpi = x[0] / x[1], y[0] / y[1]
    except (TypeError, IndexError, ZeroDivisionError):
        return 0.0, 0.0
    inches = _CM_TO_INCH if _number(page, _UNIT) == _PER_CM else 1.0
    return believable((dpi[0] * inches, dpi[1] * inches))


def _number(page: tifffile.TiffPage, tag: int) -> int:
    value = page.tags.valueof(tag)
    return int(value) if isinstance(value, int) else 1


def _lacking() -> str:
    return "undecodable" if rare_codings_known() else "codec_missing"
