"""PDF pages as scanners, copiers and programs make them, put together by hand from one drawing."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

import cv2
import numpy as np
import pikepdf
from numpy.typing import NDArray
from pikepdf import Array, Dictionary, Name, Pdf, Stream
from PIL import Image

Grey = NDArray[np.uint8]
WIDTH, HEIGHT = 595, 842

TYPED = (
    "The Permanent Mission of Freedonia to the United Nations (Vienna) presents",
    "its compliments to the United Nations Office on Drugs and Crime and has the",
    "honour to refer to its note verbale concerning the forthcoming meeting which",
    "will take place in Vienna, and to inform the Office that the delegation will",
    "be composed of the following experts: Mr. John Mwangi, Director, Treaty",
    "Department, Ministry of Justice; Ms. Anna Lind, Legal Adviser, Ministry of",
    "Foreign Affairs; Mr. Peter Owusu, Counsellor of the Permanent Mission.",
    "The Permanent Mission of Freedonia avails itself of this opportunity to",
    "renew to the Office the assurances of its highest consideration.",
)


@dataclass
class Sheet:
    """A page in the making: its instructions, images and fonts."""

    pdf: Pdf = field(default_factory=pikepdf.new)
    content: list[str] = field(default_factory=list)
    images: dict[str, pikepdf.Object] = field(default_factory=dict)
    fonts: dict[str, pikepdf.Object] = field(default_factory=dict)

    def image(self, pixels: Grey, x: float, y: float, width: float, height: float) -> None:
        """A grey picture with its lower left corner at (x, y), in points."""
        name = f"/Im{len(self.images)}"
        self.images[name] = jpeg(self.pdf, pixels)
        self.content.append(f"q {width} 0 0 {height} {x} {y} cm {name} Do Q")

    def text(
        self, lines: Iterable[str], x: float, y: float, size: float = 11, how: str = ""
    ) -> None:
        """Lines in Helvetica from (x, y) down; ``how`` are operators before them."""
        self.fonts["/F1"] = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
        shown = " ".join(f"({_escaped(line)}) Tj 0 -{1.5 * size} Td" for line in lines)
        self.content.append(f"q BT {how} /F1 {size} Tf {x} {y} Td {shown} ET Q")

    def save(self, path: Path, **entries: object) -> Path:
        """Write the page as a file of one page."""
        self.pdf.add_blank_page(page_size=(WIDTH, HEIGHT))
        page = self.pdf.pages[-1]
        page.Resources = Dictionary(XObject=Dictionary(self.images), Font=Dictionary(self.fonts))
        page.Contents = self.pdf.make_stream("\n".join(self.content).encode("latin-1"))
        for key, value in entries.items():
            page.obj[f"/{key}"] = value
        self.pdf.save(path)
        return path


def _escaped(text: str) -> str:
    return text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


def jpeg(pdf: Pdf, pixels: Grey) -> Stream:
    buffer = io.BytesIO()
    Image.fromarray(pixels).save(buffer, "JPEG", quality=85)
    return Stream(
        pdf,
        buffer.getvalue(),
        Type=Name.XObject,
        Subtype=Name.Image,
        Filter=Name.DCTDecode,
        Width=pixels.shape[1],
        Height=pixels.shape[0],
        ColorSpace=Name.DeviceGray,
        BitsPerComponent=8,
    )


def letter_boxes(page: Grey, close: int = 1) -> list[tuple[int, int, int, int]]:
    """(left, top, width, height) of the marks on a page, those nearer than ``close`` joined."""
    ink = (page < 128).astype(np.uint8)
    joined = cv2.dilate(ink, np.ones((close, close), np.uint8)) if close > 1 else ink
    count, _, stats, _ = cv2.connectedComponentsWithStats(joined)
    return [
        (int(x), int(y), int(w), int(h)) for x, y, w, h, _area in stats[1:count] if w > 1 and h > 1
    ]


def regions(sheet: Sheet, page: Grey) -> None:
    """A page cut into the regions that hold print, each an image in its place."""
    scale = WIDTH / page.shape[1]
    for x, y, w, h in letter_boxes(page, 25):
        part = page[y : y + h, x : x + w]
        sheet.image(part, x * scale, HEIGHT - (y + h) * scale, w * scale, h * scale)


def glyphs(sheet: Sheet, page: Grey, close: int = 1) -> None:
    """A page as Type 3 fonts whose letters are stencils cut out of it."""
    scale = WIDTH / page.shape[1]
    boxes = letter_boxes(page, close)
    for first in range(0, len(boxes), 200):
        part = boxes[first : first + 200]
        font = f"/T{first}"
        sheet.fonts[font] = stencil_font(
            sheet.pdf, [page[y : y + h, x : x + w] < 128 for x, y, w, h in part]
        )
        for code, (x, y, _w, h) in enumerate(part):
            place = f"{x * scale:.3f} {HEIGHT - (y + h) * scale:.3f}"
            sheet.content.append(
                f"BT {font} 1 Tf {scale:.5f} 0 0 {scale:.5f} {place} Tm <{code:02x}> Tj ET"
            )


def stencil_font(pdf: Pdf, masks: list[NDArray[np.bool_]]) -> pikepdf.Object:
    """A Type 3 font of one letter a mask, from code 0; a unit is a pixel (ISO 32000-1, 9.6.5)."""
    procs, names = Dictionary(), []
    for code, mask in enumerate(masks):
        height, width = mask.shape
        bits = np.packbits(~mask, axis=1).tobytes()
        head = f"{width} 0 0 0 {width} {height} d1 q {width} 0 0 {height} 0 0 cm "
        image = f"BI /W {width} /H {height} /IM true /BPC 1 ID ".encode()
        procs[f"/g{code}"] = pdf.make_stream(head.encode() + image + bits + b"\nEI Q")
        names.append(Name(f"/g{code}"))
    return pdf.make_indirect(
        Dictionary(
            Type=Name.Font,
            Subtype=Name.Type3,
            FontBBox=Array([0, 0, 0, 0]),
            FontMatrix=Array([1, 0, 0, 1, 0, 0]),
            CharProcs=procs,
            Encoding=Dictionary(Type=Name.Encoding, Differences=Array([0, *names])),
            FirstChar=0,
            LastChar=len(masks) - 1,
            Widths=Array([m.shape[1] for m in masks]),
            Resources=Dictionary(),
        )
    )


def bitmap_type(sheet: Sheet, lines: Iterable[str], letter: Callable[[str], Grey]) -> None:
    """Lines set in a typesetter's bitmap font: each letter always the same picture."""
    lines = tuple(lines)
    signs = sorted(set("".join(lines)) - {" "})
    pictures = [letter(sign) < 128 for sign in signs]
    sheet.fonts["/T0"] = stencil_font(sheet.pdf, pictures)
    scale = 72 / 300
    for number, line in enumerate(lines):
        x, y = 60.0, 780.0 - 16 * number
        for sign in line:
            if sign != " ":
                code = signs.index(sign)
                sheet.content.append(
                    f"BT /T0 1 Tf {scale} 0 0 {scale} {x:.2f} {y:.2f} Tm <{code:02x}> Tj ET"
                )
                x += pictures[code].shape[1] * scale
            x += 1.5


def traced(sheet: Sheet, page: Grey) -> None:
    """The outlines of a page's letters as one filled path, as copiers trace them."""
    scale = WIDTH / page.shape[1]
    contours, _ = cv2.findContours(
        (page < 128).astype(np.uint8), cv2.RETR_CCOMP, cv2.CHAIN_APPROX_NONE
    )
    paths: list[str] = []
    for contour in contours:
        points = [(x * scale, HEIGHT - y * scale) for x, y in contour[:, 0].tolist()]
        path = " ".join(f"{x:.2f} {y:.2f} l" for x, y in points[1:])
        paths.append(f"{points[0][0]:.2f} {points[0][1]:.2f} m {path} h")
    sheet.content.append(" ".join(paths) + " f*")
