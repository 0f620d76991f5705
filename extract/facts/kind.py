"""What a document is: a note verbale or not, and what it wants to say.

No single phrase decides. Terms of all languages are counted where they stand: a nomination may
regret its lateness, an acknowledgement may hope to nominate.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from extract.facts.form import weight
from extract.facts.intents import STOPS, find_intents, mentioned, mentions
from extract.language.normalise import fold, main_script
from extract.types import Kind, RevisionMode, Value

if TYPE_CHECKING:
    from extract.facts.intents import Meaning, Sense
    from extract.layout.document import Document, Term
    from extract.layout.zones import Zones

UNNAMED = 0.6  # weight of a kind when nobody is named
STATED = 1.5  # weight of a kind the note states
SENSE = 1.5  # weight of a sentence that means it
SYMBOL_REACH = 24
"""Tokens behind words like ``further to its note`` in which that note's symbol stands. Chosen."""
SUPPOSED_REACH = 6
"""Tokens before a change within which ``if`` and ``any`` stand. Chosen, not measured."""
_SYMBOL = re.compile(r"(?<!\w)CU(?!\w)|DTA\s?/\s?CEB")
"""Signs of the Secretariat's own symbols, in whatever order a line from the right has them."""
ADDRESS_REACH = 6  # tokens from the greeting to whom it greets
ADDRESS_LINES = 2  # lines from the greeting to our own name
BYSTANDERS = ("bystanders", "not_of_delegation")
NOMINATES = 1.0  # weight from which a note that names nobody nominates


@dataclass(frozen=True, slots=True)
class KindReading:
    """Kind and, for a revision, how it changes the earlier note.

    ``unnamed`` is the kind the words allow when the document turns out to name nobody. ``answers``
    is true for a note that speaks of a meeting or an invitation: only such a note nominates,
    declines or asks for time; of others that acknowledge a note, or announce a list, there are
    many. A kind that is not ``sure`` waits for a person.
    """

    kind: Kind
    revision: RevisionMode | None
    unnamed: Kind
    answers: bool
    sure: bool = True


NO_NOTE = KindReading("other", None, "other", False)


def find_kind(
    document: Document,
    zones: Zones,
    references: tuple[Value | None, Value | None],
    meetings: tuple[str, ...],
) -> KindReading:
    """Reads the kind of a note verbale or letter, of which the symbol and meetings are known."""
    if references[1] is None and not meetings and not _answers(document, zones):
        return NO_NOTE
    body = zones.body()
    senses = find_intents(document, body)
    aside = tuple(s for s in senses if _is_of_bystander(document, s))
    senses = tuple(s for s in senses if s not in aside)
    weights: dict[Kind, float] = {
        "decline": weight(document, "declining", "cancelling", apart_from=aside),
        "acknowledgement": weight(document, "acknowledging"),
        "extension_request": weight(document, "extension"),
        "nomination": weight(document, "nominating", "headed_by", apart_from=senses),
    }
    said = {s.meaning for s in senses if not _is_denied(s, senses)}
    for meaning in said:
        if meaning != "addition" and meaning != "correction":
            weights[meaning] = weights.get(meaning, 0.0) + SENSE
    unnamed = _without_names(weights, said)
    mode = revision_mode(document, body) or _sensed_mode(said)
    if mode is not None:
        return KindReading("revision", mode, unnamed, True, _names_delegation(document, mode, said))
    return KindReading(_strongest(weights), None, unnamed, True)


def _sensed_mode(said: set[Meaning]) -> RevisionMode | None:
    if "revision" in said:
        return "replaces"
    if "correction" in said:  # of one entry: the others of the list stay
        return "substitutes"
    return "adds" if "addition" in said else None


def _answers(document: Document, zones: Zones) -> bool:
    """The note speaks of a meeting or an invitation, or does not go to another mission."""
    meeting = mentions(document, zones.body(), "meeting")
    return meeting or not _goes_elsewhere(document, zones)


def _goes_elsewhere(document: Document, zones: Zones) -> bool:
    """``presents its compliments to the Embassy of Chile``: a mission, a ministry, all missions.

    In Chinese the addressee stands before the verb, in Arabic behind the preposition.
    """
    greetings = [t for t in document.labelled("opening") if t.line == zones.opening]
    ours = (t.line for t in document.labelled("addressee") if _names_office(document, t))
    if not greetings or any(0 <= line - greetings[0].line <= ADDRESS_LINES for line in ours):
        return False
    words = [token.text for token in document.doc]
    start, end = greetings[0].start, max(t.end for t in greetings)
    ahead = max(0, start - ADDRESS_REACH * 2)
    if "向" in words[ahead:start]:
        first = start - words[ahead:start][::-1].index("向")
        return mentioned(words[first:start], "other_office")
    script = main_script(words[start])
    if script == "arabic" and "الي" in words[start : end + ADDRESS_REACH * 2]:
        end = words.index("الي", start) + 1
    return mentioned(words[end : end + ADDRESS_REACH], "other_office")


