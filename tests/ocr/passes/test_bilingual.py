"""Pages in two scripts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from ocr.passes.first.bilingual import _unsure_part
from ocr.reader import read_page
from ocr.settings import OcrSettings
from ocr.types import Box, Line, Word
from tests.ocr.conftest import ENGLISH

Draw = Callable[..., NDArray[np.uint8]]
RUSSIAN = (
    "Посольство свидетельствует свое уважение Секретариату",
    "и имеет честь сообщить, что в совещании экспертов примут",
    "участие следующие представители Республики:",
    "начальник отдела международного сотрудничества",
    "советник Генеральной прокуратуры",
)


def line(top: int, words: int, confidence: float) -> Line:
    boxes = (Box(100 * n, top, 100 * n + 80, top + 20) for n in range(words))
    return Line(tuple(Word("letters", box, confidence) for box in boxes))


def test_a_part_read_badly_is_found_and_a_few_bad_words_are_not() -> None:
    good = tuple(line(n * 30, 8, 0.95) for n in range(6))
    bad = tuple(line(300 + n * 30, 6, 0.5) for n in range(4))
    assert _unsure_part((*good, *bad)) == Box(0, 300, 580, 410)
    assert _unsure_part((*good, *bad[:2])) is None
    assert _unsure_part((*good, *(line(300 + n * 30, 2, 0.4) for n in range(4)))) is None


@pytest.mark.parametrize("russian_first", [True, False])
def test_both_halves_of_a_page_in_two_scripts_are_read(
    russian_first: bool, draw_page: Draw, save: Callable[..., Path]
) -> None:
    halves = [np.array(draw_page(lines))[:1100] for lines in (RUSSIAN, ENGLISH * 2)]
    page = np.vstack(halves if russian_first else halves[::-1])
    settings = OcrSettings(second_reader=False)
    read = read_page(save(page, "two.png"), 1, settings)
    assert "уважение" in read.text
    assert "сотрудничества" in read.text
    assert ENGLISH[0] in read.text
