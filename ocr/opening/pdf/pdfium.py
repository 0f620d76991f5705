"""PDFium, the second renderer of PDFs: for what poppler or qpdf refuses, or shows as nothing.

It has no limits of its own, so it runs inside the decoder's child process only.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

import numpy as np
import pypdfium2
from pypdfium2.raw import FPDF_ERR_PASSWORD, FPDF_PAGEOBJ_IMAGE, FPDF_PAGEOBJ_TEXT

from ocr.opening.pdf.content import POINTS
from ocr.opening.pdf.scan import PageFacts, PdfProblem
from ocr.opening.picture import Picture

_MOST_OBJECTS: Final = 2000
"""Objects of a page that are looked at: a page of text has one a line or a word."""


def page_kinds(path: Path, max_pages: int) -> tuple[str, ...]:
    """What each page is, as far as a rough look tells: text without any image is digital.

    Raises:
        PdfProblem: encrypted, corrupt or too_many_pages.
    """
    with _opened(path) as pdf:
        if len(pdf) > max_pages:
            raise PdfProblem("too_many_pages")
        if not len(pdf):
            raise PdfProblem("corrupt")
        return tuple(_kind(pdf, index) for index in range(len(pdf)))


def page_facts(path: Path, number: int) -> PageFacts:
    """Size of page ``number`` (from 1) as shown.

    Raises:
        PdfProblem: encrypted or corrupt.
    """
    with _opened(path) as pdf:
        width, height = _page(pdf, number).get_size()
        return PageFacts(width, height, 1.0, colour=True)


def render(path: Path, number: int, dpi: float, max_side: int, *, colour: bool) -> Picture:
    """Page ``number`` (from 1) as pixels, its longer side at most ``max_side``.

    Raises:
        PdfProblem: encrypted or corrupt.
    """
    with _opened(path) as pdf:
        page = _page(pdf, number)
        scale = min(dpi / POINTS, max_side / max(1.0, *page.get_size()))
        try:
            pixels = page.render(scale=scale, grayscale=not colour, rev_byteorder=True).to_numpy()
        except (pypdfium2.PdfiumError, ValueError):
            raise PdfProblem("corrupt") from None
        shown = pixels[..., 0] if not colour and pixels.ndim == 3 else pixels
        real = scale * POINTS
        return Picture(np.ascontiguousarray(shown[..., :3] if colour else shown), real, real, False)


def _opened(path: Path) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        locked = getattr(error, "err_code", None) == FPDF_ERR_PASSWORD
        raise PdfProblem("encrypted" if locked else "corrupt") from None


def _page(pdf: pypdfium2.PdfDocument, number: int) -> pypdfium2.PdfPage:
    try:
        return pdf[number - 1]
    except (pypdfium2.PdfiumError, IndexError):
        raise PdfProblem("corrupt") from None


def _kind(pdf: pypdfium2.PdfDocument, index: int) -> str:
    try:
        found = {
            item.type
            for item, _ in zip(pdf[index].get_objects(), range(_MOST_OBJECTS), strict=False)
        }
    except pypdfium2.PdfiumError:
        return "scan"  # it will fail when it is read
    if FPDF_PAGEOBJ_IMAGE in found or not found:
        return "scan"
    return "digital" if FPDF_PAGEOBJ_TEXT in found else "scan"
