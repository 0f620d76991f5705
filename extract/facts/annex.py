"""A list that came inside a note, as a file of its own: what it does not say itself, the note says.

An annex has no formulas, so its own form, kind and sender would be guesses.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from extract.types import FROM_ENCLOSING_NOTE, Doubt, Evidence, NoteVerbale, Value

if TYPE_CHECKING:
    from extract.facts.note_facts import NoteFacts

RULE = "enclosing_note"
_TAKEN = ("state", "note_reference", "note_date")


def belongs(facts: NoteFacts, note: NoteVerbale | None) -> bool:
    """The document came in a note, has no formulas, and names no State or that of the note."""
    if note is None or facts.sure:
        return False
    there = note.state.text if note.state else None
    return facts.state is None or facts.state.text == there


def belonging(facts: NoteFacts, note: NoteVerbale | None) -> NoteFacts:
    """The facts of a document; without formulas those of the ``note`` that it came in."""
    if note is None or not belongs(facts, note):
        return facts
    doubts = (doubt for doubt in note.doubts if doubt.field in _TAKEN)
    return replace(
        facts,
        kind="nomination",
        unnamed_kind="other",
        form="letter" if note.form == "letter" else "note_verbale",
        language=facts.language or note.language,
        state=_said_there(note.state),
        note_reference=_said_there(note.note_reference),
        note_date=_said_there(note.note_date),
        quoted_reference=_said_there(note.quoted_reference),
        meeting_titles=note.meeting_titles,
        meeting_dates=note.meeting_dates,
        announced=None,
        revision=None,
        doubts=(Doubt(FROM_ENCLOSING_NOTE), *doubts),
        unnamed_doubts=(Doubt("no_delegate_found"),),
    )


def _said_there(value: Value | None) -> Value | None:
    """The value, with evidence that has no place on the annex's own pages."""
    if value is None:
        return None
    return Value(value.text, value.confidence, (Evidence(1, value.text, None, 1.0, RULE),))
