"""An earlier note of the same sender that a note speaks of, by the shape of its number.

A mission's numbers are all alike: ``KEN/VIE/19/233`` speaks of ``KEN/VIE/19/221``. Who does so
changes or adds to what was said there, in whatever words.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from extract.language import terms
from extract.language.dates import find_dates

if TYPE_CHECKING:
    from extract.layout.document import Document
    from extract.layout.zones import Zones

_SIGN = re.compile(r"N\s?[°ºo]\.?\s?|№\s?|No\.?\s?", re.IGNORECASE)
_NOTE = r"(?:not[ea]|нот[аеоуы]й?)\s(?:verbale?\s)?"
_LETTERS = 2
"""Letters that tell a number by themselves; before one of digits alone stands a sign for "number",
or what it numbers: ``Further to Note 17/2018``."""


def earlier_note(document: Document, zones: Zones, own: str) -> str | None:
    """Another number of the same shape as the note's ``own`` among its sentences."""
    tail = _SIGN.split(own)[-1]
    telling = sum(map(str.isalpha, own)) >= _LETTERS
    found = _found(document, zones, own, rf"(?<![\w/.-]){_shape(own)}") if telling else None
    signed = rf"(?:{_SIGN.pattern}|{_NOTE}){_shape(tail)}"
    return found or _found(document, zones, own, rf"(?<!\w){signed}")


def _shape(number: str) -> str:
    """A pattern of the number with any other figures, years as they are."""
    parts = re.split(r"((?:19|20)\d\d|\d+)", number)
    return (
        "".join(
            re.escape(part) if at % 2 == 0 or len(part) == 4 else r"\d{1,6}"
            for at, part in enumerate(parts)
        )
        + r"(?![\w/])"
    )


def _found(document: Document, zones: Zones, own: str, pattern: str) -> str | None:
    for number in zones.body():
        text = document.lines[number].text
        taken = [(d.start, d.end) for d in find_dates(text)]
        taken += [
            m.span() for p in terms.patterns("invitation_symbol_re") for m in p.finditer(text)
        ]
        for match in re.finditer(pattern, text, re.IGNORECASE):
            other = match[0] not in own and not any(
                a < match.end() and match.start() < b for a, b in taken
            )
            if other and document.lines[number].cell is None:
                return match[0]
    return None
