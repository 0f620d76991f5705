"""Numbers of notes: the note's own, and the invitation's symbol it quotes."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from extract.facts.note_date import is_near_stamp
from extract.language import terms
from extract.language.dates import find_dates
from extract.language.normalise import is_han, main_script
from extract.language.phones import find_phones
from extract.layout.text_run import TextRun
from extract.types import Evidence, Value
from ocr.types import enclosing

if TYPE_CHECKING:
    from extract.layout.document import Document
    from extract.layout.zones import Zones

MENDED = 0.5  # trust in a number with a mended sign
FIRST_BODY_LINES = 12  # lines of the body that may hold the number
MAX_BODY_WORDS = 6  # words of a line that holds nothing else
MIN_BARE_DIGITS = 3  # digits of a number without any sign
_EDGES = " .,;:،؛，；：-–—"
_END = re.compile(r"(?<=\d[-/])[A-Z]{1,6}$")
# "N® 224/19": the raised o as a page reader sees it; the same length, so that places stay
_NUMBER_SIGN = re.compile(r"(?<=\bN)[®©*?]|(?<=\bN\.)[®©*?]")
_HAS_WORDS = re.compile(r"[^\W\d_]|/")
_PHONE_BEGUN = re.compile(r"\+\d[\d\s()-]{0,12}$")
_TAIL = re.compile(r"[)\]]+$")


@dataclass(frozen=True, slots=True)
class Reference:
    """An identifier on one line at characters [start, end)."""

    line: int
    start: int
    end: int
    text: str


def find_quoted_reference(document: Document) -> Value | None:
    """The invitation's symbol as printed: ``CU 2019/59/(A)/DTA/CEB/CSS``, however sloppy."""
    if not document.lines:
        return None
    run = TextRun(document, tuple(range(len(document.lines))))
    for pattern in terms.patterns("invitation_symbol_re"):
        match = pattern.search(run.text)
        if match:
            return run.value(match.start(), match.end(), "reference.quoted")
    return None


def find_own_reference(document: Document, zones: Zones) -> Value | None:
    """The note's own number, without the word for "number" before it.

    Looked for above the opening, then in the rest of the first page outside of sentences.
    Examples: ``Ref. No. 123/2019``, ``N° 3152/MAE/DAJ``, ``Исх. № 246-19/ПП``,
    ``（2019）外字第284号``.
    """
    first_page = document.lines[0].page if document.lines else 1
    head = [n for n, z in enumerate(zones.of_line) if z == "head"]
    foot = [
        n
        for n, z in enumerate(zones.of_line)
        if z == "foot" and document.lines[n].page == first_page
    ]
    inside = zones.body()
    near = frozenset(inside[:FIRST_BODY_LINES])
    short = [n for n in inside if len(document.lines[n].words) <= MAX_BODY_WORDS]
    body = [n for n in short if n in near or _stands_free(document, n)]
    for numbers, place in ((head, "head"), (body, "body"), (foot, "foot")):
        found = _first(document, numbers, in_body=place != "head")
        if found is not None:
            value = _mended(document, _value(document, found, f"reference.own.{place}"))
            if is_near_stamp(document, found.line):
                # the stamp's strokes and its own number
                value = replace(value, confidence=min(value.confidence, MENDED))
            return value
    return None


def _mended(document: Document, value: Value) -> Value:
    """``41-19/TIII`` on a Russian note was printed ``41-19/ПП``; a person should look.

    So they should where two kinds of digits stand in one number.
    """
    if re.search(r"[0-9]", value.text) and re.search(r"[٠-٩]", value.text):
        return replace(value, confidence=min(value.confidence, MENDED))
    if main_script("".join(line.text for line in document.lines)) != "cyrillic":
        return value
    end = _END.search(value.text)
    printed = terms.common()["cyrillic_reference_ends"].get(end.group()) if end else None
    if end is None or printed is None:
        return value
    return replace(
        value,
        text=value.text[: end.start()] + printed,
        original=value.text,
        confidence=min(value.confidence, MENDED),
    )


def _value(document: Document, found: Reference, rule: str) -> Value:
    line = document.lines[found.line]
    words = line.words_between(found.start, found.end)
    confidence = min((w.confidence for w in words), default=0.0)
    box = enclosing(tuple(w.box for w in words)) if words else None
    evidence = Evidence(line.page, line.text[found.start : found.end], box, confidence, rule)
    return Value(found.text, confidence, (evidence,))


def _first(document: Document, numbers: list[int], *, in_body: bool) -> Reference | None:
    for pattern in terms.patterns("note_number_re"):
        for number in numbers:
            found = _on_line(document, number, pattern)
            if found is not None and not (in_body and _is_bare(found)):
                return found
    return None


def _stands_free(document: Document, number: int) -> bool:
    """A line of the first page outside of tables."""
    line = document.lines[number]
    return line.page == document.lines[0].page and line.cell is None


def _is_bare(found: Reference) -> bool:
    """``Participant No. 1``: among the sentences one or two digits number a person or a list."""
    return found.text.isdecimal() and len(found.text) < MIN_BARE_DIGITS


def _on_line(document: Document, number: int, pattern: re.Pattern[str]) -> Reference | None:
    text = _NUMBER_SIGN.sub("°", document.lines[number].text[:300])
    if document.terms_of(number, "labels_phone", "labels_fax", "labels_web") or "@" in text:
        return None
    theirs = [document.tokens[t.start].start for t in document.terms_of(number, "their_reference")]
    for match in pattern.finditer(text):
        start, end = match.span("id")
        if any(at <= start for at in theirs):
            continue
        end = _cut(text, start, end)
        identifier = _tidied(text[start:end])
        if identifier.isdecimal() and is_near_stamp(document, number):
            continue  # the registry's number
        if not _HAS_WORDS.search(identifier) and _follows_phone(document, number):
            continue  # the rest of a telephone number
        if _is_plausible(text, identifier, start, end):
            return Reference(number, start, end, identifier)
    return None


def _follows_phone(document: Document, number: int) -> bool:
    """``Celular: +504`` and below it ``9123-4636``."""
    above = document.lines[number - 1].text if number else ""
    return bool(_PHONE_BEGUN.search(above))


def _cut(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1] in _EDGES:
        end -= 1
    tail = _TAIL.search(text[start:end])
    if tail and text[start:end].count("(") < text[start:end].count(")"):
        end -= 1
    return end


def _tidied(identifier: str) -> str:
    """Spaces the page reader put behind a slash or between Chinese signs are not printed.

    In a Chinese number the brackets are full-width, whatever the reader made of them.
    """
    identifier = re.sub(r"(?<=\S/)\s(?=\w)", "", identifier)
    if any(map(is_han, identifier)):
        identifier = "".join(identifier.split()).replace("(", "（").replace(")", "）")
    return identifier


def _is_plausible(text: str, identifier: str, start: int, end: int) -> bool:
    """No symbol of ours, no date, no telephone number, no post box, no year alone."""
    if not identifier or not any(c.isdigit() for c in identifier):
        return False
    for pattern in terms.patterns("invitation_symbol_re"):
        if any(m.start() < end and start < m.end() for m in pattern.finditer(text)):
            return False
    if any(d.start < end and start < d.end for d in find_dates(text)):
        return False
    if re.fullmatch(r"(?:199\d|20[0-2]\d)", identifier) or len(identifier) > 40:
        return False
    if any(p.search(identifier) for p in terms.patterns("un_document_symbol_re")):
        return False
    return not any(p.start < end and start < p.end for p in find_phones(text) if p.international)
