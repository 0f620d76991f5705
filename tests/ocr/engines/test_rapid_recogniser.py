"""The second reader's model, run without RapidOCR: it must read what RapidOCR reads."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import cv2
import numpy as np
import pytest

from ocr.engines import rapid, rapid_recogniser
from ocr.errors import ToolMissing
from ocr.image import Grey

pytestmark = pytest.mark.skipif(
    not rapid.is_installed(), reason="the extra second-reader is not installed"
)
LINES = ("j.mwangi@justice.example.org", "Łukasz ŠVÉDA, Directeur général", "王小明 司长")
WIDTHS = (12, 90, 400, 1300)


def by_rapidocr() -> Callable[[Grey], tuple[str, float]]:
    from rapidocr.ch_ppocr_rec import TextRecInput, TextRecognizer

    config: Any = rapid.configuration()
    config.Rec.engine_cfg = config.EngineConfig.onnxruntime
    config.Rec.model_root_dir = config.Global.model_root_dir
    config.Rec.rec_batch_num = 1
    config.Rec.font_path = None
    config.Rec.rec_img_shape = [3, 48, 128]
    recognise = TextRecognizer(config.Rec)

    def read(crop: Grey) -> tuple[str, float]:
        found: Any = recognise(TextRecInput(img=[cv2.cvtColor(crop, cv2.COLOR_GRAY2BGR)]))
        return str(found.txts[0]), float(found.scores[0])

    return read


def test_every_crop_is_read_as_rapidocr_reads_it(draw_page: Callable[..., Grey]) -> None:
    read, page = by_rapidocr(), draw_page(LINES)
    noisy = np.random.default_rng(3).normal(page, 20).clip(0, 255).astype(np.uint8)
    crops = [
        image[195 + 57 * n : 250 + 57 * n, 150 : 150 + width]
        for image in (page, noisy)
        for n in range(len(LINES) + 1)  # below the last line there is nothing
        for width in WIDTHS
    ]
    seen = [rapid_recogniser.recogniser()(crop) for crop in crops]
    found = [(line.text, line.score) for line in seen]
    assert found == [read(crop) for crop in crops]
    assert any(LINES[0] in text for text, _score in found)


SIGNS = ("", "i", "í", "I", "l", " ", "ñ", "n")


def _recognised(*strips: dict[str, float]) -> rapid_recogniser.Recognised:
    """Of strips of a line, each with scores of signs."""
    scores = np.zeros((1, len(strips), len(SIGNS)), np.float32)
    for at, strip in enumerate(strips):
        for sign, score in strip.items():
            scores[0, at, SIGNS.index(sign)] = score

    class Session:
        def get_inputs(self) -> list[SimpleNamespace]:
            return [SimpleNamespace(name="x")]

        def run(self, _names: None, _given: object) -> list[object]:
            return [scores]

    recogniser = rapid_recogniser.Recogniser(Session(), SIGNS)
    return recogniser(np.zeros((48, 128), np.uint8))


def test_a_word_in_which_another_letter_is_nearly_as_likely_is_unsure() -> None:
    seen = _recognised({"n": 1}, {" ": 1}, {"i": 0.8, "í": 0.15}, {"": 1}, {"l": 1})
    assert (seen.text, seen.unsure) == ("n il", ("il",))


@pytest.mark.parametrize(
    "strip", [{"i": 0.6, "I": 0.4}, {"ñ": 0.8, "n": 0.2}, {"n": 0.6, "": 0.4}, {"n": 0.99}]
)
def test_a_letter_in_another_size_or_without_its_accent_is_no_rival(
    strip: dict[str, float],
) -> None:
    assert _recognised(strip).unsure == ()


def test_a_letter_counts_where_it_is_surest() -> None:
    assert _recognised({"i": 0.5, "í": 0.4}, {"i": 0.9}).unsure == ()


def test_a_wheel_without_a_model_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rapid_recogniser, "NAME", "email")  # a package without models
    rapid_recogniser.recogniser.cache_clear()
    with pytest.raises(ToolMissing, match="no model"):
        rapid_recogniser.recogniser()
