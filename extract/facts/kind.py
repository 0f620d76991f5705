"""What a document is: a note verbale or not, and what it wants to say.

No single phrase decides. Terms of all languages are counted where they stand: a nomination may
regret its lateness, an acknowledgement may hope to nominate.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from extract.facts.intents import find_intents
from extract.facts.references import find_quoted_reference
from extract.language import terms
from extract.language.normalise import fold
from extract.types import Form, Kind, RevisionMode

if TYPE_CHECKING:
    from extract.facts.intents import Meaning, Sense
    from extract.layout.document import Document, Term
    from extract.layout.zones import Zones

FUZZY = 84  # likeness, 0 to 100, of a damaged formula
UNNAMED = 0.6  # weight of a kind when nobody is named
ENOUGH = 3.5  # points of a note verbale
SIGN = 1.0  # points of a hard page that a person judges
STATED = 1.5  # weight of a kind the note states
SENSE = 1.5  # weight of a sentence that means it
FORMULA_LINES = 60  # lines from the top that may open a note


@dataclass(frozen=True, slots=True)
class KindReading:
    """Kind, form and, for a revision, how it changes the earlier note.

    ``unnamed`` is the kind the words allow when the document turns out to name nobody.
    """

    kind: Kind
    form: Form
    revision: RevisionMode | None
    unnamed: Kind


def find_kind(document: Document, zones: Zones, lenient: bool = False) -> KindReading:
    """Reads the kind; ``form`` is ``none`` for invoices, forms, newsletters and the like."""
    form = form_of(document, zones, lenient)
    if form == "none":
        return KindReading("other", "none", None, "other")
    body = zones.body()
    senses = find_intents(document, body)
    weights = {
        "decline": _weight(document, "declining", "cancelling"),
        "acknowledgement": _weight(document, "acknowledging"),
        "extension_request": _weight(document, "extension"),
        "revision": _weight(document, "revising"),
        "nomination": _weight(document, "nominating", "headed_by", apart_from=senses),
    }
    for meaning in {s.meaning for s in senses}:
        weights[meaning] += SENSE
    unnamed = _without_names(weights, {s.meaning for s in senses})
    mode = revision_mode(document)
    if mode is not None:
        return KindReading("revision", form, mode, unnamed)
    return KindReading(_strongest(weights), form, None, unnamed)


def _without_names(weights: dict[str, float], said: set[Meaning]) -> Kind:
    """The kind of a note that names nobody: nobody comes, more time, names later.

    An invitation is acknowledged before it is declined, and names are promised for later where
    time is asked for: the stronger statement counts. A note that acknowledges the invitation and
    goes on to nominate keeps that kind, so that the missing names are missed.
    """
    ranked: tuple[Kind, ...] = ("decline", "extension_request", "acknowledgement")
    for kind in ranked:
        if weights[kind] >= STATED and (kind in said or weights["nomination"] < STATED):
            return kind
    if weights["nomination"] >= STATED:
        return "nomination"
    best = max(ranked, key=lambda k: weights[k])
    return best if weights[best] >= UNNAMED else "nomination"


def _strongest(weights: dict[str, float]) -> Kind:
    """The kind with most weight; nominating is the common case and wins a tie but with a "no"."""
    if weights["decline"] >= STATED and weights["decline"] >= weights["nomination"]:
        return "decline"
    if weights["extension_request"] >= STATED and weights["nomination"] <= 1.0:
        return "extension_request"
    if weights["acknowledgement"] >= STATED and weights["nomination"] <= 1.0:
        return "acknowledgement"
    if weights["nomination"] > 0:
        return "nomination"
    if weights["decline"] >= 1.0:
        return "decline"
    if weights["acknowledgement"] >= 1.0:
        return "acknowledgement"
    return "other"


def _weight(document: Document, *labels: str, apart_from: tuple[Sense, ...] = ()) -> float:
    """Longer phrases weigh more; the same phrase counts once, an overlapping shorter one not.

    Phrases inside the sentences ``apart_from`` do not count: "no delegate will attend" nominates
    nobody.
    """
    found = [
        t
        for t in document.labelled(*labels)
        if not any(s.first <= t.start < s.last for s in apart_from)
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


def form_of(document: Document, zones: Zones, lenient: bool = False) -> Form:
    """``note_verbale`` by its formulae, ``letter`` in the first person, ``none`` for the rest.

    No single formula is needed: scans lose lines. What speaks for an answer to an invitation is
    counted against the words of invoices, forms and newsletters. ``lenient`` takes any sign of a
    note for one.
    """
    first_person = bool(document.labelled("first_person"))
    letter = any(t.end - t.start >= 3 for t in document.labelled("letter_style"))
    points = signs = _signs(document, zones) - _weight(document, "other_documents")
    points += 1.0 * first_person + 1.0 * letter
    if points < ENOUGH and not (lenient and (signs >= SIGN or _calls_itself(document))):
        return "none"
    if zones.opening is None and first_person and (letter or not document.labelled("honour")):
        return "letter"
    formal = zones.opening is not None or bool(document.labelled("closing"))
    return "note_verbale" if formal or not first_person else "letter"


def _signs(document: Document, zones: Zones) -> float:
    """Points for what stands in notes verbales and seldom elsewhere."""
    says = document.labelled("nominating", "declining", "acknowledging", "extension", "revising")
    points = 2.0 * (zones.opening is not None or _resembles(document, "opening"))
    points += 1.5 * bool(document.labelled("closing"))
    points += 1.0 * bool(document.labelled("letterhead", "mission_nouns"))
    points += 1.0 * bool(document.labelled("honour"))
    points += 1.0 * bool(says)
    points += 1.5 * bool(find_quoted_reference(document))
    return points


def _calls_itself(document: Document) -> bool:
    """True if the words "note verbale" stand on the page, in any language."""
    return bool(document.labelled("note_verbale"))


def _resembles(document: Document, label: str) -> bool:
    """A formula a damaged page shows only nearly: some line holds it but for a few letters."""
    phrases = [fold(p) for p in terms.phrases(label) if len(p) >= 18]
    for line in document.lines[:FORMULA_LINES]:
        text = fold(line.text)
        if len(text) >= 16 and any(fuzz.partial_ratio(p, text) >= FUZZY for p in phrases):
            return True
    return False


def revision_mode(document: Document) -> RevisionMode | None:
    """How a later note changes an earlier one, None when nothing says that it does.

    Examples: ``cancels and replaces``: replaces; ``will also include``: adds; ``will be replaced
    by``, ``instead of``: substitutes.
    """
    whole = document.labelled("replaces_note")
    if whole:
        return "replaces"
    if any(not _before_number(document, t) for t in document.labelled("replaced_by", "replacing")):
        return "substitutes"
    if document.labelled("adds_to_note"):
        return "adds"
    if document.labelled("changes_delegation"):
        return "replaces"
    return None


def _before_number(document: Document, term: Term) -> bool:
    """``by 20 May instead of 10 May`` replaces nobody."""
    return term.end < len(document.doc) and document.doc[term.end].text[0].isdigit()
