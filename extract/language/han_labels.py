"""Chinese labels of fields: what is asked for stands last, before it who is asked for it.

``姓名``, ``与会者姓名``, ``现任职务``: nobody can list them, but all are made of few words.
"""

from __future__ import annotations

from functools import cache

from extract.language import terms
from extract.language.normalise import is_han

LONGEST = 12
"""Characters of a label."""
FEWEST = 2
"""Characters of what is asked for."""


def asked_for(text: str) -> str:
    """The label without words of whom it asks: ``姓名`` of ``与会者姓名``; others as they are."""
    rest = text.strip()
    if not FEWEST < len(rest) <= LONGEST or not all(map(is_han, rest)):
        return text
    while len(rest) > FEWEST:
        lead = next((w for w in _leads() if rest.startswith(w)), None)
        if lead is None or len(rest) - len(lead) < FEWEST:
            break
        rest = rest[len(lead) :]
    return rest


@cache
def _leads() -> tuple[str, ...]:
    return tuple(sorted(terms.phrases("label_leads_han"), key=len, reverse=True))
