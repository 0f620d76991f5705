"""Whether everything a step has written is still as it left it: only then is it taken back."""

from __future__ import annotations

import json
import sqlite3

from store.db.database import Store
from store.errors import EditRefused, EditStale
from store.fields import AS_PRINTED
from store.records.steps import Edit, Step

OPEN = ("new", "needs_review")
"""Of these two, what a row has follows from its reasons."""

KEYS = {"reviews": "document_id"}
"""Tables whose rows are told by another column than ``id``."""

_DRAFTS = ("reminder_drafts", "confirmation_drafts")

_COMPUTED = ("needs_review", "reading_changed")
"""Fields of a correction that follow from what else is written."""

FOR_GOOD = ("accepted",)
"""Fields whose change starts something that is not called back."""


def refuse(store: Store, chosen: Step, edits: tuple[Edit, ...]) -> None:
    """Nothing, if the step can be taken back.

    Raises:
        EditStale: a row of it has been changed since.
        EditRefused: what it began is not called back.
    """
    gone = {(edit.table, edit.row) for edit in edits if edit.action == "delete"}
    last: dict[tuple[str, int], dict[str, str | None]] = {}
    for edit in edits:
        if edit.field in FOR_GOOD:
            raise EditRefused("what was read anyway is not unread; reject the document instead")
        key = (edit.table, edit.row)
        if edit.action == "update" and edit.field is not None:
            last.setdefault(key, {})[edit.field] = edit.new
        elif edit.action == "insert" or (edit.action == "update" and edit.field is None):
            _refuse_whole(store, edit, gone, chosen.number)
    for key, values in last.items():
        if key not in gone:
            written = chosen.undoes is None and not values.keys().isdisjoint(AS_PRINTED)
            if key[0] == "delegates" and "status" not in values and written:
                # that made the row corrected; whoever has decided since, has seen the value
                values["status"] = "corrected"
            _refuse_values(store, key, values)
    for table, number in gone:
        if row_of(store, table, number) is not None:
            raise _stale(edits[0], "a row that was removed is there again", (table, number))


def _refuse_whole(store: Store, edit: Edit, gone: set[tuple[str, int]], after: int) -> None:
    """A row that came whole must still be as it came."""
    key = (edit.table, edit.row)
    if key in gone:
        return
    row = row_of(store, *key)
    if row is None:
        raise _stale(edit, "it is not there any more", key)
    if edit.table == "delegates":
        later = store.one(
            "SELECT 1 FROM corrections WHERE table_name = 'delegates' AND row_id = ?"
            " AND step > ? AND undone IS NULL AND undoes IS NULL",
            [edit.row, after],
        )
        if later is not None:
            raise _stale(edit, "it has been changed again", key)
        return
    then = json.loads(edit.new or "{}")
    if edit.table in ("reminder_drafts", "confirmation_drafts") and row["state"] != then.get(
        "state"
    ):
        raise EditRefused("the draft is in the mailbox already: delete it there")
    if any(row[column] != value for column, value in then.items()):
        raise _stale(edit, "it has been changed again", key)


def _refuse_values(store: Store, key: tuple[str, int], values: dict[str, str | None]) -> None:
    table, number = key
    row = row_of(store, table, number)
    if row is None:
        raise EditStale("A row of it is not there any more.", key)
    for field, value in values.items():
        if field in _COMPUTED:
            continue
        now = None if row[field] is None else str(row[field])
        same = now == value or (field == "status" and now in OPEN and value in OPEN)
        if not same:
            named = f" ({row['name']})" if table == "delegates" else ""
            raise EditStale(f"It has been changed again meanwhile{named}.", key)


def _stale(edit: Edit, what: str, key: tuple[str, int]) -> EditStale:
    named = f" ({edit.name})" if edit.name else ""
    return EditStale(f"{what.capitalize()}{named}.", key)


def row_of(store: Store, table: str, number: int) -> sqlite3.Row | None:
    """A row by its number, None if it is not there."""
    key = KEYS.get(table, "id")
    return store.one(f"SELECT * FROM {table} WHERE {key} = ?", [number])  # noqa: S608 - own names
