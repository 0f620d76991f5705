"""Rows of documents, written when their originals are on the disk."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass

from store import sanitize
from store.db.statements import insert

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
    return insert(
        conn,
        "documents",
        {
            "sha256": row.sha256,
            "bytes": row.size,
            "filename": row.filename,
            "media_type": row.media_type,
            "message": message,
            "part": part,
            "received_at": received_at,
            "outcome": outcome,
            "reason": sanitize.one_line(reason),
            "problem": sanitize.one_line(row.problem),
            "duplicate_of": first,
            "kept_at": sanitize.now(),
            "arrival_marks": json.dumps([sanitize.one_line(mark) for mark in row.marks]),
        },
    )
