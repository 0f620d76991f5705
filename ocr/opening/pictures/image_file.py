"""Pages of image files: decoders tried in turn until one shows a page without complaint.

Pillow is first. What it refuses, complains of or gives in one flat colour goes to the next;
undecodable is not blank. Runs inside the decoder's child process only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from PIL import Image

from ocr.opening.codings.stderr_capture import captured_stderr
from ocr.opening.formats import ONE_PAGE
from ocr.opening.picture import Picture, PictureProblem, says_nothing, without_missing
from ocr.opening.pictures import tiff
from ocr.opening.pictures.decoders import REFUSALS, ImagePage, opened

_TIFF = "image/tiff"
_TELLING = ("too_large", "codec_missing")
"""Reasons that say more than that a decoder refused."""

_MOST_FRAMES = 4000
"""Frames that are counted; a file of more is no document."""


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
    page = ImagePage(path, media_type, index, max_pixels, max_side)
    tried: list[Attempt] = []
    for decode in page.decoders()[skip:]:
        tried.append(_attempt(decode))
        if tried[-1].is_good:
            return best(tried)
    if any(attempt.picture for attempt in tried):
        tried += [_attempt(decode) for decode in page.second_opinion()]
        return best(tried)
    short = any(attempt.code == "too_large" for attempt in tried)  # of memory, and no damage
    for rescue in page.second_opinion() if short else page.rescuers()[skip:]:
        found = _attempt(rescue)
        if found.picture is not None:
            damaged = found.picture.damaged or not short
            return best([Attempt(replace(found.picture, damaged=damaged))])
    return best(tried)


def best(tried: list[Attempt]) -> Picture:
    """The picture that shows most; damaged if any decoder complained.

    Raises:
        PictureProblem: no decoder gave one, or nothing is on a damaged one.
    """
    pictures = [attempt.picture for attempt in tried if attempt.picture is not None]
    if not pictures:
        codes = {attempt.code for attempt in tried}
        raise PictureProblem(next((c for c in _TELLING if c in codes), "undecodable"))
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
        with captured_stderr() as heard:
            found = decode()
    except PictureProblem as problem:
        if problem.code == "too_large":
            raise
        return Attempt(None, problem.code)
    except REFUSALS:
        return Attempt(None)
    except MemoryError:  # another decoder may need less
        return Attempt(None, "too_large")
    return Attempt(replace(found, damaged=found.damaged or heard.anything))


def _page_indices(path: Path, media_type: str) -> Iterator[int]:
    """Frames of the file that are pages.

    A page that is promised and cannot be reached is a page all the same: it will fail.

    Raises:
        PictureProblem: corrupt.
    """
    count, found = 0, False
    try:
        with path.open("rb") as file, opened(file, media_type) as image:
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
    except REFUSALS:
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
