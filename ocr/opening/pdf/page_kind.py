"""What a page is: a scan or made by a program, told by where the letters of the note come from.

How much of the page is under images tells little: scanners cut a page into small regions, print
a line below it, or put a small scan on a large page; and a letter made by a program may lie on a
picture of the letterhead. Where typed letters and ink stand together, both are counted
(``letter_count``). Outlines without any font stay scans: copiers trace letters, and of a letter
turned into curves nobody can tell. Runs inside the decoder's child process only.
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import pikepdf
from pikepdf import Page

from ocr.opening.pdf.content import CAPTION, Painted, page_box, painted
from ocr.opening.pdf.scan import PdfProblem, open_pdf

PageKind = Literal["scan", "mixed", "digital", "empty"]
"""``mixed``: typed letters beside ink, to be counted where it matters."""

COVERED = 0.5
"""Share of the page under images from which a few typed letters are a caption."""

LOGO = 0.02
"""Share of the page under images that cannot hold the letters of a note."""

FEW_PATHS, FEW_SEGMENTS = 50, 500
"""Paths on a page, and lines and curves in them, that are rules and boxes and no letters."""


def page_kinds(path: Path, max_pages: int) -> tuple[PageKind, ...]:
    """What each page is.

    Raises:
        PdfProblem: encrypted, corrupt or too_many_pages.
    """
    with open_pdf(path) as pdf:
        try:
            count = len(pdf.pages)
            if count > max_pages:
                raise PdfProblem("too_many_pages")
            if not count:
                raise PdfProblem("corrupt")
            return tuple(_kind(page) for page in pdf.pages)
        except (pikepdf.PdfError, RuntimeError, ValueError, TypeError):
            raise PdfProblem("corrupt") from None


def _kind(page: Page) -> PageKind:
    try:
        found = painted(page)
        covered = found.coverage(page_box(page))
    except (pikepdf.PdfError, RuntimeError, ValueError, TypeError, IndexError):
        return "scan"  # poppler may still show it; a person sees the warning
    return kind_of(found, covered)


def kind_of(found: Painted, covered: float) -> PageKind:
    """The kind, from what is painted and the share of the page under images."""
    if not found.typed:
        return "scan" if found.images or found.other or found.glyphs else "empty"
    if covered >= COVERED and found.typed <= CAPTION:
        return "scan"
    drawn = found.other > FEW_PATHS or found.segments > FEW_SEGMENTS
    if found.glyphs_are_scanned or covered > LOGO or drawn:
        return "mixed"
    return "digital"
