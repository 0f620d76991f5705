"""What two readers say of the same words, and what their agreement is worth."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from extract import emails
from extract.normalise import fold

if TYPE_CHECKING:
    from extract.flow import Flow
    from ocr.types import Box, SecondReading, Word

AGREED = 0.985
ACCENT_DIFFERS = 0.8
DIFFERS = 0.55
SURE_SECOND = 0.9


@dataclass(frozen=True, slots=True)
class Agreement:
    """The trust in some printed words: 0 to 1, and whether two readers differ on one of them."""

    confidence: float
    differs: bool = False


def overlapping(flow: Flow, start: int, end: int) -> tuple[SecondReading, ...]:
    """Second readings that cover words of the span."""
    found: list[SecondReading] = []
    for line, a, b in flow.pieces(start, end):
        boxes = [w.box for w in line.words_between(a, b)]
        found.extend(r for r in line.second if any(_covers(r.box, box) for box in boxes))
    return tuple(found)


def _covers(reading: Box, word: Box) -> bool:
    width = min(reading.right, word.right) - max(reading.left, word.left)
    height = min(reading.bottom, word.bottom) - max(reading.top, word.top)
    area = word.width * word.height
    return width > 0 and height > 0 and width * height > 0.5 * area


def of_text(flow: Flow, start: int, end: int) -> Agreement:
    """Trust in the words of a span: the weakest word decides."""
    readings = overlapping(flow, start, end)
    confidence, differs = 1.0, False
    for word in flow.words(start, end):
        trust = _of_word(word, readings)
        differs = differs or trust == DIFFERS
        confidence = min(confidence, trust)
    return Agreement(confidence, differs)


def _of_word(word: Word, readings: tuple[SecondReading, ...]) -> float:
    bare = word.text.strip(".,;:()[]،；，。：-–—'\"")
    if not bare:
        return 1.0
    here = [r for r in readings if _covers(r.box, word.box)]
    for reading in here:
        if bare.casefold() in reading.text.casefold():
            return max(word.confidence, AGREED)
    for reading in here:
        if fold(bare) in fold(reading.text):
            return min(max(word.confidence, ACCENT_DIFFERS), ACCENT_DIFFERS + 0.1)
    if here and max(r.confidence for r in here) >= SURE_SECOND and len(bare) > 1:
        return min(word.confidence, DIFFERS)
    return word.confidence


def other_addresses(flow: Flow, mail: emails.EmailMatch) -> tuple[tuple[str, float], ...]:
    """Addresses the second reader saw where ``mail`` stands, each with its own score."""
    found: list[tuple[str, float]] = []
    for reading in overlapping(flow, mail.start, mail.end):
        found.extend((m.text, reading.confidence) for m in emails.find(reading.text))
    return tuple(dict.fromkeys(found))
