"""The note's own date among the four or five that stand on a note.

The invitation's, the deadline's and the meeting's stand in sentences; a received stamp's stands
beside the stamp's words. The note's own stands by itself, near the head or the foot, often
after a place.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from extract.language import dates
from extract.language.dates import find_dates
from extract.language.normalise import fold
from extract.types import Doubt, Evidence, Value
from ocr.types import enclosing

if TYPE_CHECKING:
    from extract.language.dates import DateMatch
    from extract.layout.document import Document
    from extract.layout.zones import Zones

STAMP_REACH = 4  # line heights between a stamp and its date
SHARE_OF_LINE = 0.35  # of a line that the date fills
LOW = 0.6  # trust below which the date is doubted
MENDED = 0.5  # trust in a date with a mended digit
LAST_RESORT = -2.0  # score that a date must exceed
UNSTAMPED = 2.0  # score from which a date in the form of a stamp is none


def find_note_date(document: Document, zones: Zones) -> tuple[Value | None, tuple[Doubt, ...]]:
    """The note's date as ISO 8601 text, and the doubts about it."""
    found: list[tuple[float, int, DateMatch]] = []
    for number, line in enumerate(document.lines):
        matches = find_dates(line.text)
        for match in matches:
            rival = any(m.calendar == "gregorian" for m in matches)
            if match.calendar != "gregorian" and rival:
                continue
            score = _score(document, zones, number, match)
            if score > LAST_RESORT:
                found.append((score, number, match))
    if not found:
        code = "date_impossible" if _impossible(document, zones) else "date_missing"
        return None, (Doubt(code, "note_date"),)
    found.sort(key=lambda f: -f[0])
    score, number, match = found[0]
    value = _value(document, number, match)
    doubts: list[Doubt] = []
    rivals = {m.day for s, _, m in found[1:] if s >= score - 0.5} - {match.day}
    if rivals:
        doubts.append(Doubt("date_uncertain", "note_date", min(rivals).isoformat()))
    elif score <= 0 or (
        score < UNSTAMPED and _is_stamped(document.lines[number].text[match.start : match.end])
    ):
        doubts.append(Doubt("date_uncertain", "note_date", "may be a stamp's"))
    elif value.confidence < LOW:
        doubts.append(Doubt("low_ocr", "note_date"))
    return value, tuple(doubts)


def _impossible(document: Document, zones: Zones) -> bool:
    return any(
        zone != "body" and dates.is_impossible(line.text)
        for zone, line in zip(zones.of_line, document.lines, strict=True)
    )


def _value(document: Document, number: int, match: DateMatch) -> Value:
    line = document.lines[number]
    words = line.words_between(match.start, match.end)
    confidence = min(w.confidence for w in words)
    if match.mended:
        confidence = min(confidence, MENDED)
    box = enclosing(tuple(w.box for w in words))
    rule = f"note_date.{match.calendar}"
    evidence = Evidence(line.page, line.text[match.start : match.end], box, confidence, rule)
    return Value(match.day.isoformat(), confidence, (evidence,))


def _score(document: Document, zones: Zones, number: int, match: DateMatch) -> float:
    """How likely a date is the note's; 0 for one inside a sentence or beside a stamp."""
    line = document.lines[number]
    text = line.text
    score = {"head": 2.0, "foot": 3.0, "body": 0.0}[zones.of_line[number]]
    size = match.end - match.start
    alone = size >= SHARE_OF_LINE * len(text.strip())
    quoted = _in_brackets(text, match)
    placed = any(
        _before(document, t.start, number, match.start)
        and (zones.of_line[number] != "body" or _begins_line(document, t.start))
        for t in document.terms_of(number, "place_date")
    )
    if placed and alone and not quoted:
        score += 3.0
    if zones.of_line[number] == "body":
        free = alone and len(line.words) <= 9 and text.rstrip()[-1:] not in (":", "：")
        free = free and not quoted
        score += 1.5 if free else -5.0
    elif not alone:
        score -= 1.5
    if line.page != document.lines[0].page and zones.of_line[number] == "body":
        score -= 1.0
    if is_near_stamp(document, number):
        score -= 2.5
    if _is_stamped(text[match.start : match.end]):
        score -= 1.0
    return score


def _in_brackets(text: str, match: DateMatch) -> bool:
    """``(Vienna, 31 May 2019)``; the other bracket may stand on another line."""
    before, after = text[: match.start], text[match.end :]
    return before.count("(") > before.count(")") or after.count(")") > after.count("(")


def _before(document: Document, token: int, number: int, start: int) -> bool:
    place = document.tokens[token]
    return place.line == number and place.start <= start


def _begins_line(document: Document, token: int) -> bool:
    """``коррупции, Вена, 31 мая 2019 г.`` ends a sentence, it heads no note."""
    place = document.tokens[token]
    return not any(c.isalnum() for c in document.lines[place.line].text[: place.start])


def _is_stamped(printed: str) -> bool:
    """``19 APR 2019``: rubber stamps print months short and in capitals."""
    letters = "".join(c for c in printed if c.isalpha())
    return letters.isupper() and letters.isascii() and len(letters) <= 4 and bool(letters)


def is_near_stamp(document: Document, number: int) -> bool:
    """Words of a received stamp within a few lines' height, beside or above or below."""
    here = document.lines[number].box
    for other, line in enumerate(document.lines):
        if line.page != document.lines[number].page:
            continue
        if not document.terms_of(other, "received_stamp_words", "stamp_words"):
            continue
        if other != number and len(line.words) > 6:
            continue
        height = max(here.height, 1)
        apart = max(line.box.top - here.bottom, here.top - line.box.bottom, 0)
        side = max(line.box.left - here.right, here.left - line.box.right, 0)
        if apart <= STAMP_REACH * height and side <= 2 * height and fold(line.text):
            return True
    return False
