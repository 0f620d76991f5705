"""A delegate in the making: spans of a text run, not yet values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from extract.language.emails import EmailMatch
    from extract.language.phones import PhoneMatch
    from extract.layout.text_run import Span, TextRun
    from extract.types import Role


@dataclass(frozen=True, slots=True, eq=False)
class Heading:
    """Words elsewhere that give a person a role: ``Advisers:`` above a list."""

    role: Role | None
    run: TextRun
    span: Span


@dataclass(frozen=True, slots=True)
class Draft:
    """What one entry says of one person; ``rule`` names the layout rule that found it.

    Spans are characters of ``run.text``; ``name_parts`` are joined with a space (given name
    first) when a name stands in two columns or labels. ``mail_run`` and ``phone_run`` are where its
    addresses and numbers stand when that is elsewhere. ``heading`` gives the role, ``office`` the
    organization of all below it.
    """

    run: TextRun
    rule: str
    name_parts: tuple[Span, ...] = ()
    honorific: Span | None = None
    title: tuple[Span, ...] = ()
    organization: tuple[Span, ...] = ()
    emails: tuple[EmailMatch, ...] = ()
    phones: tuple[PhoneMatch, ...] = ()
    role: Role | None = None
    role_span: Span | None = None
    heading: Heading | None = None
    office: Heading | None = None
    doubts: tuple[str, ...] = ()
    shared_email: bool = False
    mail_run: TextRun | None = None
    phone_run: TextRun | None = None

    @property
    def start(self) -> int:
        """Where the person's name begins."""
        return min((s for s, _ in self.name_parts), default=0)

    @property
    def name_text(self) -> str:
        """The name as it will be stored."""
        return " ".join(self.run.read_name(a, b) for a, b in self.name_parts)
