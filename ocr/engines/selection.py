"""Which page reader is used, and whether there is a second one."""

from __future__ import annotations

import contextlib
import functools
import hashlib
import importlib.util
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ocr.children.limits import Limits
    from ocr.engines.line_models import LineEngine
    from ocr.engines.protocols import OcrEngine, PageEngine
    from ocr.settings import OcrSettings


def is_installed(engine: str) -> bool:
    """True unless ``engine`` is an optional one that is missing; loads nothing."""
    return engine in {"auto", "tesseract"} or importlib.util.find_spec(engine) is not None


@functools.cache
def tesserocr_works() -> bool:
    """Whether tesseract's library is installed and can be loaded; found out once a process.

    Raises:
        Unavailable: that cannot be told now.
    """
    from ocr.engines import tesserocr_engine
    from ocr.errors import ChildFailed, ToolMissing

    if not is_installed("tesserocr"):
        return False
    try:
        tesserocr_engine.version()
    except (ChildFailed, ToolMissing):  # a wheel for another processor or another Python
        return False
    return True


def page_engine(settings: OcrSettings, limits: Limits) -> PageEngine:
    """The page reader the settings name, within limits.

    Raises:
        ToolMissing: it is not installed.
    """
    from ocr.errors import ToolMissing

    if settings.engine == "tesseract" or (settings.engine == "auto" and not tesserocr_works()):
        from ocr.engines.tesseract import TesseractEngine

        return TesseractEngine(limits)
    if not is_installed("tesserocr"):
        raise ToolMissing("tesserocr is not installed.")
    from ocr.engines.by_script import ByScriptEngine
    from ocr.engines.tesserocr_engine import TesserocrEngine

    return ByScriptEngine(limits) if settings.engine == "auto" else TesserocrEngine(limits)


def second_engine(settings: OcrSettings, limits: Limits) -> OcrEngine | None:
    """The second reader, None where it is switched off or not installed."""
    from ocr.engines import rapid

    return rapid.RapidEngine(limits) if settings.second_reader and rapid.is_installed() else None


def line_engine(
    settings: OcrSettings, languages: tuple[str, ...], limits: Limits
) -> LineEngine | None:
    """The model for lines in one of these languages (ISO 639-1), the first that has one.

    None where there is none, and where the second reader is switched off or not installed.
    """
    from ocr.engines import line_models, rapid

    if not settings.second_reader or not rapid.is_installed():
        return None
    models = {model.language: model for model in line_models.MODELS}
    model = next((models[code] for code in languages if code in models), None)
    return None if model is None else line_models.LineEngine(model, limits)


def letters_of(settings: OcrSettings, languages: tuple[str, ...]) -> tuple[str, ...]:
    """Of languages (ISO 639-1) those with whose letters names are read: none where switched off.

    Raises:
        ToolMissing: tesseract is not installed.
    """
    from ocr.engines import tesseract

    return tesseract.installed_letters(languages) if settings.third_reader else ()


def reading_version(settings: OcrSettings) -> str:
    """A short code that changes whenever a page may be read otherwise.

    The settings' version, and the engines as they are installed: a reading made before the
    second reader or the models of names were there, or by an older tesseract, is not taken for one
    made now. A page
    reader that is missing has no part in it: it reads nothing that could be kept.
    """
    import importlib.metadata

    from ocr.children.limits import Limits
    from ocr.engines import line_models, rapid, tesseract
    from ocr.engines.tesseract_base import LETTER_MODELS
    from ocr.errors import ToolMissing

    parts = [settings.version]
    with contextlib.suppress(ToolMissing):
        parts.append(page_engine(settings, Limits()).name)
        if settings.third_reader:
            parts.append("letters " + _digest(tesseract.installed_letters(tuple(LETTER_MODELS))))
    if settings.second_reader and rapid.is_installed():
        parts += [f"{name} {importlib.metadata.version(name)}" for name in rapid.PACKAGES]
        parts += [model.name for model in line_models.MODELS]
    return " + ".join(parts)


def _digest(names: tuple[str, ...]) -> str:
    return hashlib.sha256(",".join(sorted(names)).encode()).hexdigest()[:8]
