"""A PDF's own text, through ``pdftotext``: for documents of ours, never for scans of others."""

from __future__ import annotations

from pathlib import Path

from ocr.children import programs
from ocr.children.folders import private_folder
from ocr.children.limits import Limits
from ocr.settings import OcrSettings

TEXT_CAP = 1_000_000
"""Bytes of text that are read, some three hundred pages."""


def text_layer(path: Path, settings: OcrSettings) -> str:
    """The text layer of a PDF in reading order; empty when it has none or cannot be read.

    Raises:
        ToolMissing: poppler is not installed.
        ChildTimeout: it took too long.
    """
    limits = Limits(settings.page_timeout_s, settings.memory_mb)
    with private_folder() as folder:
        finished = programs.run(
            ["pdftotext", "-enc", "UTF-8", str(path.resolve()), "-"], limits, folder, TEXT_CAP
        )
    return finished.stdout.decode("utf-8", errors="replace") if finished.returncode == 0 else ""
