"""What a pipeline ends with: the persons' values for the checks, and the note."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extract.checks.context import Context
from extract.judging.build import build_delegates
from extract.judging.deduplicate import deduplicate, name_key
from extract.types import NoteVerbale

if TYPE_CHECKING:
    from extract.delegates.draft import Draft
    from extract.delegates.finder import Found
    from extract.facts.note_facts import NoteFacts
    from extract.layout.document import Document
    from extract.layout.zones import Zones
    from extract.types import Replacement
    from ocr.types import Page


def begin_checks(
    document: Document,
    zones: Zones,
    pages: tuple[Page, ...],
    facts: NoteFacts,
    found: Found,
    gone: tuple[Replacement, ...],
) -> Context:
    """The persons who come, each once, with their values: before anybody doubts them."""
    drafts = tuple(deduplicate(_without_replaced(found.drafts, gone)))
    people = build_delegates(drafts)
    return Context(
        people, drafts, document, pages, zones, facts, found, gone, "other", facts.doubts
    )


def note_of(checked: Context) -> NoteVerbale:
    """The note, with the rules' own trust for confidence; a row's is 0."""
    facts = checked.facts
    return NoteVerbale(
        kind=checked.kind,
        form=facts.form,
        language=facts.language,
        state=facts.state,
        note_reference=facts.note_reference,
        note_date=facts.note_date,
        quoted_reference=facts.quoted_reference,
        meeting_titles=facts.meeting_titles,
        meeting_dates=facts.meeting_dates,
        announced=facts.announced,
        revision=facts.revision if checked.kind == "revision" else None,
        replacements=checked.replaced,
        delegates=checked.people,
        doubts=checked.doubts,
    )


def _without_replaced(drafts: tuple[Draft, ...], gone: tuple[Replacement, ...]) -> list[Draft]:
    """The persons without those who will not come; a namesake who does stays."""
    kept = list(drafts)
    for replacement in gone:
        key = name_key(replacement.replaced_name)
        goer = next((d for d in kept if name_key(d.name_text) == key), None)
        if goer is not None:
            kept.remove(goer)
    return kept
