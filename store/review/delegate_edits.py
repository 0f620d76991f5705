"""What a person does to the delegates of a reply: edits that know what they were based on.

Every function takes the version of what the person saw. If the row has changed since, nothing
is written and ``EditStale`` is raised, unless the row says already what the person wants.
Every function returns a ``Done``, with which ``store.review.undo`` can take it back.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping

from store import sanitize
from store.db.database import Store
from store.db.statements import insert
from store.errors import EditRefused, EditStale
from store.fields import AS_PRINTED
from store.review.rows import (
    check_delegate,
    delegates,
    document_of,
    get_delegate,
    order_version,
    update_row,
)
from store.review.two_rows import merged, parted, refuse_to_lose
from store.review.undo import Done, doing


def save_delegate(
    store: Store,
    who: str,
    delegate: int,
    version: str,
    values: Mapping[str, str],
    status: str | None = None,
) -> Done:
    """Write a delegate's fields, and what the person decided about the row.

    Args:
        store: where to.
        who: the person's name, for ``corrections``.
        delegate: id of the row.
        version: as it was shown to the person.
        values: fields by name, ``name_latin`` among them; those left out stay.
        status: ``approved``, ``rejected`` or ``new`` (to look at once more); None leaves it to
            the triggers, which set ``corrected`` when a value changes.

    Raises:
        EditStale: somebody else changed the row.
        EditRefused: a value is not valid.
    """
    label = {"approved": "accepted", "rejected": "rejected"}.get(status or "", "edited")
    with doing(store, who, label, document_of(store, delegate)) as (conn, done):
        row = get_delegate(store, delegate)
        new: dict[str, object] = {
            f: sanitize.one_line(values[f]) for f in (*AS_PRINTED, "name_latin") if f in values
        }
        if new.get("email"):
            new["email"] = str(new["email"]).lower()
        if status is not None:
            new["status"] = status
        check_delegate(row, version, new)
        update_row(conn, "delegates", row, new)
    return done


def add_delegate(
    store: Store, who: str, document: int, values: Mapping[str, str], after: int | None = None
) -> Done:
    """Add a person, at the end or after another delegate.

    Raises:
        EditRefused: a value is not valid, or there is no name.
    """
    with doing(store, who, "added", document) as (conn, done):
        done.delegate = _insert(store, conn, document, values, after)
    return done


def remove_delegate(store: Store, who: str, delegate: int, version: str) -> Done:
    """Take out a row that a person added; one that was read is rejected instead.

    Raises:
        EditStale: somebody else changed the row.
    """
    if get_delegate(store, delegate)["origin"] != "added":
        return save_delegate(store, who, delegate, version, {}, "rejected")
    with doing(store, who, "removed", document_of(store, delegate)) as (conn, done):
        check_delegate(get_delegate(store, delegate), version, None)
        conn.execute("DELETE FROM delegates WHERE id = ?", [delegate])
    return done


def split_delegate(store: Store, who: str, delegate: int, version: str) -> Done:
    """Make two persons of one row: what stands after "and", ";" or "/" goes to the second.

    Title and organization, where they cannot be parted, are on both. Both rows are to be checked.

    Raises:
        EditStale: somebody else changed the row.
    """
    with doing(store, who, "split", document_of(store, delegate)) as (conn, done):
        row = get_delegate(store, delegate)
        check_delegate(row, version, None)
        first: dict[str, object] = {}
        second: dict[str, str] = {}
        for field in ("name", "title", "organization", "email", "honorific"):
            one, other = parted(field, row[field])
            first[field] = one
            second[field] = other or ""
        second["name"] = second["name"] or str(row["name"])
        update_row(conn, "delegates", row, first)
        done.delegate = _insert(store, conn, row["document_id"], second, delegate)
        _to_check(conn, delegate, done.delegate)
    return done


def merge_delegates(
    store: Store, who: str, delegate: int, version: str, into: int, into_version: str
) -> Done:
    """Make one person of two rows: the second's values go where the first has none.

    Two parts of a name, a title or an organization are joined. The first row is to be checked,
    the second is rejected.

    Raises:
        EditStale: somebody else changed one of the rows.
        EditRefused: the two are of different notes, or the same; or each has an address or a
            telephone of its own, of which one would be lost.
    """
    with doing(store, who, "merged", document_of(store, delegate)) as (conn, done):
        row, target = get_delegate(store, delegate), get_delegate(store, into)
        if row["document_id"] != target["document_id"] or delegate == into:
            raise EditRefused("Only two delegates of one note can be merged.")
        check_delegate(row, version, None)
        check_delegate(target, into_version, None)
        refuse_to_lose(target, row)
        update_row(conn, "delegates", target, merged(target, row))
        if row["origin"] == "added":
            conn.execute("DELETE FROM delegates WHERE id = ?", [delegate])
        else:
            update_row(conn, "delegates", row, {"status": "rejected"})
        _to_check(conn, into)
        done.delegate = into
    return done


def move_delegate(store: Store, who: str, delegate: int, order: str, *, up: bool) -> Done:
    """Move a delegate one place up or down.

    Raises:
        EditStale: delegates came, went or were moved meanwhile.
    """
    document = document_of(store, delegate)
    with doing(store, who, "moved", document) as (conn, done):
        rows = delegates(store, document)
        ids = [row["id"] for row in rows]
        if order_version(ids) != order:
            raise EditStale("The order of the delegates has changed.", ("documents", document))
        here = ids.index(delegate)
        there = here - 1 if up else here + 1
        if 0 <= there < len(ids):
            ids[here], ids[there] = ids[there], ids[here]
            _number(conn, rows, ids)
    return done


def swap_address(
    store: Store, who: str, delegate: int, version: str, other: int, other_version: str
) -> Done:
    """Give a delegate's address to another, and that one's, if it has one, to the first.

    Both rows are to be checked: nobody has said yet that the rest of them is right.

    Raises:
        EditStale: somebody else changed one of the rows.
        EditRefused: the two are of different notes.
    """
    with doing(store, who, "address moved", document_of(store, delegate)) as (conn, done):
        row, target = get_delegate(store, delegate), get_delegate(store, other)
        if row["document_id"] != target["document_id"]:
            raise EditRefused("An address can only go to a delegate of the same note.")
        check_delegate(row, version, None)
        check_delegate(target, other_version, None)
        update_row(conn, "delegates", row, {"email": target["email"]})
        update_row(conn, "delegates", target, {"email": row["email"]})
        _to_check(conn, delegate, other)
    return done


def set_current(store: Store, who: str, delegate: int, version: str, *, current: bool) -> Done:
    """Whether a person of an earlier note still comes.

    Raises:
        EditStale: somebody else changed the row.
    """
    label = "still comes" if current else "no longer comes"
    with doing(store, who, label, document_of(store, delegate)) as (conn, done):
        row = get_delegate(store, delegate)
        check_delegate(row, version, None)
        update_row(conn, "delegates", row, {"current": int(current)})
    return done


def accept_certain(store: Store, who: str, rows: Mapping[int, str]) -> Done:
    """Accept rows of which nothing is doubtful, after a look at all of them.

    Args:
        store: where to.
        who: the person's name.
        rows: versions as they were shown, by id; of one note or of several.

    Raises:
        EditStale: somebody else changed one of them.
        EditRefused: there are none, or one of them is doubtful: it needs a look of its own.
    """
    if not rows:
        raise EditRefused("nothing is left that is certain")
    label = f"accepted {len(rows)} that nobody doubts"
    first = document_of(store, next(iter(rows)))
    with doing(store, who, label, first) as (conn, done):
        for delegate, version in rows.items():
            row = get_delegate(store, delegate)
            check_delegate(row, version, {"status": "approved"})
            if row["status"] == "needs_review":
                raise EditRefused(f"something about {row['name']} is doubtful: look at that row")
            update_row(conn, "delegates", row, {"status": "approved"})
    return done


def _to_check(conn: sqlite3.Connection, *rows: int) -> None:
    """Put together or taken apart is not read: the rows wait for somebody to look at them."""
    conn.executemany(
        "UPDATE delegates SET status = 'needs_review' WHERE id = ? AND status <> 'rejected'",
        [(row,) for row in rows],
    )


def _insert(
    store: Store,
    conn: sqlite3.Connection,
    document: int,
    values: Mapping[str, str],
    after: int | None,
) -> int:
    new = {field: sanitize.one_line(values.get(field)) for field in AS_PRINTED}
    row = {**new, "name": new["name"] or "", "document_id": document}
    found = insert(conn, "delegates", row)
    rows = delegates(store, document)
    ids = [row["id"] for row in rows if row["id"] != found]
    ids.insert(ids.index(after) + 1 if after in ids else len(ids), found)
    _number(conn, rows, ids)
    return found


def _number(conn: sqlite3.Connection, rows: list[sqlite3.Row], ids: list[int]) -> None:
    """Give the rows numbers in this order, changing as few as can be."""
    seq_of = {row["id"]: row["seq"] for row in rows}
    last = 0
    for place, delegate in enumerate(ids):
        later = [seq_of[other] for other in ids[place + 1 :]]
        number = seq_of[delegate]
        if number <= last or any(number > other for other in later):
            number = last + 1
        if number != seq_of[delegate]:
            conn.execute("UPDATE delegates SET seq = ? WHERE id = ?", [number, delegate])
        last = number
