"""The third reader's part: names are read with the models of the sender's own languages.

The page's model has no ł, ș or ễ, and the second reader none of the Vietnamese letters with two
marks. A model of the State's language has them all. What it reads stands beside the words as
evidence; which reading is believed is decided by who knows what a name is.
"""

from __future__ import annotations

from dataclasses import replace

from ocr.engines.protocols import PageEngine
from ocr.image import Grey
from ocr.passes.second.second_reader import line_under
from ocr.prepare import letter_size
from ocr.types import Box, Line, SecondReading

_MARGIN = 0.2
"""Share of a box's height that is added above and below it: a page reader that does not know the
accents of capitals leaves them out of its boxes. Chosen, not measured."""


def read_names(
    image: Grey,
    scale: float,
    lines: tuple[Line, ...],
    engine: PageEngine,
    names: tuple[Box, ...],
    languages: tuple[str, ...],
    most: int,
) -> tuple[Line, ...]:
    """The lines with what ``engine`` read in the boxes of names; one call for the whole page.

    Args:
        image: the page.
        scale: what it is made smaller by before it is read, see ``letter_size``.
        lines: the page's lines.
        engine: has the models of ``languages``.
        names: boxes in pixels of ``image``.
        languages: ISO 639-1 codes.
        most: so many are read, the first ones.

    Raises:
        ChildError: the engine failed or took too long.
    """
    wanted = [
        (number, box) for box in names for number in [line_under(box, lines)] if number is not None
    ][:most]
    if not wanted:
        return lines
    small = letter_size.scaled(image, scale) if scale != 1.0 else image
    boxes = tuple(_scaled(box, scale) for _number, box in wanted)
    found = engine.names(small, boxes, languages)
    changed = list(lines)
    for (number, box), reading in zip(wanted, found, strict=True):
        if reading.text:
            changed[number] = _with(changed[number], replace(reading, box=box))
    return tuple(changed)


def _scaled(box: Box, scale: float) -> Box:
    room = _MARGIN * box.height
    edges = (box.left, max(0.0, box.top - room), box.right, box.bottom + room)
    return Box(*(round(edge * scale) for edge in edges))


def _with(line: Line, reading: SecondReading) -> Line:
    return replace(line, second=(*line.second, reading))
