"""RapidOCR's text detector: where print stands on a page, without reading it.

For pages whose print the page reader loses, tables and forms above all. It costs a third of a
page's reading and is kept away from plain letters. Its model lies in the wheel (DB: Liao et
al., arXiv 1911.08947).
"""

from __future__ import annotations

import functools
from typing import Any

import cv2
import numpy as np

from ocr.engines import rapid
from ocr.image import Grey
from ocr.types import Box

_DPI = 120
"""Resolution the page is shrunk to; at 200 dpi it costs six times as much."""

_LEAST_SIDE, _LONGEST = 320, 1600
_INK = 140


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
    shrunk = cv2.resize(image, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
    small = np.asarray(shrunk, dtype=np.uint8)
    middle = _emptiest_row(small)
    boxes = []
    for part, above in ((small[:middle], 0), (small[middle:], middle)):  # half the memory
        found = _detector()(cv2.cvtColor(part, cv2.COLOR_GRAY2BGR)).boxes
        for points in () if found is None else found:
            left, top, right, bottom = (
                float(edge) / factor
                for edge in (
                    points[:, 0].min(),
                    points[:, 1].min() + above,
                    points[:, 0].max(),
                    points[:, 1].max() + above,
                )
            )
            boxes.append(Box(int(left), int(top), round(right), round(bottom)))
    return tuple(sorted(boxes, key=lambda box: (box.top, box.left)))


def _emptiest_row(image: Grey) -> int:
    """The row near the middle with the least ink in and beside it: between two lines."""
    height: int = image.shape[0]
    start, stop = height * 2 // 5, max(height * 3 // 5, height * 2 // 5 + 1)
    ink = (image[start:stop] < _INK).sum(axis=1).astype(np.float64)
    around = np.asarray(np.convolve(ink, np.ones(3), "same"), dtype=np.float64)
    return start + int(around.argsort(kind="stable")[0])


@functools.cache
def _detector() -> Any:  # noqa: ANN401 - a callable of an untyped library
    from rapidocr.ch_ppocr_det import TextDetector

    config = rapid.configuration()
    config.Det.engine_cfg = config.EngineConfig.onnxruntime
    config.Det.model_root_dir = config.Global.model_root_dir
    config.Det.limit_side_len = _LEAST_SIDE
    return TextDetector(config.Det)
