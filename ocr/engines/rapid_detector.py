"""RapidOCR's text detector: where print stands on a page, without reading it.

For pages whose print the page reader loses, tables and forms above all. It costs a third of a
page's reading and is kept away from plain letters. Its model lies in the wheel (DB: Liao et
al., arXiv 1911.08947).
"""

from __future__ import annotations

import functools
import math
from itertools import pairwise
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

_LEAST_SIDE, _LONGEST = 160, 1600
"""Pixels: pages whose shorter side is less are enlarged to it (RapidOCR's own is 736, made for
photographs of a few words; with 320 the same was found in 16 places of columns, for a third more
time); no page is given with a longer side, which was chosen and not measured."""

_INK = 140
"""Grey level below which a pixel is ink, on a page whose paper has been made white."""

_MOST_PIXELS = 450_000
"""Of a part the page is cut into. The detector takes some 190 bytes a pixel; of pages in two halves
it took 255 MB, and a worker 611."""

_REACH = 0.4
"""Share of a part's height by which it may end sooner or later, where there is the least ink."""


def find_print(
    image: Grey, dpi: int, sharper: bool = False, place: Box | None = None
) -> tuple[Box, ...]:
    """Boxes round pieces of printed lines, from the top down; whatever their colour.

    Args:
        image: the page.
        dpi: its resolution.
        sharper: a quarter finer, for small print.
        place: where on the page to look, None for all of it.

    Raises:
        ImportError: the extra ``second-reader`` is not installed.
    """
    if place is not None:
        # as high as what the detector enlarges no more
        more = max(0, round(_LEAST_SIDE * dpi / _DPI) - place.height + 1) // 2
        top, left = max(0, place.top - more), max(0, place.left)
        band = image[top : place.bottom + more, left : place.right]
        found = (box.moved(left, top) for box in find_print(band, dpi, sharper))
        return tuple(box for box in found if place.holds(box))
    factor = min(
        1.0, _DPI * (_SHARPER if sharper else 1.0) / max(1, dpi), _LONGEST / max(image.shape)
    )
    shrunk = cv2.resize(image, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
    small = np.asarray(shrunk, dtype=np.uint8)
    cuts = _cuts(small)
    boxes = []
    for above, below in pairwise(cuts):
        found = _detector()(cv2.cvtColor(small[above:below], cv2.COLOR_GRAY2BGR)).boxes
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


def _cuts(image: Grey) -> list[int]:
    """Rows at which the page is cut into two parts or more, between two lines; first and last."""
    height: int = image.shape[0]
    parts = max(1, math.ceil(image.size / _MOST_PIXELS))
    reach = max(1, round(_REACH * height / parts / 2))
    ink = (image < _INK).sum(axis=1).astype(np.float64)
    around = np.convolve(ink, np.ones(3), "same")  # a row with what is beside it
    inner = []
    for number in range(1, parts):
        start = max(1, round(height * number / parts) - reach)
        inner.append(start + int(np.argmin(around[start : start + 2 * reach])))
    return [0, *inner, height]


@functools.cache
def _detector() -> Any:  # noqa: ANN401 - a callable of an untyped library
    from rapidocr.ch_ppocr_det import TextDetector

    config = rapid.configuration()
    config.Det.engine_cfg = config.EngineConfig.onnxruntime
    config.Det.model_root_dir = config.Global.model_root_dir
    config.Det.limit_side_len = _LEAST_SIDE
    return TextDetector(config.Det)
