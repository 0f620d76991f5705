"""The components in their order: the table of contents of reading a note.

Each is a thin adapter: what is known so far goes into a function that knows nothing of spaCy, and
what comes out is set for those behind it. The first part of a rule's name (``item.title``) is the
component that made the value.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from extract.checks.sequence import CHECKS
from extract.delegates.blocks.apart import address_list
from extract.delegates.blocks.forms import with_labels
from extract.delegates.finder import find_paragraphs, find_persons, read_grids
from extract.delegates.replaced import find_replaced
from extract.facts import annex
from extract.facts.form import accept, form_of
from extract.facts.kind import find_kind
from extract.facts.meeting import find_meeting_titles
from extract.facts.note_date import find_note_date
from extract.facts.note_facts import gather
from extract.facts.references import find_own_reference, find_quoted_reference
from extract.facts.sender import find_sender
from extract.judging.calibration import calibrated
from extract.layout.document import document_of
from extract.layout.zones import find_zones
from extract.layout.zones import of_annex as zones_of_annex
from extract.pipeline.outcome import begin_checks, note_of
from extract.pipeline.stages import (
    ACCEPTED,
    APART,
    CONTEXT,
    DOCUMENT,
    ENCLOSING,
    FACTS,
    FORM,
    FOUND,
    IS_ANNEX,
    KIND,
    MEETING,
    NOTE,
    NOTE_DATE,
    PAGES,
    PARAGRAPHS,
    PRINTED,
    READERS,
    REFERENCES,
    REPLACED,
    STATE,
    TABLES,
    ZONES,
    Stage,
)

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from extract.checks.context import Check
    from extract.facts.kind import KindReading

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Component:
    """A component of the pipeline: its name, the stage it sets, and how it is called."""

    name: str
    gives: Stage[Any]
    call: Callable[[Doc], Doc]


def _step(
    name: str, gives: Stage[T], make: Callable[[Doc], T], *, unless_none: bool = False
) -> Component:
    """A component; ``unless_none``: it has nothing to do where the document is no note."""

    def call(doc: Doc) -> Doc:
        if not (unless_none and _is_none(doc)):
            gives.put(doc, make(doc))
        return doc

    return Component(name, gives, call)


def _is_none(doc: Doc) -> bool:
    form = FORM.of(doc).form
    return form == "none" and not IS_ANNEX.of(doc)


def _reader(name: str) -> Component:
    """A way of reading paragraphs, by the name its rules begin with."""
    return _step(name, READERS, lambda d: READERS.of(d) | {name}, unless_none=True)


def _check(check: Check) -> Component:
    return _step(check.__name__, CONTEXT, lambda d: check(CONTEXT.of(d)))


def _kind(doc: Doc) -> KindReading:
    quotes = REFERENCES.of(doc)[1] is not None or bool(MEETING.of(doc))
    return find_kind(DOCUMENT.of(doc), ZONES.of(doc), quotes=quotes)


COMPONENTS: tuple[Component, ...] = (
    # the page: lines and columns onto tokens, and the phrases of the lexicon on them
    _step("document", DOCUMENT, lambda d: document_of(d, PRINTED.of(d), PAGES.of(d))),
    _step("zones", ZONES, lambda d: find_zones(DOCUMENT.of(d))),
    # what the note says of itself
    _step(
        "reference",
        REFERENCES,
        lambda d: (
            find_own_reference(DOCUMENT.of(d), ZONES.of(d)),
            find_quoted_reference(DOCUMENT.of(d)),
        ),
    ),
    _step("meeting", MEETING, lambda d: find_meeting_titles(DOCUMENT.of(d), ZONES.of(d).body())),
    _step("form", FORM, lambda d: form_of(DOCUMENT.of(d), ZONES.of(d), REFERENCES.of(d)[1])),
    _step("accepted", FORM, lambda d: accept(FORM.of(d)) if ACCEPTED.of(d) else FORM.of(d)),
    _step("kind", KIND, _kind, unless_none=True),
    _step("state", STATE, lambda d: find_sender(DOCUMENT.of(d), ZONES.of(d))),
    _step("note_date", NOTE_DATE, lambda d: find_note_date(DOCUMENT.of(d), ZONES.of(d))),
    _step(
        "facts",
        FACTS,
        lambda d: gather(
            DOCUMENT.of(d),
            PAGES.of(d),
            ZONES.of(d),
            form=FORM.of(d),
            kind=KIND.of(d),
            state=STATE.of(d),
            note_date=NOTE_DATE.of(d),
            references=REFERENCES.of(d),
            meeting_titles=MEETING.of(d),
        ),
    ),
    # a list without formulas is an annex of the note it came in
    _step("annex", IS_ANNEX, lambda d: annex.belongs(FACTS.of(d), ENCLOSING.of(d))),
    _step("enclosing_note", FACTS, lambda d: annex.belonging(FACTS.of(d), ENCLOSING.of(d))),
    _step(
        "annex_zones",
        ZONES,
        lambda d: zones_of_annex(DOCUMENT.of(d)) if IS_ANNEX.of(d) else ZONES.of(d),
    ),
    # the structure of lists
    _step("grid", TABLES, lambda d: read_grids(DOCUMENT.of(d)), unless_none=True),
    _step("addresses", APART, lambda d: address_list(DOCUMENT.of(d)), unless_none=True),
    *map(_reader, ("heading", "item", "entry", "prose")),
    _step(
        "paragraphs",
        PARAGRAPHS,
        lambda d: find_paragraphs(
            DOCUMENT.of(d), ZONES.of(d), TABLES.of(d).lines | APART.of(d), READERS.of(d)
        ),
        unless_none=True,
    ),
    _step("labelled", PARAGRAPHS, lambda d: with_labels(PARAGRAPHS.of(d), ZONES.of(d).feet())),
    # the persons
    _step(
        "persons",
        FOUND,
        lambda d: find_persons(
            DOCUMENT.of(d), ZONES.of(d), TABLES.of(d), PARAGRAPHS.of(d), READERS.of(d)
        ),
        unless_none=True,
    ),
    _step(
        "replacement",
        REPLACED,
        lambda d: (
            find_replaced(DOCUMENT.of(d), ZONES.of(d)) if FACTS.of(d).kind == "revision" else ()
        ),
    ),
    # values, and what is doubted of them and of the note
    _step("values", CONTEXT, begin_checks),
    *map(_check, CHECKS),
    _step("note", NOTE, note_of),
    _step("calibration", NOTE, lambda d: calibrated(NOTE.of(d))),
)
