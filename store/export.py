"""A meeting's list of participants, as rows, CSV and JSON."""

from __future__ import annotations

import csv
import json
from typing import TextIO

from store import edge
from store.database import Store
from store.errors import UnknownRecord

COLUMNS = (
    "state",
    "state_name",
    "honorific",
    "name",
    "title",
    "organization",
    "email",
    "phone",
    "role",
    "status",
    "note_reference",
    "note_date",
    "document_id",
    "delegate_id",
)
"""Columns of the list, in this order."""

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


def rows(store: Store, meeting: str, *, approved_only: bool = True) -> list[dict[str, object]]:
    """The participants: States in English alphabetical order, head of delegation first.

    Args:
        store: where from.
        meeting: reference of a registered meeting.
        approved_only: leave out what no person has approved.

    Raises:
        UnknownRecord: no such meeting is registered.
    """
    reference = edge.text(meeting)
    if store.one("SELECT 1 FROM meetings WHERE reference = ?", [reference]) is None:
        raise UnknownRecord("No meeting is registered under this reference.")
    columns = ", ".join("s.name_en AS state_name" if c == "state_name" else c for c in COLUMNS)
    found = store.rows(
        f"SELECT {columns} FROM delegation_list AS d"  # noqa: S608 - our own names
        " LEFT JOIN states AS s ON s.iso3 = d.state"
        " WHERE meeting = :meeting AND current = 1 AND status <> 'rejected'"
        " AND (NOT :approved OR status = 'approved')"
        " ORDER BY s.name_en IS NULL, s.name_en, role IS NOT 'head', role IS NOT 'alternate',"
        " note_date, document_id, seq, delegate_id",
        {"meeting": reference, "approved": approved_only},
    )
    return [dict(row) for row in found]


def write_json(participants: list[dict[str, object]], out: TextIO) -> None:
    """The rows as a JSON list of objects."""
    json.dump(participants, out, ensure_ascii=False, indent=2)
    out.write("\n")


def write_csv(participants: list[dict[str, object]], out: TextIO) -> None:
    """The rows as CSV (RFC 4180) with a header; nothing in it runs in a spreadsheet."""
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\r\n")
    writer.writeheader()
    for participant in participants:
        writer.writerow({column: guarded(participant[column]) for column in COLUMNS})


def guarded(value: object) -> object:
    """Text that a spreadsheet would run as a formula, with an apostrophe before it.

    Telephone numbers too: ``+43 1 ...`` would be worked out. JSON has every value unchanged.
    https://owasp.org/www-community/attacks/CSV_Injection
    """
    if not isinstance(value, str):
        return value
    shown = edge.text(value)
    return "'" + shown if shown.lstrip(" ").startswith(_FORMULA_STARTS) else shown
