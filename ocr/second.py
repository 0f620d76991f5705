"""The second reader's part in a page: places that matter are read by another engine too."""

from __future__ import annotations

from dataclasses import replace

from ocr import doubtful, names
from ocr.engine import Grey, OcrEngine
from ocr.types import Box, Line, SecondReading

_PLACES = (
    doubtful.address_boxes,
    names.name_boxes,
    doubtful.unsure_boxes,
    doubtful.unsure_chinese_boxes,
)
"""What is read again, the most important first."""

TAKEN = 0.95
"""Score from which the second reading takes the place of words the first could not read."""

HOPELESS = 0.5
"""Confidence below which the first reading of a word is not kept against a sure second one."""


def read_again(
    image: Grey,
    lines: tuple[Line, ...],
    engine: OcrEngine,
    languages: tuple[str, ...],
    most: int,
) -> tuple[Line, ...]:
    """The lines with what ``engine`` read where addresses and doubtful words stand.

    Addresses come first; at most ``most`` places are read. A reading is kept beside the
    words as evidence; only words that tesseract could not read at all are replaced by it, and
    then it is not kept as a second opinion of itself.
    """
    wanted: list[tuple[int, Box]] = []
    for choose in _PLACES:
        wanted += [(number, box) for number, line in enumerate(lines) for box in choose(line)]
    wanted = _without_doubles(wanted)[:most]
    found = engine.lines(image, tuple(box for _number, box in wanted), languages)
    changed = list(lines)
    for (number, _box), reading in zip(wanted, found, strict=True):
        if reading.text:
            changed[number] = _with_reading(changed[number], reading)
    return tuple(changed)


def _without_doubles(wanted: list[tuple[int, Box]]) -> list[tuple[int, Box]]:
    """Places that lie inside an earlier one of the same line are left out."""
    kept: list[tuple[int, Box]] = []
    for number, box in wanted:
        if not any(number == other and box.union(wide) == wide for other, wide in kept):
            kept.append((number, box))
    return kept


def _with_reading(line: Line, reading: SecondReading) -> Line:
    under = [word for word in line.words if word.box == reading.box]
    if len(under) == 1 and under[0].confidence < HOPELESS and reading.confidence >= TAKEN:
        at = line.words.index(under[0])
        new = replace(under[0], text="".join(reading.text.split()), confidence=TAKEN - 0.05)
        return replace(line, words=(*line.words[:at], new, *line.words[at + 1 :]))
    line = names.with_accents(line, reading)
    return replace(line, second=(*line.second, reading))


def read_places(
    image: Grey, lines: tuple[Line, ...], engine: OcrEngine, places: tuple[Box, ...]
) -> tuple[Line, ...]:
    """The lines with what ``engine`` read in given places; each goes to the line it lies on."""
    changed = list(lines)
    for box, reading in zip(places, engine.lines(image, places, ()), strict=True):
        number = next((n for n, line in enumerate(lines) if _lies_on(box, line)), None)
        if number is not None and reading.text:
            line = changed[number]
            changed[number] = replace(line, second=(*line.second, reading))
    return tuple(changed)


def _lies_on(box: Box, line: Line) -> bool:
    return any(
        w.box.left >= box.left
        and w.box.right <= box.right
        and w.box.top >= box.top
        and w.box.bottom <= box.bottom
        for w in line.words
    )
