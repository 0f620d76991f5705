"""The kinds of files pages are read from, told from their first bytes."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import Final

from ingest.magic import PDF, media_type
from ocr.errors import Rejected

PILLOW: Final = {
    "image/tiff": ("TIFF",),
    "image/jpeg": ("JPEG",),
    "image/png": ("PNG",),
    "image/gif": ("GIF",),
    "image/bmp": ("BMP",),
    "image/webp": ("WEBP",),
    "image/jp2": ("JPEG2000",),
    "image/avif": ("AVIF",),
    "image/heic": ("HEIF",),
    "image/heif": ("HEIF", "AVIF"),
}
"""What Pillow may try; asked to open anything it tries 44 formats, Ghostscript among them."""

IMAGES: Final = frozenset(PILLOW)
HEIF: Final = frozenset({"image/heic", "image/heif"})
"""Pictures Pillow knows through pi-heif only."""

ONE_PAGE: Final = frozenset({"image/jpeg", "image/png", "image/bmp", "image/jp2"})
"""A second picture in such a file is a smaller copy of the first (a camera's MPO)."""

_START_BYTES: Final = 65536
"""Bytes of a file that tell its type; more than any of the marks lies deep."""

_PDF_WITHIN: Final = 1024
"""Readers accept rubbish before a PDF's first line (ISO 32000-1, annex H.3.4.1)."""


def type_of(path: Path) -> str:
    """Media type of a file we read pages of.

    Raises:
        Rejected: unsupported_type.
    """
    with path.open("rb") as file:
        start = file.read(_START_BYTES)
    found = media_type(start)
    if found in IMAGES or found == PDF:
        return found
    if b"%PDF-" in start[:_PDF_WITHIN]:
        return PDF
    raise Rejected("unsupported_type")


def rare_codings_known() -> bool:
    """Whether the package for them (extra ``formats``) is installed; it is not loaded here."""
    return find_spec("imagecodecs") is not None
