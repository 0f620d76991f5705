"""One document's pages in, one note verbale out. Pure: nothing is read but the lexicon."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extract.checks.context import Context
from extract.checks.sequence import check
from extract.delegates.finder import Found, find_delegates
from extract.delegates.replaced import find_replaced
from extract.facts import annex
from extract.facts.note_facts import read_facts
from extract.judging.build import build_delegates
from extract.judging.calibration import calibrated
from extract.judging.deduplicate import deduplicate, name_key
from extract.layout.document import build_document
from extract.layout.zones import find_zones
from extract.layout.zones import of_annex as zones_of_annex
from extract.types import NoteVerbale

if TYPE_CHECKING:
    from extract.delegates.draft import Draft
    from extract.types import Replacement
    from ocr.types import Page


def read_note(
    pages: tuple[Page, ...], enclosing: NoteVerbale | None = None, accepted: bool = False
) -> NoteVerbale:
    """What a document says; ``form`` is ``none`` when it is no note verbale at all.

    Without formulas it is an annex of ``enclosing``, the note it came in. What a person
    ``accepted`` is a note whatever it looks like.
    """
    return calibrated(read_raw(pages, enclosing, accepted))


def read_raw(
    pages: tuple[Page, ...], enclosing: NoteVerbale | None = None, accepted: bool = False
) -> NoteVerbale:
    """The same with the rules' own trust for confidence, as ``benchmarks/calibrate.py`` needs it.

    A row's confidence is 0 here.
    """
    document = build_document(pages)
    zones = find_zones(document)
    facts = read_facts(document, pages, zones, accepted)
    if enclosing is not None and not facts.sure:
        facts, zones = annex.belonging(facts, enclosing), zones_of_annex(document)
    is_note = facts.form != "none"
    found = find_delegates(document, zones) if is_note else Found()
    gone = find_replaced(document, zones) if facts.kind == "revision" else ()
    drafts = tuple(deduplicate(_without_replaced(found.drafts, gone)))
    people = build_delegates(drafts)
    read = Context(
        people,
        drafts,
        document,
        pages,
        zones,
        facts,
        found,
        gone,
        kind="other",
        doubts=facts.doubts,
    )
    checked = check(read)
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
        replacements=gone,
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
