"""Chinese names that end in the first half of a form of address, whose second was not read.

A narrow column tears ``女士`` over two lines, and a single sign is lost more easily than a word.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from extract.language import terms
from extract.language.normalise import is_han

if TYPE_CHECKING:
    from extract.delegates.draft import Draft

FEWEST = 2  # characters of a name without the half


def without_half_forms(drafts: list[Draft]) -> list[Draft]:
    """``李晓雪女`` beside ``王海先生``: the last character is none of the name's.

    Nor is it in ``李晓雪女 女士``. Only in a list that has forms of address; and a person looks, as
    there are such names.
    """
    if not any(_form_of(d) in _forms() for d in drafts):
        return drafts
    return [_cut(d) for d in drafts]


def _form_of(draft: Draft) -> str:
    """The form of address as printed; in a narrow column it may go over lines."""
    span = draft.honorific
    return "".join(draft.run.text[slice(*span)].split()) if span else ""


def _cut(draft: Draft) -> Draft:
    if not draft.name_parts:
        return draft
    *parts, (start, end) = draft.name_parts
    name, form = draft.run.text[start:end].rstrip(), _form_of(draft)
    half = name[-1:] == form[0] if form else name[-1:] in _halves()
    if not half or len("".join(name.split())) <= FEWEST:
        return draft
    cut = draft.run.trimmed(start, start + len(name) - 1)
    return replace(draft, name_parts=(*parts, cut), doubts=(*draft.doubts, "name_odd"))


@cache
def _forms() -> frozenset[str]:
    phrases = (p for x in ("honorifics_m", "honorifics_f") for p in terms.phrases(x))
    return frozenset(p for p in phrases if is_han(p[0]) and len(p) > 1)


@cache
def _halves() -> frozenset[str]:
    return frozenset(form[0] for form in _forms())
