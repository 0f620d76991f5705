"""What each reader made of a value's place on the page, so that a person can choose."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from rapidfuzz import fuzz

from extract.types import Evidence, Value
from ocr.types import Box, Page, SecondReading
from store import sanitize

Source = Literal[
    "now", "read", "first", "second", "third", "before_repair", "yours", "theirs", "meant", "known"
]

_SAME_PLACE = 0.5
"""Share of the smaller box that must be covered for two boxes to be the same place."""

_ALIKE = 60.0
"""Below this likeness (0 to 100), a reading is of something else in that place."""

_WHOLE = 0.9
"""From this share of a value's width on, the second reader read the whole of it."""

_LONGER = 1.2
"""Up to so many times a value's length, its second reading is taken whole; of a longer one, which
goes on beside it, only the part that is like the value."""

_AROUND_ADDRESS = " .,;:()<>[]"

MOST = 4
"""Readings offered for one field."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One reading of a field, and whose it is.

    ``now`` is the stored value, ``read`` what the rules took, ``first``, ``second`` and
    ``third`` what the page reader, the second reader and the one that knows the sender's letters
    read there, ``before_repair`` the value as it was read; ``yours`` and ``theirs`` are what two
    persons wrote at the same time, ``meant`` what may be meant by something that was refused,
    ``known`` what was approved before.
    """

    text: str
    source: Source


def choices(
    field: str, stored: str | None, value: Value | None, pages: Mapping[int, Page]
) -> tuple[Choice, ...]:
    """The differing readings of a field, the stored one first; empty where all agree.

    Args:
        field: name of the column.
        stored: what the table says now.
        value: what was read last, with its evidence.
        pages: the document's pages by number.
    """
    if value is None or field == "role":  # a role is a code, not words of the page
        return ()
    found = [Choice(stored, "now")] if stored else []
    known = {_key(field, stored or "")}
    for choice in _candidates(value, pages):
        text = sanitize.one_line(choice.text.strip(_AROUND_ADDRESS if field == "email" else " ,;:"))
        if text and _key(field, text) not in known and _fits(field, text):
            known.add(_key(field, text))
            found.append(Choice(text, choice.source))
    return tuple(found[:MOST]) if len(found) > bool(stored) else ()


def _candidates(value: Value, pages: Mapping[int, Page]) -> Iterator[Choice]:
    yield Choice(value.text, "read")
    yield from _again(value, pages, "third")
    yield from _again(value, pages, "second")
    yield Choice(" ".join(evidence.text for evidence in value.evidence), "first")
    if value.original is not None:
        yield Choice(value.original, "before_repair")


def _again(
    value: Value, pages: Mapping[int, Page], whose: Literal["second", "third"]
) -> Iterator[Choice]:
    """What one of the other readers read, where it looked."""
    found = [_reading(evidence, pages, named=whose == "third") for evidence in value.evidence]
    if any(text is not None for text in found):
        both = zip(found, value.evidence, strict=True)
        yield Choice(" ".join(t if t is not None else e.text for t, e in both), whose)


def _key(field: str, text: str) -> str:
    """Readings with the same key differ in nothing that matters for the field."""
    if field == "email":
        return "".join(text.split()).lower()
    if field == "phone":
        return "".join(c for c in text if c.isdigit())
    return "".join(c for c in text if c.isalnum() or unicodedata.combining(c))


def _fits(field: str, text: str) -> bool:
    if field == "email":
        return "@" in text and " " not in text
    return True


def _reading(evidence: Evidence, pages: Mapping[int, Page], *, named: bool) -> str | None:
    """What another reader read in the place, None where it did not look.

    ``named``: the one that was asked for the letters of certain languages.
    """
    page = pages.get(evidence.page)
    if page is None or evidence.box is None:
        return None
    text, looked = evidence.text, False
    for line in page.lines:
        for reading in line.second:
            if bool(reading.languages) != named or _above_or_below(reading.box, evidence.box):
                continue
            if _covered(reading.box, evidence.box) < _SAME_PLACE or not reading.text.strip():
                continue
            replaced = _put_in(text, reading, evidence.box)
            looked = looked or replaced is not None
            text = text if replaced is None else replaced
    return text if looked else None


def _above_or_below(one: Box, other: Box) -> bool:
    return one.bottom <= other.top or other.bottom <= one.top


def _covered(one: Box, other: Box) -> float:
    width = min(one.right, other.right) - max(one.left, other.left)
    height = min(one.bottom, other.bottom) - max(one.top, other.top)
    smaller = min(one.width * one.height, other.width * other.height)
    return width * height / smaller if width > 0 and height > 0 and smaller else 0.0


def _put_in(text: str, reading: SecondReading, box: Box) -> str | None:
    """``text`` with the second reader's words in place of those that both have read."""
    if reading.box.width >= box.width * _WHOLE:
        found = fuzz.partial_ratio_alignment(text, reading.text, score_cutoff=_ALIKE)
        if found is None:
            return None
        if len(reading.text) <= len(text) * _LONGER:
            return reading.text
        if " " not in reading.text:  # Chinese: any sign may end a word
            end = max(found.dest_end, found.dest_start + len(text))
            return reading.text[found.dest_start : end]
        return _whole_words(reading.text, found.dest_start, found.dest_end)
    found = fuzz.partial_ratio_alignment(reading.text, text, score_cutoff=_ALIKE)
    if found is None:
        return None
    old = _whole_words(text, found.dest_start, found.dest_end)
    return text.replace(old, reading.text, 1)


def _whole_words(text: str, start: int, end: int) -> str:
    while start > 0 and not text[start - 1].isspace():
        start -= 1
    while end < len(text) and not text[end].isspace():
        end += 1
    return text[start:end].strip()
