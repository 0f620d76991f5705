"""Which draft replies are wanted, and which are in the mailbox: one a document and reason.

Wanted and its token are committed before the mail server hears of it, so that a run killed
anywhere finds its own draft again.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from store import sanitize
from store.db.database import Store
from store.errors import UnknownRecord

SINCE = "drafts_since"
"""Setting: documents of an earlier time get no drafts."""

MOST_REFUSED = 5
"""A draft that the server refused this often is given up, as a message in the outbox."""

REASONS = ("not_a_scan", "encrypted", "corrupt", "email_missing", "again")
"""``again``: a person asks for a file that was not read for another reason than these."""

_OWN_WORDS = ("not_a_scan", "encrypted", "corrupt")
"""Reasons why a file was not read that have a text of their own."""

LANGUAGES = ("ar", "en", "es", "fr", "ru", "zh")
FALLBACK = "en"

_TABLES = ("drafts", "reminder_drafts", "confirmation_drafts")
_MISSING = (
    "SELECT name FROM delegates WHERE document_id = ? AND current = 1 AND status <> 'rejected'"
    " AND coalesce(trim(email), '') = '' ORDER BY seq, id"
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A draft to be made: what it is about and the message it answers."""

    id: int
    document: int
    reason: str
    token: str
    language: str
    filename: str
    meeting: str | None
    note_reference: str | None
    to: str
    subject: str | None
    message_id: str | None


def want(store: Store) -> int:
    """Notes a draft for each document that needs one and has none.

    It is in the language of the note, or, where that is not known because the file was not read,
    in that of the sender's last note. Documents kept before drafts were first asked for are left
    alone. A file that is no scan
    needs no word when the same message brought one that was read.

    Returns:
        How many are new.
    """
    since = asked_for(store)
    rows = store.rows(
        "SELECT n.id, n.reason, n.outcome, coalesce(n.language,"
        "   (SELECT o.language FROM documents AS o JOIN messages AS p ON p.id = o.message"
        "     WHERE p.from_address = m.from_address AND o.language IS NOT NULL"
        "     ORDER BY o.id DESC LIMIT 1)) AS language FROM documents AS n"
        " JOIN messages AS m ON m.id = n.message"
        " WHERE n.kept_at >= ? AND m.from_address IS NOT NULL"
        " AND (n.outcome = 'rejected' AND n.reason IN ('not_a_scan', 'encrypted')"
        "   OR n.outcome = 'failed' AND n.reason = 'corrupt'"
        "   OR n.outcome = 'processed' AND n.kind IN ('nomination', 'revision') AND EXISTS"
        "     (SELECT 1 FROM delegates AS d WHERE d.document_id = n.id AND d.current = 1"
        "       AND d.status <> 'rejected' AND coalesce(trim(d.email), '') = ''))"
        " AND NOT (n.outcome = 'rejected' AND n.reason = 'not_a_scan' AND EXISTS"
        "   (SELECT 1 FROM documents AS o WHERE o.message = n.message"
        "     AND o.outcome IN ('processed', 'pending')))"
        " AND NOT EXISTS (SELECT 1 FROM drafts AS f WHERE f.document = n.id AND f.reason ="
        "   CASE n.outcome WHEN 'processed' THEN 'email_missing' ELSE n.reason END)"
        " ORDER BY n.id",
        [since],
    )
    if not rows:
        return 0
    with store.writing() as conn:
        conn.executemany(
            "INSERT OR IGNORE INTO drafts (document, reason, token, language, at)"
            " VALUES (?, ?, ?, ?, ?)",
            [
                [
                    row["id"],
                    "email_missing" if row["outcome"] == "processed" else row["reason"],
                    secrets.token_hex(16),
                    row["language"] if row["language"] in LANGUAGES else FALLBACK,
                    sanitize.now(),
                ]
                for row in rows
            ],
        )
    return len(rows)


def asked_for(store: Store) -> str:
    """Since when drafts are made, from the first call on."""
    row = store.one("SELECT value FROM settings WHERE key = ?", [SINCE])
    if row is not None:
        return str(row["value"])
    now = sanitize.now()
    with store.writing() as conn:
        conn.execute("INSERT OR IGNORE INTO settings (key, value) VALUES (?, ?)", [SINCE, now])
    return now


def wanted(store: Store) -> tuple[Wanted, ...]:
    """Drafts that are not in the mailbox yet, oldest first."""
    return tuple(
        Wanted(**{key: row[key] for key in row.keys()})  # noqa: SIM118 - a Row iterates values
        for row in store.rows(
            "SELECT f.id, f.document, f.reason, f.token, f.language, n.filename, n.meeting,"
            " n.note_reference, m.from_address AS 'to', m.subject, m.message_id"
            " FROM drafts AS f JOIN documents AS n ON n.id = f.document"
            " JOIN messages AS m ON m.id = n.message WHERE f.state = 'wanted' ORDER BY f.id"
        )
    )


def without_email(store: Store, document: int) -> tuple[str, ...]:
    """The delegates of a document for whom no address is known."""
    return tuple(row["name"] for row in store.rows(_MISSING, [document]))


@dataclass(frozen=True, slots=True)
class SentAgain:
    """A draft that asks for a file again: wanted, placed or given up, and why; a moment in UTC.

    ``who`` asked for it; None where the program saw that it is needed.
    """

    state: str
    error: str | None
    at: str
    who: str | None


