"""HTML to printed pages: the page images, the text in reading order, and where things stand.

Lengths of the layout are CSS pixels (1/96 inch), origin at the top left corner of the page.
"""

from __future__ import annotations

import re
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
import numpy.typing as npt
from PIL import Image
from weasyprint import HTML
from weasyprint.text.fonts import FontConfiguration

Pixels = npt.NDArray[np.uint8]
_FONTS: list[FontConfiguration] = []

CSS = (Path(__file__).parent / "data" / "page.css").read_text(encoding="utf-8")


@dataclass(frozen=True, slots=True)
class Printout:
    """A printed document: the PDF, the true text of each page, and places by their id.

    ``layout`` are the pages' boxes as WeasyPrint set them.
    """

    pdf: bytes
    texts: tuple[str, ...]
    places: dict[str, tuple[int, float, float, float, float]]
    layout: tuple[LayoutBox, ...]


class _Element(Protocol):
    def get(self, key: str) -> str | None: ...


class LayoutBox(Protocol):
    """What is used here of WeasyPrint's layout boxes."""

    element: _Element | None
    position_x: float
    position_y: float
    width: float
    height: float
    text: str
    style: Mapping[str, float]
    children: tuple[LayoutBox, ...]
    baseline: float


class LayoutCell(LayoutBox, Protocol):
    """What is used here of WeasyPrint's cells of tables."""

    grid_x: int
    rowspan: int
    colspan: int
    border_top_width: float

    def border_box_x(self) -> float:
        """Left edge with its border."""

    def border_box_y(self) -> float:
        """Upper edge with its border."""

    def border_width(self) -> float:
        """Width with its borders."""

    def border_height(self) -> float:
        """Height with its borders."""


class _LayoutPage(Protocol):
    _page_box: LayoutBox


def boxes_of(box: LayoutBox) -> Iterator[LayoutBox]:
    """A layout box and all boxes inside it."""
    yield box
    for child in getattr(box, "children", ()):
        yield from boxes_of(child)


def _line_text(line: LayoutBox) -> str:
    return "".join(b.text for b in boxes_of(line) if type(b).__name__ == "TextBox")


def _page_text(page: _LayoutPage) -> str:
    lines = (_line_text(b) for b in boxes_of(page._page_box) if type(b).__name__ == "LineBox")
    folded = (re.sub(r"\s+", " ", re.sub("[\u00ad\u2066\u2069]", "", x)).strip() for x in lines)
    return "\n".join(x for x in folded if x)


def print_html(body: str, style: dict[str, str], rtl: bool, language: str) -> Printout:
    """Set ``body`` on A4 pages."""
    if not _FONTS:
        _FONTS.append(FontConfiguration())
    direction = ' class="rtl"' if rtl else ""
    html = (
        f'<html lang="{language}"><style>{CSS % style}</style><body{direction}>{body}</body></html>'
    )
    document = HTML(string=html).render(font_config=_FONTS[0])
    places = {}
    for number, page in enumerate(document.pages):
        for box in boxes_of(page._page_box):
            name = box.element.get("id") if box.element is not None else None
            if name:
                places[name] = (number, box.position_x, box.position_y, box.width, box.height)
    texts = tuple(_page_text(p) for p in document.pages)
    layout = tuple(page._page_box for page in document.pages)
    return Printout(document.write_pdf(), texts, places, layout)


def raster(pdf: bytes, dpi: int, colour: bool) -> list[Pixels]:
    """The pages of a PDF as grey or RGB arrays."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "in.pdf"
        source.write_bytes(pdf)
        mode = [] if colour else ["-gray"]
        subprocess.run(["pdftoppm", "-r", str(dpi), *mode, str(source), f"{folder}/p"], check=True)
        pages = sorted(Path(folder).glob("p-*"))
        return [
            np.asarray(Image.open(p).convert("RGB" if colour else "L"), dtype=np.uint8)
            for p in pages
        ]
