"""Which State sent a note: the first State after the mission's noun, never its host.

Evidence is gathered in the letterhead, the opening and the closing sentence and weighed; what
only one weak place says is marked.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from extract.facts import states
from extract.facts.mission_state import is_host, state_of_mission
from extract.facts.states import find_states
from extract.language import terms
from extract.language.emails import find_emails
from extract.language.normalise import is_han
from extract.types import Doubt, Evidence, Value
from ocr.types import enclosing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from extract.facts.states import StateName
    from extract.language.emails import EmailMatch
    from extract.layout.document import Document, Term
    from extract.layout.lines import TextLine
    from extract.layout.zones import Zones

SURE = 3.0  # votes of a State beyond doubt
WEAK = 0.5  # vote of a State named anywhere
MISSIONS = ("letterhead", "mission_nouns")
OFFICES = ("org_heads", "org_units")  # of a government, no mission's
OFFICE_LINES = 2  # lines of a letterhead that an office's name fills before its State's


@dataclass(frozen=True, slots=True)
class _Vote:
    code: str
    weight: float
    start: int
    end: int
    rule: str


def find_sender(document: Document, zones: Zones) -> tuple[Value | None, tuple[Doubt, ...]]:
    """The sending State as ISO 3166-1 alpha-3, and the doubts about it.

    Examples: ``Embassy of Georgia in Austria``: GEO; ``Royal Thai Embassy``: THA;
    ``大韩民国驻奥地利共和国大使馆``: KOR; ``Посольство Республики Казахстан``: KAZ.
    """
    named = find_states(document)
    votes = [v for v in _votes(document, zones, named) if v.weight > 0]
    votes = votes or _votes_elsewhere(document, named)
    if not votes:
        return _by_mailbox(document, zones)
    totals: dict[str, float] = {}
    for vote in votes:
        totals[vote.code] = totals.get(vote.code, 0.0) + vote.weight
    ranked = sorted(totals, key=totals.__getitem__, reverse=True)
    code = ranked[0]
    own = [v for v in votes if v.code == code]
    best = max(own, key=lambda v: v.weight)
    confidence = min(0.99, 0.6 + 0.13 * totals[code])
    doubts: list[Doubt] = []
    if len(ranked) > 1 and totals[ranked[1]] > 0.6 * totals[code]:
        doubts.append(Doubt("state_uncertain", "state", ranked[1]))
        confidence = min(confidence, 0.6)
    elif totals[code] < SURE - 1:
        doubts.append(Doubt("state_uncertain", "state"))
        confidence = min(confidence, 0.75)
    others = {found for found, _, _ in _mailboxes(document, zones)} - {code}
    if others:
        doubts.append(Doubt("state_email_mismatch", "state", min(others)))
    evidence = tuple(_evidence(document, v) for v in (best, *(o for o in own if o is not best)))
    return Value(code, confidence, evidence[:4]), tuple(doubts)


def _mailboxes(document: Document, zones: Zones) -> Iterator[tuple[str, TextLine, EmailMatch]]:
    """The mission's own mailboxes, each with the State whose country domain it has.

    Nothing is said by a mailbox in the host country, or in a domain sold to everyone (``.io``).
    """
    silent = terms.folded("general_top_level_domains")
    for number, zone in enumerate(zones.of_line):
        if zone != "body" and not _is_addressee(document, number):
            for match in find_emails(document.lines[number].text):
                top = match.domain.rpartition(".")[2]
                code = states.by_top_level_domain().get(top)
                if code is not None and top not in silent:
                    yield code, document.lines[number], match


def _evidence(document: Document, vote: _Vote) -> Evidence:
    line = document.lines[document.tokens[vote.start].line]
    first, last = document.tokens[vote.start], document.tokens[vote.end - 1]
    end = last.end if last.line == first.line else len(line.text)
    return _on_line(line, first.start, end, vote.rule, "states")


def _on_line(line: TextLine, start: int, end: int, rule: str, pattern: str = "") -> Evidence:
    words = line.words_between(start, end)
    box = enclosing(tuple(w.box for w in words))
    return Evidence(
        line.page, line.text[start:end], box, min(w.confidence for w in words), rule, pattern
    )


def _votes(document: Document, zones: Zones, named: tuple[StateName, ...]) -> list[_Vote]:
    votes: list[_Vote] = []
    for noun in document.labelled(*MISSIONS):
        weight, place = _weight(document, zones, noun)
        if weight:
            state = state_of_mission(document, noun, named)
            if state is not None:
                rule = f"state.{place}.{state.kind}"
                votes.append(_Vote(state.codes[0], weight, state.start, state.end, rule))
    votes = _best_per_place(votes)
    votes.extend(_lone_names(document, zones, named))
    return votes


def _votes_elsewhere(document: Document, named: tuple[StateName, ...]) -> list[_Vote]:
    """Offices named anywhere, for a page whose lines came in disorder; they must agree."""
    votes: list[_Vote] = []
    for noun in document.labelled(*MISSIONS, *OFFICES):
        other = _is_addressee(document, noun.line) or _is_greeted(document, noun)
        state = None if other else state_of_mission(document, noun, named)
        if state is not None:
            votes.append(_Vote(state.codes[0], WEAK, state.start, state.end, "state.elsewhere"))
    return _best_per_place(votes)[:1] if len({v.code for v in votes}) == 1 else []


def _is_greeted(document: Document, noun: Term) -> bool:
    """``presents its compliments to the Embassy of Benin``: whom the note goes to."""
    greeted = document.labelled("pattern.greets_mission")
    return any(t.start <= noun.start < t.end for t in greeted)


def _best_per_place(votes: list[_Vote]) -> list[_Vote]:
    """Several nouns before one State (``Embassy and Permanent Mission of X``) vote once."""
    best: dict[int, _Vote] = {}
    for vote in votes:
        if vote.start not in best or vote.weight > best[vote.start].weight:
            best[vote.start] = vote
    return list(best.values())


def _weight(document: Document, zones: Zones, noun: Term) -> tuple[float, str]:
    """How much a mission noun says about the sender, by where it stands."""
    if _is_addressee(document, noun.line):
        return 0.0, ""
    zone = zones.of_line[noun.line]
    line = document.lines[noun.line]
    if zone == "head" and line.page == document.lines[0].page:
        return 3.0, "letterhead"
    if zones.opening is not None and abs(noun.line - zones.opening) <= 3:
        opening = [t for t in document.labelled("opening") if t.line == zones.opening]
        if opening and (noun.start < opening[0].start or _follows_verb(document, opening[0], noun)):
            return 3.0, "opening"
        return 0.0, ""
    if zones.closing is not None and zones.closing <= noun.line <= zones.closing + 1:
        closing = [t for t in document.labelled("closing") if t.line >= zones.closing]
        return (2.0, "closing") if closing and noun.start < closing[0].start else (0.0, "")
    if zones.opening is None and noun.line < 8:
        return 2.0, "top"
    return 0.0, ""


def _follows_verb(document: Document, opening: Term, noun: Term) -> bool:
    """In Arabic the verb of the opening comes first: ``تهدي سفارة ...``."""
    arabic = "\u0600" <= document.doc[opening.start].text[0] <= "\u06ff"
    return arabic and 0 <= noun.start - opening.start <= 3


def _is_addressee(document: Document, line: int) -> bool:
    near = range(max(0, line - 1), min(len(document.lines), line + 1))
    return any(
        _is_long(document, t) and not _is_seat(document, t) and not _is_greeted_behind(document, t)
        for n in near
        for t in document.terms_of(n, "addressee")
    ) and not document.terms_of(line, "opening", "closing")


def _is_seat(document: Document, term: Term) -> bool:
    """``The Permanent Mission of Poland to the United Nations Office at Vienna``: the sender's."""
    nouns = document.terms_of(term.line, "mission_nouns", "letterhead")
    return any(n.end <= term.start and is_host(document.text_of(n.end, term.start)) for n in nouns)


