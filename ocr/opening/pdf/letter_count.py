"""Letters counted on a page that has both: typed ones, and those in its images.

The page is drawn twice, as it is and without typed text; what is gone the second time was typed.
So it does not matter whether text is hidden, white or under an image, nor how the images are
coded, masked or cut up. Runs inside the decoder's child process only.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import pikepdf
import pypdfium2
from numpy.typing import NDArray
from pikepdf import Name, Object, Page

from ocr.opening.pdf.content import MAX_DEPTH, POINTS, SHOWS, glyph_font, painted
from ocr.opening.pdf.scan import open_pdf

DPI = 150
"""A letter of 11 points on a page scaled to two thirds has 7 pixels of x-height."""

MAX_SIDE = 2500
"""Pixels of the drawn page's longer side: A4 at ``DPI`` has 1754, A3 2480."""

INK = 0.8
"""Darker than this share of what is around is ink; watermarks and pale letterheads are lighter."""

AROUND = 41
"""Pixels at ``DPI``, a line of print: a scan on grey paper has its own ground on a white page."""

LEAST_PIXELS, MOST_PIXELS = 3, 75
"""Height of a letter at ``DPI``: from a full stop of 9 points to print of 36 points."""

TOUCHING = 3
"""Times ``MOST_PIXELS`` that a mark may be wide: letters that touch are counted as one."""

LEAST_LETTERS = 20
"""A signature, a seal or a logo has fewer; a scan worth reading has more."""

SHARE = 0.35
"""Letters in images to typed ones from which the note is in the images, at least in part.

Measured on invented pages (``tests/ocr/opening/test_what_is_a_scan.py``): scans with a caption, a
fax header or a visible layer of their own text have 0.85 and more, letters made by a program with
letterhead, seal and signature as pictures 0.07 and less.
"""


@dataclass(frozen=True, slots=True)
class Letters:
    """Marks of the size of a letter, in images and typed."""

    in_images: int
    typed: int

    @property
    def are_scanned(self) -> bool:
        """Whether the note is read from the images."""
        enough = self.in_images >= LEAST_LETTERS
        return enough and self.in_images >= SHARE * self.typed


def letters(path: Path, number: int) -> Letters:
    """The letters on page ``number`` (from 1).

    Raises:
        PdfProblem: encrypted or corrupt.
        pypdfium2.PdfiumError: the page cannot be drawn.
    """
    with open_pdf(path) as pdf:
        whole = _drawn(pdf.pages[number - 1])
        bare = _drawn(_without_typed(pdf.pages[number - 1], pdf))
    ink, left = _ink(whole), _ink(bare)
    beside = cv2.dilate(left.astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
    return Letters(_marks(left), _marks(ink & ~beside))


def _ink(page: NDArray[np.uint8]) -> NDArray[np.bool_]:
    return np.asarray(page < INK * cv2.blur(page, (AROUND, AROUND)), dtype=np.bool_)


def _marks(ink: NDArray[np.bool_]) -> int:
    count, _labels, stats, _centres = cv2.connectedComponentsWithStats(ink.astype(np.uint8))
    heights, widths = stats[1:count, cv2.CC_STAT_HEIGHT], stats[1:count, cv2.CC_STAT_WIDTH]
    letter = (heights >= LEAST_PIXELS) & (heights <= MOST_PIXELS) & (widths >= LEAST_PIXELS)
    return int(np.count_nonzero(letter & (widths <= TOUCHING * MOST_PIXELS)))


def _drawn(page: Page) -> NDArray[np.uint8]:
    alone, buffer = pikepdf.new(), io.BytesIO()
    alone.pages.append(page)
    alone.save(buffer)
    with pypdfium2.PdfDocument(buffer.getvalue()) as document:
        drawn = document[0]
        scale = min(DPI / POINTS, MAX_SIDE / max(1.0, *drawn.get_size()))
        bitmap = drawn.render(scale=scale, grayscale=True, draw_annots=False)
        pixels = np.array(bitmap.to_numpy(), dtype=np.uint8)
    return pixels[..., 0] if pixels.ndim == 3 else pixels


def _without_typed(page: Page, pdf: pikepdf.Pdf) -> Page:
    """The page without text, but for Type 3 letters cut out of a scan; ``pdf`` is changed."""
    keep = painted(page).glyphs_are_scanned
    resources = page.obj.get("/Resources", pikepdf.Dictionary())
    page.Contents = pdf.make_stream(_stripped(page, resources, keep=keep))
    _strip_forms(resources, set(), 0, keep=keep)
    return page


def _strip_forms(resources: Object, done: set[tuple[int, int]], depth: int, *, keep: bool) -> None:
    for form in dict(resources.get("/XObject", pikepdf.Dictionary())).values():
        if form.get("/Subtype") != Name.Form or form.objgen in done or depth >= MAX_DEPTH:
            continue
        done.add(form.objgen)
        own = form.get("/Resources", resources)
        form.write(_stripped(form, own, keep=keep))
        _strip_forms(own, done, depth + 1, keep=keep)


def _stripped(source: Page | Object, resources: Object, *, keep: bool) -> bytes:
    kept: list[pikepdf.ContentStreamInstruction | pikepdf.ContentStreamInlineImage] = []
    glyphs: str | None = None
    saved: list[str | None] = []
    for instruction in pikepdf.parse_content_stream(source):
        operator = str(instruction.operator)
        if operator == "q":
            saved.append(glyphs)
        elif operator == "Q" and saved:
            glyphs = saved.pop()
        elif operator == "Tf":
            glyphs = glyph_font(resources, str(instruction.operands[0]))
        if operator not in SHOWS or (keep and glyphs is not None):
            kept.append(instruction)
    return pikepdf.unparse_content_stream(kept)
