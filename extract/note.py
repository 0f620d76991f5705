"""One document's pages in, one note verbale out. Pure: nothing is read but the lexicon."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extract.checks.absence import settle_missing_addresses
from extract.checks.accents import doubt_accents, restore_accents
from extract.checks.continuations import doubt_continuations
from extract.checks.domains import doubt_domains
from extract.checks.lost_accents import doubt_lost_accents
from extract.checks.overlooked import find_overlooked
from extract.delegates.finder import Found, find_delegates
from extract.delegates.replaced import find_replaced
from extract.facts import annex
from extract.facts.note_facts import NoteFacts, read_facts
from extract.judging.build import build_delegates
from extract.judging.calibration import calibrated
from extract.judging.deduplicate import name_key
from extract.layout.document import build_document
from extract.layout.zones import find_zones
from extract.layout.zones import of_annex as zones_of_annex
from extract.types import Delegate, Doubt, Kind, NoteVerbale

if TYPE_CHECKING:
    from extract.delegates.draft import Draft
    from extract.layout.document import Document
    from extract.layout.zones import Zones
    from extract.types import Replacement
    from ocr.types import Page

PAGE_DOUBTS = ("damaged_image", "low_resolution")
"""Reasons of pages that make everything read from them doubtful."""

NAMES_PEOPLE: tuple[Kind, ...] = ("nomination", "revision")


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
    if enclosing is not None and not facts.sure and _may_belong(facts, enclosing):
        facts, zones = annex.belonging(facts, enclosing), zones_of_annex(document)
    is_note = facts.form != "none"
    found = find_delegates(document, zones) if is_note else Found()
    gone = find_replaced(document, zones) if facts.kind == "revision" else ()
    people = build_delegates(_without_replaced(found.drafts, gone))
    people = _checked(people, document, zones, facts)
    kind, people, kind_doubts = _agreed(facts, people) if is_note else ("other", (), ())
    doubts = (
        *facts.doubts,
        *kind_doubts,
        *(Doubt(code) for code in dict.fromkeys(found.doubts)),
        *_missing(facts, kind, people),
        *(find_overlooked(document, zones, found) if people else ()),
        *_unread(pages),
    )
    return NoteVerbale(
        kind=kind,
        form=facts.form,
        language=facts.language,
        state=facts.state,
        note_reference=facts.note_reference,
        note_date=facts.note_date,
        quoted_reference=facts.quoted_reference,
        meeting_titles=facts.meeting_titles,
        meeting_dates=facts.meeting_dates,
        announced=facts.announced,
        revision=facts.revision if kind == "revision" else None,
        replacements=gone,
        delegates=people,
        doubts=tuple(dict.fromkeys(doubts)),
    )


def _may_belong(facts: NoteFacts, enclosing: NoteVerbale) -> bool:
    """A list names no State, or that of its note."""
    there = enclosing.state.text if enclosing.state else None
    return facts.state is None or facts.state.text == there


def _checked(
    people: tuple[Delegate, ...], document: Document, zones: Zones, facts: NoteFacts
) -> tuple[Delegate, ...]:
    """The persons after what only the whole page shows, one check after the other."""
    state = facts.state.text if facts.state else None
    people = settle_missing_addresses(people, document, zones)
    people = doubt_accents(people, state, document)
    people = restore_accents(people, facts.language)
    people = doubt_domains(people, document)
    people = doubt_lost_accents(people, facts.language)
    return doubt_continuations(people, facts.language)


def _without_replaced(drafts: tuple[Draft, ...], gone: tuple[Replacement, ...]) -> list[Draft]:
    """The persons without those who will not come; a namesake who does stays."""
    kept = list(drafts)
    for replacement in gone:
        key = name_key(replacement.replaced_name)
        goer = next((d for d in kept if name_key(d.name_text) == key), None)
        if goer is not None:
            kept.remove(goer)
    return kept


def _agreed(
    facts: NoteFacts, people: tuple[Delegate, ...]
) -> tuple[Kind, tuple[Delegate, ...], tuple[Doubt, ...]]:
    """Kind and persons must agree: a note that declines names nobody, a list nominates."""
    if not people:
        return (facts.kind if facts.kind == "revision" else facts.unnamed_kind), (), ()
    if facts.kind in NAMES_PEOPLE:
        return facts.kind, people, ()
    listed = [p for p in people if p.name.evidence[0].rule.split(".")[0] != "prose"]
    if facts.kind == "other":
        return _strangers(facts, people, listed)
    asks = facts.kind in ("acknowledgement", "extension_request")
    if asks and not any(p.title or p.email for p in people):
        return facts.kind, (), (Doubt("names_in_declining_note"),)
    if facts.kind == "decline" and not any(p.email for p in listed):
        return facts.kind, (), (Doubt("names_in_declining_note"),)
    return "nomination", people, (Doubt("kind_uncertain"),) if facts.kind == "decline" else ()


def _strangers(
    facts: NoteFacts, people: tuple[Delegate, ...], listed: list[Delegate]
) -> tuple[Kind, tuple[Delegate, ...], tuple[Doubt, ...]]:
    """Persons in a note that does not say it nominates: a list with posts does, a sentence not."""
    described = any(p.title or p.email for p in (people if facts.answers else listed))
    if described:
        sure = facts.answers and len(listed) == len(people)
        return "nomination", people, () if sure else (Doubt("kind_uncertain"),)
    return "other", (), (Doubt("kind_uncertain", detail="persons are named"),)


def _missing(facts: NoteFacts, kind: Kind, people: tuple[Delegate, ...]) -> tuple[Doubt, ...]:
    if kind not in NAMES_PEOPLE:
        return facts.unnamed_doubts
    if not people:
        return (Doubt("no_delegate_found"),)
    if facts.announced is not None and facts.announced != len(people):
        detail = f"{facts.announced} announced, {len(people)} found"
        return (Doubt("announced_number_differs", detail=detail),)
    return ()


def _unread(pages: tuple[Page, ...]) -> tuple[Doubt, ...]:
    failed = [p for p in pages if p.outcome == "failed"]
    partly = [p for p in pages if p.unread]
    found = [("page_unread", failed), ("unread_print", partly)]
    found += [(code, [p for p in pages if p.reason == code]) for code in PAGE_DOUBTS]
    return tuple(Doubt(code, detail=f"page {bad[0].number}") for code, bad in found if bad)
