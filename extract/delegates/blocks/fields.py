"""One value, of a label or a cell, put into its field of a person."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise, takewhile
from typing import TYPE_CHECKING

from extract.delegates.draft import Draft
from extract.delegates.parts import roles, segments
from extract.delegates.parts.classify import classify
from extract.delegates.parts.columns import FieldKind
from extract.delegates.parts.contact_lines import contact_lines
from extract.delegates.parts.describe import describe
from extract.delegates.parts.line_ends import is_abbreviated
from extract.delegates.parts.mails import find_mails
from extract.delegates.parts.namecell import read_name
from extract.delegates.parts.office_of_post import is_genitive
from extract.language import terms
from extract.language.normalise import fold
from extract.language.phones import find_phones

if TYPE_CHECKING:
    from extract.delegates.parts.segments import Segment
    from extract.language.emails import EmailMatch
    from extract.layout.text_run import Span, TextRun

ARTICLE = "ال"  # the Arabic article
NO_POST = ("head", "alternate", "member", "observer")
"""Roles that, beside a post, are none themselves."""
SAID: tuple[FieldKind, ...] = ("title", "organization", "role")
"""Kinds whose values are words, beside which an address may stand in their cell."""
WORDS: tuple[FieldKind, ...] = (*SAID, "name", "family", "given", "middle")


def fill(draft: Draft, kind: FieldKind, span: Span) -> Draft:
    """The draft with one labelled or tabular value in its field.

    ``Cargo: Juez``, then ``Función: Jefe de Delegación``: beside a post a whole role is no other.
    Lines below that begin with a label say how to reach the person: ``Tel. +7 63 101``.
    """
    reach = contact_lines(draft.run, span) if kind in WORDS else None
    if reach is not None:
        draft = _with_contact(draft, reach)
        span = draft.run.trimmed(span[0], reach[0])
        if span[0] >= span[1]:
            return draft
    if kind in SAID and "@" in draft.run.text[slice(*span)]:
        mails = find_mails(draft.run, *span, cell=True)
        if mails:  # of a sign that leads to none the words are kept, and doubted
            return _with_address_inside(draft, kind, span, mails)
    if kind == "title" and draft.title and classify(draft.run, *span)[1] in NO_POST:
        kind = "role"
    filler = _FILLERS.get(kind)
    return filler(draft, span) if filler else draft


def _with_address_inside(
    draft: Draft, kind: FieldKind, span: Span, mails: Sequence[EmailMatch]
) -> Draft:
    """``Adviser`` and below it ``x@y``, in one cell: the address is none of the post's words."""
    run, at = draft.run, span[0]
    draft = _with_contact(draft, span)
    for start, end in [*((m.start, m.end) for m in mails), (span[1], span[1])]:
        labels = run.terms_in(at, start, *terms.REACH_LABELS)
        label = min(
            (t.start for t in labels if not run.text[t.end : start].strip(" :.")), default=start
        )
        said = run.trimmed(at, label, " \t\n-–—,;:|/()<>[]")
        plain = any(map(str.isalpha, run.text[slice(*said)])) and "@" not in run.text[slice(*said)]
        draft = fill(draft, kind, said) if plain else draft
        at = end
    return draft


def _before_label(run: TextRun, start: int, end: int) -> int:
    """Where the label of what begins at ``end`` begins, or there: ``Adviser, e-mail: x@y``."""
    labels = run.terms_in(start, end, *terms.REACH_LABELS)
    return min((t.start for t in labels if not run.text[t.end : end].strip(" :.")), default=end)


def _with_name(draft: Draft, span: Span) -> Draft:
    named = read_name(draft.run, *span)
    draft = replace(
        draft,
        honorific=named.honorific or draft.honorific,
        name_parts=(*draft.name_parts, named.name),
        doubts=(*draft.doubts, "name_odd") if named.odd else draft.doubts,
    )
    mails = find_mails(draft.run, named.rest, span[1], cell=True)
    parts = segments.split(draft.run, named.rest, span[1], tuple((m.start, m.end) for m in mails))
    if parts:
        said = describe(draft, parts)
        if draft.rule.startswith("grid"):
            said = _with_whole_post(said)
        held = draft.title or said.title, draft.organization or said.organization
        draft = replace(said, title=held[0], organization=held[1])
    return _with_contact(draft, (named.rest, span[1]))


def _with_whole_post(draft: Draft) -> Draft:
    """``Investigation Officer,`` and below it ``Grade II``: no organization is guessed.

    What stands behind one is of it: ``Permanent Mission, Geneva``.
    """
    kinds = [classify(draft.run, *span)[0] for span in draft.organization]
    first = kinds.index("organization") if "organization" in kinds else len(kinds)
    guessed, told = draft.organization[:first], draft.organization[first:]
    return replace(draft, title=draft.title + guessed, organization=told)


def _with_given(draft: Draft, span: Span) -> Draft:
    named = read_name(draft.run, *span)
    honorific = named.honorific or draft.honorific
    return replace(draft, honorific=honorific, name_parts=(named.name, *draft.name_parts))


def _with_family(draft: Draft, span: Span) -> Draft:
    named = read_name(draft.run, *span)
    honorific = named.honorific or draft.honorific
    return replace(draft, honorific=honorific, name_parts=(*draft.name_parts, named.name))


def _with_middle(draft: Draft, span: Span) -> Draft:
    """Behind the given name, whichever name came first."""
    name = read_name(draft.run, *span).name
    return replace(draft, name_parts=(*draft.name_parts[:1], name, *draft.name_parts[1:]))


