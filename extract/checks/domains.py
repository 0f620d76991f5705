"""Domains that the rest of the page makes doubtful."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from rapidfuzz.distance import Levenshtein

from extract.language import terms
from extract.language.emails import find_emails
from extract.language.letters import confused
from extract.types import Doubt

if TYPE_CHECKING:
    from extract.checks.context import Context
    from extract.types import Delegate

_MARKS = str.maketrans("", "", ".-_")
# a full stop read as a hyphen before the part that says what sort of body: "mfa-gov.zm"
# or lost: "courtsgov.id"
_HYPHEN = re.compile(
    r"-(?:gov|gob|gouv|gub|govt|go|com|org|edu|mil)\.[a-z]{2}$|[a-z]{3}(?:gov|gob|gouv)\.[a-z]{2}$"
)
# "mfa.ge.ca", "mfa.goy.uk": before a State's code a letter for one alike, in a label no State has
_ALIKE = str.maketrans("ceoy", "cccv")
_SECOND = re.compile(r"\.([a-z]{2,4})\.[a-z]{2}$")
# shorter labels one letter apart are two bodies: "moj" and "moi"
LONG_LABEL = 7


def doubt_domains(context: Context) -> Context:
    """The persons, those marked whose domain differs by a sign from another on the page.

    Example: ``x@mfa-gov.zm`` under a letterhead with ``info@mfa.gov.zm``.
    """
    people = context.people
    printed = {m.domain for line in context.document.lines for m in find_emails(line.text)}
    printed |= {p.email.text.split("@", 1)[1] for p in people if p.email}
    marked: list[Delegate] = []
    for person in people:
        domain = person.email.text.split("@", 1)[1] if person.email else ""
        rivals = [d for d in printed if d != domain and is_near(d, domain)]
        known = any(d.code == "domain_unusual" for d in person.doubts)
        odd = _HYPHEN.search(domain) or has_misread_label(domain)
        if domain and not known and (rivals or odd):
            doubt = Doubt("domain_unusual", "email", min(rivals, default=""))
            marked.append(replace(person, doubts=(*person.doubts, doubt)))
        else:
            marked.append(person)
    return context.with_people(tuple(marked))


def has_misread_label(domain: str) -> bool:
    """``law.ge.ca``, ``law.goy.uk``: all such domains of a note may be misread alike, by both.

    Of 1,608 domains on notes by other hands none is odd.
    """
    second = _SECOND.search(domain)
    if second is None:
        return False
    known = (*terms.phrases("second_level_labels"), *terms.phrases("second_level_too"))
    alike = second[1].translate(_ALIKE)
    return second[1] not in known and any(alike == x.translate(_ALIKE) for x in known)


def is_near(first: str, second: str) -> bool:
    """True for domains that differ by a sign, by letters readers confuse, or one of a long label.

    ``moj`` and ``moi`` are two ministries; ``rnoj`` and ``moj`` are one.
    """
    if first.translate(_MARKS) == second.translate(_MARKS) or second in confused(first):
        return True
    pairs = list(zip(first.split("."), second.split("."), strict=False))
    differing = [(a, b) for a, b in pairs if a != b]
    if first.count(".") != second.count(".") or len(differing) != 1:
        return False
    one, other = differing[0]
    long = min(len(one), len(other)) >= LONG_LABEL
    return long and Levenshtein.distance(one, other, score_cutoff=1) <= 1
