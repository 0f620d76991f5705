"""What two readers say of Chinese print.

The page reader gives a run of characters as one word, honorific included, and takes a short
name on its own for Latin letters now and then. So the readings are compared character by
character. The line reader reads single Chinese characters better, and is believed where it is
sure; the difference stays a doubt.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rapidfuzz.distance import Levenshtein

from extract.language import terms
from extract.language.normalise import fold, is_han, is_traditional
from extract.layout.seen_signs import covers

if TYPE_CHECKING:
    from extract.layout.document import Document
    from extract.layout.lines import TextLine
    from extract.layout.text_run import TextRun
    from ocr.types import SecondReading

SURE = 0.9  # score from which the line reader is believed
TELLING, MOSTLY = 3, 4  # traditional characters that tell, and to each simplified one
MOST_LONGER = 1
"""Characters by which two readings of the same words may differ in length."""


@dataclass(frozen=True, slots=True)
class HanChoice:
    """The chosen text; ``whole`` when the second reader saw all of it."""

    text: str
    confidence: float
    differs: bool
    whole: bool


def form_behind(name: str) -> str:
    """The form of address a second reading has behind a name, where the first saw no Chinese."""
    phrases = (p for x in ("honorifics_m", "honorifics_f") for p in terms.phrases(x))
    forms = [p for p in phrases if is_han(p[0]) and name.endswith(p)]
    return max(forms, key=len, default="")


def choose_han_reading(run: TextRun, start: int, end: int, sure: float = SURE) -> HanChoice | None:
    """The best text of a span of Chinese print; None where no reader saw Chinese characters.

    From the score ``sure`` on the line reader is believed.
    """
    parts: list[str] = []
    confidence, differs, whole, seen = 1.0, False, True, False
    traditional = _is_in_traditional(run.document)
    for line, a, b in _pieces(run, start, end):
        printed = "".join(line.text[a:b].split())
        other, trust = _other(line, a, b)
        if other is not None and not traditional:
            other = _simple(other, printed)
        words = line.words_between(a, b)
        if other is None or not _comparable(printed, other):
            parts.append(printed)
            whole = False
            confidence = min((confidence, *(w.confidence for w in words)))
            continue
        seen = True
        same = fold(other) == fold(printed)
        # the first character is lost at the edge of a box now and then
        shorter = len(other) < len(printed) and not printed.isascii()
        cut = shorter and other[:1] != printed[:1]
        believed = trust >= sure and not same and not cut
        parts.append(other if believed else printed)
        differs = differs or not same
        confidence = min((confidence, *(w.confidence for w in words))) if not same else confidence
    return HanChoice("".join(parts), confidence, differs, whole) if seen else None


def _pieces(run: TextRun, start: int, end: int) -> Iterator[tuple[TextLine, int, int]]:
    """The span line by line; word by word where no second reading holds all of a line's part.

    A name set apart is two words, each with a reading of its own.
    """
    for line, a, b in run.pieces(start, end):
        boxes = [w.box for w in line.words_between(a, b)]
        if any(all(covers(r.box, box) for box in boxes) for r in line.second):
            yield line, a, b
            continue
        for word, at in zip(line.words, line.starts, strict=True):
            first, last = max(a, at), min(b, at + len(word.text))
            if first < last:
                yield line, first, last


def _is_in_traditional(document: Document) -> bool:
    """A note of Hong Kong or Macao: the page reader's model has simplified characters alone.

    The line reader knows both, mixes them here and there, and never only one way.
    """
    seen = [c for line in document.lines for r in line.second for c in r.text if is_han(c)]
    traditional = sum(map(is_traditional, seen))
    return traditional >= TELLING and traditional > MOSTLY * sum(map(_is_simplified, seen))


def _simple(text: str, printed: str) -> str:
    """The text with the simplified characters of ``printed`` for traditional ones: ``黃建国``.

    The line reader knows both and mixes them; nobody prints them so.
    """
    if len(text) != len(printed) or all(map(is_traditional, filter(is_han, text))):
        return text
    pairs = zip(text, printed, strict=True)
    return "".join(p if is_traditional(c) and not is_traditional(p) else c for c, p in pairs)


def _is_simplified(char: str) -> bool:
    """No character of Big5, which has the traditional ones alone."""
    try:
        char.encode("big5")
    except UnicodeEncodeError:
        return True
    return False


def _comparable(printed: str, other: str) -> bool:
    """Both are Chinese and about as long, or the page reader took the characters for letters."""
    if not any(map(is_han, other)):
        return False
    if any(map(is_han, printed)):
        return abs(len(printed) - len(other)) <= MOST_LONGER
    return printed.isascii() and printed.isalpha() and all(map(is_han, other))


def _other(line: TextLine, a: int, b: int) -> tuple[str | None, float]:
    """What the second reader saw at characters [a, b) of a line, and its score."""
    best: SecondReading | None = None
    for reading in line.second:
        under = any(covers(reading.box, w.box) for w in line.words_between(a, b))
        if under and (best is None or reading.confidence > best.confidence):
            best = reading
    if best is None:
        return None, 0.0
    places: list[int] = []
    for word, at in zip(line.words, line.starts, strict=True):
        if covers(best.box, word.box):
            places.extend(at + i for i, c in enumerate(word.text) if not c.isspace())
    inside = [i for i, place in enumerate(places) if a <= place < b]
    if not inside:
        return None, 0.0
    ours = "".join(line.text[place] for place in places)
    theirs = "".join(best.text.split())
    return _aligned(ours, theirs, inside[0], inside[-1] + 1), best.confidence


def _aligned(ours: str, theirs: str, start: int, end: int) -> str:
    """The part of ``theirs`` that stands for characters [start, end) of ``ours``.

    A character more at an edge that both readings have is of it, too: ``何子`` for ``何子墨``.
    """
    found: list[str] = []
    for op in Levenshtein.opcodes(ours, theirs):
        left, right = max(op.src_start, start), min(op.src_end, end)
        size, other = op.src_end - op.src_start, op.dest_end - op.dest_start
        if op.tag == "insert":
            lost = theirs[op.dest_start : op.dest_end]
            edge = op.src_start in ({start, end} & {0, len(ours)}) and is_han(lost[0])
            if start < op.src_start < end or (edge and len(lost) == MOST_LONGER):
                found.append(theirs[op.dest_start : op.dest_end])
        elif left < right and op.tag != "delete":
            if size == other:
                shift = op.dest_start - op.src_start
                found.append(theirs[left + shift : right + shift])
            else:
                found.append(theirs[op.dest_start : op.dest_end])
    return "".join(found)
