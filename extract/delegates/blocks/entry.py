"""An entry of a list taken apart: its persons, and the parts of what is said around them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from extract.delegates.parts.persons import Person
    from extract.delegates.parts.segments import Segment
    from extract.language.emails import EmailMatch
    from extract.language.phones import PhoneMatch
    from extract.layout.text_run import Span, TextRun


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """Characters [start, end) of a run with its persons and what stands around them.

    ``before`` are the parts before the first name, ``after`` those behind each name up to the
    next; without a person ``before`` are all. ``masked`` spans belong to no part.
    """

    run: TextRun
    start: int
    end: int
    rule: str
    people: tuple[Person, ...]
    before: tuple[Segment, ...]
    after: tuple[tuple[Segment, ...], ...]
    masked: tuple[Span, ...]
    mails: tuple[EmailMatch, ...]
    phones: tuple[PhoneMatch, ...]

    @property
    def said(self) -> tuple[tuple[Segment, ...], ...]:
        """For each person the parts behind the name; for the first those before it as well."""
        return tuple((*(() if n else self.before), *parts) for n, parts in enumerate(self.after))
