"""The second reader's part in a page: places that matter are read by another engine too."""

from __future__ import annotations

from dataclasses import replace

from ocr import doubtful
from ocr.engine import Grey, OcrEngine
from ocr.types import Box, Line, SecondReading


def read_again(
    image: Grey,
    lines: tuple[Line, ...],
    engine: OcrEngine,
    languages: tuple[str, ...],
    most: int,
) -> tuple[Line, ...]:
    """The lines with what ``engine`` read where addresses and doubtful words stand.

    Addresses come first; at most ``most`` places are read.
    """
    wanted: list[tuple[int, Box]] = []
    for choose in (doubtful.address_boxes, doubtful.unsure_boxes):
        wanted += [(number, box) for number, line in enumerate(lines) for box in choose(line)]
    wanted = list(dict.fromkeys(wanted))[:most]
    found = engine.lines(image, tuple(box for _number, box in wanted), languages)
    readings: dict[int, list[SecondReading]] = {}
    for (number, _box), reading in zip(wanted, found, strict=True):
        if reading.text:
            readings.setdefault(number, []).append(reading)
    return tuple(
        replace(line, second=tuple(readings[number])) if number in readings else line
        for number, line in enumerate(lines)
    )
