"""Numbers of notes: the note's own, and the invitation's symbol it quotes."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from extract.facts import number_shapes
from extract.facts.look_alikes import MENDED, UNSURE, mended
from extract.facts.note_date import PLACE
from extract.facts.printed_number import COMMA, tidied
from extract.facts.quoted_symbol import find_quoted_reference
from extract.facts.sentence_breaks import begins_anew
from extract.facts.stamps import is_fax_line, is_near_stamp
from extract.language import terms
from extract.language.dates import find_dates
from extract.language.phones import find_phones
from extract.language.vocabulary import is_made_of
from extract.layout.first_sentence import first_sentence
from extract.types import Evidence, Value
from ocr.types import enclosing

if TYPE_CHECKING:
    from extract.layout.document import Document
    from extract.layout.lines import TextLine
    from extract.layout.zones import Zones

FIRST_BODY_LINES = 12  # lines of the body that may hold the number
MAX_BODY_WORDS = 6  # words, beside a date, of a line that holds nothing else
LONGEST_HEADLINE = 12  # words of such a line with its date
HOUSE = 3  # digits of a house's number, at most
LONGEST_LINE = 300  # characters looked at
LED = 3  # words before a number, its label among them, that say whose it is; chosen, not measured
OTHER_NUMBERS = (
    "labels_phone",
    "labels_fax",
    "labels_web",
    "their_reference",
    "other_number_labels",
)
_OFFICE_SIGN = re.compile(r"(?P<office>[^\W\d_]{2,6})\s\W?N", re.IGNORECASE)
_EDGES = " .,;:،؛，；：-–—"
# "N® 224/19", "N.” EV-1283", "N.2 MPV-75", "N.2 75/19": the raised o as a page reader sees it
_NUMBER_SIGN = re.compile(
    r"(?<=\bN)[®©*?]|(?<=\bN\.)(?:[®©*?£\"'“”’«»]{1,2}"
    r"|\d(?=\s[A-ZÀ-Þ][^\W\d_]{0,7}[-/.]\d?)|2(?=\s\d{1,6}[-/]))"
)
_SPECKS = re.compile(r"(?:^|(?<=[\t:：]))[\s.,:;·•'`´~|]+")  # before a label or a number
_BEGUN = re.compile(r"(?:^|\s)[.,:;·•'`´~|]{1,3}$")  # right before a number: what a sign of it left
_MAILBOX = re.compile(r"\S@|@\w+\.")  # "@3 MAY 2019" is a stamp's day
_PHONE_BEGUN = re.compile(r"\+\d[\d\s()-]{0,12}$")
_INITIALS = re.compile(r"N[.]\s?V[.]\s?", re.IGNORECASE)
_CAPITALS = re.compile(r"[A-ZÀ-ÞА-ЯЁ]{1,5}[ .-]?")
# and "Zi. 1337/19", one that is known but was misread
_STRANGE_LABEL = re.compile(r"[^\W\d_](?:[^\d:\t]{1,24}[:：]\s*|[^\W\d_]{1,5}\.\s(?=\d))")


@dataclass(frozen=True, slots=True)
class Reference:
    """An identifier on one line at characters [start, end); not ``sure`` where more may belong."""

    line: int
    start: int
    end: int
    text: str
    sure: bool = True


def find_references(document: Document, zones: Zones) -> tuple[Value | None, Value | None]:
    """The note's own number, and the invitation's symbol."""
    return find_own_reference(document, zones), find_quoted_reference(document)


def find_own_reference(document: Document, zones: Zones) -> Value | None:
    """The note's own number, without the word for "number" before it.

    With such a word it is looked for above the opening, then in the rest of the first page outside
    of sentences; without one it has its line, or the part before the date, for itself.
    Examples: ``Ref. No. 123/2019``, ``N° 3152/MAE/DAJ``, ``Исх. № 246-19/ПП``,
    ``（2019）外字第284号``, ``VIE/UN/6/1136   Vienna, 13.05.2019``.
    """
    places = _places(document, zones)
    for numbers, place in places:
        found = _labelled(document, numbers, in_body=place != "head")
        if found is not None:
            most = 1.0 if found.sure else UNSURE
            return _valued(document, found, f"reference.own.{place}", most)
    for numbers, place in places:
        found = _unlabelled(document, numbers, in_body=place != "head")
        if found is not None:
            sure = place == "head" and found.sure
            return _valued(document, found, f"reference.shape.{place}", 1.0 if sure else UNSURE)
    return None


def _places(document: Document, zones: Zones) -> tuple[tuple[list[int], str], ...]:
    """Lines of the first page that may hold the number, the likeliest first."""
    first_page = document.lines[0].page if document.lines else 1
    head = [n for n, z in enumerate(zones.of_line) if z == "head"]
    foot = [
        n
        for n, z in enumerate(zones.of_line)
        if z == "foot" and document.lines[n].page == first_page
    ]
    inside = zones.body()
    near = frozenset(inside[:FIRST_BODY_LINES])
    short = [n for n in inside if _words_beside_dates(document.lines[n]) <= MAX_BODY_WORDS]
    body = [n for n in short if n in near or _stands_free(document, n)]
    return (head, "head"), (body, "body"), (foot, "foot")


def _words_beside_dates(line: TextLine) -> int:
    if len(line.words) > LONGEST_HEADLINE:
        return len(line.words)
    dated = {id(w) for d in find_dates(line.text) for w in line.words_between(d.start, d.end)}
    return len(line.words) - len(dated)


def _valued(document: Document, found: Reference, rule: str, most: float = 1.0) -> Value:
    value = mended(document, _value(document, found, rule), document.lines[found.line].second)
    if is_near_stamp(document, found.line):
        most = min(most, MENDED)  # the stamp's strokes and its own number
    return replace(value, confidence=min(value.confidence, most))


def _value(document: Document, found: Reference, rule: str) -> Value:
    line = document.lines[found.line]
    words = line.words_between(found.start, found.end)
    confidence = min((w.confidence for w in words), default=0.0)
    box = enclosing(tuple(w.box for w in words)) if words else None
    evidence = Evidence(line.page, line.text[found.start : found.end], box, confidence, rule)
    return Value(found.text, confidence, (evidence,))


def _labelled(document: Document, numbers: list[int], *, in_body: bool) -> Reference | None:
    for pattern in terms.patterns("note_number_re"):
        for number in numbers:
            found = _on_line(document, number, pattern)
            if found is not None and not (in_body and _is_said(document, found)):
                return found
    return None


def _is_said(document: Document, found: Reference) -> bool:
    """``the list in its Note No. 84:`` at the end of a sentence: another note's number.

    Where a sentence goes on from the line above, no word leads the note's own.
    """
    first = first_sentence(document)
    if first is None or found.line <= first:
        return False
    before = document.lines[found.line].text[: found.start].rpartition("\t")[2]
    led = len([word for word in before.split() if any(map(str.isalpha, word))])
    return led >= LED and not begins_anew(document, found.line)


def _unlabelled(document: Document, numbers: list[int], *, in_body: bool) -> Reference | None:
    """The first part of a line that has the shape of a number and nothing beside it.

    Groups of letters and digits come before digits alone, and those with a strange label last.
    """
    found: list[Reference] = []
    for number in numbers:
        line = document.lines[number]
        other = document.terms_of(number, *OTHER_NUMBERS) or bool(_MAILBOX.search(line.text))
        if other or is_fax_line(line.text[:LONGEST_LINE]):
            continue
        text = _shapes(line)
        for start, end, labelled in _parts(document, number, text):
            shape = text[start:end]
            bare = number_shapes.is_bare(shape)
            if not number_shapes.is_number(shape) or (bare and (in_body or labelled)):
                continue
            if is_near_stamp(document, number) or _follows_phone(document, number):
                continue
            if _is_plausible(text, shape, start, end):
                printed = tidied(line, start, end)
                lost = _BEGUN.search(text, 0, start) or COMMA.search(line.text)
                whole = not (bare or labelled or lost)
                found.append(Reference(number, start, end, printed, whole))
    return min(found, key=lambda f: not f.sure, default=None)


def _parts(document: Document, number: int, text: str) -> list[tuple[int, int, bool]]:
    """Parts of a line between wide gaps, without a date and its place at the end.

    True for a part behind words and a colon that are no label we know.
    """
    dates = find_dates(document.lines[number].text)
    parts: list[tuple[int, int, bool]] = []
    at = 0
    for part in text.split("\t"):
        start, end = at, at + len(part)
        at = end + 1
        inside = [
            d.start
            for d in dates
            if start < d.start < end and not _has_letters_before(text, start, d.start)
        ]
        if inside:
            place = PLACE.search(text, start, inside[-1])
            end = place.start() if place else inside[-1]
        label = _STRANGE_LABEL.match(text, start, end)
        begin = label.end() if label else start
        stripped = text[begin:end]
        begin += len(stripped) - len(stripped.lstrip(_EDGES))
        end = begin + len(stripped.strip(_EDGES))
        parts.append((begin, end, label is not None))
    return [p for p in parts if p[0] < p[1]]


def _has_letters_before(text: str, start: int, date: int) -> bool:
    """``FJ 31 / 07 / 2019``: capitals right before what could be a date, too."""
    return bool(_CAPITALS.fullmatch(text[start:date].strip()))


def _stands_free(document: Document, number: int) -> bool:
    """A line of the first page outside of tables."""
    line = document.lines[number]
    return line.page == document.lines[0].page and line.cell is None


def _on_line(document: Document, number: int, pattern: re.Pattern[str]) -> Reference | None:
    printed = document.lines[number].text
    text = _labels_mended(_shapes(document.lines[number]))
    if document.terms_of(number, "labels_phone", "labels_fax", "labels_web") or _MAILBOX.search(
        text
    ):
        return None
    theirs = [document.tokens[t.start].start for t in document.terms_of(number, "their_reference")]
    for match in pattern.finditer(text):
        start, end = match.span("id")
        if any(at <= start for at in theirs):
            continue
        begin = number_shapes.with_label(text, match.start(), start)
        lettered = _cut(text, start, end)
        figured = _cut(text, start, number_shapes.with_figures(text, start, lettered))
        end = number_shapes.extended(text, start, figured)
        end = _cut(text, start, number_shapes.with_office(text, end))
        dated = find_dates(text[end:].partition("\t")[0])
        whole = end if dated else number_shapes.with_rest(text, start, end)
        loose = figured != lettered or (begin, whole) != (start, end)
        start, end = begin + _edge(text[begin:whole]), whole
        office = _OFFICE_SIGN.match(text, start)
        if office and (is_made_of(office["office"], None) or not _ends_part(text, end)):
            continue  # a word of the language, and no letters of an office
        identifier = tidied(document.lines[number], start, end)
        if identifier.isdecimal() and is_near_stamp(document, number):
            continue  # the registry's number
        if identifier.isdecimal() and _is_house(text, match.start(), identifier):
            continue
        if len(identifier) == 1 and text[start - 1 : start].isalpha():
            continue  # "NO1": what was read of a stamp or of strokes
        if _is_plausible(text, number_shapes.plain(identifier), start, end):
            sure = (
                not loose
                and not _BEGUN.search(printed, 0, start)
                and not COMMA.search(printed)
                and office is None
                and not _is_initialled(text[match.start() : start])
                and (_ends_part(text, end) or not number_shapes.is_cut(text, end))
            )
            return Reference(number, start, end, identifier, sure)
    return None


def _edge(text: str) -> int:
    """Signs before a number that are none of it: ``文号：：外字第41号``."""
    return len(text) - len(text.lstrip(_EDGES))


def _is_house(text: str, label: int, number: str) -> bool:
    """``1010 Vienna, Lindengasse No. 4``."""
    before = text[:label].rpartition("\t")[2]
    return len(number) <= HOUSE and "," in before and not find_dates(before)


def _is_initialled(label: str) -> bool:
    """``N.V. 17/19``: some count these letters to the number, some do not."""
    return bool(_INITIALS.fullmatch(label.lstrip()))


def _shapes(line: TextLine) -> str:
    """The line in plain signs, each in its place."""
    return COMMA.sub(".", number_shapes.plain(line.text[:LONGEST_LINE]))


def _labels_mended(text: str) -> str:
    """The sign for "number" as it is printed, and no specks before it; each sign in its place."""
    signed = _NUMBER_SIGN.sub(lambda m: "°".ljust(len(m[0])), text)
    return _SPECKS.sub(lambda m: re.sub(r"\S", " ", m[0]), signed)


def _ends_part(text: str, end: int) -> bool:
    """Nothing behind but a wide gap, or a place and a date."""
    rest = text[end:].partition("\t")[0].strip(_EDGES)
    day = min((d.start for d in find_dates(rest)), default=None)
    return not rest or (day is not None and (day == 0 or bool(PLACE.fullmatch(rest[:day]))))


def _follows_phone(document: Document, number: int) -> bool:
    """``Celular: +504`` and below it ``9123-4636``."""
    above = document.lines[number - 1].text if number else ""
    return bool(_PHONE_BEGUN.search(above))


def _cut(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1] in _EDGES:
        end -= 1
    return end


def _is_plausible(text: str, identifier: str, start: int, end: int) -> bool:
    """No symbol of ours, no date, no telephone number, no post box, no year alone."""
    if not identifier or not any(c.isdigit() for c in identifier):
        return False
    for pattern in terms.patterns("invitation_symbol_re"):
        if any(m.start() < end and start < m.end() for m in pattern.finditer(text)):
            return False
    days = [d for d in find_dates(text) if d.start < end and start < d.end]
    if any(not _has_letters_before(text, start, d.start) for d in days):
        return False
    if re.fullmatch(r"(?:199\d|20[0-2]\d)", identifier) or len(identifier) > 40:
        return False
    return not any(p.start < end and start < p.end for p in find_phones(text) if p.international)
