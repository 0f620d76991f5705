"""A document as a whole: can it be read, how many pages has it, what does a page look like."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ingest.magic import PDF
from ocr.errors import ChildFailed, Rejected
from ocr.image import Grey
from ocr.opening import decoder_client, page_source
from ocr.opening.formats import IMAGES
from ocr.prepare.page_image import plain, prepared
from ocr.settings import OcrSettings

WRITTEN = frozenset(
    {
        "application/msword",
        "application/rtf",
        "application/vnd.oasis.opendocument.text",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "text/html",
        "text/plain",
        "text/rtf",
    }
)
"""Files of word processors: no scans, whatever they say."""


@dataclass(frozen=True, slots=True)
class ScanInfo:
    """A document that can be read, and its number of pages."""

    media_type: str
    pages: int


def inspect(path: Path, media_type: str, settings: OcrSettings, accept: bool = False) -> ScanInfo:
    """Look into a document without reading it.

    Args:
        path: the file, not to be trusted.
        media_type: what its bytes look like.
        settings: the limits.
        accept: a person said that a PDF made by a computer program is to be read all the same.

    Raises:
        Rejected: too_large, unsupported_type, not_a_scan, encrypted, corrupt, too_many_pages
            or timeout.
    """
    if media_type in WRITTEN:
        raise Rejected("not_a_scan")
    if media_type not in IMAGES and media_type != PDF:
        raise Rejected("unsupported_type")
    size = path.stat().st_size
    if size > settings.max_file_bytes:
        raise Rejected("too_large")
    if size == 0:
        raise Rejected("corrupt")
    kinds = decoder_client.kinds(path.resolve(), media_type, settings)
    if not accept and "digital" in kinds and "scan" not in kinds:
        raise Rejected("not_a_scan")
    return ScanInfo(media_type, len(kinds))


def page_image(path: Path, number: int, settings: OcrSettings, rotation: int = 0) -> Grey:
    """The upright image to which the boxes of the page's words refer, grey.

    Args:
        path: the document.
        number: the page, from 1.
        settings: the same as when the page was read.
        rotation: ``Page.rotation`` as it was found when the page was read.

    Raises:
        Rejected: the file cannot be read.
        ChildError: the page could not be rendered.
    """
    return _shown(path, number, settings, rotation, own_tones=False)


def _shown(
    path: Path, number: int, settings: OcrSettings, rotation: int, *, own_tones: bool
) -> Grey:
    picture = page_source.load(path, number, settings).picture
    page = prepared(picture, settings, rotation)
    return plain(picture, settings, page).image if own_tones else page.image


def page_png(
    path: Path, number: int, settings: OcrSettings, rotation: int = 0, own_tones: bool = False
) -> bytes:
    """``page_image`` as a PNG file, for a person to look at.

    With ``own_tones`` the same place and size, but as it was scanned: stamps, shades and borders
    are still there.

    Raises:
        Rejected: the file cannot be read.
        ChildError: the page could not be rendered.
    """
    import cv2

    image = _shown(path, number, settings, rotation, own_tones=own_tones)
    # fast rather than small: it is looked at once or twice, over a short wire
    done, data = cv2.imencode(".png", image, [cv2.IMWRITE_PNG_COMPRESSION, 3])
    if not done:
        raise ChildFailed("The page image could not be written as PNG.")
    return data.tobytes()
