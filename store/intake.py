"""Taking in: raw messages and scans are kept before anything looks into them.

The original is on the disk before its row is written, and the row is committed before the
bytes are parsed. Every function may be killed anywhere and called again.
"""

from __future__ import annotations

import errno
import sqlite3
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from types import TracebackType

from ingest.types import ItemKey, ItemKind, ParsedMessage, RawItem
from store import edge, outbox
from store.database import Store
from store.errors import DatabaseFull, OriginalUnusable, UnknownRecord

NO_KEYS: frozenset[ItemKey] = frozenset()

REFUSALS = frozenset({"encrypted", "too_large", "too_many_pages", "unsupported_type", "not_a_scan"})
"""Problems for which an attachment is ``rejected``; with any other it is ``failed``."""

MAX_ATTEMPTS = 3
"""A message or document that was begun this often and never ended is set aside."""


BATCH = 8
"""Items a commit: one fsync of the database for each costs a fifth of the speed."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What ``keep`` did: the row that stands for the item, and whether it is a new one."""

    message: int | None
    document: int | None
    new: bool


@dataclass(frozen=True, slots=True)
class PendingMessage:
    """A message that waits to be parsed."""

    id: int
    sha256: str
    attempts: int


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


def put(store: Store, item: RawItem, *, settle: bool = True) -> Arrival:
    """Put the original of an item on the disk; its bytes need not stay in memory then.

    Without ``settle`` the caller does that before it writes the row.

    Raises:
        DatabaseFull: there is no room; the item is still at its source.
        OriginalUnusable: the folder cannot be written.
    """
    try:
        store.originals.write(item.data, item.sha256)
        if settle:
            store.originals.settle()
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
            raise DatabaseFull("There is no room left to keep a message.") from error
        raise OriginalUnusable(
            f"The folder of kept originals cannot be written ({error.strerror})."
        ) from error
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
    errand: bool = False,
) -> Kept:
    """Keep one raw item for good: original first, then its row.

    Args:
        store: where to.
        item: a message or a bare scan.
        listed: everything that is at the source now. A message with known bytes whose earlier
            places are all gone was renumbered or moved; one that is still there as well came
            twice, and gets a row of its own with the outcome ``duplicate``.
        errand: something is to be done at the source afterwards; see ``store.outbox``.
    """
    return record(store, put(store, item), listed, errand=errand)


def record(
    store: Store, arrival: Arrival, listed: frozenset[ItemKey] = NO_KEYS, *, errand: bool = False
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
            set_aside(store, kept.message, arrival.problem)
        if errand and arrival.problem is None:
            outbox.add(conn, kept.message, arrival.key)
        return kept


class Batch:
    """Several items a commit: the originals go to the disk one by one, the rows come together.

    A context manager. An item counts as kept when its row is committed; before that it is still
    at its source, and is fetched again if this process is killed. The disk works in a thread
    while the source delivers the next item, and never on more than one.
    """

    def __init__(
        self, store: Store, listed: frozenset[ItemKey] = NO_KEYS, *, errand: bool = False
    ) -> None:
        self._store = store
        self._listed = listed
        self._errand = errand
        self._disk = ThreadPoolExecutor(1, "originals")
        self._writing: Future[Arrival] | None = None
        self._waiting: list[Arrival] = []

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
        done = self.commit() if len(self._waiting) >= BATCH else ()
        last = len(self._waiting) == BATCH - 1
        self._writing = self._disk.submit(put, self._store, item, settle=last)
        return done

    def commit(self) -> tuple[tuple[Arrival, Kept], ...]:
        """Write the rows of all that was taken."""
        self._written()
        if not self._waiting:
            return ()
        self._store.originals.settle()
        with self._store.writing():
            done = tuple(
                (item, record(self._store, item, self._listed, errand=self._errand))
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
    filename = edge.one_line(item.filename) or "unnamed"
    known = conn.execute(
        "SELECT id FROM documents WHERE sha256 = ? AND filename = ? AND message IS NULL"
        " ORDER BY id",
        [item.sha256, filename],
    ).fetchone()
    if known:
        return Kept(None, known[0], new=False)
    row = _Row(filename, "application/octet-stream", item.sha256, item.size, None)
    return Kept(None, _add_document(conn, row, edge.moment(item.received_at)), new=True)


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
            edge.moment(item.received_at),
            copies[0] if copies else None,
            edge.now(),
        ],
    ).lastrowid
    if message is None:
        raise AssertionError("SQLite gave no id")
    if copies:
        _copy_facts(conn, copies[0], message)
    _see(conn, message, item.key)
    return Kept(message, None, new=True)


