"""What shows that a page comes from a government, where no formula of a note does.

A bare letter of an anti-corruption bureau (letterhead, number, day, one sentence, a person with
an office's mailbox) is a reply. Of two outsiders' 160 notes five were rejected for want of a
formula; each sign below stands on other pages, too, three of
them together with a State's name or ours seldom do.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from extract.facts.mission_state import is_host
from extract.facts.states import by_top_level_domain, find_states
from extract.language import terms
from extract.language.dates import find_dates
from extract.language.emails import find_emails

if TYPE_CHECKING:
    from extract.facts.states import StateName
    from extract.layout.document import Document
    from extract.layout.zones import Zones

FIRST_LINES = 16  # lines from the top that hold a letterhead, a number and whom a letter goes to
OFFICE_WORDS = 3  # tokens of our name; ``Vienna`` alone is where anybody writes to
_ADDRESS = re.compile(r"\d{3}|@")


def official_signs(document: Document, zones: Zones, numbered: bool) -> float:
    """Signs of an answer of a government, 0 with neither a State's letterhead nor our name.

    Args:
        document: the page.
        zones: its parts.
        numbered: it has a number of its own.
    """
    places = range(min(FIRST_LINES, len(document.lines)))
    from_state = any(heads_page(document, zones, s) for s in find_states(document))
    to_us = any(_is_ours(document, n) for n in places)
    if not (from_state or to_us):
        return 0.0
    dated = any(find_dates(document.lines[n].text) for n in places)
    spoken = document.labelled("honour", "letter_style", "first_person", "convention_names")
    signs = (from_state, to_us, numbered and dated, bool(spoken), _is_official(document, zones))
    return float(sum(signs))


def heads_page(document: Document, zones: Zones, state: StateName) -> bool:
    """A State's name on a line of the letterhead, which is no address and names no host."""
    place = document.tokens[state.start]
    text = document.lines[place.line].text
    return (
        zones.of_line[place.line] == "head"
        and place.line < FIRST_LINES
        and not _ADDRESS.search(text)
        and not is_host(text[: place.start])
    )


def _is_ours(document: Document, number: int) -> bool:
    """A line that names the Secretariat, or the mailbox replies go to."""
    ours = terms.folded("non_delegate_mailboxes")
    line = document.lines[number].text
    return any(
        t.end - t.start >= OFFICE_WORDS or document.text_of(t.start, t.end).isupper()
        for t in document.terms_of(number, "addressee")
    ) or any(m.text.casefold() in ours for m in find_emails(line))


def _is_official(document: Document, zones: Zones) -> bool:
    """Somebody's mailbox in a country's domain stands in the body, and a post near it."""
    countries = by_top_level_domain()
    body = zones.body()
    owned = any(
        m.domain.rpartition(".")[2] in countries
        for n in body
        for m in find_emails(document.lines[n].text)
    )
    lines = set(body)
    return owned and any(t.line in lines for t in document.labelled("title_heads"))
