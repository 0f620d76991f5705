"""A meeting's list of participants: its rows in order, and as CSV and JSON.

Spreadsheet, document and registration import are in ``export_xlsx``, ``export_docx`` and
``indico``; all of them take the rows from here.
"""

from __future__ import annotations

import json
from typing import TextIO

from store import sanitize, spreadsheet
from store.db.database import Store
from store.errors import UnknownRecord
from store.fields import AS_PRINTED
from store.rules.names import folded

COLUMNS = (
    "state",
    "state_name",
    *AS_PRINTED,
    "status",
    "note_reference",
    "note_date",
    "document_id",
    "delegate_id",
)
"""Columns of the list, in this order."""

Participant = dict[str, object]
"""One row of the list, by column."""

_RANK = {"head": 0, "alternate": 1}


def rows(store: Store, meeting: str, *, approved_only: bool = True) -> list[Participant]:
    """The participants: States in English alphabetical order, head of delegation first.

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
    columns = ", ".join("s.name_en AS state_name" if c == "state_name" else c for c in COLUMNS)
    found = store.rows(
        f"SELECT {columns} FROM delegation_list AS d"  # noqa: S608 - our own names
        " LEFT JOIN states AS s ON s.iso3 = d.state"
        " WHERE meeting = :meeting AND current = 1 AND status <> 'rejected'"
        " AND (NOT :approved OR status IN ('approved', 'corrected'))"
        " ORDER BY note_date, document_id, seq, delegate_id",
        {"meeting": reference, "approved": approved_only},
    )
    return sorted((dict(row) for row in found), key=_place)


def _place(participant: Participant) -> tuple[bool, str, str, int]:
    """States by name without accents: Côte d'Ivoire stands before Croatia, as in print."""
    name = str(participant["state_name"] or "")
    rank = _RANK.get(str(participant["role"]), len(_RANK))
    return not name, folded(name), str(participant["state"] or ""), rank


def write_json(participants: list[Participant], out: TextIO) -> None:
    """The rows as a JSON list of objects, every value unchanged."""
    json.dump(participants, out, ensure_ascii=False, indent=2)
    out.write("\n")


def write_csv(participants: list[Participant], out: TextIO) -> None:
    """The rows as CSV (RFC 4180) with a header; nothing in it runs in a spreadsheet."""
    spreadsheet.write_csv(participants, COLUMNS, out)
