"""What a check looks at, and gives back changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from extract.delegates.draft import Draft
    from extract.delegates.finder import Found
    from extract.facts.note_facts import NoteFacts
    from extract.layout.document import Document
    from extract.layout.zones import Zones
    from extract.types import Delegate, Doubt, Kind, Replacement
    from ocr.types import Page


@dataclass(frozen=True, slots=True, eq=False)
class Context:
    """A note that was read, before anybody believes it.

    ``people`` are built from ``drafts``, one from one; ``found`` is all that the finder saw,
    contacts and repetitions included; ``replaced`` are those who do not come. ``kind`` and
    ``doubts`` are the note's.
    """

    people: tuple[Delegate, ...]
    drafts: tuple[Draft, ...]
    document: Document
    pages: tuple[Page, ...]
    zones: Zones
    facts: NoteFacts
    found: Found
    replaced: tuple[Replacement, ...]
    kind: Kind
    doubts: tuple[Doubt, ...] = ()

    @property
    def state(self) -> str | None:
        """The sending State's code."""
        return self.facts.state.text if self.facts.state else None

    @property
    def language(self) -> str | None:
        """The note's language, ISO 639-1."""
        return self.facts.language

    def with_people(self, people: tuple[Delegate, ...]) -> Context:
        """The same with other values of, or other doubts about, the same persons."""
        return replace(self, people=people)

    def without_people(self) -> Context:
        """The same with nobody in it."""
        return replace(self, people=(), drafts=())

    def doubting(self, *doubts: Doubt) -> Context:
        """The same with more doubts about the whole note."""
        return replace(self, doubts=tuple(dict.fromkeys((*self.doubts, *doubts))))


Check = Callable[[Context], Context]
