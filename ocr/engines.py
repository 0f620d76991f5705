"""Which page reader is used."""

from __future__ import annotations

import importlib.util
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ocr.child import Limits
    from ocr.engine import PageEngine
    from ocr.settings import OcrSettings


def is_installed(engine: str) -> bool:
    """True unless ``engine`` is an optional one that is missing; loads nothing."""
    return engine == "tesseract" or importlib.util.find_spec(engine) is not None


def page_engine(settings: OcrSettings, limits: Limits) -> PageEngine:
    """The page reader the settings name, within limits.

    Raises:
        ToolMissing: it is not installed.
    """
    from ocr.errors import ToolMissing

    if settings.engine == "tesseract":
        from ocr.tesseract import TesseractEngine

        return TesseractEngine(limits)
    if not is_installed(settings.engine):
        raise ToolMissing(f"{settings.engine} is not installed.")
    from ocr.tesserocr_engine import TesserocrEngine

    return TesserocrEngine(limits)
