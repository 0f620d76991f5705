"""Words that were read with a wall of their table are read again without it."""

from __future__ import annotations

from unittest.mock import Mock

import pytest

from ocr.children.limits import Limits
from ocr.engines import selection
from ocr.engines.protocols import PageEngine
from ocr.errors import ChildFailed
from ocr.image import Grey
from ocr.passes.first.beside_walls import read_apart
from ocr.settings import OcrSettings
from ocr.tables.rules import find_rules
from ocr.types import Box, Line, Word
from tests.ocr.drawn_grid import XS, YS, grid, write

TOP = YS[1] + 20
WALL = XS[1]


@pytest.fixture
def page() -> Grey:
    image = grid()
    write(image, "Senior", WALL + 8, TOP + 24)
    return image


def _read(page: Grey, word: Word, engine: PageEngine) -> Word:
    (line,) = read_apart(page, (Line((word,)),), find_rules(page, 200), engine, ("en",))
    return line.words[-1]


def _word(text: str, confidence: float) -> Word:
    return Word(text, Box(WALL - 6, TOP - 4, WALL + 120, TOP + 34), confidence)


def test_what_the_engine_sees_without_the_wall_is_taken(page: Grey) -> None:
    engine = selection.page_engine(OcrSettings(), Limits())
    found = _read(page, _word("|SeNıor", 0.4), engine)
    assert found.text == "Senior"
    assert found.confidence > 0.4
    assert found.box.left > WALL


def test_a_surer_reading_stays_and_no_other_word_is_read_again(page: Grey) -> None:
    engine = Mock(spec=PageEngine)
    engine.lines.return_value = ()
    plain = _word("Senior", 0.4)
    assert _read(page, plain, engine) == plain
    engine.lines.assert_not_called()
    sure = selection.page_engine(OcrSettings(), Limits())
    assert _read(page, _word("|Senjor", 1.0), sure).text == "Senjor"


def test_a_failing_engine_leaves_the_words_parted(page: Grey) -> None:
    engine = Mock(spec=PageEngine)
    engine.lines.side_effect = ChildFailed("it broke")
    assert _read(page, _word("|SeNıor", 0.4), engine).text == "SeNıor"
