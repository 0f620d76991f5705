"""Whether a document is a note verbale, a letter, or something else.

A note is rejected only where it shows what else it is, or shows nothing of a note at all.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from extract.facts.official import official_signs
from extract.language import terms
from extract.language.normalise import fold
from extract.types import Form, Value

if TYPE_CHECKING:
    from extract.facts.intents import Sense
    from extract.layout.document import Document
    from extract.layout.zones import Zones

FUZZY = 84  # likeness, 0 to 100, of a damaged formula
ENOUGH = 3.5  # points of a note verbale
SIGN = 1.0  # points of a page that a person judges
OFFICIAL = 3.0  # signs of a government's letter that a person judges, too
FORMULA_LINES = 60  # lines from the top that may open a note
OTHER_DOCUMENTS = tuple(
    f"other_documents.{sort}"
    for sort in ("invoice", "newsletter", "form", "press", "document", "other")
)
UN_DOCUMENT = "other_documents.document"
OWN_SIGNS = {
    "other_documents.invoice": ("amount_re",),
    "other_documents.form": ("blank_field_re",),
    UN_DOCUMENT: ("un_document_symbol_re",),
}
"""Patterns that count as one more word of a sort."""
LETTERHEAD = 1.0  # points of a mission's name
QUOTES = 1.5  # points of the invitation's symbol
LETTERHEAD_WORDS = 12  # words of a line that is a letterhead
OWN_WORDS = 2  # words of one sort that show another document
HEAD_LINES = 12  # lines from the top that hold a document's symbol
MAX_LINE = 300  # characters looked at
DENY = ("decline", "acknowledgement", "extension_request")


@dataclass(frozen=True, slots=True)
class FormReading:
    """The form; a note that is not ``sure`` is in doubt, what is surely none shows what it is."""

    form: Form
    sure: bool = True


def form_of(
    document: Document, zones: Zones, references: tuple[Value | None, Value | None]
) -> FormReading:
    """``note_verbale`` by its formulae, ``letter`` in the first person, ``none`` for the rest.

    ``references`` are the note's number and the invitation's symbol.

    No single formula is needed: scans lose lines. What speaks for an answer to an invitation is
    counted against the words of invoices, forms and newsletters. With too little of it the
    document is a note in doubt, unless it shows that it is something else, or shows nothing.
    """
    first_person = bool(document.labelled("first_person"))
    letter = any(t.end - t.start >= 3 for t in document.labelled("letter_style"))
    signs = _signs(document, zones) + QUOTES * (references[1] is not None)
    others = weight(document, *OTHER_DOCUMENTS)
    points = signs - others + 1.0 * first_person + 1.0 * letter
    formulae = zones.opening is not None or zones.closing is not None
    if _is_other(document, formulae):
        return FormReading("none")
    sure = points >= ENOUGH
    official = official_signs(document, zones, references[0] is not None) - others >= OFFICIAL
    if not sure and not official and not _is_perhaps(document, formulae, signs):
        return FormReading("none", sure=False)
    if zones.opening is None and first_person and (letter or not document.labelled("honour")):
        return FormReading("letter", sure)
    formal = zones.opening is not None or bool(document.labelled("closing"))
    return FormReading("note_verbale" if formal or not first_person else "letter", sure)


def accepted(reading: FormReading, by_person: bool) -> FormReading:
    """What a person accepted is a note whatever it looks like."""
    taken = by_person and reading.form == "none"
    return FormReading("note_verbale", sure=False) if taken else reading


def _is_other(document: Document, formulae: bool) -> bool:
    """Two signs of one sort: ``Invoice`` and an amount; ``Distr.`` and a document's symbol.

    Beside the formulae of a note only the head of a United Nations document counts.
    """
    for label in OTHER_DOCUMENTS:
        named = document.labelled(label)
        if label == UN_DOCUMENT:
            named = tuple(t for t in named if t.line < HEAD_LINES)
        elif formulae:
            continue
        signs = {fold(document.text_of(t.start, t.end)) for t in named}
        for pattern in OWN_SIGNS.get(label, ()):
            lines = document.lines[:HEAD_LINES] if label == UN_DOCUMENT else document.lines
            signs |= {pattern} if any(_shows(pattern, x.text) for x in lines) else set()
        if len(signs) >= OWN_WORDS:
            return True
    return False


def _is_perhaps(document: Document, formulae: bool, signs: float) -> bool:
    """Any sign of a note but a mission named somewhere: its letterhead, a formula, its own name."""
    named = LETTERHEAD * bool(document.labelled("letterhead", "mission_nouns"))
    return (
        formulae
        or signs - named >= SIGN
        or bool(document.labelled("note_verbale"))
        or any(_is_letterhead(document, number) for number in range(HEAD_LINES))
    )


def _is_letterhead(document: Document, number: int) -> bool:
    """A line near the top that holds a mission's name and nothing else."""
    if number >= len(document.lines):
        return False
    text = document.lines[number].text.strip()
    ends = [(t.start, t.end) for t in document.terms_of(number, "letterhead", "mission_nouns")]
    tokens = document.tokens_of(number)
    alone = any(a <= tokens.start + 1 or b == tokens.stop for a, b in ends)
    return (
        alone and not re.search(r"[,;:،，：@0-9]", text) and len(text.split()) <= LETTERHEAD_WORDS
    )


