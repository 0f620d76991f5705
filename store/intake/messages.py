"""Messages that are kept: what waits, what was in them, what became of them.

``store.intake.keeping`` comes before. Every function may be killed anywhere and called again.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePath

from ingest.filenames import label
from ingest.types import FILE, SCANNER, ParsedMessage
from store import sanitize
from store.db.database import Store
from store.db.statements import insert
from store.errors import UnknownRecord
from store.intake import answers
from store.intake.document_rows import DocumentRow, add_document
from store.intake.keeping import copy_facts

_PATH = (  # no value of anybody's in the text
    "SELECT folder FROM sightings WHERE message = messages.id AND uidvalidity = 0"  # noqa: S608
    f" AND account IN ('{FILE}', '{SCANNER}') ORDER BY folder LIMIT 1"
)

AT_ONCE = 100
"""Rows that are in memory at a time."""

MAX_ATTEMPTS = 3
"""A message or document that was begun this often and never ended is set aside."""


@dataclass(frozen=True, slots=True)
class PendingMessage:
    """A message that waits to be parsed; ``filename`` is a label, if it came as a file."""

    id: int
    sha256: str
    attempts: int
    filename: str | None = None


def known_uids(store: Store, account: str, folder: str, uidvalidity: int) -> frozenset[int]:
    """UIDs of this folder and epoch (RFC 9051 section 2.3.1.1) whose messages are kept."""
    row = store.one(  # one value: a row each costs ten times as much, at every poll
        "SELECT json_group_array(uid) FROM sightings"
        " WHERE account = ? AND folder = ? AND uidvalidity = ?",
        [sanitize.text(account), sanitize.text(folder), sanitize.integer(uidvalidity)],
    )
    return frozenset(json.loads(row[0])) if row is not None else frozenset()


def in_turn(store: Store) -> Iterator[PendingMessage]:
    """Messages kept and not parsed yet, oldest first, a few at a time: there may be millions."""
    after = 0
    while found := pending_messages(store, after):
        yield from found
        after = found[-1].id


def pending_messages(store: Store, after: int = 0) -> tuple[PendingMessage, ...]:
    """The next messages behind the one with the number ``after`` that are not parsed yet."""
    return tuple(
        PendingMessage(row["id"], row["sha256"], row["attempts"], _label(row["path"]))
        for row in store.rows(
            f"SELECT id, sha256, attempts, ({_PATH}) AS path FROM messages"  # noqa: S608
            " WHERE outcome = 'pending' AND parsed_at IS NULL AND id > ? ORDER BY id LIMIT ?",
            [after, AT_ONCE],
        )
    )


def filename(store: Store, message: int) -> str | None:
    """What the file was called that a message came as; None for one from a mailbox."""
    row = store.one(f"SELECT ({_PATH}) FROM messages WHERE id = ?", [message])  # noqa: S608
    return _label(row[0]) if row is not None else None


def _label(path: str | None) -> str | None:
    return label(PurePath(path).name) if path else None


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
            if attachment.dropped is None and not store.originals.refuses(attachment.sha256):
                store.originals.write(attachment.data, attachment.sha256)
        store.originals.settle()
        with store.writing() as conn:
            answered = answers.draft_answered(conn, parsed)
            if answered is not None:
                parsed = answers.as_meant_for_us(parsed)
                answers.note(conn, message, answered, parsed)
            _record_facts(conn, message, parsed)
            for copy in conn.execute("SELECT id FROM messages WHERE duplicate_of = ?", [message]):
                copy_facts(conn, message, copy[0])
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
    elif parsed.problem is not None:
        # a reply may be inside, beside what was found: a person has to look at the original
        outcome, reason = "set_aside", parsed.problem
    elif not kept:
        outcome, reason = "processed", "no_attachment"
    conn.execute(
        "UPDATE messages SET message_id = ?, from_address = ?, subject = ?, sent_at = ?,"
        " received_at = coalesce(received_at, ?), outcome = ?, reason = ?, problem = ?,"
        " parsed_at = ?, attempts = 0 WHERE id = ?",
        [
            sanitize.label(parsed.message_id),
            sanitize.label(parsed.from_address),
            sanitize.label(parsed.subject),
            sanitize.moment(parsed.sent_at),
            sanitize.moment(parsed.received_at),
            outcome,
            sanitize.one_line(reason),
            sanitize.one_line(parsed.problem),
            sanitize.now(),
            message,
        ],
    )


def _record_attachments(conn: sqlite3.Connection, message: int, parsed: ParsedMessage) -> None:
    received_at = conn.execute(
        "SELECT received_at FROM messages WHERE id = ?", [message]
    ).fetchone()[0]
    conn.execute("DELETE FROM dropped_parts WHERE message = ?", [message])  # of an earlier attempt
    known = {
        tuple(row)
        for row in conn.execute(
            "SELECT sha256, filename FROM documents WHERE message = ?", [message]
        )
    }
    for part, attachment in enumerate(parsed.attachments, start=1):
        name = sanitize.label(attachment.filename) or "unnamed"
        told = sanitize.one_line(attachment.media_type) or "application/octet-stream"
        digest, size = attachment.sha256, len(attachment.data)
        if attachment.dropped is not None:
            row = {"message": message, "filename": name, "media_type": told, "sha256": digest}
            reason = sanitize.one_line(attachment.dropped) or "dropped"
            insert(conn, "dropped_parts", {**row, "bytes": size, "reason": reason})
        elif (digest, name) not in known:
            found = DocumentRow(name, told, digest, size, attachment.problem, attachment.marks)
            add_document(conn, found, received_at, message=message, part=part)


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
            [sanitize.one_line(reason) or "unknown", message],
        )


def retry(store: Store, message: int | None = None) -> int:
    """Let set-aside messages be taken apart again: one, or all.

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
            "UPDATE messages SET outcome = 'pending', reason = NULL, attempts = 0,"  # noqa: S608
            " parsed_at = NULL"
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