def want_again(store: Store, document: int, who: str) -> None:
    """A person wants the sender of a file that was not read to be asked for it again.

    In the language in which the State wrote last, which its sender's notes tell. One that waits is
    enough; one that was laid or given up is made anew.

    Raises:
        UnknownRecord: there is no such document, it was read, or nobody is known to ask.
    """
    row = store.one(
        "SELECT n.reason, n.language, m.from_address, coalesce(n.state,"
        "   (SELECT o.state FROM messages AS p CROSS JOIN documents AS o ON o.message = p.id"
        "     WHERE p.from_address = m.from_address AND o.state IS NOT NULL"
        "     ORDER BY p.id DESC LIMIT 1)) AS state"
        " FROM documents AS n JOIN messages AS m ON m.id = n.message"
        " WHERE n.id = ? AND n.outcome IN ('rejected', 'failed') AND m.from_address IS NOT NULL",
        [document],
    )
    if row is None:
        raise UnknownRecord(f"Of document {document} nobody is to be asked for another copy.")
    newest = store.one(
        "SELECT language FROM documents WHERE state = ? AND outcome = 'processed'"
        " AND language IS NOT NULL ORDER BY note_date DESC, received_at DESC, id DESC LIMIT 1",
        [row["state"]],
    )
    spoken = newest["language"] if newest else row["language"]
    with store.writing(who) as conn:
        conn.execute(
            "INSERT INTO drafts (document, reason, token, language, at, who)"
            " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (document, reason) DO UPDATE SET"
            " token = excluded.token, language = excluded.language, at = excluded.at,"
            " who = excluded.who, state = 'wanted', attempts = 0, error = NULL"
            " WHERE state <> 'wanted'",
            [
                document,
                row["reason"] if row["reason"] in _OWN_WORDS else "again",
                secrets.token_hex(16),
                spoken if spoken in LANGUAGES else FALLBACK,
                sanitize.now(),
                sanitize.one_line(who) or "reviewer",
            ],
        )


def sent_again(store: Store) -> dict[int, SentAgain]:
    """The last draft of each document that asks for it again."""
    return {
        row["document"]: SentAgain(row["state"], row["error"], row["at"], row["who"])
        for row in store.rows("SELECT * FROM drafts WHERE reason <> 'email_missing' ORDER BY id")
    }


@dataclass(frozen=True, slots=True)
class WantedReminder:
    """A reminder to be made: of which meeting, by its reference, and for which State."""

    token: str
    meeting: str
    state: str


@dataclass(frozen=True, slots=True)
class ReminderDraft:
    """The last one for a State: wanted, placed or given up, and why; a moment in UTC."""

    state: str
    error: str | None
    at: str


def want_reminder(store: Store, meeting: str, state: str, who: str) -> None:
    """A person wants a reminder to be laid into the drafts; one that waits is enough."""
    with store.writing(sanitize.one_line(who) or "command line") as conn:
        conn.execute(
            "INSERT OR IGNORE INTO reminder_drafts (meeting, to_state, who, token, at)"
            " SELECT id, ?, ?, ?, ? FROM meetings WHERE reference = ?",
            [
                state,
                sanitize.one_line(who) or "command line",
                secrets.token_hex(16),
                sanitize.now(),
                sanitize.text(meeting),
            ],
        )


def wanted_reminders(store: Store) -> tuple[WantedReminder, ...]:
    """Reminders that are not in the mailbox yet, oldest first."""
    return tuple(
        WantedReminder(row["token"], row["reference"], row["to_state"])
        for row in store.rows(
            "SELECT r.token, r.to_state, m.reference FROM reminder_drafts AS r"
            " JOIN meetings AS m ON m.id = r.meeting WHERE r.state = 'wanted' ORDER BY r.id"
        )
    )


def reminder_drafts(store: Store, meeting: int) -> dict[str, ReminderDraft]:
    """The last one of each State for a meeting."""
    return {
        row["to_state"]: ReminderDraft(row["state"], row["error"], row["at"])
        for row in store.rows(
            "SELECT * FROM reminder_drafts WHERE meeting = ? ORDER BY id", [meeting]
        )
    }


def placed(store: Store, token: str) -> None:
    """The draft is in the mailbox; whatever people do with it, it is never made again."""
    with store.writing() as conn:
        for table in _TABLES:
            conn.execute(
                f"UPDATE {table} SET state = 'placed', error = NULL, at = ? WHERE token = ?",  # noqa: S608
                [sanitize.now(), token],
            )


def given_up(store: Store, token: str, error: str) -> None:
    """There will be none; ``error`` is a stable code."""
    with store.writing() as conn:
        for table in _TABLES:
            conn.execute(
                f"UPDATE {table} SET state = 'given_up', error = ?, at = ? WHERE token = ?",  # noqa: S608
                [error, sanitize.now(), token],
            )


def refused(store: Store, token: str) -> None:
    """The server would not take it; after some times it is given up."""
    with store.writing() as conn:
        for table in _TABLES:
            conn.execute(
                f"UPDATE {table} SET attempts = attempts + 1, error = 'refused', at = ?,"  # noqa: S608
                " state = CASE WHEN attempts + 1 >= ? THEN 'given_up' ELSE state END"
                " WHERE token = ?",
                [sanitize.now(), MOST_REFUSED, token],
            )


def unreachable(store: Store, error: str) -> None:
    """The mailbox could not be reached; all that are wanted wait on."""
    with store.writing() as conn:
        for table in _TABLES:
            conn.execute(f"UPDATE {table} SET error = ? WHERE state = 'wanted'", [error])  # noqa: S608
