"""Whether a delegate without an address has none, or one that was printed and not found."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from extract.types import Delegate, Doubt

if TYPE_CHECKING:
    from extract.document import Document
    from extract.zones import Zones

CONTACT_LINES = 3
_MISSING = Doubt("email_missing", "email")


def settle(people: tuple[Delegate, ...], document: Document, zones: Zones) -> tuple[Delegate, ...]:
    """Takes the doubt back where every address printed in the body has its delegate.

    A list without a column for addresses is read in full; a person beside an address nobody
    claims is not. Addresses of contact persons are left out of the count.
    """
    if not people or _printed(document, zones) > sum(p.email is not None for p in people):
        return people
    return tuple(
        replace(p, doubts=tuple(d for d in p.doubts if d != _MISSING)) if _is_whole(p) else p
        for p in people
    )


def _is_whole(person: Delegate) -> bool:
    """Nothing else is strange about the person, so that the entry was understood."""
    return person.title is not None and set(person.doubts) <= {_MISSING}


def _printed(document: Document, zones: Zones) -> int:
    """Signs of an address in the body, contact persons' lines left out."""
    contacts = {
        term.line + near
        for term in document.labelled("contact_not_delegate")
        for near in range(CONTACT_LINES)
    }
    return sum(document.lines[n].text.count("@") for n in zones.body() if n not in contacts)