def _shows(pattern: str, text: str) -> bool:
    return any(p.search(text[:MAX_LINE]) for p in terms.patterns(pattern))


def _signs(document: Document, zones: Zones) -> float:
    """Points for what stands in notes verbales and seldom elsewhere."""
    presented = {t.start for t in document.labelled("presenting")}
    says = document.labelled("nominating", "declining", "acknowledging", "extension", "revising")
    points = 2.0 * (zones.opening is not None or _resembles(document, "opening"))
    points += 1.5 * bool(document.labelled("closing"))
    points += LETTERHEAD * bool(document.labelled("letterhead", "mission_nouns"))
    points += 1.0 * bool(document.labelled("honour"))
    points += 1.0 * any(t.start not in presented for t in says)
    return points


def _resembles(document: Document, label: str) -> bool:
    """A formula a damaged page shows only nearly: some line holds it but for a few letters."""
    phrases = [fold(p) for p in terms.phrases(label) if len(p) >= 18]
    for line in document.lines[:FORMULA_LINES]:
        text = fold(line.text)
        if len(text) >= 16 and any(fuzz.partial_ratio(p, text) >= FUZZY for p in phrases):
            return True
    return False


def weight(document: Document, *labels: str, apart_from: tuple[Sense, ...] = ()) -> float:
    """Longer phrases weigh more; the same phrase counts once, an overlapping shorter one not.

    ``Please find enclosed`` presents anything and counts as nothing. Phrases inside the sentences
    ``apart_from`` that deny do not count: "no delegate will attend" nominates nobody.
    """
    presented = {(t.start, t.end) for t in document.labelled("presenting")}
    found = [
        t
        for t in document.labelled(*labels)
        if not any(s.first <= t.start < s.last and s.meaning in DENY for s in apart_from)
        and (t.start, t.end) not in presented
    ]
    kept = [
        t
        for t in found
        if not any(
            o.start <= t.start and t.end <= o.end and (o.end - o.start) > (t.end - t.start)
            for o in found
        )
    ]
    phrases = {fold(document.text_of(t.start, t.end)) for t in kept}
    return sum(_phrase_weight(p) for p in phrases)


def _phrase_weight(phrase: str) -> float:
    if not phrase.isascii() and len(phrase) <= 12 and " " not in phrase:
        return 0.5 if len(phrase) <= 2 else 1.0
    return min(1.5, 0.25 + 0.4 * len(phrase.split()))
