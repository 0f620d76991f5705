"""Roles within a delegation, as printed: ``Head of Delegation``, ``Suppléant``."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from extract.layout.text_run import TextRun
    from extract.types import Role

ROLE_OF_LABEL: dict[str, Role | None] = {
    "roles.head": "head",
    "roles.deputy_head": "alternate",
    "roles.alternate": "alternate",
    "roles.representative": "member",
    "roles.adviser": "adviser",
    "roles.observer": "observer",
    "role_headings.head": "head",
    "role_headings.alternate": "alternate",
    "role_headings.member": "member",
    "role_headings.adviser": "adviser",
    "role_headings.observer": "observer",
}


def role_of(run: TextRun, start: int, end: int) -> Role | None:
    """The role a whole segment names: ``Head of Delegation``, ``conseiller de la délégation``."""
    while end > start and unicodedata.combining(run.text[end - 1]):  # "عضواً"
        end -= 1
    length = end - start
    whole = run.terms_in(start, end, "pattern.role_of_delegation")
    for term in run.terms_in(start, end, "roles.", "role_headings."):
        role = ROLE_OF_LABEL.get(term.label)
        if role is None:
            continue
        size = term.end - term.start
        if size == length or (role == "head" and size > 6 and length - size <= 14):
            return role
        if term.start == start and any(p.start == start and p.end == end for p in whole):
            return role
    return None
