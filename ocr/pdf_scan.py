"""The scan inside a PDF: what kind of page it is, and its one full-page image.

Taking the image out costs a fiftieth of reading it, rendering the page an eighth, and the
image is as the scanner made it. Runs inside the decoder's child process only.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal, cast

import numpy as np
import pikepdf
from numpy.typing import NDArray
from pikepdf import Name, Object, Page, Pdf, PdfImage

from ocr.pdf_page import Matrix, Painted, page_box, painted
from ocr.picture import Picture, from_pillow

PageKind = Literal["scan", "digital", "empty"]

COVERED = 0.5
"""Share of the page under images from which it is a scan, whatever text there is."""

FULL = 0.9
"""Share of the page one image must cover to stand for the page."""

_POINTS = 72.0
_PLAIN_FILTERS = frozenset({"/DCTDecode", "/CCITTFaxDecode", "/FlateDecode", "/LZWDecode"})
_PLAIN_SPACES = frozenset({"/DeviceGray", "/DeviceRGB", "/CalGray", "/CalRGB", "/ICCBased"})


class PdfProblem(Exception):  # noqa: N818
    """The PDF is not read; ``code`` is a reason of ``ocr.errors.Rejected``."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class PageFacts:
    """Size of the page as shown, in points, and whether it has colour to keep."""

    width: float
    height: float
    colour: bool


def open_pdf(path: Path) -> Pdf:
    """Open a PDF that needs no password.

    Raises:
        PdfProblem: encrypted, or corrupt.
    """
    try:
        pdf = Pdf.open(path, attempt_recovery=True, suppress_warnings=True)
    except pikepdf.PasswordError:
        raise PdfProblem("encrypted") from None
    except (pikepdf.PdfError, RuntimeError, ValueError):
        raise PdfProblem("corrupt") from None
    return pdf


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
    if covered >= COVERED:
        return "scan"
    if found.visible_text:
        return "digital"
    return "scan" if found.images or found.other else "empty"


def page_facts(page: Page) -> PageFacts:
    """Size and colour of a page that is going to be rendered."""
    left, bottom, right, top = page_box(page)
    unit = float(page.obj.get("/UserUnit", 1))
    width, height = (right - left) * unit, (top - bottom) * unit
    if _turn(page) % 180:
        width, height = height, width
    return PageFacts(width, height, _has_colour(page))


def scan_of(page: Page, max_pixels: int, max_side: int) -> Picture | None:
    """The page's one full-page image, as the page shows it; None if it must be rendered."""
    found = painted(page)
    placed = found.images[0] if len(found.images) == 1 else None
    if placed is None or not _stands_for_page(page, found):
        return None
    image = placed.image
    width, height = int(image.Width), int(image.Height)
    if not _is_plain(image) or width * height > max_pixels or not _is_upright(placed.matrix):
        return None
    unit = float(page.obj.get("/UserUnit", 1))
    across = max(abs(placed.matrix[0]), abs(placed.matrix[1])) * unit / _POINTS
    down = max(abs(placed.matrix[2]), abs(placed.matrix[3])) * unit / _POINTS
    if across <= 0 or down <= 0:
        return None
    with PdfImage(cast(pikepdf.Stream, image)).as_pil_image() as opened:
        picture = from_pillow(opened, (width / across, height / down), max_side)
    return _placed(picture, placed.matrix, _turn(page))


def _stands_for_page(page: Page, found: Painted) -> bool:
    if found.visible_text or found.other:
        return False
    return found.coverage(page_box(page)) >= FULL and "/Annots" not in page.obj


def _is_plain(image: Object) -> bool:
    """Neither mask nor decode array, and a coding and colour space that cannot be mistaken."""
    if any(key in image for key in ("/SMask", "/Mask", "/Decode")):
        return False
    if image.get("/ImageMask", False):
        return False
    filters = image.get("/Filter", Name.FlateDecode)
    names = [str(f) for f in filters] if isinstance(filters, pikepdf.Array) else [str(filters)]
    if len(names) != 1 or names[0] not in _PLAIN_FILTERS:
        return False
    space = image.get("/ColorSpace", Name.DeviceGray)
    if isinstance(space, pikepdf.Array):
        if str(space[0]) == "/ICCBased":
            return int(space[1].get("/N", 0)) in {1, 3}
        return str(space[0]) in _PLAIN_SPACES
    return str(space) in _PLAIN_SPACES


def _is_upright(matrix: Matrix) -> bool:
    """Only quarter turns and mirror images, no slant."""
    a, b, c, d, _e, _f = matrix
    size = max(abs(v) for v in (a, b, c, d))
    straight = max(abs(b), abs(c)) < size * 1e-3
    sideways = max(abs(a), abs(d)) < size * 1e-3
    return straight != sideways


def _placed(picture: Picture, matrix: Matrix, turn: int) -> Picture:
    """The image as the page shows it: mirrored and turned by its matrix, then by /Rotate."""
    a, b, c, d, _e, _f = matrix
    pixels: NDArray[np.uint8] = picture.pixels
    dpi_x, dpi_y = picture.dpi_x, picture.dpi_y
    if abs(a) > abs(b):
        pixels = pixels[:, ::-1] if a < 0 else pixels
        pixels = pixels[::-1] if d < 0 else pixels
    else:  # the image's rows run along the page's columns
        pixels = pixels.swapaxes(0, 1)
        pixels = pixels[::-1] if b > 0 else pixels
        pixels = pixels[:, ::-1] if c > 0 else pixels
        dpi_x, dpi_y = dpi_y, dpi_x
    pixels = np.rot90(pixels, -turn // 90)
    if turn % 180:
        dpi_x, dpi_y = dpi_y, dpi_x
    return Picture(np.ascontiguousarray(pixels), dpi_x, dpi_y, picture.bilevel)


def _turn(page: Page) -> int:
    """/Rotate, also where it is inherited: 0, 90, 180 or 270 degrees clockwise."""
    node: Object | None = page.obj
    for _ in range(32):
        if node is None:
            break
        if "/Rotate" in node:
            return round(float(node["/Rotate"]) / 90) * 90 % 360
        node = node.get("/Parent")
    return 0


def _has_colour(page: Page) -> bool:
    """True unless every image of the page is grey; grey pages render in half the time."""
    images = painted(page).images
    grey = (_is_grey(placed.image) for placed in images)
    return not images or not all(grey)


def _is_grey(image: Object) -> bool:
    space = image.get("/ColorSpace", Name.DeviceGray)
    if isinstance(space, pikepdf.Array):
        return str(space[0]) == "/ICCBased" and int(space[1].get("/N", 0)) == 1
    return str(space) in {"/DeviceGray", "/CalGray"}
