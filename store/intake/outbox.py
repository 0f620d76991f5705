"""The outbox: what is to be done on the mail server with messages that are kept here.

Written in the transaction that keeps a message, acted on only after it (``ingest.afterwards``),
and marked done after the server has answered. Whoever is killed in between finds the row again.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from ingest.server_actions import Copying, ServerAction
from ingest.types import ItemKey
from store import sanitize
from store.db.database import Store

MAX_ATTEMPTS = 5
"""A message that the server refused to change this often is left where it is."""


def add(conn: sqlite3.Connection, message: int, key: ItemKey) -> None:
    """Note that something is to be done with a message; part of the caller's transaction.

    A copy that was begun under an earlier numbering of the folder is remembered.
    """
    conn.execute(
        "INSERT INTO outbox (message, account, folder, uidvalidity, uid, made_at,"
        " copy_folder, copy_uidvalidity, copy_uidnext)"
        " SELECT ?1, ?2, ?3, ?4, ?5, ?6, o.copy_folder, o.copy_uidvalidity, o.copy_uidnext"
        "   FROM (SELECT 1) LEFT JOIN (SELECT * FROM outbox WHERE message = ?1"
        "     AND state = 'waiting' AND copy_folder IS NOT NULL ORDER BY id DESC LIMIT 1) AS o"
        "  WHERE true"
        " ON CONFLICT (account, folder, uidvalidity, uid) DO NOTHING",
        [
            message,
            sanitize.text(key.account),
            sanitize.text(key.folder),
            sanitize.integer(key.uidvalidity),
            sanitize.integer(key.uid),
            sanitize.now(),
        ],
    )


def waiting(store: Store, account: str, folder: str, uidvalidity: int) -> tuple[ServerAction, ...]:
    """What can be done in a folder now, oldest first.

    A message that is set aside, not taken apart yet or not meant for us (``[filters]``) stays
    where it is: a person or the next poll comes back to it. A duplicate goes the way of the first.
    """
    return tuple(
        ServerAction(
            row["id"],
            ItemKey(account, folder, uidvalidity, row["uid"]),
            row["sha256"],
            Copying(row["copy_folder"], row["copy_uidvalidity"], row["copy_uidnext"])
            if row["copy_folder"]
            else None,
        )
        for row in store.rows(
            "SELECT o.*, m.sha256 FROM outbox AS o"
            "  JOIN messages AS m ON m.id = o.message"
            "  JOIN messages AS f ON f.id = coalesce(m.duplicate_of, m.id)"
            " WHERE o.account = ? AND o.folder = ? AND o.uidvalidity = ? AND o.state = 'waiting'"
            "   AND f.parsed_at IS NOT NULL AND f.outcome <> 'set_aside'"
            "   AND coalesce(f.reason, '') NOT GLOB 'filtered_*'"
            " ORDER BY o.id",
            [sanitize.text(account), sanitize.text(folder), sanitize.integer(uidvalidity)],
        )
    )


def give_up_earlier(store: Store, account: str, folder: str, uidvalidity: int) -> int:
    """Actions under an earlier numbering of the folder: their messages have new rows by now.

    Returns:
        How many there were.
    """
    place = [sanitize.text(account), sanitize.text(folder), sanitize.integer(uidvalidity)]
    stale = "account = ? AND folder = ? AND uidvalidity <> ? AND state = 'waiting'"
    if store.one(f"SELECT 1 FROM outbox WHERE {stale}", place) is None:  # noqa: S608
        return 0
    with store.writing() as conn:
        return conn.execute(
            "UPDATE outbox SET state = 'given_up', result = 'renumbered', done_at = ?"  # noqa: S608
            f" WHERE {stale}",
            [sanitize.now(), *place],
        ).rowcount


@dataclass(frozen=True, slots=True)
class OutboxLedger:
    """The outbox as ``ingest.afterwards`` writes it; each call is one transaction."""

    store: Store

    def begin(self, ids: tuple[int, ...], copying: Copying) -> None:
        """A COPY is about to be made; committed before it is."""
        place = [copying.folder, copying.uidvalidity, copying.uidnext]
        self._each(
            "UPDATE outbox SET copy_folder = ?, copy_uidvalidity = ?, copy_uidnext = ?"
            " WHERE id = ?",
            [[*place, number] for number in ids],
        )

    def done(self, ids: tuple[int, ...], how: str) -> None:
        """The server has done it."""
        self._each(
            "UPDATE outbox SET state = 'done', result = ?, done_at = ? WHERE id = ?",
            [[how, sanitize.now(), number] for number in ids],
        )

    def refused(self, ids: tuple[int, ...], why: str) -> None:
        """The server would not; after some tries the message is left where it is."""
        self._each(
            "UPDATE outbox SET attempts = attempts + 1, result = ?, done_at = ?,"
            " state = CASE WHEN attempts + 1 >= ? THEN 'given_up' ELSE state END WHERE id = ?",
            [[why, sanitize.now(), MAX_ATTEMPTS, number] for number in ids],
        )

    def _each(self, sql: str, rows: list[list[object]]) -> None:
        if rows:
            with self.store.writing() as conn:
                conn.executemany(sql, rows)
