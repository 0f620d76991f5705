"""The second reader's model, run without RapidOCR: it must read what RapidOCR reads."""

from __future__ import annotations

from collections.abc import Callable
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
    found = [rapid_recogniser.recogniser()(crop) for crop in crops]
    assert found == [read(crop) for crop in crops]
    assert any(LINES[0] in text for text, _score in found)


def test_a_wheel_without_a_model_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rapid_recogniser, "NAME", "email")  # a package without models
    rapid_recogniser.recogniser.cache_clear()
    with pytest.raises(ToolMissing, match="no model"):
        rapid_recogniser.recogniser()
