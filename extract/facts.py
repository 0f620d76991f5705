"""What a note says of itself: kind, sender, number, date, the invitation it answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from extract import changes, dates, kind, language, meeting, notedate, references, sender
from extract.types import Doubt, Form, Kind, Replacement, RevisionMode, Value

if TYPE_CHECKING:
    from extract.document import Document
    from extract.zones import Zones
    from ocr.types import Page


CONTACT_LINES = 3
LOW = 0.6


@dataclass(frozen=True, slots=True)
class NoteFacts:
    """The facts of one note; fields as in ``extract.types.NoteVerbale``.

    ``unnamed_kind`` is the kind when it turns out that the note names nobody, and
    ``unnamed_doubts`` say why that would be strange.
    """

    kind: Kind
    unnamed_kind: Kind
    form: Form
    language: str | None
    state: Value | None
    note_reference: Value | None
    note_date: Value | None
    quoted_reference: Value | None
    meeting_titles: tuple[str, ...]
    meeting_dates: tuple[date, ...]
    announced: int | None
    revision: RevisionMode | None
    replacements: tuple[Replacement, ...]
    doubts: tuple[Doubt, ...]
    unnamed_doubts: tuple[Doubt, ...] = ()


def read_facts(
    document: Document, pages: tuple[Page, ...], zones: Zones, lenient: bool = False
) -> NoteFacts:
    """Reads the facts; for a document that is no note verbale only the kind is sure."""
    reading = kind.find(document, zones, lenient)
    state, state_doubts = sender.find(document, zones)
    note_date, date_doubts = notedate.find(document, zones)
    reference = references.own(document, zones)
    doubts = [*state_doubts, *date_doubts]
    if reference is None:
        doubts.append(Doubt("reference_missing", "note_reference"))
    elif reference.confidence < LOW:
        doubts.append(Doubt("low_ocr", "note_reference"))
    if reading.form == "letter":
        doubts.append(Doubt("not_in_form_of_note_verbale"))
    revised = reading.kind == "revision"
    main = language.find(document, pages)
    return NoteFacts(
        kind=reading.kind,
        unnamed_kind=reading.unnamed,
        form=reading.form,
        language=main,
        state=state,
        note_reference=reference,
        note_date=note_date,
        quoted_reference=references.quoted(document),
        meeting_titles=meeting.mentions(document, zones.body()),
        meeting_dates=_meeting_dates(document, zones),
        announced=changes.announced(document, zones, main),
        revision=reading.revision,
        replacements=changes.replacements(document, zones) if revised else (),
        doubts=tuple(doubts),
        unnamed_doubts=_unnamed_doubts(document, zones),
    )


def _unnamed_doubts(document: Document, zones: Zones) -> tuple[Doubt, ...]:
    """Forms of address and mailboxes in the body that belong to no contact: persons stand there."""
    body = frozenset(zones.body())
    contacts = {
        line + near
        for line in (t.line for t in document.labelled("contact_not_delegate"))
        for near in range(CONTACT_LINES)
    }
    people = {t.line for t in document.labelled("honorifics_m", "honorifics_f")}
    mailboxes = {n for n in body if "@" in document.lines[n].text}
    if ((people & body) | mailboxes) - contacts:
        return (Doubt("kind_uncertain", detail="persons are named"),)
    return ()


def _meeting_dates(document: Document, zones: Zones) -> tuple[date, ...]:
    """Every date inside the body's sentences, line ends bridged."""
    body = zones.body()
    found: list[date] = []
    for at, number in enumerate(body):
        text = document.lines[number].text
        if at + 1 < len(body):
            text += " " + document.lines[body[at + 1]].text[:40]
        found.extend(m.day for m in dates.find(text))
    return tuple(dict.fromkeys(found))[:12]
