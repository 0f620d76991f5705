"""One image of a PDF as pixels, mended and judged before it is decoded.

Runs inside the decoder's child process only.
"""

from __future__ import annotations

from dataclasses import replace
from typing import cast

import pikepdf
from pikepdf import Name, Object, Page, PdfImage, Stream

from ocr.opening.codings import integrity, jpeg
from ocr.opening.codings.stderr_capture import captured_stderr
from ocr.opening.pdf.content import painted
from ocr.opening.picture import Picture, from_pillow, without_missing

_DCT, _FLATE = "/DCTDecode", "/FlateDecode"


def coding(image: Object) -> str:
    """The last of the image's filters, empty where it is stored as it is."""
    filters = image.get("/Filter")
    if isinstance(filters, pikepdf.Array):
        return str(filters[-1]) if len(filters) == 1 else ""
    return "" if filters is None else str(filters)


def mend_jpeg(image: Object) -> bool:
    """Mend a JPEG without a height or an end in place, in memory; True if anything was wrong.

    Raises:
        pikepdf.PdfError: the stream cannot be read.
    """
    if coding(image) != _DCT:
        return False
    stream = cast(Stream, image)
    raw = stream.read_raw_bytes()
    mended = jpeg.mended(raw, int(image.get("/Height", 0)))
    if mended == raw:
        return False
    stream.write(mended, filter=Name.DCTDecode)
    return True


def is_damaged(image: Object) -> bool:
    """True if the coded image fails its own checks, see ``integrity``.

    Raises:
        pikepdf.PdfError: the stream cannot be read.
    """
    kind, stream = coding(image), cast(Stream, image)
    if kind == _DCT:
        raw = stream.read_raw_bytes()
        return integrity.is_damaged_jpeg(jpeg.mended(raw, int(image.get("/Height", 0))))
    return kind == _FLATE and integrity.is_damaged_deflate(stream.read_raw_bytes())


def once_each(page: Page) -> list[Object]:
    """The images a page paints, each once however often it is painted."""
    return list({placed.image.objgen: placed.image for placed in painted(page).images}.values())


def has_damage(page: Page) -> bool:
    """True if an image on the page is damaged, or cannot even be read."""
    try:
        return any(is_damaged(image) for image in once_each(page))
    except (pikepdf.PdfError, RuntimeError, ValueError, TypeError, IndexError):
        return True


def taken_out(image: Object, max_side: int) -> Picture:
    """The image's pixels, its longer side at most ``max_side``.

    Raises:
        Exception: of any kind; whatever is odd about the image, a renderer may know it.
    """
    mend_jpeg(image)
    with captured_stderr() as heard, PdfImage(cast(Stream, image)).as_pil_image() as opened:
        found = from_pillow(opened, (0.0, 0.0), max_side)
    if not (heard.anything or is_damaged(image)):
        return found
    return replace(found, pixels=without_missing(found.pixels), damaged=True)
