"""Words with a signature or a seal across them are told, those beside it and in tables are not."""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np
import pytest

from ocr.children.limits import Limits
from ocr.engines.tesseract import TesseractEngine
from ocr.image import Grey
from ocr.passes.second import overwritten
from ocr.types import OVERWRITTEN, Box, Line, Word

NAMES = ("1. Ms. Ana LIMA, Judge", "2. Mr. Rui COSTA, Prosecutor", "3. Ms. Eva REIS, Adviser")
Draw = Callable[..., Grey]


def _words(page: Grey) -> tuple[Line, ...]:
    return TesseractEngine(Limits()).page(page, 200, ("en",))


def _told(page: Grey, lines: tuple[Line, ...]) -> set[str]:
    found = overwritten.told(page, 200, lines)
    return {w.text for line in found for w in line.words if w.confidence == OVERWRITTEN}


def _box_of(text: str, lines: tuple[Line, ...]) -> Box:
    return next(w.box for line in lines for w in line.words if text in w.text)


@pytest.fixture
def page(draw_page: Draw) -> Grey:
    return draw_page(NAMES).copy()


def test_print_alone_is_not_told(page: Grey) -> None:
    assert _told(page, _words(page)) == set()


def test_a_name_under_a_signature_is_told_and_no_other(page: Grey) -> None:
    lines = _words(page)
    box = _box_of("COSTA", lines)
    x = np.linspace(box.left, box.right, 60)
    y = box.center[1] + 50 * np.sin(np.linspace(0, 15, 60))
    cv2.polylines(page, [np.stack([x, y], axis=1).astype(np.int32)], False, 20, 4)
    told = _told(page, lines)
    assert "COSTA," in told
    assert told.isdisjoint({"Ms.", "Ana", "1.", "Mr.", "Prosecutor"})


def test_what_stands_in_a_seal_is_told(page: Grey) -> None:
    lines = _words(page)
    box = _box_of("COSTA", lines)
    middle = (round(box.center[0]), round(box.center[1]))
    cv2.circle(page, middle, 110, 20, 5)
    told = _told(page, lines)
    assert {"COSTA,", "LIMA,", "REIS,"} <= told
    assert told.isdisjoint({"1.", "2.", "3."})


def test_a_table_s_rules_and_a_signature_below_are_no_ink_across_words(page: Grey) -> None:
    lines = _words(page)
    cv2.rectangle(page, (140, 180), (1300, 400), 20, 3)
    cv2.line(page, (600, 180), (600, 400), 20, 3)
    cv2.polylines(page, [np.array([[200, 600], [260, 480], [300, 640], [360, 500]])], False, 20, 4)
    assert _told(page, lines) == set()


def test_a_page_without_words_is_left_alone(page: Grey) -> None:
    assert overwritten.told(page, 200, ()) == ()
    sign = (Line((Word("-", Box(0, 0, 9, 9), 0.5),)),)
    assert overwritten.told(page, 200, sign) == sign
