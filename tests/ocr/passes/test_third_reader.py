"""Names read by tesseract's model of the sender's language, on real pages."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from noteverbale.reading import Hints, hints_from, read_one_page
from ocr.children.limits import Limits
from ocr.engines import tesseract
from ocr.engines.tesseract import TesseractEngine
from ocr.engines.tesseract_base import TesseractReader
from ocr.errors import ChildFailed
from ocr.settings import OcrSettings
from ocr.types import Page

Draw = Callable[..., NDArray[np.uint8]]
Save = Callable[..., Path]
NOTE = (
    "Embassy of the Socialist Republic of Viet Nam in Vienna",
    "The Embassy of the Socialist Republic of Viet Nam presents its compliments",
    "to the United Nations Office on Drugs and Crime and has the honour to inform",
    "that the following experts will attend the meeting to be held in Vienna:",
    "1. Mr. TRẦN Hữu Nghĩa, Director, Treaty Department,",
    "e-mail: nghia.nguyen@justice.example.org",
    "2. Ms. ĐỖ Thị Mỹ Duyên, Adviser, Ministry of Justice",
)
NAMES = ["TRẦN Hữu Nghĩa", "ĐỖ Thị Mỹ Duyên"]


def _third(page: Page) -> list[str]:
    return [r.text.strip(",") for line in page.lines for r in line.second if r.languages]


def _read(path: Path, settings: OcrSettings, hints: Hints | None = None) -> Page:
    return read_one_page(path, 1, settings, hints or Hints())


def test_names_are_read_in_the_letters_of_the_sending_state(save: Save, draw_page: Draw) -> None:
    page = _read(save(draw_page(NOTE), "note.png"), OcrSettings())
    assert _third(page) == NAMES
    assert page.name_languages == ("vi",)
    assert hints_from(page) == Hints(("en",), ("vi",))


def test_another_page_knows_the_state_from_the_first(save: Save, draw_page: Draw) -> None:
    path = save(draw_page(("List of participants", *NOTE[4:])), "annex.png")
    assert _third(_read(path, OcrSettings(), Hints(("en",), ("vi",)))) == NAMES
    assert _third(_read(path, OcrSettings())) == []


def test_cyrillic_names_are_read_in_the_letters_of_the_sending_state(
    save: Save, draw_page: Draw
) -> None:
    note = (
        "Посольство Республики Казахстан в Австрийской Республике свидетельствует свое",
        "уважение Управлению Организации Объединенных Наций по наркотикам и преступности",
        "и имеет честь сообщить следующий состав делегации Республики Казахстан:",
        "1. Г-н Ғабит Тұрлыбек, советник, Министерство юстиции",
        "2. Г-жа Айгүл Өтегенова, первый секретарь, Министерство иностранных дел",
    )
    page = _read(save(draw_page(note), "note.png"), OcrSettings())
    assert page.language == "ru"
    assert page.name_languages == ("kk",)
    own = [r for line in page.lines for r in line.second if r.languages == ("kk",)]
    assert [r.text.strip(",") for r in own] == ["Ғабит Тұрлыбек", "Айгүл Өтегенова"]
    lines = [r.text.strip(",") for line in page.lines for r in line.second if r not in own]
    assert {"Ғабит Тұрлыбек", "советник", "Айгүл Өтегенова"} <= {*lines}


def test_it_can_be_switched_off(save: Save, draw_page: Draw) -> None:
    page = _read(save(draw_page(NOTE), "note.png"), OcrSettings(third_reader=False))
    assert _third(page) == []
    assert page.outcome == "read"


def test_a_page_is_read_all_the_same_without_the_model(
    save: Save, draw_page: Draw, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tesseract, "installed_models", lambda: frozenset({"eng", "osd"}))
    page = _read(save(draw_page(NOTE), "note.png"), OcrSettings())
    assert (_third(page), page.outcome) == ([], "read")


def test_a_model_that_fails_costs_no_page(
    save: Save, draw_page: Draw, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_arguments: object) -> None:
        raise ChildFailed("broken")

    monkeypatch.setattr(TesseractReader, "names", broken)
    page = _read(save(draw_page(NOTE), "note.png"), OcrSettings())
    assert (page.outcome, page.reason) == ("warned", "reader_warning")
    assert "Treaty Department" in page.text


def test_all_names_of_a_page_are_one_call(draw_page: Draw, monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[int] = []
    run = tesseract._call

    def counted(*arguments: object) -> None:
        calls.append(1)
        run(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(tesseract, "_call", counted)
    page = draw_page(NAMES)
    from tests.ocr.engines.test_engines import boxes

    found = TesseractEngine(Limits()).names(page, boxes(), ("vi",))
    assert [reading.text for reading in found] == NAMES
    assert len(calls) == 1
