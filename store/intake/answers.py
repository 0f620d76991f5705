"""Which mails answer a draft of ours that asked a mission to confirm its list.

Told by the draft's own Message-ID in In-Reply-To or References (RFC 5322 section 3.6.4), or, where
the mail program gave the sent draft another one, by the mark in its subject. What an answer says is
for people: nothing is concluded from it here.
"""

from __future__ import annotations

import re
import sqlite3
from dataclasses import replace
from typing import Final

from ingest.types import ParsedMessage
from store import sanitize

SHORT: Final = 10
"""Hexadecimal digits of a token in a subject: 40 bits, which nobody guesses in our mailbox."""

_FILTERED: Final = "filtered_"
_IN_ID: Final = re.compile(r"<nv\.([0-9a-f]{32})@")
_IN_SUBJECT: Final = re.compile(r"\[#([0-9a-f]{10})\]")
_MOST_MARKS: Final = 5
"""Marks of a subject that are looked at, the last ones."""


def message_id(token: str, domain: str) -> str:
    """The Message-ID of a draft."""
    return f"<nv.{token}@{domain}>"


def mark(token: str) -> str:
    """What stands in its subject."""
    return f"[#{token[:SHORT]}]"


def draft_answered(conn: sqlite3.Connection, parsed: ParsedMessage) -> int | None:
    """The draft that a message answers; None for any other mail, and for what no person wrote."""
    if parsed.skip_reason is not None and not parsed.skip_reason.startswith(_FILTERED):
        return None
    for one in parsed.answers:
        for token in _IN_ID.findall(one):
            if found := _draft(conn, "token = ?", token):
                return found
    for short in _IN_SUBJECT.findall(parsed.subject or "")[-_MOST_MARKS:]:
        if found := _draft(conn, "substr(token, 1, 10) = ?", short):
            return found
    return None


def as_meant_for_us(parsed: ParsedMessage) -> ParsedMessage:
    """An answer to our own letter passes the filters, and that it names people is no surprise."""
    skipped = parsed.skip_reason
    kept = None if skipped and skipped.startswith(_FILTERED) else skipped
    problem = None if parsed.problem == "names_in_body" else parsed.problem
    return replace(parsed, skip_reason=kept, problem=problem)


def note(conn: sqlite3.Connection, message: int, draft: int, parsed: ParsedMessage) -> None:
    """The message stands beside the note from now on."""
    conn.execute(
        "INSERT OR IGNORE INTO confirmation_answers (draft, message, text) VALUES (?, ?, ?)",
        [draft, message, sanitize.text(parsed.text)],
    )


def _draft(conn: sqlite3.Connection, which: str, token: str) -> int | None:
    row = conn.execute(
        f"SELECT id FROM confirmation_drafts WHERE {which} AND state = 'placed'"  # noqa: S608
        " ORDER BY id DESC LIMIT 1",
        [token],
    ).fetchone()
    return None if row is None else int(row[0])
