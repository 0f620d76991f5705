"""What the reading of scans may use, and how it reads."""

from __future__ import annotations

import hashlib
from dataclasses import astuple, dataclass
from typing import Literal

RECIPE = 19
"""Raised by hand whenever a change of the code may change what is read."""


ORDINARY_PAGE_S = 2.0
"""Processor seconds of an ordinary page, its share of the extraction included; 1.0 to 2.2 on the
samples."""


@dataclass(frozen=True, slots=True)
class OcrSettings:
    """Limits and choices for reading one document.

    Attributes:
        page_timeout_s: processor seconds of a page, all the programs that work on it together.
        document_timeout_s: processor seconds of a document beyond those of ordinary pages, after
            which the caller gives up on the rest.
        max_pages: pages of a document; one more and it is rejected.
        max_file_mb: size of a file in MiB.
        max_pixels: pixels of one page as stored; larger pages are not decoded.
        max_side_pixels: longer side of a page image; larger ones are scaled down.
        memory_mb: address space of every child process, in MiB.
        read_dpi: resolution pages are scaled down to before they are read; never up.
        low_confidence: mean word confidence (0 to 1) below which a page is turned or read in
            another script, and marked if that does not help.
        engine: what reads pages: tesseract's program, or its library through tesserocr;
            ``auto`` is the library where it is installed and can be loaded, but for Arabic pages,
            else the program.
        second_reader: read address lines with another engine too, where it is installed.
        second_reader_lines: at most so many places of a page with addresses or words in doubt are
            read by the second reader.
        second_reader_names: at most so many places with names, numbers and posts.
        third_reader: read names with models of the sender's languages, where they are installed.
    """

    page_timeout_s: float = 20.0
    document_timeout_s: float = 60.0
    max_pages: int = 60
    max_file_mb: int = 50
    max_pixels: int = 400_000_000
    max_side_pixels: int = 4000
    memory_mb: int = 1024
    read_dpi: int = 200
    low_confidence: float = 0.6
    engine: Literal["auto", "tesseract", "tesserocr"] = "auto"
    second_reader: bool = True
    second_reader_lines: int = 40
    second_reader_names: int = 100
    third_reader: bool = True

    @property
    def max_file_bytes(self) -> int:
        """``max_file_mb`` in bytes."""
        return self.max_file_mb * 1024 * 1024

    def document_cpu_s(self, pages: int, share: float = 1.0) -> float:
        """Processor seconds of a document; ``share`` of what it may take beyond its pages."""
        return ORDINARY_PAGE_S * pages + self.document_timeout_s * share

    @property
    def version(self) -> str:
        """A short code that changes whenever results may change."""
        facts = repr((RECIPE, *astuple(self))).encode()
        return f"ocr{RECIPE}-{hashlib.sha256(facts).hexdigest()[:8]}"
