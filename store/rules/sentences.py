"""Corrections in words: what a person did, as one would say it. Pure: values in, words out."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

FIELDS = {
    "honorific": "honorific",
    "name": "name",
    "name_latin": "name in Latin letters",
    "title": "title",
    "organization": "organization",
    "email": "e-mail address",
    "phone": "telephone",
    "role": "role",
    "state": "State of the note",
    "meeting": "meeting of the note",
    "note_reference": "number of the note",
    "note_date": "date of the note",
    "kind": "kind of the note",
    "revision": "way the note revises",
    "language": "language of the note",
}
"""Fields as they are called in a sentence."""

DECIDED = {
    "approved": "accepted",
    "rejected": "rejected",
    "corrected": "marked as corrected",
    "new": "opened again",
    "needs_review": "marked to be looked at",
}
OUTCOMES = {
    "processed": "took the document for a reply",
    "rejected": "set the document aside as no reply",
    "duplicate": "set the document aside as a duplicate",
}
_OF_NOTE = {
    ("needs_review", "0"): "settled what was doubtful about the note",
    ("needs_review", "1"): "asked to have the note looked at again",
}
_WHOLE = {
    ("reviews", "insert"): "confirmed the reply",
    ("reviews", "update"): "confirmed the reply again",
    ("reviews", "delete"): "opened the reply again",
    ("reminders", "insert"): "noted that the State was reminded",
    ("reminders", "delete"): "took off that the State was reminded",
    ("reminder_drafts", "insert"): "asked for the draft of a reminder",
    ("reminder_drafts", "delete"): "took back the draft of a reminder",
    ("confirmation_drafts", "insert"): "asked for a draft that has the mission confirm its list",
    ("confirmation_drafts", "delete"): "took back the draft that has the mission confirm its list",
    ("confirmation_answers", "update"): "said what the mission's answer is",
    ("settled_doubts", "insert"): "settled a doubt in several rows at once",
    ("settled_doubts", "delete"): "took back that a doubt is settled",
    ("postponed", "insert"): "put the reply off",
    ("postponed", "update"): "put the reply off",
    ("postponed", "delete"): "took the reply up again",
}
_SILENT = ("settled", "reason", "duplicate_of")
"""Fields that change with another one, which is told."""

MOST_NAMED = 12
"""Persons named in one sentence; the others are counted."""


@dataclass(frozen=True, slots=True)
class Told:
    """What was done to one person, or without one: ``changed the title of`` X ``from … to …``."""

    verb: str
    whom: str | None = None
    rest: str = ""


def told(
    table: str, action: str, field: str | None, old: str | None, new: str | None, name: str | None
) -> Told | None:
    """One correction in words; None for what is told by another of its step.

    >>> told("delegates", "update", "title", "Judge", None, "Ada One")
    Told(verb='removed the title of', whom='Ada One', rest=' (“Judge”)')
    """
    if table == "delegates":
        return _of_delegate(action, field, old, new, name)
    if table == "documents":
        return _of_note(field or "", old, new)
    if table == "mission_addresses":
        return _of_address(action, json.loads(new or old or "{}"))
    return Told(_WHOLE.get((table, action), f"changed {table.replace('_', ' ')}"))


def _of_delegate(
    action: str, field: str | None, old: str | None, new: str | None, name: str | None
) -> Told:
    if action != "update":
        whole = json.loads(new or old or "{}")
        return Told("added" if action == "insert" else "removed", whole.get("name") or name)
    if field == "status":
        return Told(DECIDED.get(new or "", f"set to {new}"), name)
    if field == "current":
        return Told("put back on the list" if new == "1" else "took off the list", name)
    if field == "reading_changed":
        return Told("looked at the new reading of", name)
    if field == "seq":
        return Told("moved", name, f" from place {old} to {new}")
    if field == "document_id":
        return Told("moved", name, f" to document {new}")
    # of the name itself: who it was is told by what it was
    return _of_value(
        FIELDS.get(field or "", field or ""), old, new, None if field == "name" else name
    )


def _of_note(field: str, old: str | None, new: str | None) -> Told | None:
    if field in _SILENT:
        return None
    if (field, new) in _OF_NOTE:
        return Told(_OF_NOTE[field, str(new)])
    if field == "accepted":
        return Told("had the document read anyway")
    if field == "outcome":
        return Told(OUTCOMES.get(new or "", f"set the document to {new}"))
    if field == "supersedes":
        return Told(
            f"said that it replaces document {new}" if new else "said that it replaces none"
        )
    if field == "same_as":
        said = (
            f"said that it is document {new} again" if new else "said that it is a note of its own"
        )
        return Told(said)
    return _of_value(FIELDS.get(field, field), old, new, None)


def _of_value(what: str, old: str | None, new: str | None, name: str | None) -> Told:
    of = " of" if name else ""
    if old is None:
        return Told(f"added the {what}{of}", name, f": “{new}”")
    if new is None:
        return Told(f"removed the {what}{of}", name, f" (“{old}”)")
    return Told(f"changed the {what}{of}", name, f" from “{old}” to “{new}”")


def _of_address(action: str, row: dict[str, object]) -> Told:
    if action == "delete":
        return Told(f"took off what was said of the address {row.get('email')}")
    right = "no " if row.get("wrong") else "an "
    return Told(f"said that {row.get('email')} is {right}address of the mission")


def sentence(parts: Iterable[Told | None], most: int = MOST_NAMED) -> str:
    """All of it: ``accepted Ada One and Bo Two; changed the title of Cy Three from … to …``.

    Args:
        parts: what was done, in order.
        most: persons named at one verb.
    """
    grouped: dict[tuple[str, str], list[str | None]] = {}
    for part in parts:
        if part is not None:
            grouped.setdefault((part.verb, part.rest), []).append(part.whom)
    return "; ".join(_said(verb, rest, whom, most) for (verb, rest), whom in grouped.items())


def _said(verb: str, rest: str, whom: Sequence[str | None], most: int) -> str:
    names = [name for name in whom if name]
    if not names:
        return f"{verb}{rest}" if len(whom) < 2 else f"{verb}{rest} ({len(whom)} times)"
    if len(names) > most:
        shown = f"{len(names)} delegates: {', '.join(names[:most])} and {len(names) - most} more"
        return f"{verb} {shown}{rest}"
    listed = names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
    return f"{verb} {listed}{rest}"
