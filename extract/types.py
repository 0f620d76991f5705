"""What a note verbale says: values with their evidence, and doubts with their reasons.

Confidences run from 0 to 1 and mean a probability of being right. Pages count from 1. Boxes
are pixels of the page image, see ``ocr.types``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from ocr.types import Box, Page

Role = Literal["head", "alternate", "member", "adviser", "observer"]
Kind = Literal["nomination", "revision", "decline", "acknowledgement", "extension_request", "other"]
OF_FORM = (
    "reference_missing",
    "reference_uncertain",
    "date_missing",
    "date_uncertain",
    "date_impossible",
    "not_in_form_of_note_verbale",
)
"""Doubts about a note's number, date and form: nothing about whom it names."""
OF_SOMEBODY_MISSING = (
    "address_without_person",
    "entry_not_understood",
    "honorific_without_person",
    "list_uncertain",
    "person_beside_list",
    "row_without_name",
)
SAYS_ITSELF = OF_FORM + OF_SOMEBODY_MISSING
"""Doubts about a note itself, for which it waits, and not about the persons found in it.

Rows with nothing but these against them were right, 45 of 45 (notes by five other hands, scans of
four; November 2026); beside a name that was left over 1 of 14 was wrong, so that one marks the
rows, too."""
FROM_ENCLOSING_NOTE = "from_enclosing_note"
"""Doubt: State, number, date and meeting are those of the note that this annex came with."""
Form = Literal["note_verbale", "letter", "none"]
RevisionMode = Literal["replaces", "adds", "substitutes"]


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a value came from: the words as read, their place, and the rule that took them.

    ``pattern`` is the list of the lexicon, or the pattern of words, that told what they are; empty
    where their place did.
    """

    page: int
    text: str
    box: Box | None
    confidence: float
    rule: str
    pattern: str = ""

    @property
    def component(self) -> str:
        """The component of the pipeline whose rule it is."""
        return self.rule.partition(".")[0]


@dataclass(frozen=True, slots=True)
class Value:
    """A value as it will be stored. A value without evidence does not exist.

    ``original`` is the reading before a repair, None when nothing was repaired.
    """

    text: str
    confidence: float
    evidence: tuple[Evidence, ...]
    original: str | None = None

    def __post_init__(self) -> None:
        if not self.evidence:
            raise ValueError(f"value without evidence: {self.text!r}")


@dataclass(frozen=True, slots=True)
class Doubt:
    """A reason for a person to look. ``code`` is stable; ``field`` is None for a whole record."""

    code: str
    field: str | None = None
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Delegate:
    """One person nominated by the note. ``seq`` counts from 1 in the note's order.

    ``signs`` (``title.headless``, ``row.order``) are what was noticed that makes a field, or the
    whole row, a little less likely; none is a reason on its own, calibration weighs them.
    """

    seq: int
    name: Value
    honorific: Value | None = None
    title: Value | None = None
    organization: Value | None = None
    email: Value | None = None
    phone: Value | None = None
    role: Value | None = None
    confidence: float = 0.0
    doubts: tuple[Doubt, ...] = ()
    signs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Replacement:
    """'Mr A will be replaced by Ms B': the name of the person who goes, as printed."""

    replaced_name: str
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class NoteVerbale:
    """Everything one document says.

    ``state`` is an ISO 3166-1 alpha-3 code (``EUN`` for the European Union), ``note_date`` an
    ISO 8601 date. ``quoted_reference`` is the invitation's symbol as printed;
    ``meeting_titles`` and ``meeting_dates`` are what else the note says about the meeting, for
    ``extract.facts.meeting.match``. ``announced`` is the number of participants the text promises.
    ``revision`` tells how a note of kind ``revision`` changes the earlier one.
    """

    kind: Kind
    form: Form
    language: str | None
    state: Value | None = None
    note_reference: Value | None = None
    note_date: Value | None = None
    quoted_reference: Value | None = None
    meeting_titles: tuple[str, ...] = ()
    meeting_dates: tuple[date, ...] = ()
    announced: int | None = None
    revision: RevisionMode | None = None
    replacements: tuple[Replacement, ...] = ()
    delegates: tuple[Delegate, ...] = ()
    doubts: tuple[Doubt, ...] = ()

    @property
    def is_note(self) -> bool:
        """False for forms, invoices, newsletters and the like."""
        return self.form != "none"


@dataclass(frozen=True, slots=True)
class Invitation:
    """An outgoing invitation, as registered with ``noteverbale meeting add``.

    ``deadline`` is the last day for replies (a day in Vienna). ``office`` is the sending
    secretariat as printed.
    """

    reference: str
    title: str
    starts: date | None = None
    ends: date | None = None
    place: str | None = None
    deadline: date | None = None
    reply_address: str | None = None
    office: str | None = None
    issued: date | None = None


@dataclass(frozen=True, slots=True)
class DocumentReading:
    """The result of reading one document: ``outcome`` and ``reason`` as in the contract.

    ``note`` is None when the document was rejected before or failed while reading.
    """

    outcome: Literal["processed", "rejected", "failed"]
    reason: str | None
    pages: tuple[Page, ...]
    note: NoteVerbale | None
