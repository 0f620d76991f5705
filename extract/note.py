"""One document's pages in, one note verbale out. Pure: nothing is read but the lexicon."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from extract import absence, continuations, lost_accents, zones
from extract.calibration import calibrated
from extract.delegates import accents, domains
from extract.delegates.find import Found, find
from extract.delegates.judge import delegates
from extract.delegates.merge import name_key
from extract.delegates.overlooked import overlooked
from extract.document import build
from extract.facts import NoteFacts, read_facts
from extract.types import Delegate, Doubt, Kind, NoteVerbale

if TYPE_CHECKING:
    from extract.delegates.draft import Draft
    from ocr.types import Page

PAGE_DOUBTS = ("damaged_image", "low_resolution")
"""Reasons of pages that make everything read from them doubtful."""

NAMES_PEOPLE: tuple[Kind, ...] = ("nomination", "revision")


def read_note(pages: tuple[Page, ...]) -> NoteVerbale:
    """What a document says; ``form`` is ``none`` when it is no note verbale at all."""
    return calibrated(read_raw(pages))


def read_leniently(pages: tuple[Page, ...]) -> NoteVerbale:
    """The same for pages that were hard to read: any sign of a note makes it one, in doubt."""
    note = read_raw(pages, lenient=True)
    return calibrated(replace(note, doubts=(*note.doubts, Doubt("note_uncertain"))))


def read_raw(pages: tuple[Page, ...], lenient: bool = False) -> NoteVerbale:
    """The same with the rules' own trust for confidence, as ``benchmarks/calibrate.py`` needs it.

    A row's confidence is 0 here.
    """
    document = build(pages)
    parts = zones.find(document)
    facts = read_facts(document, pages, parts, lenient)
    found = find(document, parts) if facts.form != "none" else Found()
    people = delegates(_without_replaced(found.drafts, facts))
    people = absence.settle(people, document, parts)
    people = accents.with_doubts(people, facts.state.text if facts.state else None, document)
    people = domains.with_doubts(accents.restored(people, facts.language), document)
    people = continuations.doubted(lost_accents.doubted(people, facts.language), facts.language)
    kind, people, doubts = _settle(facts, people) if facts.form != "none" else ("other", (), ())
    doubts += tuple(Doubt(code) for code in dict.fromkeys(found.doubts))
    doubts += _missing(facts, kind, people)
    doubts += overlooked(document, parts, found) if people else ()
    doubts += _unread(pages)
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
        replacements=facts.replacements,
        delegates=people,
        doubts=tuple(dict.fromkeys((*facts.doubts, *doubts))),
    )


def _without_replaced(drafts: list[Draft], facts: NoteFacts) -> list[Draft]:
    """The persons without those who will not come; a namesake who does stays."""
    kept = list(drafts)
    for replacement in facts.replacements:
        key = name_key(replacement.replaced_name)
        gone = next((d for d in kept if name_key(d.name_text) == key), None)
        if gone is not None:
            kept.remove(gone)
    return kept


def _settle(
    facts: NoteFacts, people: tuple[Delegate, ...]
) -> tuple[Kind, tuple[Delegate, ...], tuple[Doubt, ...]]:
    """Kind and persons must agree: a note that declines names nobody, a list nominates."""
    if not people:
        return (facts.kind if facts.kind == "revision" else facts.unnamed_kind), (), ()
    if facts.kind in NAMES_PEOPLE:
        return facts.kind, people, ()
    asks = facts.kind in ("acknowledgement", "extension_request")
    if asks and not any(p.title or p.email for p in people):
        return facts.kind, (), (Doubt("names_in_declining_note"),)
    listed = [p for p in people if p.name.evidence[0].rule.split(".")[0] != "prose"]
    if facts.kind == "decline" and not any(p.email for p in listed):
        return facts.kind, (), (Doubt("names_in_declining_note"),)
    return "nomination", people, (Doubt("kind_uncertain"),) if facts.kind == "decline" else ()


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
