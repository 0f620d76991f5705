"""The State a mission's noun belongs to: behind it or before it as an adjective, never its host."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from extract.language import terms
from extract.language.normalise import fold, is_han

if TYPE_CHECKING:
    from extract.facts.states import StateName
    from extract.layout.document import Document, Term

REACH = 16  # tokens from the mission's noun to its State
ADJECTIVE_REACH = 4  # tokens from "Kenyan" to "Embassy"
_STATIONED = "驻駐"
UNIONS = frozenset({"EUN"})
"""Of States: they have missions; a ``Ministry of European Union Affairs`` is a State's."""


def state_of_mission(
    document: Document, noun: Term, named: tuple[StateName, ...]
) -> StateName | None:
    """The State a mission noun belongs to."""
    if is_han(document.doc[noun.start].text[0]):
        return _han_state(document, noun, named)
    if _is_one_of(document, noun, "state_offices"):
        named = tuple(s for s in named if s.codes[0] not in UNIONS)
    for state in named:
        if state.kind == "name" and noun.end <= state.start <= noun.end + REACH:
            between = document.text_of(noun.end, state.start)
            if _in_address(document, state, noun):
                continue
            host = is_host(between) and not _is_one_of(document, noun, "nouns_at_home")
            if host or document.tokens[state.start].line > noun.last_line + 2:
                return _adjective(document, noun, named)
            return state
    return _adjective(document, noun, named)


def _is_one_of(document: Document, noun: Term, words: str) -> bool:
    """``وزارة الخارجية في جمهورية ...``: a ministry or a government sits in its own State."""
    return fold(document.text_of(noun.start, noun.start + 1)) in terms.folded(words)


def _in_address(document: Document, state: StateName, noun: Term) -> bool:
    """``1010 Vienna, Austria`` below the mission's name is where it sits, not whose it is."""
    line = document.tokens[state.start].line
    if line == noun.line:
        return False
    text = document.lines[line].text
    contact = document.terms_of(line, "labels_phone", "labels_fax", "labels_email")
    return bool(contact) or bool(re.search(r"\d{3}", text))


def _adjective(document: Document, noun: Term, named: tuple[StateName, ...]) -> StateName | None:
    """``Royal Thai Embassy``; an adjective of two States (``Congolese``) names none."""
    for state in reversed(named):
        if state.end <= noun.start and noun.start - state.end <= ADJECTIVE_REACH:
            same_line = document.tokens[state.start].line == noun.line
            if same_line and len(state.codes) == 1 and _adjoins(document, state, noun):
                return state
    inside = [s for s in named if noun.start <= s.start and s.end <= noun.end]
    return inside[0] if inside and len(inside[0].codes) == 1 else None


def _adjoins(document: Document, state: StateName, noun: Term) -> bool:
    between = document.text_of(state.end, noun.start)
    return not re.search(r"[,.;:()0-9]", between)


def is_host(between: str) -> bool:
    """True when a word for "in, to, accredited to" stands before the State: it is the host."""
    words = fold(between).replace("'", "' ").split()
    if not words:
        return False
    hosts = terms.folded("host_words")
    of_words = {phrase.partition(" ")[0] for phrase in terms.folded("of_words")}
    for at in reversed(range(len(words))):
        if words[at] in hosts:
            return True
        if words[at] in of_words and len(words) <= 6:
            return at > 0 and words[at - 1] in hosts
    return False


def _han_state(document: Document, noun: Term, named: tuple[StateName, ...]) -> StateName | None:
    """In Chinese the sender stands before the noun and before the host's 驻.

    A State that stands behind 驻 anywhere is the host, also where that sign was misread.
    """
    line = noun.line
    before = [
        s
        for s in named
        if document.tokens[s.start].line in (line, line - 1) and s.start <= noun.start
    ]
    if not before:
        return None
    marks = [
        i
        for i in range(document.first_token[max(0, line - 1)], noun.end)
        if document.doc[i].text == "驻"
    ]
    hosts = {s.codes[0] for s in named if s.start and document.doc[s.start - 1].text in _STATIONED}
    hosts -= {
        s.codes[0]
        for s in named
        if s.end < len(document.tokens) and document.doc[s.end].text in _STATIONED
    }
    ahead = [s for s in before if (not marks or s.end <= marks[0]) and s.codes[0] not in hosts]
    return ahead[-1] if ahead else None
