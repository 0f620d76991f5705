"""Which page reader is used, and whether there is a second one."""

from __future__ import annotations

import contextlib
import importlib.util
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ocr.children.limits import Limits
    from ocr.engines.protocols import OcrEngine, PageEngine
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
        from ocr.engines.tesseract import TesseractEngine

        return TesseractEngine(limits)
    if not is_installed(settings.engine):
        raise ToolMissing(f"{settings.engine} is not installed.")
    from ocr.engines.tesserocr_engine import TesserocrEngine

    return TesserocrEngine(limits)


def second_engine(settings: OcrSettings, limits: Limits) -> OcrEngine | None:
    """The second reader, None where it is switched off or not installed."""
    from ocr.engines import rapid

    return rapid.RapidEngine(limits) if settings.second_reader and rapid.is_installed() else None


def reading_version(settings: OcrSettings) -> str:
    """A short code that changes whenever a page may be read otherwise.

    The settings' version, and the engines as they are installed: a reading made before the
    second reader was there, or by an older tesseract, is not taken for one made now. A page
    reader that is missing has no part in it: it reads nothing that could be kept.
    """
    import importlib.metadata

    from ocr.children.limits import Limits
    from ocr.engines import rapid
    from ocr.errors import ToolMissing

    parts = [settings.version]
    with contextlib.suppress(ToolMissing):
        parts.append(page_engine(settings, Limits()).name)
    if settings.second_reader and rapid.is_installed():
        parts += [f"{name} {importlib.metadata.version(name)}" for name in rapid.PACKAGES]
    return " + ".join(parts)
