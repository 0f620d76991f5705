"""What the tagger takes for a person otherwise, and whom it sees where the rules saw nobody."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from extract.opinion.tagger import agrees, tag
from extract.types import Delegate, Doubt

if TYPE_CHECKING:
    from extract.checks.context import Context
    from extract.delegates.draft import Draft
    from extract.opinion.tagger import Tag


def ask_tagger(context: Context) -> Context:
    """Doubts about names, titles and organizations that the tagger bounds otherwise.

    Examples: a name with the first word of the post; a row of a table read as a person.
    """
    if not context.people:
        return context
    tags = tag(context.document)
    people = tuple(
        _doubted(person, draft, tags)
        for person, draft in zip(context.people, context.drafts, strict=True)
    )
    return context.with_people(people)


def _doubted(person: Delegate, draft: Draft, tags: tuple[Tag, ...]) -> Delegate:
    seen = (("name", draft.name_parts, "N"), ("title", draft.title, "T"))
    doubts = tuple(
        Doubt("structure_uncertain", field)
        for field, spans, wanted in seen
        if spans and not agrees(tags, draft.run, spans, wanted)
    )
    return replace(person, doubts=(*person.doubts, *doubts)) if doubts else person
