"""Numberings of a mailbox folder: UIDVALIDITY as it was met, and what that means.

When it changes, every UID means another message. Nothing is lost by it: all messages are listed
as new, and those that are kept already are recognised by their bytes.
"""

from __future__ import annotations

from dataclasses import dataclass

from store import sanitize
from store.db.database import Store


@dataclass(frozen=True, slots=True)
class Epoch:
    """One numbering of a folder; ``began_at`` is UTC, ``listed`` counts messages then."""

    account: str
    folder: str
    uidvalidity: int
    began_at: str
    listed: int
    uidnext: int


def met(
    store: Store, account: str, folder: str, uidvalidity: int, *, listed: int, uidnext: int
) -> Epoch | None:
    """Note the numbering that a poll has met.

    Returns:
        The numbering before, when this one is new and there was another; else None.
    """
    before = epochs(store, account, folder)
    known = next((epoch for epoch in before if epoch.uidvalidity == uidvalidity), None)
    if known is not None and known.uidnext == uidnext:
        return None
    with store.writing() as conn:
        conn.execute(
            "INSERT INTO epochs (account, folder, uidvalidity, began_at, listed, uidnext)"
            " VALUES (?, ?, ?, ?, ?, ?)"
            " ON CONFLICT (account, folder, uidvalidity) DO UPDATE SET uidnext = excluded.uidnext",
            [
                sanitize.text(account),
                sanitize.text(folder),
                sanitize.integer(uidvalidity),
                sanitize.now(),
                listed,
                sanitize.integer(uidnext),
            ],
        )
    return before[-1] if before and known is None else None


def epochs(
    store: Store, account: str | None = None, folder: str | None = None
) -> tuple[Epoch, ...]:
    """All numberings met, oldest first; more than one for a folder is worth a word."""
    return tuple(
        Epoch(
            row["account"],
            row["folder"],
            row["uidvalidity"],
            row["began_at"],
            row["listed"],
            row["uidnext"],
        )
        for row in store.rows(
            "SELECT * FROM epochs WHERE (:account IS NULL OR account = :account)"
            " AND (:folder IS NULL OR folder = :folder) ORDER BY id",
            {"account": sanitize.text(account), "folder": sanitize.text(folder)},
        )
    )
