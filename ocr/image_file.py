"""Pages of image files: decoders tried in turn until one shows a page without complaint.

Pillow is first. What it refuses, complains of or gives in one flat colour goes to the next;
undecodable is not blank. Runs inside the decoder's child process only.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

import cv2
import numpy as np
from PIL import Image, ImageFile, ImageOps

from ocr import jpeg, soundness, tiff
from ocr.formats import HEIF, ONE_PAGE, PILLOW
from ocr.overheard import overheard
from ocr.picture import (
    Picture,
    PictureProblem,
    believable,
    from_pillow,
    levels,
    says_nothing,
    without_missing,
)

_TIFF, _JPEG, _PNG = "image/tiff", "image/jpeg", "image/png"
_BITS, _PHOTOMETRIC, _SAMPLE_FORMAT = 258, 262, 339
_UNSIGNED, _BYTE = 1, 8
_MOST_FRAMES = 4000
_REFUSALS = (OSError, ValueError, SyntaxError, EOFError, KeyError, TypeError, IndexError)


@dataclass(frozen=True, slots=True)
class Attempt:
    """What one decoder made of a page; ``code`` says why there is no picture."""

    picture: Picture | None
    code: str = "undecodable"

    @property
    def is_good(self) -> bool:
        """A picture with something on it, of which nothing complained."""
        found = self.picture
        return found is not None and not found.damaged and not says_nothing(found.pixels)


def frames(path: Path, media_type: str, max_pages: int, max_pixels: int, max_side: int) -> int:
    """Number of pages in an image file.

    Raises:
        PictureProblem: corrupt or too_many_pages.
    """
    if media_type in ONE_PAGE:
        try:
            next(_page_indices(path, media_type))
        except PictureProblem:  # Pillow does not know it; another decoder may
            _decodes(path, media_type, max_pixels, max_side)
        return 1
    count = len(list(islice(_page_indices(path, media_type), max_pages + 1)))
    if count > max_pages:
        raise PictureProblem("too_many_pages")
    return count


def _decodes(path: Path, media_type: str, max_pixels: int, max_side: int) -> None:
    """Raise corrupt unless some decoder gives a picture.

    Raises:
        PictureProblem: corrupt, too_large or codec_missing.
    """
    try:
        load(path, media_type, 1, max_pixels, max_side)
    except PictureProblem as problem:
        if problem.code == "undecodable":
            raise PictureProblem("corrupt") from None
        raise


def load(
    path: Path, media_type: str, number: int, max_pixels: int, max_side: int, skip: int = 0
) -> Picture:
    """Page ``number`` (from 1) of an image file, turned as its EXIF data say.

    ``skip`` leaves out the first decoders: they have crashed over this page.

    Raises:
        PictureProblem: corrupt, too_large, codec_missing or undecodable.
    """
    if number > 1:
        index = next(islice(_page_indices(path, media_type), number - 1, None), number - 1)
    elif media_type == _TIFF:
        index = next(_page_indices(path, media_type))
    else:
        index = 0
    page = _Page(path, media_type, index, max_pixels, max_side)
    tried: list[Attempt] = []
    for decode in page.decoders()[skip:]:
        tried.append(_attempt(decode))
        if tried[-1].is_good:
            return best(tried)
    if any(attempt.picture for attempt in tried):
        tried += [_attempt(decode) for decode in page.second_opinion()]
        return best(tried)
    for rescue in page.rescuers():
        found = _attempt(rescue)
        if found.picture is not None:
            return best([Attempt(replace(found.picture, damaged=True))])
    return best(tried)


def best(tried: list[Attempt]) -> Picture:
    """The picture that shows most; damaged if any decoder complained.

    Raises:
        PictureProblem: no decoder gave one, or nothing is on a damaged one.
    """
    pictures = [attempt.picture for attempt in tried if attempt.picture is not None]
    if not pictures:
        codes = [attempt.code for attempt in tried]
        raise PictureProblem("codec_missing" if "codec_missing" in codes else "undecodable")
    found = max(pictures, key=lambda p: (not says_nothing(p.pixels), not p.damaged))
    if not any(picture.damaged for picture in pictures):
        return found
    pixels = without_missing(found.pixels)
    if says_nothing(pixels):  # a page of which nothing is left is not a blank one
        raise PictureProblem("undecodable")
    return replace(found, pixels=pixels, damaged=True)


def _attempt(decode: Callable[[], Picture]) -> Attempt:
    """One decoder's try.

    Raises:
        PictureProblem: the page is too large, whoever decodes it.
    """
    try:
        with overheard() as heard:
            found = decode()
    except PictureProblem as problem:
        if problem.code == "too_large":
            raise
        return Attempt(None, problem.code)
    except (*_REFUSALS, cv2.error):
        return Attempt(None)
    return Attempt(replace(found, damaged=found.damaged or heard.anything))


def _opened(source: io.BufferedIOBase | io.BytesIO, media_type: str) -> Image.Image:
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


def _page_indices(path: Path, media_type: str) -> Iterator[int]:
    """Frames of the file that are pages.

    A page that is promised and cannot be reached is a page all the same: it will fail.

    Raises:
        PictureProblem: corrupt.
    """
    count, found = 0, False
    try:
        with path.open("rb") as file, _opened(file, media_type) as image:
            while not count or media_type not in ONE_PAGE:
                image.seek(count)
                if media_type != _TIFF or not _is_copy(image):
                    found = True
                    yield count
                count += 1
                if count > _MOST_FRAMES:
                    raise PictureProblem("too_many_pages")
    except EOFError:
        pass
    except (*_REFUSALS, ImportError):
        if count:
            yield count
        elif media_type == _TIFF:
            yield from tiff.pages(path)
        else:
            raise PictureProblem("corrupt") from None
        return
    if not found:
        yield 0


def _is_copy(image: Image.Image) -> bool:
    """True for a smaller copy of a page, which some scanners put before it, and for a mask."""
    tags = getattr(image, "tag_v2", {})
    return tiff.is_copy(tags.get(tiff.SUBFILE, 0), tags.get(tiff.OLD_SUBFILE, 0))


@dataclass(frozen=True, slots=True)
class _Page:
    """One page of an image file, and the decoders that may know it."""

    path: Path
    media_type: str
    index: int
    max_pixels: int
    max_side: int

    def decoders(self) -> list[Callable[[], Picture]]:
        """Functions that decode the page as it should be, the likeliest first.

        They raise ``PictureProblem`` or one of ``_REFUSALS``.
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
        damaged = False
        if self.media_type == _JPEG:
            data = jpeg.mended(data)
            damaged = soundness.is_damaged_jpeg(data)
        elif self.media_type == _PNG:
            damaged = soundness.is_damaged_png(data)
        with _opened(io.BytesIO(data), self.media_type) as image:
            if self.index:
                image.seek(self.index)
            self._refuse(image)
            dpi = believable(image.info.get("dpi"))
            if self.media_type == _JPEG:
                # lets libjpeg decode at half the size where that is still more than enough
                image.draft(None, (self.max_side, self.max_side))
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
        try:
            import imagecodecs
        except ImportError:
            raise PictureProblem("codec_missing") from None
        data = jpeg.mended(self.path.read_bytes())
        header = jpeg.frame(data)
        if header is None or header.is_usual:
            raise PictureProblem("undecodable")
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
        with _opened(io.BytesIO(self.path.read_bytes()), self.media_type) as image:
            self._refuse(image)

    def _found(self, pixels: np.ndarray[tuple[int, ...], np.dtype[np.generic]]) -> Picture:
        image = Image.fromarray(np.ascontiguousarray(levels(pixels)))
        return from_pillow(image, (0.0, 0.0), self.max_side)
