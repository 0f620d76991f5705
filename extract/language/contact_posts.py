"""Words for whom to ask that name a post.

``Director, focal point of the Convention``, ``Counsellor and Focal Point``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

CONTACT = ("contact_not_delegate", "roles.focal_point")
SENDER = ("mission_nouns", "letterhead")
REACH = 12  # words back to the post that the words go on with
NEAR = 4  # words ahead to the convention, or to the sender, that they speak of
_ENDS = frozenset(".:;")
_COMMAS = frozenset(",،")
_BEHIND = frozenset(",،;.(|")
"""What ends a post behind its last word, where the line goes on."""


def without_posts(doc: Doc) -> list[Span]:
    """The document's terms without words of a contact that are a post's.

    Behind a post and a comma they are if "of" follows, behind "and" if nothing does: ``Attaché,
    focal point`` and ``Attaché and focal point for the visit`` still say whom to ask. So they are
    behind any comma before the convention's name: ``Ms. X, Focal Point UNCAC``.
    """
    found: list[Span] = list(doc.spans["terms"])
    if not any(t.label_ == CONTACT[0] for t in found):
        return found
    posts, ands = _ends(found, "title_heads"), _ends(found, "conjunctions")
    return [
        t
        for t in found
        if t.label_ not in CONTACT
        or (
            not (_is_behind(doc, t, posts) and _is_post(doc, t, found, ands))
            and not _is_of_convention(doc, t, found)
        )
    ]


def _ends(found: list[Span], label: str) -> set[int]:
    return {t.end - 1 for t in found if t.label_ == label}


def _is_behind(doc: Doc, term: Span, posts: set[int]) -> bool:
    """A post stands a few words before it, and no sentence or label ends between."""
    before = next((n for n in range(term.start - 1, -1, -1) if doc[n].text in _ENDS), -1)
    return any(max(before, term.start - REACH) < at < term.start for at in posts)


def _is_post(doc: Doc, term: Span, found: list[Span], ands: set[int]) -> bool:
    if term.start - 1 in ands:
        return _ends_post(doc, term)
    ahead = {t.label_: t.start for t in reversed(found) if 0 <= t.start - term.end < NEAR}
    if doc[term.start - 1].text not in _COMMAS or any(label in ahead for label in SENDER):
        return False
    return ahead.get("of_words") == term.end or "convention_names" in ahead


def _is_of_convention(doc: Doc, term: Span, found: list[Span]) -> bool:
    begun = term.start > 0 and doc[term.start - 1].text in _COMMAS
    named = (t.start for t in found if t.label_ == "convention_names")
    return begun and any(0 <= at - term.end < NEAR for at in named)


def _ends_post(doc: Doc, term: Span) -> bool:
    last = term.end == len(doc) or bool(doc[term.end].is_sent_start)
    return last or doc[term.end].text in _BEHIND
