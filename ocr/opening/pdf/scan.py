"""The scan inside a PDF: what kind of page it is, and its one full-page image.

Taking the image out costs a fiftieth of reading it, rendering the page an eighth, and the
image is as the scanner made it. Runs inside the decoder's child process only.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path

import pikepdf
from pikepdf import Name, Object, Page, Pdf

from ocr.opening.pdf import rebuild
from ocr.opening.pdf.content import (
    CAPTION,
    POINTS,
    Painted,
    Placed,
    Rectangle,
    common,
    extent,
    page_box,
    painted,
)
from ocr.opening.pdf.images import taken_out
from ocr.opening.pdf.placement import are_strips, cropped, is_upright, joined, laid, shown
from ocr.opening.picture import Picture

FULL = 0.9
"""Share of the page one image must cover to stand for the page."""

LEAST_SHARE = 0.67
"""Scans that fill less of the page are not enlarged more: A4 would be larger than any paper."""

_LEAST_COVERED = 0.15
"""Share of the page under images that may be a scan made smaller."""

_FINER = POINTS / 220
"""Inverse of the pixels to a unit from which a scan is finer than the page as it is read."""

_CLIP_SLACK = 1.0
"""Units of the page by which a clip may cut into an image: writers round their numbers."""

_MOST_ANCESTORS = 32
"""Nodes of the page tree above a page that are asked for what it inherits; trees have two or
three."""

_PLAIN_FILTERS = frozenset({"/DCTDecode", "/CCITTFaxDecode", "/FlateDecode", "/LZWDecode"})
_PLAIN_SPACES = frozenset({"/DeviceGray", "/DeviceRGB", "/CalGray", "/CalRGB", "/ICCBased"})


class PdfProblem(Exception):  # noqa: N818
    """The PDF is not read; ``code`` is a reason of ``ocr.errors.Rejected``."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class PageFacts:
    """Size of the page as shown, in units of ``unit`` points, and whether it has colour.

    ``shrunk`` is how much smaller than its paper a scan lies on the page, 1 where it fills it.
    """

    width: float
    height: float
    unit: float
    colour: bool
    shrunk: float = 1.0


def open_pdf(path: Path) -> Pdf:
    """Open a PDF that needs no password.

    Raises:
        PdfProblem: encrypted, or corrupt.
    """
    try:
        pdf = Pdf.open(path, attempt_recovery=True, suppress_warnings=True)
        lost = any("reconstruct" in str(warning) for warning in pdf.get_warnings())
    except pikepdf.PasswordError:
        raise PdfProblem("encrypted") from None
    except (pikepdf.PdfError, RuntimeError, ValueError):
        pdf, lost = None, True
    if lost:
        pdf = _rebuilt(path) or pdf
    if pdf is None:
        raise PdfProblem("corrupt")
    return pdf


def _rebuilt(path: Path) -> Pdf | None:
    """The PDF without its cross-reference table, see ``pdf_rebuild``; None if that is no help."""
    data = rebuild.rebuilt(path.read_bytes())
    for mended in (data, rebuild.with_page_tree(data)):
        try:
            pdf = Pdf.open(BytesIO(mended), attempt_recovery=True, suppress_warnings=True)
            if len(pdf.pages):
                return pdf
        except (pikepdf.PdfError, RuntimeError, ValueError):
            continue
    return None


def page_facts(page: Page) -> PageFacts:
    """Size and colour of a page that is going to be rendered."""
    left, bottom, right, top = page_box(page)
    width, height = right - left, top - bottom
    if _turn(page) % 180:
        width, height = height, width
    found = painted(page)
    return PageFacts(width, height, _unit(page), _has_colour(found), _shrunk(page, found))


def _shrunk(page: Page, found: Painted) -> float:
    """Width or height of all images together as a share of the page's.

    1 where they are a logo beside typed text, and where there is nothing to gain: the scan has
    no more pixels than the page as it is read.
    """
    box = page_box(page)
    if found.typed > CAPTION or found.coverage(box) < _LEAST_COVERED:
        return 1.0
    lie = [common(extent(placed.matrix), box) for placed in found.images]
    lie = [part for part in lie if part[2] > part[0]]
    if not lie or not any(_pitch(placed) * _FINER >= _unit(page) for placed in found.images):
        return 1.0
    across = max(p[2] for p in lie) - min(p[0] for p in lie)
    down = max(p[3] for p in lie) - min(p[1] for p in lie)
    share = max(across / (box[2] - box[0]), down / (box[3] - box[1]))
    return max(LEAST_SHARE, share) if share < FULL else 1.0


