"""What every line reader must do, run for each of them."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray

from ocr import child, rapid, second, tesseract
from ocr.engine import OcrEngine
from ocr.errors import ChildError, ChildTimeout
from ocr.reader import second_engine
from ocr.settings import OcrSettings
from ocr.tesseract import TesseractEngine
from ocr.types import Box, Line, Word

Draw = Callable[..., NDArray[np.uint8]]
LINES = ("j.mwangi@justice.example.org", "Director, Treaty Department")


def boxes() -> tuple[Box, ...]:
    """Where ``draw_page`` puts the two lines (200 dpi, 12 points)."""
    return tuple(Box(150, 195 + n * 57, 1100, 245 + n * 57) for n in range(2))


class LineReaderContract:
    """Every ``OcrEngine`` passes these tests."""

    @pytest.fixture
    def engine(self) -> OcrEngine:
        raise NotImplementedError

    def test_clean_lines_are_read(self, engine: OcrEngine, draw_page: Draw) -> None:
        found = engine.lines(draw_page(LINES), boxes(), ("en",))
        assert [reading.text for reading in found] == list(LINES)
        assert all(reading.confidence > 0.8 for reading in found)
        assert [reading.box for reading in found] == list(boxes())
        assert {reading.engine for reading in found} == {engine.name}

    def test_readings_are_in_the_order_of_the_boxes(
        self, engine: OcrEngine, draw_page: Draw
    ) -> None:
        found = engine.lines(draw_page(LINES), boxes()[::-1], ("en",))
        assert [reading.text for reading in found] == list(LINES[::-1])

    def test_an_empty_box_has_no_text_and_no_confidence(
        self, engine: OcrEngine, draw_page: Draw
    ) -> None:
        page = draw_page(())
        outside = Box(page.shape[1] + 10, 0, page.shape[1] + 90, 40)
        for reading in engine.lines(page, (Box(100, 100, 400, 140), outside), ("en",)):
            assert (reading.text, reading.confidence) == ("", 0.0)

    def test_no_boxes_no_readings(self, engine: OcrEngine, draw_page: Draw) -> None:
        assert engine.lines(draw_page(LINES), (), ("en",)) == ()


class TestTesseract(LineReaderContract):
    @pytest.fixture
    def engine(self) -> OcrEngine:
        return TesseractEngine(child.Limits())

    def test_english_is_always_among_the_models(self) -> None:
        assert tesseract.model(("ru",)) == "rus+eng"
        assert tesseract.model(("fr",)) == "fra"  # knows @ itself
        assert tesseract.model(("en", "fr")) == "eng+fra"
        assert tesseract.model(("xx",)) == "eng"

    def test_a_page_over_its_time_is_a_time_out(self, draw_page: Draw) -> None:
        noise = np.random.default_rng(0).integers(0, 2, (2300, 1650)).astype(np.uint8) * 255
        with pytest.raises(ChildTimeout):
            TesseractEngine(child.Limits(wall_s=0.3)).page(noise, 200, ("en",))

    def test_too_little_memory_is_an_error_and_not_a_blank_page(self, draw_page: Draw) -> None:
        with pytest.raises(ChildError):
            TesseractEngine(child.Limits(memory_mb=24)).page(draw_page(LINES), 200, ("en",))


@pytest.mark.skipif(not rapid.is_installed(), reason="the extra second-reader is not installed")
class TestRapid(LineReaderContract):
    @pytest.fixture
    def engine(self) -> OcrEngine:
        return rapid.RapidEngine()

    def test_addresses_of_a_page_get_a_second_reading(
        self, engine: OcrEngine, draw_page: Draw
    ) -> None:
        misread = Word("j-mwangi@justice.example.org", boxes()[0], 0.9)
        title = Word("Director,", boxes()[1], 0.9)
        lines = (Line((misread,)), Line((title,)))
        first, other = second.read_again(draw_page(LINES), lines, engine, ("en",), 10)
        assert [reading.text for reading in first.second] == [LINES[0]]
        assert first.words == lines[0].words
        assert other == lines[1]

    def test_no_more_places_than_allowed_are_read(self, engine: OcrEngine, draw_page: Draw) -> None:
        lines = tuple(Line((Word("a@b.example.org", box, 0.9),)) for box in boxes())
        done = second.read_again(draw_page(LINES), lines, engine, ("en",), 1)
        assert [bool(line.second) for line in done] == [True, False]


def test_the_second_reader_can_be_switched_off_or_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    assert second_engine(OcrSettings(second_reader=False)) is None
    monkeypatch.setattr(rapid, "is_installed", lambda: False)
    assert second_engine(OcrSettings()) is None
