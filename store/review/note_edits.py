"""What a person does to a note as a whole. Its delegates: ``store.review.delegate_edits``."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping

from store import sanitize
from store.db.database import Store
from store.errors import EditRefused
from store.review.rows import EDITABLE_FACTS, check_note, delegates, get_document, update_row
from store.review.undo import Done, doing

NOMINATING = ("nomination", "revision")
"""Kinds of a note that names persons."""

UNREAD = ("failed", "rejected")
"""Outcomes of a document of which no record was made."""

EMPTY = (
    "it nominates, and nobody is in it: add who it names, or say under"
    " “No delegates here” what the reply does"
)


def save_note(
    store: Store, who: str, document: int, version: str, values: Mapping[str, str]
) -> Done:
    """Write the note's own fields; those left out stay.

    Raises:
        EditStale: somebody else changed the note.
        EditRefused: a value is not valid.
    """
    with doing(store, who, "note edited", document) as (conn, done):
        _write_note(store, conn, document, version, values)
    return done


def confirm(store: Store, who: str, document: int, version: str, values: Mapping[str, str]) -> Done:
    """A person has looked at the whole reply; it waits no longer unless a delegate does.

    Raises:
        EditStale: somebody else changed the note.
        EditRefused: a value is not valid; or it nominates and names nobody, so that its State
            would count as answered with an empty delegation.
    """
    with doing(store, who, "reply confirmed", document) as (conn, done):
        _write_note(store, conn, document, version, values)
        row = get_document(store, document)
        if row["same_as"] is None and row["kind"] in NOMINATING and not _named(store, document):
            raise EditRefused(EMPTY)
        _confirm(conn, who, document)
    return done


def no_delegates(
    store: Store,
    who: str,
    document: int,
    version: str,
    kind: str | None,
    *,
    reject_rows: bool = False,
) -> Done:
    """The reply names nobody: what was taken for delegates is rejected, the kind set.

    Raises:
        EditStale: somebody else changed the note.
        EditRefused: there is no such kind, or none was chosen; or there are delegates, and
            nobody said that they are to be rejected.
    """
    if not kind:
        raise EditRefused("say what the reply does, if it names nobody", "nobody_kind")
    with doing(store, who, "no delegates", document) as (conn, done):
        row = get_document(store, document)
        new: dict[str, object] = {"kind": kind}
        check_note(row, version, new)
        update_row(conn, "documents", row, new)
        named = _named(store, document)
        if named and not reject_rows:
            count = len(named)
            who_stands = "1 delegate stands" if count == 1 else f"{count} delegates stand"
            raise EditRefused(
                f"{who_stands} in it: tick that they are to be rejected", "reject_rows"
            )
        for delegate in named:
            update_row(conn, "delegates", delegate, {"status": "rejected"})
        _confirm(conn, who, document)
    return done


def by_hand(store: Store, who: str, document: int, version: str, values: Mapping[str, str]) -> Done:
    """What the program could not read, a person types: it is a nomination from now on.

    Raises:
        EditStale: somebody else changed it.
        EditRefused: it was read, or a value is not valid.
    """
    with doing(store, who, "to be typed by hand", document) as (conn, done):
        row = get_document(store, document)
        if row["outcome"] not in UNREAD:
            raise EditRefused("it was read: add who is missing")
        check_note(row, version, None)
        given = {
            field: sanitize.one_line(values[field]) for field in EDITABLE_FACTS if field in values
        }
        new = {**given, "kind": given.get("kind") or "nomination"}
        update_row(conn, "documents", row, {**new, "outcome": "processed", "reason": None})
    return done


def is_duplicate_of(store: Store, who: str, document: int, version: str, other: int) -> Done:
    """The reply has come before: its rows no longer count.

    Raises:
        EditStale: somebody else changed the note.
        EditRefused: it cannot be a duplicate of itself.
    """
    with doing(store, who, "duplicate", document) as (conn, done):
        row = get_document(store, document)
        get_document(store, other)
        if other == document:
            raise EditRefused("A reply is no duplicate of itself.")
        check_note(row, version, None)
        conn.execute("UPDATE documents SET duplicate_of = ? WHERE id = ?", [other, document])
        update_row(conn, "documents", row, {"outcome": "duplicate", "reason": None})
    return done


def is_no_copy(store: Store, who: str, document: int, version: str) -> Done:
    """The reply is a note of its own and not another one scanned again; its rows count.

    Raises:
        EditStale: somebody else changed the note.
    """
    with doing(store, who, "a note of its own", document) as (conn, done):
        row = get_document(store, document)
        check_note(row, version, None)
        update_row(conn, "documents", row, {"same_as": None})
    return done


def is_revision_of(
    store: Store, who: str, document: int, version: str, other: int, mode: str
) -> Done:
    """The reply changes an earlier one: ``replaces``, ``adds`` or ``substitutes``.

    Raises:
        EditStale: somebody else changed the note.
        EditRefused: there is no such way to revise, or the other is the note itself.
    """
    with doing(store, who, "revision", document) as (conn, done):
        row = get_document(store, document)
        get_document(store, other)
        check_note(row, version, None)
        new: dict[str, object] = {"kind": "revision", "revision": mode}
        if mode == "replaces" or other == document:
            new["supersedes"] = other  # the earlier note's rows are then no longer current
        update_row(conn, "documents", row, new)
    return done


def _named(store: Store, document: int) -> list[sqlite3.Row]:
    """The delegates that nobody has rejected."""
    return [row for row in delegates(store, document) if row["status"] != "rejected"]


def _write_note(
    store: Store,
    conn: sqlite3.Connection,
    document: int,
    version: str,
    values: Mapping[str, str],
) -> None:
    row = get_document(store, document)
    given = [field for field in EDITABLE_FACTS if field in values]
    new: dict[str, object] = {field: sanitize.one_line(values[field]) for field in given}
    if row["kind"] == "revision" and new.get("kind", "revision") != "revision":
        new["revision"] = None
    check_note(row, version, new)
    update_row(conn, "documents", row, new)


def _confirm(conn: sqlite3.Connection, who: str, document: int) -> None:
    conn.execute(
        "UPDATE documents SET needs_review = 0 WHERE id = ? AND needs_review = 1", [document]
    )
    conn.execute(
        "INSERT INTO reviews (document_id, who, at) VALUES (?, ?, ?)"
        " ON CONFLICT (document_id) DO UPDATE SET who = excluded.who, at = excluded.at",
        [document, who, sanitize.now()],
    )
