"""Kind, number announced and persons found must agree."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from extract.types import Doubt, Kind

if TYPE_CHECKING:
    from extract.checks.context import Context

NAMES_PEOPLE: tuple[Kind, ...] = ("nomination", "revision")


def agree_on_kind(context: Context) -> Context:
    """A note that declines names nobody, a list nominates."""
    facts, people = context.facts, context.people
    if facts.form == "none":
        return context
    if not people:
        return replace(context, kind=facts.kind if facts.kind == "revision" else facts.unnamed_kind)
    if facts.kind in NAMES_PEOPLE:
        return replace(context, kind=facts.kind)
    asks = facts.kind in ("acknowledgement", "extension_request")
    idle = asks and not any(p.title or p.email for p in people)
    listed = [p for p in people if p.name.evidence[0].rule.split(".")[0] != "prose"]
    declined = facts.kind == "decline" and not any(p.email for p in listed)
    if idle or declined:
        bare = replace(context, kind=facts.kind).without_people()
        return bare.doubting(Doubt("names_in_declining_note"))
    context = replace(context, kind="nomination")
    return context.doubting(Doubt("kind_uncertain")) if facts.kind == "decline" else context


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
