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

_SHARPER = 1.25
"""Times ``_DPI`` for small print. Chosen, not measured."""

_LEAST_SIDE, _LONGEST = 320, 1600
"""Pixels: pages whose shorter side is less are enlarged to it (RapidOCR's own is 736, made for
photographs of a few words); no page is given with a longer side. Chosen, not measured."""

_INK = 140
"""Grey level below which a pixel is ink, on a page whose paper has been made white."""

_CUT_FROM, _CUT_TO = 0.4, 0.6
"""Share of the page's height between which it is cut in two, where there is the least ink."""


def find_print(image: Grey, dpi: int, sharper: bool = False) -> tuple[Box, ...]:
    """Boxes round pieces of printed lines, from the top down; whatever their colour.

    Args:
        image: the page.
        dpi: its resolution.
        sharper: a quarter finer, for small print.

    Raises:
        ImportError: the extra ``second-reader`` is not installed.
    """
    factor = min(
        1.0, _DPI * (_SHARPER if sharper else 1.0) / max(1, dpi), _LONGEST / max(image.shape)
    )
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
    start, stop = int(height * _CUT_FROM), max(int(height * _CUT_TO), int(height * _CUT_FROM) + 1)
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
