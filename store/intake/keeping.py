"""Kept first: raw messages and scans on the disk, then in the database, before anything else.

The original is on the disk before its row is written, and the row is committed before the
bytes are parsed. Every function may be killed anywhere and called again.
"""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Container, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from ingest.types import ItemKey, ItemKind, RawItem
from store import sanitize
from store.db.database import Store
from store.db.statements import insert
from store.errors import DatabaseFull, OriginalUnusable
from store.intake import outbox
from store.intake.document_rows import DocumentRow, add_document

NO_KEYS: frozenset[ItemKey] = frozenset()

Listed = Container[ItemKey]
"""Everything that is at a source now; it may look when it is asked."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What ``keep`` did: the row that stands for the item, and whether it is a new one."""

    message: int | None
    document: int | None
    new: bool


@dataclass(frozen=True, slots=True)
class Arrival:
    """An item whose original is on the disk and whose row is not written yet."""

    key: ItemKey
    kind: ItemKind
    sha256: str
    size: int
    received_at: datetime | None
    filename: str | None
    problem: str | None


@contextmanager
def disk_errors() -> Iterator[None]:
    """What the disk refuses, in our words."""
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
            raise DatabaseFull("There is no room left to keep a message.") from error
        raise OriginalUnusable(
            f"The folder of kept originals cannot be written ({error.strerror})."
        ) from error


def put(store: Store, item: RawItem, *, settle: bool = True) -> Arrival:
    """Put the original of an item on the disk; its bytes need not stay in memory then.

    Without ``settle`` the caller does that before it writes the row.

    Raises:
        DatabaseFull: there is no room; the item is still at its source.
        OriginalUnusable: the folder cannot be written.
    """
    with disk_errors():
        store.originals.write(item.data, item.sha256)
        if settle:
            store.originals.settle()
    return arrival_of(item)


def arrival_of(item: RawItem) -> Arrival:
    """The item without its bytes."""
    return Arrival(
        item.key,
        item.kind,
        item.sha256,
        len(item.data),
        item.received_at,
        item.filename,
        item.problem,
    )


def keep(
    store: Store,
    item: RawItem,
    listed: Listed = NO_KEYS,
    *,
    afterwards: bool = False,
) -> Kept:
    """Keep one raw item for good: original first, then its row.

    Args:
        store: where to.
        item: a message or a bare scan.
        listed: everything that is at the source now. A message with known bytes whose earlier
            places are all gone was renumbered or moved; one that is still there as well came
            twice, and gets a row of its own with the outcome ``duplicate``.
        afterwards: something is to be done at the source afterwards; see ``store.intake.outbox``.
    """
    forgotten = store.originals.refuses(item.sha256)
    arrival = arrival_of(item) if forgotten else put(store, item)
    return record(store, arrival, listed, afterwards=afterwards)


def record(
    store: Store,
    arrival: Arrival,
    listed: Listed = NO_KEYS,
    *,
    afterwards: bool = False,
) -> Kept:
    """Write the row of an item that ``put`` has put on the disk.

    One whose source has a problem with it (too large to take whole) is set aside.
    """
    with store.writing() as conn:
        if arrival.kind == "scan":
            return _keep_scan(conn, arrival)
        kept = _keep_message(store, conn, arrival, listed)
        if kept.message is None:
            return kept
        if arrival.problem is not None and kept.new:
            conn.execute(
                "UPDATE messages SET outcome = 'set_aside', reason = ? WHERE id = ?",
                [sanitize.one_line(arrival.problem), kept.message],
            )
        if afterwards and arrival.problem is None:
            outbox.add(conn, kept.message, arrival.key)
        return kept


def _keep_scan(conn: sqlite3.Connection, item: Arrival) -> Kept:
    filename = sanitize.label(item.filename) or "unnamed"
    known = conn.execute(
        "SELECT id FROM documents WHERE sha256 = ? AND message IS NULL"
        " AND enclosed_in IS NULL AND (filename = ? OR forgotten_at IS NOT NULL) ORDER BY id",
        [item.sha256, filename],
    ).fetchone()
    if known:
        return Kept(None, known[0], new=False)
    row = DocumentRow(filename, "application/octet-stream", item.sha256, item.size, item.problem)
    return Kept(None, add_document(conn, row, sanitize.moment(item.received_at)), new=True)


def _keep_message(store: Store, conn: sqlite3.Connection, item: Arrival, listed: Listed) -> Kept:
    copies = [
        row["id"]
        for row in store.rows("SELECT id FROM messages WHERE sha256 = ? ORDER BY id", [item.sha256])
    ]
    for copy in copies:
        places = _places(store, copy)
        if item.key in places or not any(place in listed for place in places):
            _see(conn, copy, item.key)
            return Kept(copy, None, new=False)
    row = {
        "sha256": item.sha256,
        "bytes": item.size,
        "outcome": "duplicate" if copies else "pending",
        "received_at": sanitize.moment(item.received_at),
        "duplicate_of": copies[0] if copies else None,
        "kept_at": sanitize.now(),
    }
    message = insert(conn, "messages", row)
    if copies:
        copy_facts(conn, copies[0], message)
    _see(conn, message, item.key)
    return Kept(message, None, new=True)


def copy_facts(conn: sqlite3.Connection, first: int, second: int) -> None:
    """A duplicate is not parsed; what is known of the first copy holds for it as well."""
    conn.execute(
        "UPDATE messages SET (message_id, from_address, subject, sent_at) ="
        " (SELECT message_id, from_address, subject, sent_at FROM messages WHERE id = ?)"
        " WHERE id = ?",
        [first, second],
    )


def _places(store: Store, message: int) -> frozenset[ItemKey]:
    return frozenset(
        ItemKey(row["account"], row["folder"], row["uidvalidity"], row["uid"])
        for row in store.rows("SELECT * FROM sightings WHERE message = ?", [message])
    )


def _see(conn: sqlite3.Connection, message: int, key: ItemKey) -> None:
    """Note where a message is now. A place holds the message that was seen there last."""
    place = [
        sanitize.text(key.account),
        sanitize.text(key.folder),
        sanitize.integer(key.uidvalidity),
        sanitize.integer(key.uid),
    ]
    conn.execute(
        "DELETE FROM sightings WHERE account = ? AND folder = ? AND uidvalidity = ? AND uid = ?"
        " AND message <> ?",
        [*place, message],
    )
    conn.execute(
        "INSERT INTO sightings (account, folder, uidvalidity, uid, message, seen_at)"
        " VALUES (?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (account, folder, uidvalidity, uid) DO NOTHING",
        [*place, message, sanitize.now()],
    )
