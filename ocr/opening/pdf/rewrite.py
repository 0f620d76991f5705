"""A page of a PDF written anew: references found again by qpdf, JPEGs with their heights.

Runs inside the decoder's child process only.
"""

from __future__ import annotations

from pathlib import Path

import pikepdf

from ocr.opening.pdf.images import mend_jpeg, once_each
from ocr.opening.pdf.scan import PdfProblem, open_pdf


def rewrite_page(path: Path, number: int, out: Path) -> bool:
    """Write page ``number`` (from 1) to ``out``; True if an image on it was mended.

    Raises:
        PdfProblem: encrypted, or corrupt beyond mending.
    """
    with open_pdf(path) as pdf:
        try:
            page = pdf.pages[number - 1]
            anything = any([mend_jpeg(image) for image in once_each(page)])
            with pikepdf.new() as one:
                one.pages.append(page)
                one.save(out)
        except (pikepdf.PdfError, RuntimeError, ValueError, TypeError, IndexError):
            raise PdfProblem("corrupt") from None
    return anything
