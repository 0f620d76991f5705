"""Which page reader ``auto`` takes: the library where it works, else the program."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from ocr.children.limits import Limits
from ocr.children.resident import Resident
from ocr.engines import selection, tesserocr_engine
from ocr.engines.tesseract import TesseractEngine
from ocr.engines.tesserocr_engine import TesserocrEngine
from ocr.errors import Unavailable
from ocr.settings import OcrSettings

needs_tesserocr = pytest.mark.skipif(
    not selection.is_installed("tesserocr"), reason="the extra tesserocr is not installed"
)
AUTO = OcrSettings(engine="auto")


@pytest.fixture(autouse=True)
def _not_yet_known() -> Iterator[None]:
    selection.tesserocr_works.cache_clear()
    tesserocr_engine.version.cache_clear()
    yield
    selection.tesserocr_works.cache_clear()
    tesserocr_engine.version.cache_clear()


def without_library(monkeypatch: pytest.MonkeyPatch, folder: Path, code: str) -> None:
    """The library's child runs ``code`` in place of its own."""
    (folder / "broken_child.py").write_text(code, encoding="utf-8")
    monkeypatch.setattr("ocr.children.resident._ROOT", folder)
    monkeypatch.setattr(tesserocr_engine, "server", Resident("broken_child"))


@needs_tesserocr
def test_auto_is_the_library_where_it_is_installed() -> None:
    assert isinstance(selection.page_engine(AUTO, Limits()), TesserocrEngine)
    library, program = (
        selection.page_engine(OcrSettings(engine=engine), Limits()).name
        for engine in ("tesserocr", "tesseract")
    )
    assert selection.page_engine(AUTO, Limits()).name == f"{library}, ar: {program}"


def test_auto_is_the_program_where_the_library_is_not_installed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    assert isinstance(selection.page_engine(AUTO, Limits()), TesseractEngine)


@needs_tesserocr
def test_auto_is_the_program_where_the_library_does_not_load(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    without_library(monkeypatch, tmp_path, "raise ImportError('libtesseract.so.5')")
    assert isinstance(selection.page_engine(AUTO, Limits()), TesseractEngine)
    assert selection.reading_version(AUTO).split(" + ")[1].startswith("tesseract ")


@needs_tesserocr
def test_for_want_of_memory_no_other_engine_is_taken(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    without_library(monkeypatch, tmp_path, "import os\nos.kill(os.getpid(), 9)")
    with pytest.raises(Unavailable) as caught:
        selection.page_engine(AUTO, Limits())
    assert caught.value.reason == "no_memory"


def test_the_program_is_taken_where_it_is_named() -> None:
    named = selection.page_engine(OcrSettings(engine="tesseract"), Limits())
    assert isinstance(named, TesseractEngine)
