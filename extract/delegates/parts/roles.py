"""Roles within a delegation, as printed: ``Head of Delegation``, ``Suppléant``."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING

from rapidfuzz.distance import Levenshtein

from extract.language import terms
from extract.language.normalise import fold

if TYPE_CHECKING:
    from extract.layout.text_run import RunTerm, TextRun
    from extract.types import Role

# letters of a role's phrase in which one may be misread
NEARLY = 14

# letters beside the words for a head of delegation that say more of one
NEAR_HEAD = 17

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
    # "Deputy Head of Mission", a post with the words of a role in it
    post = any((t.start, t.end) == (start, end) for t in run.terms_in(start, end, "title_heads"))
    for term in run.terms_in(start, end, "roles.", "role_headings."):
        role = ROLE_OF_LABEL.get(term.label)
        if role is None:
            continue
        size = term.end - term.start
        if size == length:
            return role
        if role == "head" and size > 6 and length - size <= NEAR_HEAD and not post:
            return "alternate" if _stands_in(run, term, start, end) else role
        if term.start == start and any(p.start == start and p.end == end for p in whole):
            return role
    return _nearly_role(fold(run.text[start:end])) if length >= NEARLY else None


def _stands_in(run: TextRun, head: RunTerm, start: int, end: int) -> bool:
    """``Alternate to the Head of Delegation``, ``cheffe de délégation suppléante``."""
    beside = run.text[start : head.start] + " " + run.text[head.end : end]
    return any(fold(w) in terms.folded("stands_in") for w in re.findall(r"[^\W\d_]+", beside))


@cache
def _long_roles() -> dict[str, Role]:
    return {
        fold(phrase): role
        for label, role in ROLE_OF_LABEL.items()
        for phrase in terms.phrases(label)
        if role is not None and len(phrase) >= NEARLY
    }


@cache
def _nearly_role(text: str) -> Role | None:
    """``efe de Delegación``: one letter was lost or misread."""
    near = (r for r in _long_roles() if Levenshtein.distance(r, text, score_cutoff=1) <= 1)
    phrase = next(near, None)
    return _long_roles()[phrase] if phrase is not None else None
