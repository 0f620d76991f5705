"""Pages read by real tesseract: language, direction, outcome."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from ocr.document import page_image
from ocr.passes.first import first_pass, page_pass
from ocr.reader import read_page
from ocr.settings import OcrSettings
from tests.ocr.conftest import ARABIC, CHINESE, ENGLISH, FRENCH, RUSSIAN, draw

Draw = Callable[..., NDArray[np.uint8]]
Save = Callable[..., Path]
CJK = "NotoSerifCJK-Regular.ttc"


def test_an_english_page_is_read_with_places_and_a_second_reading(
    draw_page: Draw, save: Save, settings: OcrSettings
) -> None:
    path = save(draw_page(ENGLISH), "note.pdf")
    page = read_page(path, 1, settings)
    assert (page.outcome, page.reason, page.language, page.rotation) == ("read", None, "en", 0)
    assert page.text.splitlines() == list(ENGLISH)
    assert page.mean_confidence > 0.85
    assert pickle.loads(pickle.dumps(page)) == page  # noqa: S301 - pages cross processes
    image = page_image(path, 1, settings)
    assert image.shape == (page.height, page.width)
    for line in page.lines:
        for word in line.words:
            part = image[word.box.top : word.box.bottom, word.box.left : word.box.right]
            assert part.min() < 128
    (reading,) = page.lines[-1].second
    assert reading.text == "j.mwangi@justice.example.org"


def test_an_upside_down_french_page_is_turned(
    draw_page: Draw, save: Save, settings: OcrSettings
) -> None:
    path = save(np.rot90(draw_page(FRENCH), 2).copy(), "note.png")
    page = read_page(path, 1, settings, ("fr",))
    assert (page.language, page.rotation) == ("fr", 180)
    assert page.text.splitlines()[0] == FRENCH[0]
    upright = page_image(path, 1, settings, page.rotation)
    assert (upright[: len(upright) // 2] < 128).mean() > (upright[len(upright) // 2 :] < 128).mean()


def test_a_sideways_russian_page_is_turned_and_read_without_a_hint(
    draw_page: Draw, save: Save, settings: OcrSettings
) -> None:
    path = save(np.rot90(draw_page(RUSSIAN)).copy(), "note.tif")
    page = read_page(path, 1, settings)
    assert (page.outcome, page.language, page.rotation) == ("read", "ru", 90)
    assert RUSSIAN[3] in page.text


def test_arabic_is_found_and_in_logical_order(
    draw_page: Draw, save: Save, settings: OcrSettings
) -> None:
    path = save(draw_page(ARABIC, font="DejaVuSans.ttf", rtl=True), "note.png")
    page = read_page(path, 1, settings)
    assert (page.outcome, page.language) == ("read", "ar")
    assert ARABIC[3] in page.text


def test_chinese_is_found_and_has_no_spaces_inside(
    draw_page: Draw, save: Save, settings: OcrSettings
) -> None:
    path = save(draw_page(CHINESE, font=CJK, points=14), "note.png")
    page = read_page(path, 1, settings)
    assert (page.outcome, page.language) == ("read", "zh")
    assert CHINESE[0] in page.text


def test_a_wrong_hint_is_put_right(draw_page: Draw, save: Save, settings: OcrSettings) -> None:
    page = read_page(save(draw_page(RUSSIAN), "note.png"), 1, settings, ("fr",))
    assert page.language == "ru"
    assert RUSSIAN[3] in page.text


def test_a_blank_page_is_warned_and_not_failed(
    draw_page: Draw, save: Save, settings: OcrSettings
) -> None:
    page = read_page(save(draw_page(()), "blank.png"), 1, settings)
    assert (page.outcome, page.reason, page.lines) == ("warned", "blank", ())


def test_no_words_are_read_out_of_noise(save: Save, settings: OcrSettings) -> None:
    noise = np.random.default_rng(5).integers(0, 256, (1000, 700)).astype(np.uint8)
    page = read_page(save(noise, "noise.png", dpi=85), 1, settings)
    assert (page.outcome, page.reason, page.lines) == ("warned", "blank", ())


def test_a_page_over_its_time_has_failed(draw_page: Draw, save: Save) -> None:
    page = read_page(save(draw_page(ENGLISH), "n.png"), 1, OcrSettings(page_timeout_s=0.02))
    assert (page.outcome, page.reason) == ("failed", "timeout")


@pytest.mark.parametrize("name", ["no.pdf", "bad.pdf", "bad.png", "bad.bin"])
def test_a_file_that_cannot_be_read_is_an_outcome(
    tmp_path: Path, settings: OcrSettings, name: str
) -> None:
    if name != "no.pdf":
        (tmp_path / name).write_bytes(
            {"bad.pdf": b"%PDF-1.7\n", "bad.png": b"\x89PNG\r\n\x1a\n"}.get(name, b"??")
        )
    page = read_page(tmp_path / name, 1, settings)
    assert page.outcome == "failed"
    assert page.reason


def test_the_densest_strip_is_running_text(draw_page: Draw) -> None:
    page = draw_page(ENGLISH)
    strip = page_pass.densest_strip(page, 200)
    assert 200 <= strip.shape[0] <= 400
    assert (strip < 128).sum() > 0.6 * (page < 128).sum()
    assert (strip[:3] < 128).sum() == 0  # no line is cut in half
    blank = np.full_like(page, 255)
    assert page_pass.densest_strip(blank, 200).shape[0] <= 400


def test_settings_that_change_results_change_their_version() -> None:
    assert OcrSettings().version == OcrSettings().version
    assert OcrSettings(read_dpi=300).version != OcrSettings().version


@pytest.mark.parametrize("turns", [0, 1, 2, 3])
def test_an_arabic_page_with_a_hint_is_put_upright_however_it_lay(
    draw_page: Draw, save: Save, settings: OcrSettings, turns: int
) -> None:
    upright = draw_page(ARABIC * 4, font="NotoNaskhArabic-Regular.ttf", rtl=True, points=15)
    path = save(np.rot90(upright, turns).copy(), "note.png")
    page = read_page(path, 1, settings, ("ar",))
    assert page.rotation == 90 * turns
    assert page.width < page.height
    assert all(line.box.width > line.box.height for line in page.lines)


def test_a_fax_of_few_lines_is_read_and_marked(tmp_path: Path, settings: OcrSettings) -> None:
    page = Image.fromarray(draw(ENGLISH, dpi=204)).resize((1687, 1146)).convert("1")
    page.save(tmp_path / "fax.tif", compression="group4", dpi=(204, 98))
    found = read_page(tmp_path / "fax.tif", 1, settings)
    assert (found.outcome, found.reason) == ("warned", "low_resolution")
    assert "Mr. John MWANGI" in found.text


@pytest.mark.parametrize("size", [(1, 1), (1, 900), (40, 900), (8, 8)])
def test_a_picture_too_small_for_writing_is_no_page_and_no_error(
    save: Save, settings: OcrSettings, size: tuple[int, int]
) -> None:
    noise = np.random.default_rng(3).integers(0, 255, size, dtype=np.uint8)
    page = read_page(save(noise, "icon.png"), 1, settings)
    assert (page.outcome, page.reason) == ("warned", "too_small")


def test_an_error_that_nobody_foresaw_costs_its_page_and_says_nothing_of_it(
    draw_page: Draw,
    save: Save,
    settings: OcrSettings,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def fails(*_arguments: object) -> None:
        raise ValueError("Amina Otieno")

    monkeypatch.setattr(first_pass, "best_reading", fails)
    page = read_page(save(draw_page(ENGLISH), "note.png"), 1, settings)
    assert (page.outcome, page.reason) == ("failed", "internal_error")
    assert "ValueError" in caplog.text
    assert "Otieno" not in caplog.text
