"""Putting back what an edit changed, silently, and writing down that it was put back."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping

from store import sanitize
from store.db.database import Store
from store.db.statements import insert
from store.fields import AS_PRINTED
from store.records.steps import Edit, Step
from store.review.unchanged import KEYS, row_of


class PutBack:
    """Writes down what is put back, as one step of its own.

    ``again`` if what is taken back had taken something back itself.
    """

    def __init__(self, conn: sqlite3.Connection, undoes: Step, who: str) -> None:
        self._conn = conn
        self._undoes = undoes.number
        self.again = undoes.undoes is not None
        self._who = sanitize.one_line(who) or "command line"
        self._at = str(conn.execute("SELECT strftime('%Y-%m-%dT%H:%M:%fZ', 'now')").fetchone()[0])
        last = "SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'corrections'"
        self.number = int(conn.execute(last).fetchone()[0]) + 1

    def write(self, edit: Edit, action: str, field: str | None, old: object, new: object) -> None:
        """One correction."""
        insert(
            self._conn,
            "corrections",
            {
                "table_name": edit.table,
                "row_id": edit.row,
                "document_id": edit.document,
                "action": action,
                "field": field,
                "old": old,
                "new": new,
                "who": self._who,
                "at": self._at,
                "step": self.number,
                "undoes": self._undoes,
            },
        )


def reverse(
    store: Store, conn: sqlite3.Connection, edit: Edit, of_row: list[Edit], record: PutBack
) -> None:
    """Undo one edit of a step; they are gone through from the last to the first.

    Args:
        store: where to.
        conn: its open transaction, the pipeline's.
        edit: which.
        of_row: all of its step that concern the same row, in the order in which they were done.
        record: where it is written down.
    """
    key = KEYS.get(edit.table, "id")
    if edit.action == "insert":
        conn.execute(f"DELETE FROM {edit.table} WHERE {key} = ?", [edit.row])  # noqa: S608
        record.write(edit, "delete", None, edit.new, None)
    elif edit.action == "delete":
        _insert_again(conn, edit)
        record.write(edit, "insert", None, None, edit.old)
    elif edit.field is None:
        _write(conn, edit, json.loads(edit.old or "{}"))
        record.write(edit, "update", None, edit.new, edit.old)
    else:
        _put_back(store, conn, edit, of_row, record)


def _insert_again(conn: sqlite3.Connection, edit: Edit) -> None:
    columns = {row[1] for row in conn.execute(f"PRAGMA table_info({edit.table})")}
    then = json.loads(edit.old or "{}")
    row = {column: value for column, value in then.items() if column in columns}
    if edit.table != "delegates":
        insert(conn, edit.table, row)
        return
    insert(conn, "delegates", {"id": edit.row, **row})
    # it did not come today: see store.reports.changes
    conn.execute(
        "UPDATE turns SET at = (SELECT coalesce(n.processed_at, n.kept_at) FROM documents AS n"
        " JOIN delegates AS d ON d.document_id = n.id WHERE d.id = :id) WHERE delegate_id = :id",
        {"id": edit.row},
    )


def _put_back(
    store: Store, conn: sqlite3.Connection, edit: Edit, of_row: list[Edit], record: PutBack
) -> None:
    """The old value of a field, and what followed from writing it."""
    record.write(edit, "update", edit.field, edit.new, edit.old)
    new: dict[str, object] = {}
    if edit.field == "reading_changed":
        conn.execute(
            "UPDATE delegates SET reasons = json_insert(reasons, '$[#]', 'reading_changed')"
            " WHERE id = ? AND instr(reasons, '\"reading_changed\"') = 0",
            [edit.row],
        )
    elif edit.field == "needs_review":
        if not any(e.field == "settled" for e in of_row):
            settled = "looks" if edit.old == "0" else "'[]'"
            conn.execute(f"UPDATE documents SET settled = {settled} WHERE id = ?", [edit.row])  # noqa: S608
    else:
        new[str(edit.field)] = edit.old
    if edit.table == "delegates" and edit is of_row[0]:  # the last one that is put back
        new.update(_followed(store, of_row, record))
    if new:
        _write(conn, edit, new)


def _followed(store: Store, of_row: list[Edit], record: PutBack) -> dict[str, object]:
    """Status and Latin name, which change with a value and are not written down then."""
    new: dict[str, object] = {}
    first, written = of_row[0], {e.field for e in of_row}
    decided = next((e for e in of_row if e.field == "status"), None)
    if decided is not None and (record.again or decided.old != "corrected"):
        new["status"] = decided.old
    elif not written.isdisjoint(AS_PRINTED):
        new["status"] = _status_before(store, first)
        if decided is None:
            record.write(first, "update", "status", "corrected", new["status"])
    if "name" in written and "name_latin" not in written:
        given = _written_before(store, first, "name_latin")
        new["name_latin"] = given["new"] if given else None
    if "document_id" in written:  # in another note than it was read from, it counts as added
        row = row_of(store, "delegates", first.row)
        read = row is not None and row["read_name"] is not None
        moved = record.again or _written_before(store, first, "document_id") is not None
        new["origin"] = "read" if read and not moved else "added"
    return new


def _written_before(store: Store, edit: Edit, field: str) -> sqlite3.Row | None:
    """The last edit of a field of a row before this one that still holds."""
    return store.one(
        "SELECT new FROM corrections WHERE table_name = 'delegates' AND row_id = ? AND field = ?"
        " AND undone IS NULL AND undoes IS NULL AND id < ? ORDER BY id DESC LIMIT 1",
        [edit.row, field, edit.id],
    )


def _status_before(store: Store, edit: Edit) -> str:
    """The status of a row before an edit made it ``corrected``, from what was done earlier."""
    earlier = store.rows(
        "SELECT action, field, new, undoes FROM corrections WHERE table_name = 'delegates'"
        " AND row_id = ? AND step < (SELECT step FROM corrections WHERE id = ?)"
        " ORDER BY step DESC, field = 'status' DESC, id DESC",
        [edit.row, edit.id],
    )
    for row in earlier:
        if row["action"] == "insert":
            return str(json.loads(row["new"] or "{}").get("status") or "corrected")
        if row["field"] == "status":
            return str(row["new"])
        if row["field"] in AS_PRINTED and row["undoes"] is None:
            return "corrected"
    return _open_status(store, edit.row)


def _open_status(store: Store, delegate: int) -> str:
    row = store.one("SELECT reasons, doubts FROM delegates WHERE id = ?", [delegate])
    doubtful = row is not None and (row["reasons"] != "[]" or row["doubts"] != "[]")
    return "needs_review" if doubtful else "new"


def _write(conn: sqlite3.Connection, edit: Edit, new: Mapping[str, object]) -> None:
    columns = ", ".join(f"{column} = :{column}" for column in new)
    key = KEYS.get(edit.table, "id")
    sql = f"UPDATE {edit.table} SET {columns} WHERE {key} = :_row"  # noqa: S608 - our own names
    conn.execute(sql, {**new, "_row": edit.row})
