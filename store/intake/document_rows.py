"""Rows of documents, written when their originals are on the disk."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass

from store import sanitize

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
