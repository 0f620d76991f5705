"""The components in their order: the table of contents of reading a note.

Each is an adapter: what is known so far goes into a function that knows nothing of spaCy, and what
comes out is set for those behind it. The first part of a rule's name (``item.title``) is the
component that made the value.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from extract.checks.sequence import CHECKS
from extract.delegates.blocks.apart import address_list
from extract.delegates.blocks.forms import with_labels
from extract.delegates.finder import find_paragraphs, find_persons, read_grids
from extract.delegates.replaced import find_replaced
from extract.facts import annex
from extract.facts.form import accepted, form_of
from extract.facts.kind import find_kind
from extract.facts.meeting import find_meeting_titles
from extract.facts.note_date import find_note_date
from extract.facts.note_facts import gather
from extract.facts.references import find_references
from extract.facts.sender import find_sender
from extract.judging.calibration import calibrated
from extract.layout.document import document_of
from extract.layout.zones import find_zones, of_annex
from extract.pipeline import stages as s
from extract.pipeline.outcome import begin_checks, note_of

if TYPE_CHECKING:
    from spacy.tokens import Doc

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Component:
    """A component: its name, the stage it sets, the function that tells it, and of what.

    ``persons`` looks for persons: it has nothing to do where the document is no note.
    """

    name: str
    gives: s.Stage[Any]
    tells: Callable[..., Any]
    needs: tuple[s.Stage[Any], ...]
    persons: bool

    def run(self, doc: Doc) -> Doc:
        """Sets the stage."""
        if not self.persons or s.FORM.of(doc).form != "none" or s.IS_ANNEX.of(doc):
            self.gives.put(doc, self.tells(*(need.of(doc) for need in self.needs)))
        return doc


def _step(
    name: str,
    gives: s.Stage[T],
    tells: Callable[..., T],
    *needs: s.Stage[Any],
    persons: bool = False,
) -> Component:
    return Component(name, gives, tells, needs, persons)


def _with(name: str, readers: frozenset[str]) -> frozenset[str]:
    return readers | {name}


_persons = partial(_step, persons=True)
_PAGE = s.DOCUMENT, s.ZONES

COMPONENTS: tuple[Component, ...] = (
    # the page: lines, columns and phrases of the lexicon on the tokens
    _step("document", s.DOCUMENT, document_of, s.PRINTED, s.PAGES),
    _step("zones", s.ZONES, find_zones, s.DOCUMENT),
    # what the note says of itself
    _step("reference", s.REFERENCES, find_references, *_PAGE),
    _step("meeting", s.MEETING, find_meeting_titles, s.DOCUMENT),
    _step("form", s.FORM, form_of, *_PAGE, s.REFERENCES),
    _step("accepted", s.FORM, accepted, s.FORM, s.ACCEPTED),
    _persons("kind", s.KIND, find_kind, *_PAGE, s.REFERENCES, s.MEETING),
    _step("state", s.STATE, find_sender, *_PAGE),
    _step("note_date", s.NOTE_DATE, find_note_date, *_PAGE),
    _step("facts", s.FACTS, gather, *_PAGE, s.PAGES, *s.OF_ITSELF),
    # a list without formulas is an annex of the note it came in
    _step("annex", s.IS_ANNEX, annex.belongs, s.FACTS, s.ENCLOSING),
    _step("enclosing_note", s.FACTS, annex.belonging, s.FACTS, s.ENCLOSING),
    _step("annex_zones", s.ZONES, of_annex, *_PAGE, s.IS_ANNEX),
    # the structure of lists
    _persons("grid", s.TABLES, read_grids, s.DOCUMENT),
    _persons("addresses", s.APART, address_list, s.DOCUMENT),
    *(
        _persons(name, s.READERS, partial(_with, name), s.READERS)
        for name in ("heading", "item", "entry", "prose")
    ),
    _persons("paragraphs", s.PARAGRAPHS, find_paragraphs, *_PAGE, s.TABLES, s.APART, s.READERS),
    _persons("labelled", s.PARAGRAPHS, with_labels, s.PARAGRAPHS, s.ZONES),
    # the persons
    _persons("persons", s.FOUND, find_persons, *_PAGE, s.TABLES, s.PARAGRAPHS, s.READERS),
    _step("replacement", s.REPLACED, find_replaced, *_PAGE, s.FACTS),
    # values, and what is doubted of them and of the note
    _step("values", s.CONTEXT, begin_checks, *_PAGE, s.PAGES, s.FACTS, s.FOUND, s.REPLACED),
    *(_step(check.__name__, s.CONTEXT, check, s.CONTEXT) for check in CHECKS),
    _step("note", s.NOTE, note_of, s.CONTEXT),
    _step("calibration", s.NOTE, calibrated, s.NOTE),
)
