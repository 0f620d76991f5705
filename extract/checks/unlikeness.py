"""Words that are unlike what is known of their field: no reason to doubt it alone, but a sign."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from extract.language import vocabulary
from extract.language.name_fit import name_fit
from extract.language.normalise import fold, main_script
from extract.language.terms import FORMS_OF_ADDRESS

if TYPE_CHECKING:
    from extract.checks.context import Context
    from extract.delegates.draft import Draft
    from extract.layout.text_run import RunTerm, Span
    from extract.types import Delegate

SENTENCES = (
    "nominating",
    "honour",
    "requests",
    "closing",
    "opening",
    "reference",
    "contact_not_delegate",
    "participants",
    "meeting_kinds",
    "meeting_names",
    "convention_names",
)
MANY_NAMES = 5
"""Words of a name from which on it is a long one."""
MANY_WORDS = 9
"""Words of a post from which on it is a long one."""
MANY_DIGITS = 4
"""Digits before the @ that a telephone left there."""
_WORD = re.compile(r"[^\W\d_]+")
_ENDS_OPEN = re.compile(r"(?:[-&/,(«“]|\b(?:of|the|for|de|du|des|del|la|y|e|et|and|of the))$", re.I)
HEADERS = (
    "table_headers.name",
    "table_headers.email",
    "table_headers.number",
    "labels_email",
    "family_name_headers",
    "given_name_headers",
    "contact_headers",
)
_LONE_LETTER = re.compile(r"(?<![\w.'’-])[^\W\d_aeiouyàéóuАвикосуяАИВКОСУ](?![\w.'’])")
_PAIRS = (("(", ")"), ("«", "»"), ("“", "”"), ("（", "）"))


def weigh_words(context: Context) -> Context:
    """The persons, with a sign for each word or shape that is unusual where it stands."""
    names = {fold(w) for p in context.people for w in _WORD.findall(p.name.text) if len(w) > 3}
    people = tuple(
        replace(p, signs=(*p.signs, *_signs(p, d, names, context.language)))
        for p, d in zip(context.people, context.drafts, strict=True)
    )
    return context.with_people(people)


def _signs(person: Delegate, draft: Draft, names: set[str], language: str | None) -> list[str]:
    found = [f"name.{sign}" for sign in _of_name(person, draft, language)]
    for field, spans in (("title", draft.title), ("organization", draft.organization)):
        value = getattr(person, field)
        if value is not None:
            found += [f"{field}.{s}" for s in _of_text(draft, spans, value.text, names, language)]
    if person.title is not None and draft.title:
        found += [f"title.{s}" for s in _of_post(draft, person)]
    if person.organization is not None and draft.organization:
        found += [f"organization.{s}" for s in _of_office(draft)]
    if person.email is not None:
        found += [f"email.{s}" for s in _of_address(person.email.text, person.name.text)]
    if person.email is None and person.phone is None:
        found.append("row.unreachable")
    if main_script(person.name.text) in ("han", "arabic"):
        found.append("row.foreign")
    found.append(f"row.rule_{draft.rule.replace('.', '_')}")
    return found


def _of_name(person: Delegate, draft: Draft, language: str | None) -> list[str]:
    words = person.name.text.split()
    found = []
    if len(words) >= MANY_NAMES:
        found.append("long")
    if len(words) == 1 and main_script(person.name.text) == "latin":
        found.append("single")
    if draft.honorific is None:
        found.append("bare")
    elif len(draft.run.text[slice(*draft.honorific)].strip(".")) == 1:
        found.append("initial")
    known = [w for w in words if len(w) > 3 and vocabulary.is_made_of(w, language)]
    posts = _terms(draft, draft.name_parts, "title_heads", "org_heads", "roles.", "org_units")
    if posts or known:
        found.append("post_inside")
    if _LONE_LETTER.search(person.name.text):
        found.append("letter")
    if any(c.isdigit() for c in person.name.text) or any(w[:1].islower() for w in words[:1]):
        found.append("odd")
    return found


def _of_text(
    draft: Draft, spans: tuple[Span, ...], text: str, names: set[str], language: str | None
) -> list[str]:
    """Signs that any text of an entry may have."""
    words = text.split()
    latin = main_script(text) == "latin"
    edge = any(t.end == b and t.start > a for t in _terms(draft, spans, *HEADERS) for a, b in spans)
    signs = {
        "long": len(words) >= MANY_WORDS,
        "in_parts": len(spans) > 2,
        "open": bool(_ENDS_OPEN.search(text))
        or any(text.count(a) != text.count(b) for a, b in _PAIRS),
        "small": text[:1].islower(),
        "label_inside": ":" in text or "：" in text,
        "label_at_edge": edge,
        "honorific_inside": bool(_terms(draft, spans, *FORMS_OF_ADDRESS, "honorifics_plural")),
        "sentence_inside": bool(_terms(draft, spans, *SENTENCES)),
        "name_inside": bool({fold(w) for w in _WORD.findall(text)} & names),
        "unknown_words": latin and not vocabulary.is_known(text, language),
        "digits": any(c.isdigit() for c in text),
        "wrapped": any("\n" in draft.run.text[a:b] for a, b in spans),
        "letter": bool(_LONE_LETTER.search(text)),
        "two_heads": _has_two_heads(draft, spans),
    }
    return [sign for sign, is_so in signs.items() if is_so]


def _has_two_heads(draft: Draft, spans: tuple[Span, ...]) -> bool:
    """``Director of International Law Deputy Director``: two posts, or two offices, in one part.

    Words that join phrases may stand between: ``Head of Section and Counsellor`` is one.
    """
    for a, b in spans:
        for labels in (("title_heads",), ("org_heads", "letterhead")):
            heads = _longest(draft.run.terms_in(a, b, *labels))
            for first, second in pairwise(heads):
                between = draft.run.text[first.end : second.start]
                if len(between.split()) > 1 and second.start > first.end and _is_closed(between):
                    return True
    return False


def _is_closed(between: str) -> bool:
    """Nothing between two heads joins them."""
    last = between.split()[-1]
    return "," not in between and "\n" not in between.strip() and last[:1].isupper()


def _longest(found: tuple[RunTerm, ...]) -> list[RunTerm]:
    """Of phrases that overlap the longest."""
    kept: list[RunTerm] = []
    for term in found:
        if kept and term.start < kept[-1].end:
            continue
        kept.append(term)
    return kept


def _of_office(draft: Draft) -> list[str]:
    found = []
    first = draft.organization[0][0]
    if not _terms(
        draft, draft.organization, "org_heads", "letterhead", "mission_nouns", "org_units"
    ):
        found.append("headless")
    if any(t.start == first for t in _terms(draft, draft.organization, "org_units")):
        found.append("unit")
    if len(draft.organization) > 1:
        found.append("two_parts")
    ends = [b for _, b in draft.title if b <= first]
    if ends and draft.run.text[max(ends) : first].strip() == ",":
        found.append("behind_comma")
    return found


def _of_post(draft: Draft, person: Delegate) -> list[str]:
    found = ["one_word"] if person.title and len(person.title.text.split()) == 1 else []
    heads = _terms(draft, draft.title, "title_heads", "ranks", "title_prefixes")
    if not heads:
        found.append("headless")
    elif min(t.start for t in heads) > draft.title[0][0]:
        found.append("head_later")
    if _terms(draft, draft.title, "org_heads", "letterhead"):
        found.append("office_inside" if person.organization else "office_only_inside")
    if _terms(draft, draft.title, "roles."):
        found.append("role_inside")
    return found


def _terms(draft: Draft, spans: tuple[Span, ...], *labels: str) -> list[RunTerm]:
    return [t for a, b in spans for t in draft.run.terms_in(a, b, *labels)]


def _of_address(address: str, name: str) -> list[str]:
    """An address that has more, or less, in front than such addresses have."""
    local = address.split("@", 1)[0]
    found = [name_fit(local, name).kind]
    if sum(c.isdigit() for c in local) > MANY_DIGITS:
        found.append("digits")
    if len(local) <= 2 or local[0] in "._-+":
        found.append("cut")
    return found