def _pitch(placed: Placed) -> float:
    """Pixels of an image to a unit of the page."""
    left, _bottom, right, _top = extent(placed.matrix)
    return float(placed.image.get("/Width", 0)) / max(1.0, right - left)


def scan_of(page: Page, max_pixels: int, max_side: int) -> Picture | None:
    """The page's one full-page image, as the page shows it; None if it must be rendered.

    Strips that make up the page without a gap are joined.
    """
    found, box = painted(page), page_box(page)
    if not _stands_for_page(page, found, box):
        return None
    images = sorted(found.images, key=lambda placed: -extent(placed.matrix)[3])
    if sum(int(p.image.Width) * int(p.image.Height) for p in images) > max_pixels:
        return None
    matrices = [placed.matrix for placed in images]
    if len(images) > 1 and not are_strips(matrices, [int(p.image.Height) for p in images]):
        return None
    pictures = [taken_out(placed.image, max_side) for placed in images]
    pixels = joined([picture.pixels for picture in pictures])
    if pixels is None:
        return None
    left, bottom, right, _top = extent(matrices[-1])
    lies = left, bottom, right, extent(matrices[0])[3]
    pixels = cropped(laid(pixels, matrices[0]), lies, box)
    inches = _unit(page) / POINTS
    size = (box[2] - box[0]) * inches, (box[3] - box[1]) * inches
    bilevel = all(picture.bilevel for picture in pictures)
    damaged = any(picture.damaged for picture in pictures)
    return replace(shown(pixels, size, _turn(page), bilevel), damaged=damaged)


def _stands_for_page(page: Page, found: Painted, box: Rectangle) -> bool:
    if not found.images or found.visible_text or found.other or "/Annots" in page.obj:
        return False
    return found.coverage(box) >= FULL and all(
        placed.opaque
        and is_upright(placed.matrix)
        and _is_plain(placed.image, placed.black)
        and _is_whole(placed, box)
        for placed in found.images
    )


def _is_whole(placed: Placed, box: Rectangle) -> bool:
    """True if the clip takes nothing away of what the page box shows."""
    seen = common(extent(placed.matrix), box)
    left = common(seen, placed.clip)
    return max(abs(a - b) for a, b in zip(seen, left, strict=True)) <= _CLIP_SLACK


def _is_plain(image: Object, black: bool) -> bool:
    """No mask, and a coding and colour space that cannot be mistaken."""
    filters = image.get("/Filter", Name.FlateDecode)
    names = [str(f) for f in filters] if isinstance(filters, pikepdf.Array) else [str(filters)]
    if len(names) != 1 or names[0] not in _PLAIN_FILTERS:
        return False
    if image.get("/ImageMask", False):
        return black
    if "/SMask" in image or "/Mask" in image or not _is_usual(image.get("/Decode")):
        return False
    space = image.get("/ColorSpace", Name.DeviceGray)
    if isinstance(space, pikepdf.Array):
        if str(space[0]) == "/ICCBased":
            return int(space[1].get("/N", 0)) in {1, 3}
        return str(space[0]) in _PLAIN_SPACES
    return str(space) in _PLAIN_SPACES


def _is_usual(decode: Object | None) -> bool:
    """True for no decode array, one that changes nothing, and white for black in grey images."""
    if decode is None:
        return True
    numbers = [float(v) for v in decode]
    return numbers == [0.0, 1.0] * (len(numbers) // 2) or numbers == [1.0, 0.0]


def _unit(page: Page) -> float:
    """Size of the page's unit in points (ISO 32000-1, table 30); poppler knows only 1."""
    unit = float(page.obj.get("/UserUnit", 1))
    return unit if unit > 0 else 1.0


def _turn(page: Page) -> int:
    """/Rotate, also where it is inherited: 0, 90, 180 or 270 degrees clockwise."""
    node: Object | None = page.obj
    for _ in range(_MOST_ANCESTORS):
        if node is None:
            break
        if "/Rotate" in node:
            return round(float(node["/Rotate"]) / 90) * 90 % 360
        node = node.get("/Parent")
    return 0


def _has_colour(found: Painted) -> bool:
    """True unless every image of the page is grey; grey pages render in half the time."""
    images = found.images
    grey = (_is_grey(placed.image) for placed in images)
    return not images or not all(grey)


def _is_grey(image: Object) -> bool:
    space = image.get("/ColorSpace", Name.DeviceGray)
    if isinstance(space, pikepdf.Array):
        return str(space[0]) == "/ICCBased" and int(space[1].get("/N", 0)) == 1
    return str(space) in {"/DeviceGray", "/CalGray"}
