"""The parts of a note: head, body, foot; and the body's paragraphs.

A note opens with its letterhead and a sentence of compliments, says what it has to say, closes
with a formula, and ends with date, signature and addressee. Persons in head and foot are never
delegates; a list on the foot's page after a heading, or on later pages, is an annex and belongs
to the body.
"""

from __future__ import annotations

import statistics
from collections import Counter
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from extract.layout.closing import BODY_STARTS, find_closing, opens_instead, sentence_line
from extract.layout.enclosed_letter import addresses_somebody, letter_edges
from extract.layout.first_sentence import first_sentence
from extract.layout.list_signs import is_annex_heading, person_signs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from extract.layout.document import Document, Term
    from extract.layout.lines import TextLine

Zone = Literal["head", "body", "foot"]

LISTED_PERSONS = 2  # forms of address on a page of a list: a signature has one
# height of a footer's lines, as a share of the page's usual line
SMALL_PRINT = 0.85
SET_OFF = 1.5  # white above a footer, in that between lines; chosen


@dataclass(frozen=True, slots=True)
class Zones:
    """The zone of every line; ``opening`` and ``closing`` are line numbers, None if not found."""

    of_line: tuple[Zone, ...]
    opening: int | None
    closing: int | None
    letters: frozenset[int] = frozenset()
    """Lines of the body that head or sign a letter enclosed in the note."""

    def body(self) -> tuple[int, ...]:
        """Numbers of the body's lines, in reading order."""
        return tuple(i for i, zone in enumerate(self.of_line) if zone == "body")

    def feet(self) -> frozenset[int]:
        """Numbers of lines at the foot of pages that the body goes on behind."""
        last = max(self.body(), default=0)
        if self.closing is not None:  # an annex goes on with no entry above the formula
            last = min(last, self.closing)
        return frozenset(i for i, zone in enumerate(self.of_line[:last]) if zone == "foot")


def find_zones(document: Document) -> Zones:
    """Tells the zones of a document's lines."""
    signs = sorted(person_signs(document))
    opening = _opening(document, signs)
    begin = opening if opening is not None else _fallback_start(document, signs)
    openers = opens_instead(document, begin, signs, opened=opening is not None)
    if openers and opening is None:
        opening = begin = _opened_by(document, openers[0])
    closing = find_closing(document, opening, signs, openers)
    zones: list[Zone] = []
    closed_page: int | None = None
    annex = False
    annexes = _annex_pages(document)
    for number, line in enumerate(document.lines):
        if closing is not None and number == closing:
            closed_page = line.page
        if number < begin and line.page == document.lines[begin].page:
            zones.append("head")
        elif closing is not None and _is_beside_list(line, document.lines[closing]):
            zones.append("body")
        elif closed_page is not None and line.page == closed_page:
            annex = annex or (number > (closing or 0) and is_annex_heading(document, number))
            zones.append("body" if annex else "foot")
        elif closed_page is not None and line.page not in annexes:
            zones.append("foot")
        else:
            zones.append("body")
    told = Zones(_without_footers(document, zones), opening, closing)
    first = document.lines[begin].page if document.lines else 0
    behind = (n for n in told.body() if closing is not None and document.lines[n].page != first)
    return replace(told, letters=letter_edges(document, behind))


def _is_beside_list(line: TextLine, closing: TextLine) -> bool:
    """The next column of a list whose first was taken to reach down into the closing sentence."""
    columns = line.cell is not None and closing.cell is not None
    return columns and line.page == closing.page and line.box.bottom <= closing.box.top


def of_annex(document: Document, zones: Zones, is_annex: bool) -> Zones:
    """The zones of a list that came as a file of its own: it has no formulas, and all is body."""
    if not is_annex:
        return zones
    return Zones(_without_footers(document, ["body"] * len(document.lines)), None, None)


def _annex_pages(document: Document) -> frozenset[int]:
    """Pages that could hold a list: with a heading of one, a table, an address, several persons.

    What follows the closing formula on a page without any is the signature and the addressee;
    an address that several pages have is the mission's.
    """
    printed = Counter(line.text for line in document.lines)
    addressed = Counter(
        line.page
        for number, line in enumerate(document.lines)
        if document.terms_of(number, "honorifics_m", "honorifics_f")
    )
    return frozenset(
        line.page
        for number, line in enumerate(document.lines)
        if line.cell is not None
        or addressed[line.page] >= LISTED_PERSONS
        or ("@" in line.text and printed[line.text] == 1)
        or is_annex_heading(document, number)
    )