def _with_details(draft: Draft, span: Span) -> Draft:
    """Post, office and address of a person whose name stands in another cell."""
    mails = find_mails(draft.run, *span, cell=True)
    parts = segments.split(draft.run, *span, tuple((m.start, m.end) for m in mails))
    said = describe(draft, parts)
    return _with_contact(
        replace(
            said,
            title=(*draft.title, *said.title),
            organization=(*draft.organization, *said.organization),
        ),
        span,
    )


def _office_above_post(run: TextRun, span: Span) -> Span | None:
    """``Ministry of Interior`` and below it ``Director, Multilateral Affairs``: a line for each."""
    start, end = span
    cuts = [n for n in range(start, end) if run.text[n] == "\n"]
    for cut, after in pairwise([*cuts, end]):
        office = classify(run, *run.trimmed(start, cut))[0] == "organization"
        if office and classify(run, *run.trimmed(cut, after))[0] == "title":
            return run.trimmed(start, cut)
    return None


def _with_courtesy(draft: Draft, span: Span) -> Draft:
    """A form of address; ``male`` and ``女`` of a column for sex are none."""
    if draft.honorific is None and fold(draft.run.read(*span)) not in terms.folded("genders"):
        return replace(draft, honorific=span)
    return draft


def _with_title(draft: Draft, span: Span) -> Draft:
    """Of ``Adviser`` below the name and a post in its own column the first is the role.

    ``Title: Mr.`` is no post.
    """
    forms = draft.run.terms_in(*span, "honorifics_m", "honorifics_f")
    if any(t.start == span[0] and t.end >= span[1] for t in forms):
        return _with_courtesy(draft, span)
    office = _office_above_post(draft.run, span) if draft.rule.startswith("grid") else None
    if office is not None and not draft.organization:
        below = draft.run.trimmed(office[1], span[1])
        return with_organization(_with_title(draft, below), office)
    parts = segments.split(draft.run, *span, ())
    last = parts[-1] if len(parts) > 1 else None
    if last and last.kind == "role" and " " in draft.run.text[last.start : last.end]:
        # "Research Officer - Head of Delegation"
        draft = replace(draft, role=last.role, role_span=(last.start, last.end))
        span = draft.run.trimmed(span[0], last.start, " \t\n-–—,;(/")
    cut = _office_behind(draft, parts)
    if cut is not None:
        office = draft.run.trimmed(cut.start, span[1])
        above = draft.run.trimmed(span[0], cut.start, " \t\n-–—,;")
        return with_organization(_with_title(draft, above), office)
    held = [roles.role_of(draft.run, *said) for said in draft.title]
    if held and held[0] is not None and draft.role is None:
        draft = replace(draft, role=held[0], role_span=draft.title[0], title=draft.title[1:])
    return replace(draft, title=(*draft.title, (span[0], draft.run.with_stop(*span))))


def _office_behind(draft: Draft, parts: Sequence[Segment]) -> Segment | None:
    """``Inspector - National Police`` in a cell for both, or a line for each: the office.

    Letters that stand for one on a line of their own are enough: ``МВД Республики``.
    In Arabic a noun with its article governs none: the post may go on before ``وزارة العدل``, to
    ``القانونية`` on a line of its own. In Russian it goes on with an office in the genitive.
    """
    if not draft.rule.startswith("grid") or draft.organization:
        return None
    behind = [p for p in parts[1:] if p.before in (segments.STROKE, "\n")]
    last, text = parts[-1], draft.run.text
    short = last.kind == "unknown" and is_abbreviated(text, last.start)
    above = text[parts[0].start : last.start]
    if short and last.before == "\n" and parts[0].kind == "title" and not above.isupper():
        return last
    rest = list(takewhile(lambda p: p.kind == "unknown", behind))
    if rest and draft.run.text[slice(rest[-1].start, rest[-1].end)].split()[-1].startswith(ARTICLE):
        behind = behind[len(rest) :]
    posts = ("title", "unknown", "role")  # "Adviser" stands where posts do
    told = behind and parts[0].kind in posts and behind[0].kind == "organization"
    whose = told and is_genitive(text[behind[0].start : behind[0].end].split()[0])
    return behind[0] if told and not whose else None


def with_organization(draft: Draft, span: Span) -> Draft:
    """The draft with a part of its office more."""
    return replace(draft, organization=(*draft.organization, span))


def with_role(draft: Draft, span: Span) -> Draft:
    """The draft with the first role among the words."""
    for part in segments.split(draft.run, *span, ()):
        role = roles.role_of(draft.run, part.start, part.end)
        if role is not None:
            return replace(draft, role=role, role_span=(part.start, part.end))
    return draft


def _with_contact(draft: Draft, span: Span) -> Draft:
    start, end = span
    mails = find_mails(draft.run, start, end, cell=True)
    numbers = [
        replace(number, start=number.start + start, end=number.end + start)
        for number in find_phones(draft.run.text[start:end])
        if not any(m.start <= number.start + start < m.end for m in mails)
    ]
    return replace(draft, emails=(*draft.emails, *mails), phones=(*draft.phones, *numbers))


_FILLERS: dict[FieldKind, Callable[[Draft, Span], Draft]] = {
    "name": _with_name,
    "given": _with_given,
    "family": _with_family,
    "middle": _with_middle,
    "courtesy": _with_courtesy,
    "title": _with_title,
    "organization": with_organization,
    "role": with_role,
    "email": _with_contact,
    "phone": _with_contact,
    "contact": _with_contact,
    "details": _with_details,
}
