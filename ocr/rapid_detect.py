"""RapidOCR's text detector: where print stands on a page, without reading it.

For pages whose print the page reader loses, tables and forms above all. It costs a third of a
page's reading and is kept away from plain letters. Its model lies in the wheel (DB: Liao et
al., arXiv 1911.08947).
"""

from __future__ import annotations

import functools
from typing import Any

import cv2

from ocr import child
from ocr.engine import Grey
from ocr.types import Box

_DPI = 120
"""Resolution the page is shrunk to; at 200 dpi it costs six times as much."""

_LEAST_SIDE, _LONGEST = 320, 1600
_GROWN = 0.5
"""Score from which a spot is taken for print: RapidOCR's own."""


def find_print(image: Grey, dpi: int, sharper: bool = False) -> tuple[Box, ...]:
    """Boxes round pieces of printed lines, from the top down; whatever their colour.

    Args:
        image: the page.
        dpi: its resolution.
        sharper: a quarter finer, for small print.

    Raises:
        ImportError: the extra ``second-reader`` is not installed.
    """
    factor = min(1.0, _DPI * (1.25 if sharper else 1.0) / max(1, dpi), _LONGEST / max(image.shape))
    small = cv2.resize(image, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
    found = _detector()(cv2.cvtColor(small, cv2.COLOR_GRAY2BGR))
    if found.boxes is None:
        return ()
    boxes = []
    for points in found.boxes:
        left, top = points.min(axis=0) / factor
        right, bottom = points.max(axis=0) / factor
        boxes.append(Box(int(left), int(top), round(right), round(bottom)))
    return tuple(sorted(boxes, key=lambda box: (box.top, box.left)))


@functools.cache
def _detector() -> Any:  # noqa: ANN401 - a callable of an untyped library
    from rapidocr import RapidOCR
    from rapidocr.ch_ppocr_det import TextDetector

    threads = "EngineConfig.onnxruntime"
    config = RapidOCR(
        params={
            "Global.log_level": "critical",
            f"{threads}.intra_op_num_threads": int(child.THREADS["OMP_NUM_THREADS"]),
            f"{threads}.inter_op_num_threads": 1,
        }
    ).cfg
    config.Det.engine_cfg = config.EngineConfig.onnxruntime
    config.Det.model_root_dir = config.Global.model_root_dir
    config.Det.limit_side_len = _LEAST_SIDE
    return TextDetector(config.Det)