def _copy_facts(conn: sqlite3.Connection, first: int, second: int) -> None:
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
        edge.text(key.account),
        edge.text(key.folder),
        edge.integer(key.uidvalidity),
        edge.integer(key.uid),
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
        [*place, message, edge.now()],
    )


def known_uids(store: Store, account: str, folder: str, uidvalidity: int) -> frozenset[int]:
    """UIDs of this folder and epoch (RFC 9051 section 2.3.1.1) whose messages are kept."""
    return frozenset(
        row["uid"]
        for row in store.rows(
            "SELECT uid FROM sightings WHERE account = ? AND folder = ? AND uidvalidity = ?",
            [edge.text(account), edge.text(folder), edge.integer(uidvalidity)],
        )
    )


def pending_messages(store: Store) -> tuple[PendingMessage, ...]:
    """Messages kept and not parsed yet, oldest first."""
    return tuple(
        PendingMessage(row["id"], row["sha256"], row["attempts"])
        for row in store.rows(
            "SELECT id, sha256, attempts FROM messages"
            " WHERE outcome = 'pending' AND parsed_at IS NULL ORDER BY id"
        )
    )


def add_parsed(store: Store, message: int, parsed: ParsedMessage) -> tuple[int, ...]:
    """Record what is in a message; its attachments become documents.

    Returns:
        The ids of the message's documents. A message recorded before is left as it is.

    Raises:
        UnknownRecord: there is no such message.
    """
    row = store.one("SELECT parsed_at FROM messages WHERE id = ?", [message])
    if row is None:
        raise UnknownRecord(f"There is no message {message}.")
    if row["parsed_at"] is None:
        for attachment in parsed.attachments:
            if attachment.dropped is None:
                store.originals.write(attachment.data, attachment.sha256)
        store.originals.settle()
        with store.writing() as conn:
            _record_facts(conn, message, parsed)
            for copy in conn.execute("SELECT id FROM messages WHERE duplicate_of = ?", [message]):
                _copy_facts(conn, message, copy[0])
            if parsed.skip_reason is None:
                _record_attachments(conn, message, parsed)
    return tuple(
        found["id"]
        for found in store.rows("SELECT id FROM documents WHERE message = ? ORDER BY id", [message])
    )


def _record_facts(conn: sqlite3.Connection, message: int, parsed: ParsedMessage) -> None:
    kept = any(a.dropped is None for a in parsed.attachments)
    outcome, reason = "pending", None
    if parsed.skip_reason is not None:
        outcome, reason = "skipped", parsed.skip_reason
    elif not kept and parsed.problem is not None:
        # a reply may be inside: a person has to look at the original
        outcome, reason = "set_aside", parsed.problem
    elif not kept:
        outcome, reason = "processed", "no_attachment"
    conn.execute(
        "UPDATE messages SET message_id = ?, from_address = ?, subject = ?, sent_at = ?,"
        " received_at = coalesce(received_at, ?), outcome = ?, reason = ?, problem = ?,"
        " parsed_at = ?, attempts = 0 WHERE id = ?",
        [
            edge.one_line(parsed.message_id),
            edge.one_line(parsed.from_address),
            edge.one_line(parsed.subject),
            edge.moment(parsed.sent_at),
            edge.moment(parsed.received_at),
            outcome,
            edge.one_line(reason),
            edge.one_line(parsed.problem),
            edge.now(),
            message,
        ],
    )


