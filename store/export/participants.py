"""A meeting's list of participants: its rows in order, and as CSV and JSON."""

from __future__ import annotations

import json
from typing import TextIO

from store import sanitize, spreadsheet
from store.db.database import Store
from store.errors import UnknownRecord
from store.export import groups
from store.fields import AS_PRINTED

COLUMNS = (
    "state",
    "state_name",
    *AS_PRINTED,
    "status",
    "note_reference",
    "note_date",
    "document_id",
    "delegate_id",
    "name_latin",
    "group",
)
"""Columns of the list, in this order; new ones come at the end."""

_DERIVED = {"state_name": "s.name_en AS state_name", "group": "NULL AS 'group'"}

Participant = dict[str, object]
"""One row of the list, by column; ``group`` is a key of ``groups.GROUPS``."""


def rows(store: Store, meeting: str, *, approved_only: bool = True) -> list[Participant]:
    """The participants as they are printed: by group, State and role, else as the note has them.

    What a later note replaced and what was rejected is left out. Rows whose State is unknown
    come last.

    Args:
        store: where from.
        meeting: reference of a registered meeting.
        approved_only: leave out what no person has approved or corrected.

    Raises:
        UnknownRecord: no such meeting is registered.
    """
    reference = sanitize.text(meeting)
    if store.one("SELECT 1 FROM meetings WHERE reference = ?", [reference]) is None:
        raise UnknownRecord("No meeting is registered under this reference.")
    columns = ", ".join(_DERIVED.get(column, column) for column in COLUMNS)
    found = store.rows(
        f"SELECT {columns} FROM delegation_list AS d"  # noqa: S608 - our own names
        " LEFT JOIN states AS s ON s.iso3 = d.state"
        " WHERE meeting = :meeting AND current = 1 AND status <> 'rejected'"
        " AND (NOT :approved OR status IN ('approved', 'corrected'))"
        " ORDER BY note_date, document_id, seq, delegate_id",
        {"meeting": reference, "approved": approved_only},
    )
    standing = groups.standings(store, reference)
    participants = [dict(row) for row in found]
    for participant in participants:
        known = standing.get(str(participant["state"]))
        participant["group"] = known.group if known else "unknown"
    groups.mark_entities(participants)
    return sorted(participants, key=groups.place)


def write_json(participants: list[Participant], out: TextIO) -> None:
    """The rows as a JSON list of objects, every value unchanged."""
    json.dump(participants, out, ensure_ascii=False, indent=2)
    out.write("\n")


def write_csv(participants: list[Participant], out: TextIO, separator: str = ",") -> None:
    """The rows as CSV (RFC 4180) with a header; nothing in it runs in a spreadsheet."""
    spreadsheet.write_csv(participants, COLUMNS, out, separator)
