"""What a note says of itself: kind, sender, number, date, the invitation it answers."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise, zip_longest
from typing import TYPE_CHECKING

from extract.facts.announced import find_announced
from extract.facts.main_language import find_language
from extract.facts.meeting import quotes_several, year_of
from extract.facts.own_notes import earlier_note
from extract.language.dates import find_dates, find_days
from extract.language.normalise import EASTERN_DIGITS, has_eastern_digits
from extract.layout.list_signs import contact_lines
from extract.types import Doubt, Form, Kind, RevisionMode, Value

if TYPE_CHECKING:
    from extract.facts.form import FormReading
    from extract.facts.kind import KindReading
    from extract.layout.document import Document
    from extract.layout.zones import Zones
    from ocr.types import Page


LOW = 0.6  # trust below which the number is doubted
UNKNOWN_DIGITS = 0.5  # most trust in a number or date in digits no reader knows
MOST_DAYS = 12  # kept: a list may have a day of birth for each
YEAR = timedelta(days=365)
# of two digits at least; one alone is what a dot or a stroke is taken for
_EASTERN_NUMBER = re.compile(rf"\d[{EASTERN_DIGITS}]|[{EASTERN_DIGITS}]\d")


@dataclass(frozen=True, slots=True)
class NoteFacts:
    """The facts of one note; fields as in ``extract.types.NoteVerbale``.

    ``unnamed_kind`` is the kind when it turns out that the note names nobody, and
    ``unnamed_doubts`` say why that would be strange. ``answers``: it speaks of a meeting.
    ``sure``: its form is beyond doubt, also where that is ``none``.
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
    doubts: tuple[Doubt, ...]
    unnamed_doubts: tuple[Doubt, ...] = ()
    answers: bool = True
    sure: bool = True


def gather(
    document: Document,
    zones: Zones,
    pages: tuple[Page, ...],
    references: tuple[Value | None, Value | None],
    meetings: tuple[str, ...],
    form: FormReading,
    kind: KindReading,
    state: tuple[Value | None, tuple[Doubt, ...]],
    note_date: tuple[Value | None, tuple[Doubt, ...]],
) -> NoteFacts:
    """The facts together, with the note's own doubts.

    For a document that is no note verbale only the kind is sure.
    """
    own, quoted = references
    own, dated = _believed(own, document), _believed(note_date[0], document)
    doubts = [*state[1], *note_date[1]]
    if own is None:
        doubts.append(Doubt("reference_missing", "note_reference"))
    elif own.confidence < LOW:
        doubts.append(Doubt("reference_uncertain", "note_reference"))
    if dated is not note_date[0] and not any(d.code == "date_uncertain" for d in doubts):
        doubts.append(Doubt("date_uncertain", "note_date", "hard to read"))
    elif dated and quoted and date.fromisoformat(dated.text).year < (year_of(quoted.text) or 0):
        doubts.append(Doubt("date_uncertain", "note_date", "older than the invitation"))
    earlier = earlier_note(document, zones, own.text) if own and kind.kind == "nomination" else None
    if earlier is not None:
        doubts.append(Doubt("kind_uncertain", detail=earlier))
    if not kind.sure:
        doubts.append(Doubt("kind_uncertain", detail="of an earlier note"))
    if quotes_several(document):
        doubts.append(Doubt("two_meetings"))
    if form.form == "letter":
        doubts.append(Doubt("not_in_form_of_note_verbale"))
    if not form.sure:
        doubts.append(Doubt("note_uncertain"))
    main = find_language(document, pages)
    return NoteFacts(
        kind=kind.kind,
        unnamed_kind=kind.unnamed,
        form=form.form,
        sure=form.sure,
        language=main,
        state=state[0],
        note_reference=own,
        note_date=dated,
        quoted_reference=quoted,
        meeting_titles=meetings,
        meeting_dates=_meeting_dates(document, dated),
        announced=find_announced(document, zones, main),
        revision=kind.revision,
        doubts=tuple(doubts),
        unnamed_doubts=_unnamed_doubts(document, zones),
        answers=kind.answers,
    )


def _believed(value: Value | None, document: Document) -> Value | None:
    """The value with less trust where its digits are of a kind that no reader knows.

    ``١٤`` was read as ``١6``, with confidence; where one such digit is seen others are misread.
    """
    if value is None:
        return None
    printed = "".join((value.text, *(e.text for e in value.evidence)))
    if not has_eastern_digits(printed) and not _EASTERN_NUMBER.search(document.text):
        return value
    return replace(value, confidence=min(value.confidence, UNKNOWN_DIGITS))


def _unnamed_doubts(document: Document, zones: Zones) -> tuple[Doubt, ...]:
    """Signs in the body that persons stand there who are no contacts.

    Forms of address, mailboxes, columns, and a post on the line below a colon.
    """
    body = zones.body()
    told = {t.line for t in document.labelled("honorifics_m", "honorifics_f")} & set(body)
    told |= {
        n for n in body if document.lines[n].cell or re.search(r"[@\t]", document.lines[n].text)
    }
    told |= {
        below
        for line, below in pairwise(body)
        if document.lines[line].text.rstrip().endswith((":", "："))
        and document.terms_of(below, "title_heads")
    }
    if told - contact_lines(document):
        return (Doubt("kind_uncertain", detail="persons are named"),)
    return ()


def _meeting_dates(document: Document, dated: Value | None) -> tuple[date, ...]:
    """Every date the note names, line ends bridged; days without a year come after its own."""
    printed = (m.day for line in document.lines for m in find_dates(line.text))
    own = date.fromisoformat(dated.text) if dated else min(printed, default=None)
    found: list[date] = []
    for line, below in zip_longest(document.lines, document.lines[1:]):
        text = f"{line.text} {below.text[:40] if below else ''}"
        found.extend(m.day for m in find_dates(text))
        if own is not None:
            days = (*find_days(text, own.year), *find_days(text, own.year + 1))
            found.extend(d for d in days if own <= d < own + YEAR)
    return tuple(dict.fromkeys(found))[:MOST_DAYS]
