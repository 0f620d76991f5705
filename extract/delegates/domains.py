"""Domains that the rest of the page makes doubtful."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from extract import emails
from extract.types import Doubt

if TYPE_CHECKING:
    from extract.document import Document
    from extract.types import Delegate

_MARKS = str.maketrans("", "", ".-_")
# a full stop read as a hyphen before the part that says what sort of body: "mfa-gov.zm"
_HYPHEN = re.compile(r"-(?:gov|gob|gouv|gub|govt|go|com|org|edu|mil)\.[a-z]{2}$")


def with_doubts(people: tuple[Delegate, ...], document: Document) -> tuple[Delegate, ...]:
    """The persons, those marked whose domain differs by a sign from another on the page.

    Example: ``x@mfa-gov.zm`` under a letterhead with ``info@mfa.gov.zm``.
    """
    printed = {m.domain for line in document.lines for m in emails.find(line.text)}
    printed |= {p.email.text.split("@", 1)[1] for p in people if p.email}
    marked: list[Delegate] = []
    for person in people:
        domain = person.email.text.split("@", 1)[1] if person.email else ""
        rivals = [
            d for d in printed if d != domain and d.translate(_MARKS) == domain.translate(_MARKS)
        ]
        known = any(d.code == "domain_unusual" for d in person.doubts)
        if domain and not known and (rivals or _HYPHEN.search(domain)):
            doubt = Doubt("domain_unusual", "email", min(rivals, default=""))
            marked.append(replace(person, doubts=(*person.doubts, doubt)))
        else:
            marked.append(person)
    return tuple(marked)
