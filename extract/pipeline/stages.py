"""What is known of a note while it is read: typed extensions of the ``Doc``.

A component sets one of them, from what those before it set. Where a component was left out its
extension says what it would of an empty page, or that nobody knows (``LeftOutError``).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from extract.delegates.finder import NO_TABLES, Found, Tables
from extract.facts.form import FormReading
from extract.facts.kind import NO_NOTE, KindReading

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from extract.checks.context import Context
    from extract.delegates.blocks.paragraphs import Paragraph
    from extract.facts.note_facts import NoteFacts
    from extract.layout.document import Document, Printed
    from extract.layout.zones import Zones
    from extract.types import Doubt, NoteVerbale, Replacement, Value
    from ocr.types import Page

T = TypeVar("T")
_UNKNOWN: Any = object()


class LeftOutError(LookupError):
    """A component asks for what a component that was left out would have said."""


@dataclass(frozen=True, slots=True)
class Stage(Generic[T]):
    """One extension, ``doc._.name``; ``empty`` is its value where nobody set it."""

    name: str
    empty: T = _UNKNOWN

    def of(self, doc: Doc) -> T:
        """What is known.

        Raises:
            LeftOutError: nothing was set, and there is no value for that.
        """
        value: T = doc._.get(self.name)
        if value is _UNKNOWN:
            raise LeftOutError(self.name)
        return value

    def put(self, doc: Doc, value: T) -> None:
        """Sets what is known."""
        doc._.set(self.name, value)


Doubted = tuple["Value | None", "tuple[Doubt, ...]"]

# what the pipeline is given
PAGES: Stage[tuple[Page, ...]] = Stage("pages")
PRINTED: Stage[Printed] = Stage("printed")
ENCLOSING: Stage[NoteVerbale | None] = Stage("enclosing", None)
ACCEPTED: Stage[bool] = Stage("accepted", empty=False)

# the page, and what the note says of itself
DOCUMENT: Stage[Document] = Stage("document")
ZONES: Stage[Zones] = Stage("zones")
FORM: Stage[FormReading] = Stage("form", FormReading("note_verbale"))
MEETING: Stage[tuple[str, ...]] = Stage("meeting", ())
KIND: Stage[KindReading] = Stage("kind", NO_NOTE)
STATE: Stage[Doubted] = Stage("state", (None, ()))
REFERENCES: Stage[tuple[Value | None, Value | None]] = Stage("references", (None, None))
NOTE_DATE: Stage[Doubted] = Stage("note_date", (None, ()))
FACTS: Stage[NoteFacts] = Stage("facts")
IS_ANNEX: Stage[bool] = Stage("is_annex", empty=False)

# who is nominated
READERS: Stage[frozenset[str]] = Stage("readers", frozenset())
TABLES: Stage[Tables] = Stage("tables", NO_TABLES)
APART: Stage[frozenset[int]] = Stage("apart", frozenset())
PARAGRAPHS: Stage[tuple[Paragraph, ...]] = Stage("paragraphs", ())
FOUND: Stage[Found] = Stage("found", Found())
REPLACED: Stage[tuple[Replacement, ...]] = Stage("replaced", ())

# what is believed of it
CONTEXT: Stage[Context] = Stage("context")
NOTE: Stage[NoteVerbale] = Stage("note")

OF_ITSELF = (REFERENCES, MEETING, FORM, KIND, STATE, NOTE_DATE)
"""What the note says of itself, one by one."""

STAGES: tuple[Stage[Any], ...] = tuple(v for v in list(vars().values()) if isinstance(v, Stage))