def _record_attachments(conn: sqlite3.Connection, message: int, parsed: ParsedMessage) -> None:
    received_at = conn.execute(
        "SELECT received_at FROM messages WHERE id = ?", [message]
    ).fetchone()[0]
    for part, attachment in enumerate(parsed.attachments, start=1):
        if attachment.dropped is None:
            row = _Row(
                edge.one_line(attachment.filename) or "unnamed",
                edge.one_line(attachment.media_type) or "application/octet-stream",
                attachment.sha256,
                len(attachment.data),
                attachment.problem,
            )
            _add_document(conn, row, received_at, message=message, part=part)
        else:
            conn.execute(
                "INSERT INTO dropped_parts (message, filename, media_type, sha256, bytes, reason)"
                " VALUES (?, ?, ?, ?, ?, ?)",
                [
                    message,
                    edge.one_line(attachment.filename) or "unnamed",
                    edge.one_line(attachment.media_type) or "application/octet-stream",
                    attachment.sha256,
                    len(attachment.data),
                    edge.one_line(attachment.dropped) or "dropped",
                ],
            )


@dataclass(frozen=True, slots=True)
class _Row:
    """A document as it is written."""

    filename: str
    media_type: str
    sha256: str
    size: int
    problem: str | None


def _add_document(
    conn: sqlite3.Connection,
    row: _Row,
    received_at: str | None,
    *,
    message: int | None = None,
    part: int | None = None,
) -> int:
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
        " outcome, reason, problem, duplicate_of, kept_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            row.sha256,
            row.size,
            row.filename,
            row.media_type,
            message,
            part,
            received_at,
            outcome,
            edge.one_line(reason),
            edge.one_line(row.problem),
            first,
            edge.now(),
        ],
    ).lastrowid
    if found is None:
        raise AssertionError("SQLite gave no id")
    return found


def note_attempt(store: Store, message: int) -> int:
    """Record that parsing failed once more.

    Returns:
        Which attempt this is, from 1.
    """
    with store.writing() as conn:
        conn.execute("UPDATE messages SET attempts = attempts + 1 WHERE id = ?", [message])
        row = conn.execute("SELECT attempts FROM messages WHERE id = ?", [message]).fetchone()
    if row is None:
        raise UnknownRecord(f"There is no message {message}.")
    return int(row[0])


def set_aside(store: Store, message: int, reason: str) -> None:
    """Give up on a message until a person says otherwise."""
    with store.writing() as conn:
        conn.execute(
            "UPDATE messages SET outcome = 'set_aside', reason = ? WHERE id = ?",
            [edge.one_line(reason) or "unknown", message],
        )


def retry(store: Store, message: int | None = None) -> int:
    """Let set-aside messages be tried again: one, or all.

    Of a message that was too large only the header is here: it stays set aside, but its places
    are forgotten, so that the next poll asks for it again, under today's limits.

    Returns:
        How many are pending again, or will be asked for.
    """
    chosen = "outcome = 'set_aside' AND (id = :id OR :id IS NULL)"
    with store.writing() as conn:
        asked = conn.execute(
            "DELETE FROM sightings WHERE message IN"  # noqa: S608 - no value in the text
            f" (SELECT id FROM messages WHERE {chosen} AND reason = 'too_large')",
            {"id": message},
        ).rowcount
        pending = conn.execute(
            "UPDATE messages SET outcome = 'pending', reason = NULL, attempts = 0"  # noqa: S608
            f" WHERE {chosen} AND reason <> 'too_large'",
            {"id": message},
        ).rowcount
    return asked + pending


def close_messages(store: Store) -> None:
    """Parsed messages whose documents are all done are done too."""
    with store.writing() as conn:
        conn.execute(
            "UPDATE messages SET reason = NULL, outcome = CASE WHEN EXISTS"
            "   (SELECT 1 FROM documents WHERE message = messages.id AND outcome <> 'duplicate')"
            "  THEN 'processed' ELSE 'duplicate' END"
            " WHERE outcome = 'pending' AND parsed_at IS NOT NULL AND NOT EXISTS"
            "   (SELECT 1 FROM documents WHERE message = messages.id AND outcome = 'pending')"
        )
