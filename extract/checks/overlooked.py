"""Signs that the note names more persons than were found: addresses and posts left over."""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import pairwise
from typing import TYPE_CHECKING

from extract.delegates.blocks.line_starts import names_and_says
from extract.delegates.parts.honorifics import is_at_word_start
from extract.delegates.parts.mails import find_mails
from extract.delegates.parts.roles import role_of
from extract.language import emails, terms
from extract.language.name_fit import name_fit
from extract.language.normalise import fold, is_han, script_of
from extract.layout.closing import SIGNED
from extract.layout.list_signs import person_signs
from extract.layout.text_run import TextRun
from extract.types import Doubt

if TYPE_CHECKING:
    from collections.abc import Sequence

    from extract.checks.context import Context
    from extract.delegates.draft import Draft
    from extract.delegates.finder import Found
    from extract.layout.document import Document
    from extract.layout.text_run import RunTerm
    from extract.layout.zones import Zones

CONTACT_TERMS = ("contact_not_delegate", "not_delegate_context", "contact_after")
_OPENING = ("(", "（")
_SHORT_PART = re.compile(r"([\u3400-\u9fff·]{2,5})\s?[，,]")
_OF_POSTS = ("title_heads", "org_heads", "labels_phone", "labels_email", "contact_not_delegate")
_BRACKET_AT_END = re.compile(r"[(（]([^()（）\n]{1,40})[)）][^\S\n]*\n")
# a contact's address stands at most so many lines from the words that say so
CONTACT_REACH = 3


def doubt_nameless(context: Context) -> Context:
    """What the finder itself could not make a person of."""
    return context.doubting(*map(Doubt, context.found.doubts))


def doubt_overlooked(context: Context) -> Context:
    """Doubts of a whole note in which somebody may have been missed.

    Example: an address in the list that belongs to nobody.
    """
    document, zones, found = context.document, context.zones, context.found
    if not context.people:
        return context
    stray = _second_addresses(found.drafts) or _stray_address(document, zones, found)
    doubts = [Doubt("address_without_person", detail=stray)] if stray else []
    if any(map(_holds_person, found.drafts)):
        doubts.append(Doubt("honorific_without_person"))
    if any(_holds_entry(d) or _holds_second_role(d) or _goes_on(d) for d in found.drafts):
        doubts.append(Doubt("name_left_over"))
    if any("post_without_person" in d.doubts for d in found.drafts):
        doubts.append(Doubt("post_without_person"))
    return context.doubting(*doubts)


def doubt_outside(context: Context) -> Context:
    """A note in whose head or foot more persons stand than who signs it and receives it.

    Its list may have been taken for the foot: nobody is missed in silence.
    """
    read = {n for d in (*context.found.drafts, *context.found.contacts) for n in d.run.lines}
    signs = person_signs(context.document) - {*context.zones.body(), *read}
    owned = sorted(n for n in signs if "@" in context.document.lines[n].text)
    if owned:
        where = context.document.lines[owned[0]].text
        return context.doubting(Doubt("address_without_person", detail=where))
    if len(signs) > SIGNED:
        return context.doubting(Doubt("honorific_without_person"))
    return context


def _holds_person(draft: Draft) -> bool:
    """``郭思琪女士总调查主任`` as somebody's office: a form of address that no name has.

    Or in the middle of a name: ``Ana Ms. Rosa``, two cells read as one.
    """
    run, courtesies = draft.run, ("honorifics_m", "honorifics_f")
    said = (*draft.title, *draft.organization)
    offices = [t for s in said for t in run.terms_in(*s, *courtesies)]
    inner = [t for s in draft.name_parts for t in run.terms_in(*s, *courtesies) if t.start > s[0]]
    in_names = [t for t in inner if _is_latin_courtesy(run, t)]
    return any(
        sum(map(str.isalpha, run.text[t.start : t.end])) > 1  # not "Washington D.C."
        and run.text[t.start - 1 : t.start] != "("
        and (is_at_word_start(run.text, t.start) or is_han(run.text[t.start]))
        for t in (*offices, *in_names)
    )


