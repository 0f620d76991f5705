"""The third reader's part: names are read with the models of the sender's own languages.

The page's model has no ł, ș or ễ, and the second reader none of the Vietnamese letters with two
marks. A model of the State's language has them all. Arabic, which the second reader does not know,
is read once more without the English model and at the resolution it reads best, and by the model
for Arabic lines. What they read
stands beside the words as evidence; which reading is believed is decided by who knows what a name
is.
"""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np

from ocr import connected
from ocr.engines.protocols import NamesReader
from ocr.image import WHITE, Grey, as_bytes
from ocr.passes.second.second_reader import line_under
from ocr.prepare import letter_size
from ocr.types import Box, Line

_ABOVE, _BESIDE = 0.35, 0.1
"""Shares of a box's height that are added above and below it, and on its sides: a page reader that
does not know an accent leaves it out of its boxes. With 0.2 above, carons of capitals were cut and
taken for ink of the line above. Of 430 words with accents 426 were exact."""

_LETTER_GAP, _GROWN = 0.25, 2.0
"""White between two letters of an Arabic word at most, and how far a word may reach beyond its box,
in heights of the box."""

ARABIC = ("ar",)
"""ISO 639-1 code of names whose boxes may be cut."""

_EDGE = 0.35
"""Share of a crop's height at its top and bottom: ink that begins at the edge and ends in there is
of the line above or below."""

_INK = 140
"""Grey level below which a pixel is ink."""

_PAPER = 75
"""Percentile of a crop's grey levels that is its paper: letters cover a fifth of it."""

_HALO = np.ones((5, 5), np.uint8)
"""How far round ink its grey edge reaches, pixels at 200 dpi."""


def read_names(
    image: Grey,
    lines: tuple[Line, ...],
    engine: NamesReader,
    names: tuple[Box, ...],
    languages: tuple[str, ...],
    most: int,
    scale: float = 1.0,
) -> tuple[Line, ...]:
    """The lines with what ``engine`` read in the boxes of names; one call for the whole page.

    They are read at the page's own resolution: at 160 dpi faxes are read a little better, clean
    pages a little worse.

    Args:
        image: the page.
        lines: the page's lines.
        engine: has the models of ``languages``.
        names: boxes in pixels of ``image``.
        languages: ISO 639-1 codes.
        most: so many are read, the first ones.
        scale: what their print is scaled by before it is read, up to 1.

    Raises:
        ChildError: the engine failed or took too long.
    """
    wanted = [
        (number, box) for box in names for number in [line_under(box, lines)] if number is not None
    ][:most]
    if not wanted:
        return lines
    crops = [
        _alone(image, _grown(image, box, lines[number]) if languages == ARABIC else box)
        for number, box in wanted
    ]
    stack, boxes = _stacked([letter_size.scaled(c, scale) if scale < 1 else c for c in crops])
    found = engine.names(stack, boxes, languages)
    changed = list(lines)
    for (number, box), reading in zip(wanted, found, strict=True):
        if reading.text:
            line = changed[number]
            changed[number] = replace(line, second=(*line.second, replace(reading, box=box)))
    return tuple(changed)


def _grown(image: Grey, box: Box, line: Line) -> Box:
    """The box with the letters that it was cut from: of ``مستشار`` the page reader saw ``تشار``.

    Ink right beside it, under no word of the line, is of its first or last word.
    """
    step, reach = round(_LETTER_GAP * box.height), round(_GROWN * box.height)
    rows = image[max(0, box.top) : box.bottom]
    others = [w.box for w in line.words if not box.holds(w.box)]
    most = min((o.left for o in others if o.left >= box.right), default=image.shape[1])
    least = max((o.right for o in others if o.right <= box.left), default=0)
    behind = rows[:, box.right : min(most, box.right + reach)]
    before = rows[:, max(least, box.left - reach) : box.left][:, ::-1]
    left, right = box.left - _joined(before, step), box.right + _joined(behind, step)
    return Box(left, box.top, right, box.bottom)


def _joined(strip: Grey, step: int) -> int:
    """How many columns from the first one ink goes on without a gap wider than ``step``."""
    end = 0
    for column in np.unique(np.nonzero(strip < _INK)[1]).tolist():
        if column - end > step:
            break
        end = column + 1
    return end


def _alone(image: Grey, box: Box) -> Grey:
    """The name with some room, without what reaches into it from the lines above and below."""
    above, beside = round(_ABOVE * box.height), round(_BESIDE * box.height)
    crop = image[
        max(0, box.top - above) : box.bottom + above, max(0, box.left - beside) : box.right + beside
    ].copy()
    ink = (crop < _INK).astype(np.uint8)
    count, labels, stats, _centres = connected.pieces(ink)
    tops = stats[:, cv2.CC_STAT_TOP]
    ends = tops + stats[:, cv2.CC_STAT_HEIGHT]
    height = crop.shape[0]
    foreign = ((tops == 0) & (ends < _EDGE * height)) | (
        (ends == height) & (tops > (1 - _EDGE) * height)
    )
    foreign[0] = False  # the paper
    paper = max(1.0, float(np.percentile(crop, _PAPER)))
    if count > 1 and foreign.any():
        crop[cv2.dilate(foreign[labels].astype(np.uint8), _HALO) > 0] = paper
    # white, as what is put round it: the ghosts of letters taken out were read, too
    return as_bytes(np.minimum(WHITE, crop.astype(np.float32) * (WHITE / paper)).astype(np.uint8))


def _stacked(crops: list[Grey]) -> tuple[Grey, tuple[Box, ...]]:
    """The crops one under the other, and where each stands."""
    stack = np.full(
        (sum(c.shape[0] for c in crops), max(c.shape[1] for c in crops)), WHITE, np.uint8
    )
    boxes: list[Box] = []
    at = 0
    for crop in crops:
        height, width = crop.shape
        stack[at : at + height, :width] = crop
        boxes.append(Box(0, at, width, at + height))
        at += height
    return stack, tuple(boxes)
