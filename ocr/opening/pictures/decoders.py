"""The decoders of image files: Pillow, tifffile, imagecodecs and OpenCV, behind one face.

Runs inside the decoder's child process only.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import cv2
import numpy as np
from PIL import Image, ImageFile, ImageOps

from ocr.opening.codings import integrity, jpeg
from ocr.opening.formats import HEIF, PILLOW
from ocr.opening.picture import Picture, PictureProblem, believable, from_pillow, levels
from ocr.opening.pictures import tiff

REFUSALS = (
    OSError,
    ValueError,
    SyntaxError,
    EOFError,
    KeyError,
    TypeError,
    IndexError,
    ImportError,
    cv2.error,
)
"""What decoders raise over a file they do not read."""

_TIFF, _JPEG, _PNG = "image/tiff", "image/jpeg", "image/png"
_CHECKS = {_JPEG: integrity.is_damaged_jpeg, _PNG: integrity.is_damaged_png}
# Tags of TIFF 6.0 (pages 29, 37, 80) and of EXIF.
_BITS, _PHOTOMETRIC, _SAMPLE_FORMAT, _ORIENTATION = 258, 262, 339, 274
_UNSIGNED, _BYTE = 1, 8  # the usual SampleFormat; bits


def opened(source: io.BufferedIOBase | io.BytesIO, media_type: str) -> Image.Image:
    """Open an image of one of the types we take.

    Pillow gets a stream and never a path: it maps plain files into memory, and then turns grey
    TIFFs of orientation 5 to 8 wrongly.
    """
    Image.MAX_IMAGE_PIXELS = None  # the caller compares the size with its own limit
    if media_type in HEIF:
        import pi_heif

        pi_heif.register_heif_opener()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return Image.open(source, formats=PILLOW[media_type])  # type: ignore[arg-type]


def _keep_orientation(image: Image.Image, data: bytes) -> None:
    """Put back the EXIF orientation that pi-heif drops, where nothing else turns the picture.

    What the container says (``irot``, ``imir``; ISO/IEC 23008-12, 6.5.10) has been applied already.
    """
    told = image.info.get("original_orientation")
    if told and not any(box in data for box in (b"irot", b"imir")):
        image.getexif()[_ORIENTATION] = told


@dataclass(frozen=True, slots=True)
class ImagePage:
    """One page of an image file, and the decoders that may know it."""

    path: Path
    media_type: str
    index: int
    max_pixels: int
    max_side: int

    def decoders(self) -> list[Callable[[], Picture]]:
        """Functions that decode the page as it should be, the likeliest first.

        They raise ``PictureProblem`` or one of ``REFUSALS``.
        """
        others: dict[str, Callable[[], Picture]] = {
            _TIFF: lambda: tiff.load(self.path, self.index, self.max_pixels, self.max_side),
            _JPEG: self._by_imagecodecs,
        }
        return [self._by_pillow, *(others[t] for t in (self.media_type,) if t in others)]

    def second_opinion(self) -> list[Callable[[], Picture]]:
        """Another decoder for a page that the first shows in one flat colour."""
        known = self.media_type != _TIFF and not self.index
        return [self._by_opencv] if known else []

    def rescuers(self) -> list[Callable[[], Picture]]:
        """Functions that get something out of a page the others refuse; what they give is damaged.

        OpenCV does not say what it left out.
        """
        return [self._by_lenient_pillow, *self.second_opinion()]

    def _by_pillow(self) -> Picture:
        data = self.path.read_bytes()
        if self.media_type == _JPEG:
            data = jpeg.mended(data)
        with opened(io.BytesIO(data), self.media_type) as image:
            if self.index:
                image.seek(self.index)
            self._refuse(image)
            damaged = self.media_type in _CHECKS and _CHECKS[self.media_type](data)
            dpi = believable(image.info.get("dpi"))
            if self.media_type == _JPEG:
                # lets libjpeg decode at half the size where that is still more than enough
                image.draft(None, (self.max_side, self.max_side))
            if self.media_type in HEIF:
                _keep_orientation(image, data)
            turned = ImageOps.exif_transpose(image)
        # exif_transpose drops nothing from dpi, but a quarter turn swaps the two
        if (turned.width > turned.height) != (image.width > image.height):
            dpi = (dpi[1], dpi[0])
        return replace(from_pillow(turned, dpi, self.max_side), damaged=damaged)

    def _refuse(self, image: Image.Image) -> None:
        """What Pillow is not asked for.

        Raises:
            PictureProblem: too_large; or undecodable where Pillow would misread the numbers.
        """
        if image.width * image.height > self.max_pixels:
            raise PictureProblem("too_large")
        if self.media_type != _TIFF:
            return
        tags = getattr(image, "tag_v2", {})
        kinds = tags.get(_SAMPLE_FORMAT, _UNSIGNED)
        deep = max(tags.get(_BITS, (1,)))
        negative = tags.get(_PHOTOMETRIC) == 0 and deep > _BYTE
        if negative or deep > 2 * _BYTE or set(np.atleast_1d(kinds).tolist()) != {_UNSIGNED}:
            raise PictureProblem("undecodable")

    def _by_lenient_pillow(self) -> Picture:
        """What Pillow can get from a file that is cut short or fails its check sums."""
        ImageFile.LOAD_TRUNCATED_IMAGES = True  # this process ends with the page
        try:
            return self._by_pillow()
        finally:
            ImageFile.LOAD_TRUNCATED_IMAGES = False

    def _by_imagecodecs(self) -> Picture:
        """JPEGs of 12 bits, lossless ones."""
        data = jpeg.mended(self.path.read_bytes())
        header = jpeg.frame(data)
        if header is None or header.is_usual:
            raise PictureProblem("undecodable")
        try:
            import imagecodecs
        except ImportError:
            raise PictureProblem("codec_missing") from None
        if header.width * header.height > self.max_pixels:
            raise PictureProblem("too_large")
        try:
            return self._found(imagecodecs.jpeg_decode(data))
        except RuntimeError:
            raise PictureProblem("undecodable") from None

    def _by_opencv(self) -> Picture:
        self._check_size()
        pixels = cv2.imread(str(self.path), cv2.IMREAD_ANYDEPTH | cv2.IMREAD_COLOR)
        if pixels is None:
            raise PictureProblem("undecodable")
        return self._found(pixels[..., ::-1])

    def _check_size(self) -> None:
        with opened(io.BytesIO(self.path.read_bytes()), self.media_type) as image:
            self._refuse(image)

    def _found(self, pixels: np.ndarray[tuple[int, ...], np.dtype[np.generic]]) -> Picture:
        image = Image.fromarray(np.ascontiguousarray(levels(pixels)))
        return from_pillow(image, (0.0, 0.0), self.max_side)