def _is_latin_courtesy(run: TextRun, term: RunTerm) -> bool:
    """No word of names: ``Mohamed Cheikh``, ``أحمد السيد``."""
    printed = run.text[term.start : term.end]
    known = fold(printed) in terms.folded("honorifics_in_names")
    return not known and script_of(printed[0]) in ("latin", "cyrillic")


def _holds_entry(draft: Draft) -> bool:
    """A line of a post or an office that begins another entry: ``Rosa Lima, Director``."""
    offices = (*draft.title, *draft.organization)
    return any(
        any(a <= start < b for a, b in offices) and names_and_says(draft.run.document, number)
        for number, start in zip(draft.run.lines, draft.run.starts, strict=True)
    )


def _goes_on(draft: Draft) -> bool:
    """Below a Chinese entry's address a line begins as one: a short word, a comma, a post.

    Its family name was misread, or is none we know.
    """
    run = draft.run
    below = (at for at in run.starts if at > draft.start and "@" in run.text[:at])
    parts = filter(None, (_SHORT_PART.match(run.text, at) for at in below))
    return draft.rule in ("entry", "item") and any(
        any(part.end() <= t.start and "\n" not in run.text[part.end() : t.end] for t in posts)
        for part in parts
        if (posts := run.terms_in(part.start(), len(run.text), "title_heads"))
        and not run.terms_in(*part.span(1), *_OF_POSTS)
    )


def _holds_second_role(draft: Draft) -> bool:
    """``李雪女士（团员）`` and, among her post and office, another line that ends in a role so.

    Somebody stands there whose name could not be read.
    """
    run, role = draft.run, draft.role_span
    if role is None or run.text[: role[0]].rstrip()[-1:] not in _OPENING:
        return False
    begin = run.text.find("\n", role[1])
    last = max((start for start, _ in (*draft.title, *draft.organization)), default=0)
    return begin >= 0 and any(
        role_of(run, *run.trimmed(*said.span(1))) is not None
        for said in _BRACKET_AT_END.finditer(run.text, begin, max(begin, last))
    )


def _second_addresses(drafts: Sequence[Draft]) -> str | None:
    """A second address that spells nothing of its person, or less than the first, may be another's.

    ``luo.w@`` and ``luo.z@`` of 罗文慧: two of one family, of whom one was not read.

    In a table's row two addresses may be those of two rows, whatever they spell.
    """
    for draft in drafts:
        fits = [name_fit(m.local, draft.name_text) for m in draft.emails]
        for spells in ([f.is_good for f in fits], [f.kind != "none" for f in fits]):
            if any(spells) and not all(spells):
                return draft.emails[spells.index(False)].text
        other = any(  # no two readings of one
            a.text not in b.text and b.text not in a.text for a, b in pairwise(draft.emails)
        )
        begun = draft.run.text.count("@") > max(len(draft.emails), 1)
        if (other or begun) and draft.rule.startswith("grid"):
            return draft.emails[-1].text if draft.emails else "@"
    return None


def _stray_address(document: Document, zones: Zones, found: Found) -> str | None:
    """The first address among the sentences and lists that no person has."""
    lines = zones.body()
    if not lines:
        return None
    run = TextRun(document, lines)
    owned = {m.text for d in (*found.drafts, *found.contacts) for m in d.emails}
    contacts = _contact_lines(document)
    for mail in find_mails(run, 0, len(run.text)):
        near = run.lines[bisect_right(run.starts, mail.start) - 1] in contacts
        known = any(mail.text in o or o in mail.text for o in owned)
        if not known and not near and not emails.is_office_mailbox(mail.text):
            return mail.text
    return None


def _contact_lines(document: Document) -> set[int]:
    reached = {
        n for t in document.labelled("reached_at") for n in range(t.start, t.end)
    }  # "Mr. X, who can be reached at": a delegate
    return {
        line
        for t in document.labelled(*CONTACT_TERMS)
        if t.start not in reached and t.end - 1 not in reached
        for line in range(t.line - CONTACT_REACH, t.line + CONTACT_REACH + 1)
    }
