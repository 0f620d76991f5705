"""A PDF's own text, through ``pdftotext``: for documents of ours, never for scans of others."""

from __future__ import annotations

from pathlib import Path

from ocr import child
from ocr.settings import OcrSettings

TEXT_CAP = 1_000_000


def text_layer(path: Path, settings: OcrSettings) -> str:
    """The text layer of a PDF in reading order; empty when it has none or cannot be read.

    Raises:
        ToolMissing: poppler is not installed.
        ChildTimeout: it took too long.
    """
    limits = child.Limits(settings.page_timeout_s, settings.memory_mb)
    with child.private_folder() as folder:
        finished = child.run(
            ["pdftotext", "-enc", "UTF-8", str(path.resolve()), "-"], limits, folder, TEXT_CAP
        )
    return finished.stdout.decode("utf-8", errors="replace") if finished.returncode == 0 else ""