def _first_line(document: Document, *labels: str) -> int | None:
    return min((t.line for t in document.labelled(*labels)), default=None)


def _opening(document: Document, signs: Sequence[int]) -> int | None:
    """The line of compliments; below those whom a letter names they are its farewell."""
    opening = _first_line(document, "opening")
    greeted = next((n for n in range(opening or 0) if addresses_somebody(document, n)), None)
    if opening is None or greeted is None:
        return opening
    return None if any(greeted < n < opening for n in signs) else opening


def _opened_by(document: Document, opener: Term) -> int:
    """The first line of the sentence that words of the closing formula open the note with."""
    before = (t.line for t in document.labelled("reference", "honour") if t.start < opener.start)
    return min((*before, sentence_line(document, opener.line)))


def _fallback_start(document: Document, signs: Sequence[int]) -> int:
    """Where words of a body begin, or a letter addresses somebody, if that is above them.

    ``Sir`` does so where a line begins, not in ``Hall, Sir Anthony Street 1``; of a letter that
    came with a note the style at its end may be all that is known. Then, or where no word is
    known, the first sentence opens the body, if nobody stands above it.
    """
    said = document.labelled(*BODY_STARTS)
    begun = {
        t.line for t in said if t.label != "letter_style" or not document.tokens[t.start].start
    }
    last = min(begun, default=0)
    first = next((n for n in range(last) if addresses_somebody(document, n)), last)
    if begun and first <= min(signs, default=first):
        return first
    spoken = first_sentence(document)
    owned = [n for n in signs if not begun or "@" in document.lines[n].text]
    end = first if begun else len(document.lines)
    return spoken if spoken is not None and spoken <= min((end, *owned)) else first


def _without_footers(document: Document, zones: list[Zone]) -> tuple[Zone, ...]:
    """Lines of addresses at the foot of a page, apart from the text above, are no body."""
    result = list(zones)
    pages: dict[int, list[int]] = {}
    for number, line in enumerate(document.lines):
        pages.setdefault(line.page, []).append(number)
    for numbers in pages.values():
        ordered = sorted(numbers, key=lambda n: document.lines[n].box.top)
        gap = typical_gap([document.lines[n] for n in ordered])
        small = _small_print(document, ordered)
        if small and _is_address_block(document, small) and _is_set_off(document, small[0], gap):
            for n in small:
                result[n] = "foot"
        for at in range(len(ordered) - 1, max(0, len(ordered) - 5), -1):
            below, above = document.lines[ordered[at]], document.lines[ordered[at - 1]]
            distance = below.box.top - above.box.bottom
            if distance > 3 * max(gap, 0.5 * below.height):
                tail = ordered[at:]
                if _is_address_block(document, tail):
                    for n in tail:
                        result[n] = "foot"
                break
    return tuple(result)


def _is_set_off(document: Document, number: int, gap: float) -> bool:
    """More white above a line than between others: Latin letters are small below Chinese ones."""
    above, below = document.lines[number - 1], document.lines[number]
    return above.page != below.page or below.box.top - above.box.bottom > SET_OFF * gap


def _small_print(document: Document, ordered: list[int]) -> list[int]:
    """The last lines of a page (at most three) if they are set smaller than the rest."""
    heights = [document.lines[n].height for n in ordered]
    least = SMALL_PRINT * statistics.median(heights)
    at = len(ordered)
    while at > max(1, len(ordered) - 3) and heights[at - 1] < least:
        at -= 1
    return ordered[at:]


def _is_address_block(document: Document, numbers: list[int]) -> bool:
    contact = sum(
        bool(document.terms_of(n, "labels_phone", "labels_fax", "labels_web", "labels_email"))
        or "@" in document.lines[n].text
        for n in numbers
    )
    people = any(
        document.terms_of(n, "honorifics_m", "honorifics_f", "title_heads") for n in numbers
    )
    return contact > 0 and not people


def typical_gap(lines: list[TextLine]) -> float:
    """Median white space between consecutive lines, pixels."""
    gaps = [
        b.box.top - a.box.bottom
        for a, b in pairwise(lines)
        if a.page == b.page and b.box.top > a.box.top
    ]
    return statistics.median(gaps) if gaps else 0.0
