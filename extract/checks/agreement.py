"""Kind, number announced and persons found must agree."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from extract.types import Delegate, Doubt, Kind

if TYPE_CHECKING:
    from extract.checks.context import Context

NAMES_PEOPLE: tuple[Kind, ...] = ("nomination", "revision")


def agree_on_kind(context: Context) -> Context:
    """A note that declines names nobody, a list nominates."""
    facts, people = context.facts, context.people
    if facts.form == "none":
        return context
    if not people:
        kind = facts.kind if facts.kind == "revision" else facts.unnamed_kind
        # a bare letter with mailboxes or posts: somebody was not found, and nothing else is said
        if kind == "other" and facts.answers and facts.unnamed_doubts and not facts.sure:
            return replace(context, kind="nomination").doubting(*facts.unnamed_doubts)
        return replace(context, kind=kind)
    if facts.kind in NAMES_PEOPLE:
        return replace(context, kind=facts.kind)
    listed = [p for p in people if p.name.evidence[0].rule.split(".")[0] != "prose"]
    if facts.kind == "other":
        return _strangers(context, listed)
    asks = facts.kind in ("acknowledgement", "extension_request")
    idle = asks and not any(p.title or p.email for p in people)
    declined = facts.kind == "decline" and not any(p.email for p in listed)
    if idle or declined:
        bare = replace(context, kind=facts.kind).without_people()
        return bare.doubting(Doubt("names_in_declining_note"))
    context = replace(context, kind="nomination")
    return context.doubting(Doubt("kind_uncertain")) if facts.kind == "decline" else context


def _strangers(context: Context, listed: list[Delegate]) -> Context:
    """Persons in a note that does not say it nominates: a list with posts does, a sentence not."""
    facts, people = context.facts, context.people
    if any(p.title or p.email for p in (people if facts.answers else listed)):
        sure = facts.answers and len(listed) == len(people)
        context = replace(context, kind="nomination")
        return context if sure else context.doubting(Doubt("kind_uncertain"))
    bare = replace(context, kind="other").without_people()
    return bare.doubting(Doubt("kind_uncertain", detail="persons are named"))


def doubt_announced(context: Context) -> Context:
    """A nomination without anybody, or with more or fewer persons than it promises."""
    facts, people = context.facts, context.people
    if context.kind not in NAMES_PEOPLE:
        return context.doubting(*facts.unnamed_doubts)
    if not people:
        return context.doubting(Doubt("no_delegate_found"))
    if facts.announced is not None and facts.announced != len(people):
        detail = f"{facts.announced} announced, {len(people)} found"
        return context.doubting(Doubt("announced_number_differs", detail=detail))
    return context
