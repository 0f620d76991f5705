"""Kept first: raw messages and scans on the disk, then in the database, before anything else.

The original is on the disk before its row is written, and the row is committed before the
bytes are parsed. Every function may be killed anywhere and called again.
"""

from __future__ import annotations

import errno
import json
import sqlite3
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from types import TracebackType

from ingest.types import ItemKey, ItemKind, RawItem
from store import sanitize
from store.db.database import Store
from store.errors import DatabaseFull, OriginalUnusable
from store.intake import outbox

NO_KEYS: frozenset[ItemKey] = frozenset()

REFUSALS = frozenset(
    {
        "encrypted",
        "too_large",
        "too_many_pages",
        "unsupported_type",
        "not_a_scan",
        "nothing_inside",
    }
)
"""Problems for which an attachment is ``rejected``; with any other it is ``failed``."""

MOST_WAIT_S = 5.0
"""Over a slow line the rows do not wait for a whole batch: what is here is kept."""

BATCH = 8
"""Items a commit: one fsync of the database for each costs a fifth of the speed."""


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
def _disk_errors() -> Iterator[None]:
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
    with _disk_errors():
        store.originals.write(item.data, item.sha256)
        if settle:
            store.originals.settle()
    return _arrival(item)


def _arrival(item: RawItem) -> Arrival:
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
    listed: frozenset[ItemKey] = NO_KEYS,
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
    arrival = _arrival(item) if forgotten else put(store, item)
    return record(store, arrival, listed, afterwards=afterwards)


def record(
    store: Store,
    arrival: Arrival,
    listed: frozenset[ItemKey] = NO_KEYS,
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


class Batch:
    """Several items a commit: the originals go to the disk one by one, the rows come together.

    A context manager. An item counts as kept when its row is committed; before that it is still
    at its source, and is fetched again if this process is killed. The disk works in a thread
    while the source delivers the next item, and never on more than one.
    """

    def __init__(
        self, store: Store, listed: frozenset[ItemKey] = NO_KEYS, *, afterwards: bool = False
    ) -> None:
        self._store = store
        self._listed = listed
        self._afterwards = afterwards
        self._disk = ThreadPoolExecutor(1, "originals")
        self._writing: Future[Arrival] | None = None
        self._waiting: list[Arrival] = []
        self._committed = time.monotonic()

    def __enter__(self) -> Batch:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._disk.shutdown()

    def add(self, item: RawItem) -> tuple[tuple[Arrival, Kept], ...]:
        """Take one item; what was committed by that, in order of arrival."""
        self._written()
        late = time.monotonic() - self._committed > MOST_WAIT_S
        done = self.commit() if len(self._waiting) >= BATCH or late else ()
        last = len(self._waiting) == BATCH - 1
        if self._store.originals.refuses(item.sha256):
            self._writing = self._disk.submit(_arrival, item)
        else:
            self._writing = self._disk.submit(put, self._store, item, settle=last)
        return done

    def commit(self) -> tuple[tuple[Arrival, Kept], ...]:
        """Write the rows of all that was taken."""
        self._written()
        self._committed = time.monotonic()
        if not self._waiting:
            return ()
        with _disk_errors():
            self._store.originals.settle()
        with self._store.writing():
            done = tuple(
                (item, record(self._store, item, self._listed, afterwards=self._afterwards))
                for item in self._waiting
            )
        self._waiting = []
        return done

    def _written(self) -> None:
        """Waits for the disk; what went wrong there is raised here."""
        if self._writing is not None:
            writing, self._writing = self._writing, None
            self._waiting.append(writing.result())


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


def _keep_message(
    store: Store, conn: sqlite3.Connection, item: Arrival, listed: frozenset[ItemKey]
) -> Kept:
    copies = [
        row["id"]
        for row in store.rows("SELECT id FROM messages WHERE sha256 = ? ORDER BY id", [item.sha256])
    ]
    for copy in copies:
        places = _places(store, copy)
        if item.key in places or not places & listed:
            _see(conn, copy, item.key)
            return Kept(copy, None, new=False)
    message = conn.execute(
        "INSERT INTO messages (sha256, bytes, outcome, received_at, duplicate_of, kept_at)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        [
            item.sha256,
            item.size,
            "duplicate" if copies else "pending",
            sanitize.moment(item.received_at),
            copies[0] if copies else None,
            sanitize.now(),
        ],
    ).lastrowid
    if message is None:
        raise AssertionError("SQLite gave no id")
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


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A document as it is written."""

    filename: str
    media_type: str
    sha256: str
    size: int
    problem: str | None
    marks: tuple[str, ...] = ()


def add_document(
    conn: sqlite3.Connection,
    row: DocumentRow,
    received_at: str | None,
    *,
    message: int | None = None,
    part: int | None = None,
) -> int:
    """Write a document; bytes that are known already make it a duplicate.

    Returns:
        Its id.
    """
    outcome, reason, first = "pending", None, None
    if row.problem is not None:
        outcome = "rejected" if row.problem in REFUSALS else "failed"
        reason = row.problem
    else:
        known = conn.execute(
            "SELECT id FROM documents WHERE sha256 = ? AND duplicate_of IS NULL"
            " AND problem IS NULL ORDER BY id",
            [row.sha256],
        ).fetchone()
        if known:
            outcome, first = "duplicate", known[0]
    found = conn.execute(
        "INSERT INTO documents (sha256, bytes, filename, media_type, message, part, received_at,"
        " outcome, reason, problem, duplicate_of, kept_at, arrival_marks)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            row.sha256,
            row.size,
            row.filename,
            row.media_type,
            message,
            part,
            received_at,
            outcome,
            sanitize.one_line(reason),
            sanitize.one_line(row.problem),
            first,
            sanitize.now(),
            json.dumps([sanitize.one_line(mark) for mark in row.marks]),
        ],
    ).lastrowid
    if found is None:
        raise AssertionError("SQLite gave no id")
    return found
