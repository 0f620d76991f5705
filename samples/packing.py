"""Page images into the files that reach an office: PDF, TIFF, JPEG, PNG."""

from __future__ import annotations

import io

import img2pdf
import numpy as np
import pikepdf
from PIL import Image

from samples.pages import Pixels


def _bilevel(page: Pixels) -> Image.Image:
    grey = Image.fromarray(page).convert("L")
    return grey.point(lambda v: 255 if v > 150 else 0).convert("1", dither=Image.Dither.NONE)


def _jpeg(page: Pixels, quality: int, dpi: int) -> bytes:
    out = io.BytesIO()
    Image.fromarray(page).save(out, "JPEG", quality=quality, dpi=(dpi, dpi), optimize=True)
    return out.getvalue()


def _png(page: Pixels, dpi: int) -> bytes:
    out = io.BytesIO()
    levels = Image.fromarray(page).convert("L").point(lambda v: v // 17 * 17)
    levels.quantize(16, dither=Image.Dither.NONE).save(out, "PNG", dpi=(dpi, dpi), optimize=True)
    return out.getvalue()


def _tiff(pages: list[Pixels], dpi: int) -> bytes:
    out = io.BytesIO()
    first, *rest = [_bilevel(p) for p in pages]
    first.save(out, "TIFF", compression="group4", save_all=True, append_images=rest, dpi=(dpi, dpi))
    return out.getvalue()


def _pdf(images: list[bytes], dpi: int) -> bytes:
    layout = img2pdf.get_fixed_dpi_layout_fun((dpi, dpi))
    made: bytes = img2pdf.convert(
        images, layout_fun=layout, nodate=True, producer="", engine=img2pdf.Engine.internal
    )
    return made


def pack(pages: list[Pixels], container: str, dpi: int, quality: int) -> bytes:
    """The bytes of one file in the named container.

    Raises:
        ValueError: a container for one page was asked to hold several.
    """
    if container in ("jpeg", "png") and len(pages) != 1:
        raise ValueError(f"{container} holds one page, not {len(pages)}")
    if container == "jpeg":
        return _jpeg(pages[0], quality, dpi)
    if container == "png":
        return _png(pages[0], dpi)
    if container == "tiff-g4":
        return _tiff(pages, dpi)
    if container == "pdf-g4":
        return _pdf([_tiff([p], dpi) for p in pages], dpi)
    return _pdf([_jpeg(p, quality, dpi) for p in pages], dpi)


def encrypted(pdf: bytes, password: str) -> bytes:
    """The same PDF locked with ``password``."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        lock = pikepdf.Encryption(owner=password, user=password, R=3, aes=False, metadata=False)
        document.save(out, encryption=lock, static_id=True)
    return out.getvalue()


def blank(dpi: int) -> Pixels:
    """An empty A4 sheet."""
    return np.full((int(11.69 * dpi), int(8.27 * dpi)), 252, np.uint8)
