"""Taking back what a person just did, as one more edit: nothing is struck from the record."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

from store.db.database import Store
from store.db.statements import insert, update
from store.errors import EditRefused, EditStale
from store.fields import AS_PRINTED
from store.review.rows import EDITABLE_FACTS

_DELEGATE = ("document_id", "seq", *AS_PRINTED, "status")
_DOCUMENT = (*EDITABLE_FACTS, "outcome", "reason", "supersedes", "duplicate_of", "settled")
_OPEN = ("new", "needs_review")

Values = dict[str, object]
Snapshot = dict[tuple[str, int], Values]


@dataclass(slots=True)
class Done:
    """An edit that was made. ``delegate`` is the row to look at next, None to stay.

    ``before`` and ``after`` hold the rows of the documents it touched.
    """

    label: str
    who: str
    document: int
    delegate: int | None = None
    before: Snapshot = field(default_factory=dict)
    after: Snapshot = field(default_factory=dict)

    @property
    def changed(self) -> bool:
        """Whether there is anything to take back."""
        return self.before != self.after


@contextmanager
def doing(
    store: Store,
    who: str,
    label: str,
    *documents: int,
    current: bool = False,
    same_as: bool = False,
    latin: bool = False,
) -> Iterator[tuple[sqlite3.Connection, Done]]:
    """One edit in one transaction, its rows noted before and after.

    Args:
        store: where to.
        who: the person's name.
        label: what the person did, in a word or two.
        documents: whose rows it may touch, the one on the screen first.
        current: whether it sets ``current`` by hand; otherwise that follows from the rest.
        same_as: the same of ``same_as``.
        latin: whether it writes ``name_latin``, which follows from the name otherwise.

    Raises:
        EditRefused: a trigger refused a value.
    """
    done = Done(label, who, documents[0])
    columns = (
        (*_DOCUMENT, *(["same_as"] if same_as else ())),
        (*_DELEGATE, *(["current"] if current else ()), *(["name_latin"] if latin else ())),
    )
    try:
        with store.writing(who) as conn:
            done.before = _snapshot(store, documents, *columns)
            yield conn, done
            done.after = _snapshot(store, documents, *columns)
    except sqlite3.IntegrityError as error:
        raise refusal(str(error)) from error


def undo(store: Store, done: Done) -> None:
    """Put the rows back as they were before.

    Raises:
        EditStale: somebody has changed one of them since; nothing is written.
        EditRefused: the old values are not valid any more.
    """
    keys = [
        key for key in {**done.before, **done.after} if done.before.get(key) != done.after.get(key)
    ]
    try:
        with store.writing(done.who) as conn:
            for key in keys:
                if _as_it_is(store, key, done.after.get(key) or done.before[key]) != done.after.get(
                    key
                ):
                    raise EditStale("It has been changed again meanwhile.", key)
            for key in keys:
                _restore(conn, key, done.before.get(key), done.after.get(key))
    except sqlite3.IntegrityError as error:
        raise refusal(str(error)) from error


def refusal(said: str) -> EditRefused:
    """What a trigger said, with the column it begins with: ``email is no address: …``."""
    column = said.partition(" ")[0]
    known = column in AS_PRINTED or column in EDITABLE_FACTS
    return EditRefused(said, column if known else None)


def _snapshot(
    store: Store, documents: tuple[int, ...], of_note: tuple[str, ...], of_row: tuple[str, ...]
) -> Snapshot:
    found: Snapshot = {}
    for document in documents:
        for row in store.rows("SELECT * FROM documents WHERE id = ?", [document]):
            found["documents", document] = {name: row[name] for name in of_note}
        for row in store.rows("SELECT * FROM reviews WHERE document_id = ?", [document]):
            found["reviews", document] = {"who": row["who"], "at": row["at"]}
        for row in store.rows("SELECT * FROM delegates WHERE document_id = ?", [document]):
            found["delegates", row["id"]] = _comparable({name: row[name] for name in of_row})
    return found


def _comparable(values: Values) -> Values:
    """``new`` and ``needs_review`` follow from the reasons; they are no decision."""
    return {**values, "status": "new"} if values["status"] in _OPEN else values


def _as_it_is(store: Store, key: tuple[str, int], like: Mapping[str, object]) -> Values | None:
    table, number = key
    column = "document_id" if table == "reviews" else "id"
    row = store.one(f"SELECT * FROM {table} WHERE {column} = ?", [number])  # noqa: S608 - own names
    if row is None:
        return None
    values: Values = {name: row[name] for name in like}
    return _comparable(values) if table == "delegates" else values


def _restore(
    conn: sqlite3.Connection, key: tuple[str, int], before: Values | None, after: Values | None
) -> None:
    table, number = key
    if table == "reviews":
        conn.execute("DELETE FROM reviews WHERE document_id = ?", [number])
        if before is not None:
            insert(conn, "reviews", {"document_id": number, **before})
    elif before is None:
        conn.execute("DELETE FROM delegates WHERE id = ?", [number])
    elif after is None:
        insert(conn, "delegates", {"id": number, **before})
    else:
        changed = {name: value for name, value in before.items() if after[name] != value}
        status = changed.pop("status", before.get("status"))
        update(conn, table, number, changed)
        if table == "delegates":
            _decide(conn, number, status, reopen=before["status"] != after["status"])


def _decide(conn: sqlite3.Connection, delegate: int, status: object, *, reopen: bool) -> None:
    """The status as it was; a value that was put back has made the row ``corrected``."""
    if status in _OPEN:
        if reopen:
            conn.execute(
                "UPDATE delegates SET status = CASE WHEN reasons = '[]' AND doubts = '[]'"
                " THEN 'new' ELSE 'needs_review' END WHERE id = ?",
                [delegate],
            )
        return
    conn.execute(
        "UPDATE delegates SET status = :status WHERE id = :id AND status <> :status",
        {"status": status, "id": delegate},
    )
