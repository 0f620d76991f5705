"""Taking in: raw messages and scans are kept before anything looks into them.

The original is on the disk before its row is written, and the row is committed before the
bytes are parsed. Every function may be killed anywhere and called again.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from ingest.types import Attachment, ItemKey, ParsedMessage, RawItem
from store import edge
from store.database import Store
from store.errors import UnknownRecord

NO_KEYS: frozenset[ItemKey] = frozenset()

REFUSALS = frozenset({"encrypted", "too_large", "too_many_pages", "unsupported_type", "not_a_scan"})
"""Problems for which an attachment is ``rejected``; with any other it is ``failed``."""

MAX_ATTEMPTS = 3
"""A message or document that was begun this often and never ended is set aside."""


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


def keep(store: Store, item: RawItem, listed: frozenset[ItemKey] = NO_KEYS) -> Kept:
    """Keep one raw item for good: original first, then its row.

    Args:
        store: where to.
        item: a message or a bare scan.
        listed: everything that is at the source now. A message with known bytes whose earlier
            places are all gone was renumbered or moved; one that is still there as well came
            twice, and gets a row of its own with the outcome ``duplicate``.
    """
    store.originals.put(item.data)
    with store.writing() as conn:
        if item.kind == "scan":
            return _keep_scan(conn, item)
        return _keep_message(store, conn, item, listed)


def _keep_scan(conn: sqlite3.Connection, item: RawItem) -> Kept:
    filename = edge.one_line(item.filename) or "unnamed"
    known = conn.execute(
        "SELECT id FROM documents WHERE sha256 = ? AND message IS NULL"
        " AND (filename = ? OR forgotten_at IS NOT NULL) ORDER BY id",
        [item.sha256, filename],
    ).fetchone()
    if known:
        return Kept(None, known[0], new=False)
    attachment = Attachment(filename, "application/octet-stream", item.data)
    received_at = edge.moment(item.received_at)
    return Kept(None, _add_document(conn, attachment, received_at=received_at), new=True)


def _keep_message(
    store: Store, conn: sqlite3.Connection, item: RawItem, listed: frozenset[ItemKey]
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
            len(item.data),
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
                store.originals.put(attachment.data)
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
            _add_document(conn, attachment, received_at=received_at, message=message, part=part)
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


def _add_document(
    conn: sqlite3.Connection,
    attachment: Attachment,
    *,
    received_at: str | None,
    message: int | None = None,
    part: int | None = None,
) -> int:
    outcome, reason, first = "pending", None, None
    if attachment.problem is not None:
        outcome = "rejected" if attachment.problem in REFUSALS else "failed"
        reason = attachment.problem
    else:
        known = conn.execute(
            "SELECT id FROM documents WHERE sha256 = ? AND duplicate_of IS NULL"
            " AND problem IS NULL ORDER BY id",
            [attachment.sha256],
        ).fetchone()
        if known:
            outcome, first = "duplicate", known[0]
    found = conn.execute(
        "INSERT INTO documents (sha256, bytes, filename, media_type, message, part, received_at,"
        " outcome, reason, problem, duplicate_of, kept_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            attachment.sha256,
            len(attachment.data),
            edge.one_line(attachment.filename) or "unnamed",
            edge.one_line(attachment.media_type) or "application/octet-stream",
            message,
            part,
            received_at,
            outcome,
            edge.one_line(reason),
            edge.one_line(attachment.problem),
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
