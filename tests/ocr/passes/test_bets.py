"""What was done to a page is a bet: kept only if the page then reads better."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from ocr.lines.page_text import PageText
from ocr.passes.first import rescue
from ocr.prepare.page_image import PageImage
from ocr.reader import read_page
from ocr.settings import OcrSettings
from ocr.types import Box, Line, Word
from tests.ocr.conftest import ENGLISH

Pixels = NDArray[np.uint8]
Draw = Callable[..., Pixels]
Save = Callable[..., Path]


@pytest.fixture
def settings() -> OcrSettings:
    return OcrSettings()


def test_a_page_of_white_on_black_is_not_blank(
    draw_page: Draw, save: Save, settings: OcrSettings
) -> None:
    slide = 255 - draw_page(ENGLISH)
    cv2.rectangle(slide, (40, 40), (slide.shape[1] - 40, slide.shape[0] - 40), 255, 6)
    page = read_page(save(np.asarray(slide, np.uint8), "slide.png"), 1, settings)
    assert page.reason != "blank"
    assert ENGLISH[0] in page.text


def test_an_empty_page_stays_blank(save: Save, settings: OcrSettings) -> None:
    page = read_page(save(np.full((2200, 1600), 250, np.uint8), "empty.png"), 1, settings)
    assert (page.outcome, page.reason, page.lines) == ("warned", "blank", ())


def reading(text: str, confidence: float, rotation: int = 0) -> tuple[PageImage, PageText]:
    words = tuple(Word(t, Box(0, 0, 9, 9), confidence) for t in text.split())
    lines = (Line(words),) if words else ()
    image = np.zeros((9, 9), np.uint8)
    return PageImage(image, 200, rotation, 0.0, False, False), PageText(lines, ("en",))


@pytest.mark.parametrize(
    ("old", "new", "wins"),
    [
        (("", 0.0, 0), ("uIJt rzkw pql", 0.45, 270), "old"),
        (("the honour to inform", 0.5, 0), ("uIJt rzkw pql", 0.55, 270), "old"),
        (("the honour to inform", 0.7, 0), ("the honour to inform", 0.62, 180), "old"),
        (("uJt rZkw pqIl zzz", 0.4, 0), ("presents its compliments to", 0.9, 180), "new"),
        (("uJt rZkw pqIl zzz", 0.4, 0), ("", 0.0, 0), "old"),
    ],
)
def test_a_page_is_turned_only_if_it_reads_clearly_better(
    old: tuple[str, float, int],
    new: tuple[str, float, int],
    wins: str,
    settings: OcrSettings,
) -> None:
    one, other = reading(*old), reading(*new)
    expected = {"old": one, "new": other}[wins]
    assert rescue._better(one, other, settings) is expected
