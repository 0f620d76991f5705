"""What every line reader must do, run for each of them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from ocr.children.limits import Limits
from ocr.engines import rapid, selection, tesseract
from ocr.engines.by_script import ByScriptEngine
from ocr.engines.protocols import OcrEngine, PageEngine
from ocr.engines.selection import second_engine
from ocr.engines.tesseract import TesseractEngine
from ocr.engines.tesseract_base import model
from ocr.engines.tesserocr_engine import TesserocrEngine
from ocr.errors import ChildFailed, ChildTimeout, ToolMissing
from ocr.image import Grey
from ocr.passes.second import second_reader
from ocr.reader import read_page
from ocr.settings import OcrSettings
from ocr.types import Box, Line, Word
from tests.ocr.conftest import ENGLISH, FRENCH

Draw = Callable[..., NDArray[np.uint8]]
needs_tesserocr = pytest.mark.skipif(
    not selection.is_installed("tesserocr"), reason="the extra tesserocr is not installed"
)
LINES = ("j.mwangi@justice.example.org", "Director, Treaty Department")


def boxes() -> tuple[Box, ...]:
    """Where ``draw_page`` puts the two lines (200 dpi, 12 points)."""
    return tuple(Box(150, 195 + n * 57, 1100, 245 + n * 57) for n in range(2))


def noise() -> Grey:
    """A page on which every speck may be a letter; takes minutes."""
    return np.random.default_rng(0).integers(0, 2, (2300, 1650)).astype(np.uint8) * 255


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


class PageReaderContract(LineReaderContract):
    """Every ``PageEngine`` passes these tests, too."""

    def reader(self, limits: Limits) -> PageEngine:
        raise NotImplementedError

    @pytest.fixture
    def engine(self) -> PageEngine:
        return self.reader(Limits())

    def test_a_clean_page_is_read_line_by_line(self, engine: PageEngine, draw_page: Draw) -> None:
        for text, language in ((ENGLISH, "en"), (FRENCH, "fr")):
            found = engine.page(draw_page(text), 200, (language,))
            assert tuple(line.text for line in found) == text

    def test_words_lie_where_they_are_printed(self, engine: PageEngine, draw_page: Draw) -> None:
        first, second_line = engine.page(draw_page(LINES), 200, ("en",))
        for line, box in zip((first, second_line), boxes(), strict=True):
            for word in line.words:
                assert box.union(word.box) == box
                assert word.confidence > 0.6

    def test_a_strip_is_read_as_one_block(self, engine: PageEngine, draw_page: Draw) -> None:
        strip = draw_page(ENGLISH)[190:310]
        found = engine.strip(strip, 200, ("en",))
        assert tuple(line.text for line in found) == ENGLISH[:2]
        assert {line.block for line in found} == {1}

    def test_names_are_read_in_the_letters_of_a_language(
        self, engine: PageEngine, draw_page: Draw
    ) -> None:
        names = ("Nguyễn Thị Mỹ Duyên", "Đỗ Hữu Nghĩa")
        places = (*boxes(), Box(100, 1500, 400, 1540))
        first, other, nothing = engine.names(draw_page(names), places, ("vi",))
        assert (first.text, other.text) == names
        assert (first.box, first.languages) == (places[0], ("vi",))
        assert (nothing.text, nothing.confidence) == ("", 0.0)
        (alone,) = engine.names(draw_page(names), places[1:2], ("vi",))
        assert alone == other

    def test_names_in_the_page_s_own_model_are_no_other_witness(self, engine: PageEngine) -> None:
        assert engine.reads_alone(("fr",), ("fr",))
        assert not engine.reads_alone(("fr",), ("en",))
        assert not engine.reads_alone(("es",), ("es",))  # the page is read with eng beside

    def test_an_empty_page_has_no_lines(self, engine: PageEngine, draw_page: Draw) -> None:
        assert engine.page(draw_page(()), 200, ("en",)) == ()

    @pytest.mark.parametrize("turns", range(4))
    def test_the_turn_that_puts_a_page_upright_is_told(
        self, engine: PageEngine, draw_page: Draw, turns: int
    ) -> None:
        image = np.rot90(draw_page(ENGLISH), turns)
        seen = engine.orientation(image, 200)
        assert seen is not None
        assert (seen.rotation, seen.script) == (90 * turns, "Latin")

    def test_too_little_print_has_no_orientation(self, engine: PageEngine, draw_page: Draw) -> None:
        assert engine.orientation(draw_page(("a",)), 200) is None

    def test_a_page_over_its_time_is_a_time_out(self) -> None:
        with pytest.raises(ChildTimeout):
            self.reader(Limits(cpu_s=0.3, wall_s=0.3)).page(noise(), 200, ("en",))

    def test_too_little_memory_is_an_error_and_not_a_blank_page(self, draw_page: Draw) -> None:
        with pytest.raises(ChildFailed) as caught:
            self.reader(Limits(memory_mb=24)).page(draw_page(LINES), 200, ("en",))
        assert caught.value.reason == "too_large"

    @pytest.mark.parametrize("memory_mb", [86, 92, *range(94, 99), 102, 120])
    def test_however_little_memory_there_is_no_page_is_half_read(
        self, draw_page: Draw, memory_mb: int
    ) -> None:
        reader, page = self.reader(Limits(memory_mb=memory_mb)), draw_page(ENGLISH)
        try:
            found: object = tuple(line.text for line in reader.page(page, 200, ("en",)))
        except ChildFailed as error:
            found = error.reason
        # for want of memory, or a crash that it led to
        assert found in (ENGLISH, "too_large", "child_failed")


class TestTesseract(PageReaderContract):
    def reader(self, limits: Limits) -> PageEngine:
        return TesseractEngine(limits)


@needs_tesserocr
class TestTesserocr(PageReaderContract):
    def reader(self, limits: Limits) -> PageEngine:
        return TesserocrEngine(limits)


@needs_tesserocr
class TestByScript(PageReaderContract):
    def reader(self, limits: Limits) -> PageEngine:
        return ByScriptEngine(limits)

    @pytest.mark.parametrize("languages", [("ar",), ("en", "ar"), ("ru",), ("en",)])
    def test_pages_with_arabic_on_them_are_read_by_the_program(
        self, engine: PageEngine, draw_page: Draw, languages: tuple[str, ...]
    ) -> None:
        program, library = TesseractEngine(Limits()), TesserocrEngine(Limits())
        page = draw_page(ENGLISH)
        # versions apart, so they are sure of words by different amounts
        assert program.page(page, 200, languages) != library.page(page, 200, languages)
        expected = program if "ar" in languages else library
        assert engine.page(page, 200, languages) == expected.page(page, 200, languages)


def test_english_is_always_among_the_models() -> None:
    assert model(("ru",)) == "rus+eng"
    assert model(("fr",)) == "fra"  # knows @ itself
    assert model(("en", "fr")) == "eng+fra"
    assert model(("xx",)) == "eng"


def test_a_language_without_its_model_is_left_out() -> None:
    assert tesseract.installed_letters(("tr", "xx", "vi")) == ("tr", "vi")
    assert selection.letters_of(OcrSettings(third_reader=False), ("tr",)) == ()


@needs_tesserocr
def test_the_settings_name_the_page_reader(save: Callable[..., Path], draw_page: Draw) -> None:
    chosen = OcrSettings(engine="tesserocr", second_reader=False)
    page = read_page(save(draw_page(ENGLISH), "note.png"), 1, chosen)
    assert page.engine.startswith("tesserocr ")
    assert page.text.replace(" ", "") == "\n".join(ENGLISH).replace(" ", "")
    assert chosen.version != OcrSettings(second_reader=False).version


def test_a_page_reader_that_is_not_installed_says_nothing_about_the_page(
    save: Callable[..., Path], draw_page: Draw, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(selection, "is_installed", lambda engine: engine == "tesseract")
    with pytest.raises(ToolMissing):
        read_page(save(draw_page(LINES), "note.png"), 1, OcrSettings(engine="tesserocr"))


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
        first, other = second_reader.read_again(draw_page(LINES), lines, engine, ("en",), 10)
        assert [reading.text for reading in first.second] == [LINES[0]]
        assert first.words == lines[0].words
        assert other == lines[1]

    def test_no_more_places_than_allowed_are_read(self, engine: OcrEngine, draw_page: Draw) -> None:
        lines = tuple(Line((Word("a@b.example.org", box, 0.9),)) for box in boxes())
        done = second_reader.read_again(draw_page(LINES), lines, engine, ("en",), 1)
        assert [bool(line.second) for line in done] == [True, False]


def test_the_second_reader_can_be_switched_off_or_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    assert second_engine(OcrSettings(second_reader=False), Limits()) is None
    monkeypatch.setattr(rapid, "is_installed", lambda: False)
    assert second_engine(OcrSettings(), Limits()) is None


def test_a_reading_is_not_taken_for_one_by_other_engines(monkeypatch: pytest.MonkeyPatch) -> None:
    both = selection.reading_version(OcrSettings())
    assert both.startswith(OcrSettings().version)
    assert selection.page_engine(OcrSettings(), Limits()).name in both
    program = selection.reading_version(OcrSettings(engine="tesseract"))
    assert TesseractEngine(Limits()).name in program
    monkeypatch.setattr(rapid, "is_installed", lambda: False)
    assert selection.reading_version(OcrSettings()) != both
    three = selection.reading_version(OcrSettings())
    monkeypatch.setattr(tesseract, "installed_letters", lambda codes: codes[:1])
    assert selection.reading_version(OcrSettings()) != three
    assert selection.reading_version(OcrSettings(read_dpi=150)) != selection.reading_version(
        OcrSettings()
    )