def _names_office(document: Document, term: Term) -> bool:
    """``UNODC``, or the name in words; ``Vienna`` alone is where all missions are."""
    printed = document.text_of(term.start, term.end)
    return term.end - term.start >= 3 if len(printed.split()) > 1 else printed.isupper()


def _is_denied(sense: Sense, senses: tuple[Sense, ...]) -> bool:
    """``No delegate will attend the meeting``: in that sentence nobody is nominated."""
    return sense.meaning == "nomination" and any(
        s.first == sense.first and s.meaning in ("decline", "extension_request") for s in senses
    )


def _is_of_bystander(document: Document, sense: Sense) -> bool:
    """``The interpreter is not part of the delegation``: the State declines nothing."""
    return sense.meaning == "decline" and any(
        sense.first <= t.start < sense.last for t in document.labelled(*BYSTANDERS)
    )


def _without_names(weights: dict[Kind, float], said: set[Meaning]) -> Kind:
    """The kind of a note that names nobody: nobody comes, more time, names later.

    An invitation is acknowledged before it is declined, and names are promised for later where
    time is asked for: the stronger statement counts. A note that acknowledges the invitation and
    goes on to nominate keeps that kind, so that the missing names are missed. Without a word of
    the sort it is something else.
    """
    ranked: tuple[Kind, ...] = ("decline", "extension_request", "acknowledgement")
    for kind in ranked:
        if weights[kind] >= STATED and (kind in said or weights["nomination"] < STATED):
            return kind
    if weights["nomination"] >= NOMINATES:
        return "nomination"
    best = max(ranked, key=lambda k: weights[k])
    return best if weights[best] >= UNNAMED else "other"


def _strongest(weights: dict[Kind, float]) -> Kind:
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


def revision_mode(document: Document, body: tuple[int, ...]) -> RevisionMode | None:
    """How a later note changes an earlier one, None when nothing says that it does.

    Examples: ``cancels and replaces``: replaces; ``will also include``: adds; ``will be replaced
    by``, ``instead of``: substitutes.
    """
    whole = document.labelled("replaces_note")
    if whole:
        return "replaces"
    numbers = [t.start for t in document.labelled("pattern.replaces_number")]
    goers = [
        t for t in document.labelled("replaced_by", "replacing") if not _is_supposed(document, t)
    ]
    if any(not any(t.start <= n < t.end for n in numbers) for t in goers):
        return "substitutes"
    added = [t for t in document.labelled("adds_to_note") if not _is_of_invitation(document, t)]
    if added and not _begins_list(document, added[0].start, body):
        return "adds"
    changes = document.labelled("changes_delegation")
    if any(not _is_supposed(document, t) for t in changes):
        return "replaces"
    return None


def _is_supposed(document: Document, term: Term) -> bool:
    """``Should there be any change in the composition``: nothing has changed yet."""
    before = [
        token.text for token in document.doc[max(0, term.start - SUPPOSED_REACH) : term.start]
    ]
    stops = [at for at, word in enumerate(before) if word in STOPS]
    return mentioned(before[max(stops, default=-1) + 1 :], "supposed")


def _names_delegation(document: Document, mode: RevisionMode, said: set[Meaning]) -> bool:
    """Whether more is said of what is added to than that there was a note before.

    ``In addition to its note No. 41``: that may have named somebody, or have promised names only.
    """
    added = document.labelled("adds_to_note")
    words = (document.text_of(t.start, t.end).casefold().split() for t in added)
    return mode != "adds" or "addition" in said or not all(_ends_in_note(w) for w in words)


def _ends_in_note(words: list[str]) -> bool:
    return mentioned([fold(word) for word in words], "earlier_note")


def _is_of_invitation(document: Document, term: Term) -> bool:
    """``Further to its note CU 2019/59/(A)/DTA/CEB/CSS``: the Secretariat's, which is answered."""
    behind = document.text_of(term.end, min(term.end + SYMBOL_REACH, len(document.tokens)))
    return _SYMBOL.search(behind) is not None


def _begins_list(document: Document, added: int, body: tuple[int, ...]) -> bool:
    """``will be headed by Ms. A. It will also include Mr. B``: a first list, of which both are.

    Its head stands before what is added, and no earlier note is spoken of.
    """
    heads = [t.start for t in document.labelled("headed_by")]
    return bool(heads) and min(heads) < added and not mentions(document, body, "earlier_note")
