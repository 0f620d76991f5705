"""One document's pages in, one note verbale out. Pure: nothing is read but the lexicon."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extract.checks import absence, accents, continuations, domains, lost_accents
from extract.checks.overlooked import overlooked
from extract.delegates.finder import Found, find
from extract.delegates.replaced import replacements
from extract.facts.note_facts import NoteFacts, read_facts
from extract.judging.build import delegates
from extract.judging.calibration import calibrated
from extract.judging.deduplicate import name_key
from extract.layout import zones
from extract.layout.document import build
from extract.types import Delegate, Doubt, Kind, NoteVerbale

if TYPE_CHECKING:
    from extract.delegates.draft import Draft
    from extract.types import Replacement
    from ocr.types import Page

NAMES_PEOPLE: tuple[Kind, ...] = ("nomination", "revision")


def read_note(pages: tuple[Page, ...]) -> NoteVerbale:
    """What a document says; ``form`` is ``none`` when it is no note verbale at all."""
    return calibrated(read_raw(pages))


def read_raw(pages: tuple[Page, ...]) -> NoteVerbale:
    """The same with the rules' own trust for confidence, as ``benchmarks/calibrate.py`` needs it.

    A row's confidence is 0 here.
    """
    document = build(pages)
    parts = zones.find(document)
    facts = read_facts(document, pages, parts)
    found = find(document, parts) if facts.form != "none" else Found()
    gone = replacements(document, parts) if facts.kind == "revision" else ()
    people = delegates(_without_replaced(found.drafts, gone))
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
        replacements=gone,
        delegates=people,
        doubts=tuple(dict.fromkeys((*facts.doubts, *doubts))),
    )


def _without_replaced(drafts: list[Draft], gone: tuple[Replacement, ...]) -> list[Draft]:
    """The persons without those who will not come; a namesake who does stays."""
    kept = list(drafts)
    for replacement in gone:
        key = name_key(replacement.replaced_name)
        goer = next((d for d in kept if name_key(d.name_text) == key), None)
        if goer is not None:
            kept.remove(goer)
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
    found = (("page_unread", failed), ("unread_print", partly))
    return tuple(Doubt(code, detail=f"page {bad[0].number}") for code, bad in found if bad)
