"""Words for whom to ask that name a post: ``Director, focal point of the Convention``."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

CONTACT = ("contact_not_delegate", "roles.focal_point")
SENDER = ("mission_nouns", "letterhead")
REACH = 12  # words back to the post that the words go on with
NEAR = 4  # words ahead to the convention, or to the sender, that they speak of
_ENDS = frozenset(".:;")


def without_posts(doc: Doc) -> list[Span]:
    """The document's terms; words of a contact behind a post and a comma are none if "of" follows.

    ``Attaché, focal point`` and ``focal point of the Mission`` still say whom to ask.
    """
    found: list[Span] = list(doc.spans["terms"])
    if not any(t.label_ == CONTACT[0] for t in found):
        return found
    posts = _ends(found, "title_heads")
    return [t for t in found if t.label_ not in CONTACT or not _is_post(doc, t, found, posts)]


def _ends(found: list[Span], label: str) -> set[int]:
    return {t.end - 1 for t in found if t.label_ == label}


def _is_post(doc: Doc, term: Span, found: list[Span], posts: set[int]) -> bool:
    if not term.start or doc[term.start - 1].text not in ",،":
        return False
    before = next((n for n in range(term.start - 1, -1, -1) if doc[n].text in _ENDS), -1)
    if not any(max(before, term.start - REACH) < at < term.start for at in posts):
        return False
    ahead = {t.label_: t.start for t in reversed(found) if 0 <= t.start - term.end < NEAR}
    if any(label in ahead for label in SENDER):
        return False
    return ahead.get("of_words") == term.end or "convention_names" in ahead