def _is_greeted_behind(document: Document, term: Term) -> bool:
    """``大韩民国常驻代表团向秘书处``: who greets stands before the sign, the verb may be below."""
    return "向" in document.lines[term.line].text[: document.tokens[term.start].start]


def _is_long(document: Document, term: Term) -> bool:
    """``Vienna`` alone addresses nobody; each Chinese character is a token."""
    return term.end - term.start >= (6 if is_han(document.doc[term.start].text[0]) else 3)


def _lone_names(document: Document, zones: Zones, named: tuple[StateName, ...]) -> list[_Vote]:
    """A State alone in the letterhead: ``REPUBLIC OF KENYA``, not ``in Austria``.

    Or behind an office that is no mission's: ``SUPREME COURT OF KENYA``.
    """
    votes: list[_Vote] = []
    for state in named:
        first, last = document.tokens[state.start], document.tokens[state.end - 1]
        text = document.lines[first.line].text
        if zones.of_line[first.line] != "head" or state.kind != "name":
            continue
        lead = text[: first.start].rpartition("\t")[2]
        tail = document.lines[last.line].text[last.end :].partition("\t")[0]
        printed = document.text_of(state.start, state.end)
        if is_host(lead) or any(c.isdigit() for c in lead + tail):
            continue
        if len(printed) >= 0.6 * len(f"{lead}{printed}{tail}".strip()):
            rule = "state.letterhead.line"
        elif not tail.strip() and _is_of_office(document, state):
            rule = "state.letterhead.office"
        else:
            continue
        votes.append(_Vote(state.codes[0], 2.0, state.start, state.end, rule))
    return votes


def _is_of_office(document: Document, state: StateName) -> bool:
    """An office that is no mission's stands before the State, on this line or shortly above."""
    line = document.tokens[state.start].line
    near = range(max(0, line - OFFICE_LINES), line + 1)
    offices = [t for n in near for t in document.terms_of(n, *OFFICES) if t.end <= state.start]
    return bool(offices) and not any(_is_addressee(document, n) for n in near)


def _by_mailbox(document: Document, zones: Zones) -> tuple[Value | None, tuple[Doubt, ...]]:
    """No State can be read: the country of the mission's own mailbox, for a person to confirm."""
    found = list(_mailboxes(document, zones))
    if len({code for code, _, _ in found}) != 1:
        return None, (Doubt("state_missing", "state"),)
    code, line, match = found[0]
    evidence = _on_line(line, match.start, match.end, "state.mailbox")
    return Value(code, 0.5, (evidence,)), (Doubt("state_uncertain", "state"),)
