"""Rows that stay when what they told of is forgotten: emptied of names, places and words."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from extract.types import NoteVerbale, Replacement, Value
from ocr.types import Page
from store import sanitize
from store.db import codec
from store.db.database import Store
from store.derived import refresh
from store.erasure.selection import Selection
from store.erasure.traces import told
from store.fields import NOTE_VALUES
from store.records.stored import load_note

GONE = "forgotten"
"""Stands in place of file names, and as the reason of what was forgotten."""


def empty_document(
    store: Store, conn: sqlite3.Connection, document: int, chosen: Selection
) -> None:
    """Pages, reading and labels of a document go; what it was and when it came stays."""
    refresh.touch(conn, document)
    note = load_note(store, document) if chosen.what == "person" else None
    conn.execute("DELETE FROM readings WHERE document_id = ?", [document])
    conn.execute("DELETE FROM draws WHERE document_id = ?", [document])  # its scan is not there
    if note is not None:
        conn.execute(
            "INSERT INTO readings (document_id, settings_version, note, read_at)"
            " VALUES (?, ?, ?, ?)",
            [document, GONE, codec.note_to_json(_bare(note, chosen)), sanitize.now()],
        )
    conn.execute(
        "DELETE FROM page_cache WHERE sha256 = (SELECT sha256 FROM documents WHERE id = ?)",
        [document],
    )
    for number, outcome in conn.execute(
        "SELECT number, outcome FROM pages WHERE document_id = ?", [document]
    ).fetchall():
        blank = Page(number, 1, 1, 1, outcome, (), engine=GONE)
        conn.execute(
            "UPDATE pages SET text = '', body = ?, reason = ? WHERE document_id = ? AND number = ?",
            [codec.page_to_bytes(blank), GONE, document, number],
        )
    for table, key in (("documents", "id"), ("delegates", "document_id")):
        conn.execute(
            f"UPDATE {table} SET doubts = (SELECT json_group_array(json_object("  # noqa: S608
            "  'code', json_extract(value, '$.code'), 'field', json_extract(value, '$.field'),"
            f"  'detail', '')) FROM json_each({table}.doubts)) WHERE {key} = ?",
            [document],
        )
    conn.execute(
        "UPDATE documents SET filename = ?, reason = ?, forgotten_at = ?, settled = '[]', outcome ="
        " CASE WHEN outcome IN ('processed', 'rejected', 'duplicate') THEN outcome"
        "      ELSE 'rejected' END WHERE id = ?",
        [GONE, GONE, sanitize.now(), document],
    )


def _texts(typed: str) -> list[str]:
    return [value for value in json.loads(typed).values() if value]


def _bare(note: NoteVerbale, chosen: Selection) -> NoteVerbale:
    """What must be known of a note to tell which rows hold: no people but those it replaces.

    No words as they were read, either: in a note without full stops the title of the meeting, or
    what stands beside a fact, runs on to the persons.
    """
    facts: dict[str, Any] = {field: _plain(getattr(note, field)) for field in NOTE_VALUES}
    return replace(
        note,
        **facts,
        meeting_titles=(),
        delegates=(),
        replacements=tuple(
            Replacement("" if chosen.mentioned_in(one.replaced_name) else one.replaced_name)
            for one in note.replacements
        ),
        doubts=tuple(replace(doubt, detail="") for doubt in note.doubts),
    )


def _plain(value: Value | None) -> Value | None:
    """A fact without the words it was read from."""
    if value is None:
        return None
    return replace(
        value, original=None, evidence=tuple(replace(e, text="") for e in value.evidence)
    )


def empty_messages(conn: sqlite3.Connection, messages: Iterable[int]) -> None:
    """Headers and the names of parts go."""
    for message in messages:
        conn.execute(
            "UPDATE messages SET message_id = NULL, from_address = NULL, subject = NULL,"
            " reason = ?, forgotten_at = ?, parsed_at = coalesce(parsed_at, ?), outcome ="
            " CASE WHEN outcome IN ('processed', 'duplicate', 'skipped') THEN outcome"
            "      ELSE 'skipped' END WHERE id = ?",
            [GONE, sanitize.now(), sanitize.now(), message],
        )
        conn.execute("UPDATE dropped_parts SET filename = ? WHERE message = ?", [GONE, message])
        conn.execute("UPDATE confirmation_answers SET text = '' WHERE message = ?", [message])


def empty_letters(conn: sqlite3.Connection, chosen: Selection) -> None:
    """What missions were told of persons: of one that goes, or of delegations that went whole."""
    if chosen.what == "person":
        for draft, people in conn.execute(
            "SELECT id, told FROM confirmation_drafts WHERE told IS NOT NULL"
        ).fetchall():
            texts = zip(json.loads(people), told(people), strict=True)
            left = [one for one, text in texts if not chosen.mentioned_in(text)]
            conn.execute(
                "UPDATE confirmation_drafts SET told = ? WHERE id = ?",
                [json.dumps(left, ensure_ascii=False), draft],
            )
        return
    conn.execute(
        "UPDATE confirmation_drafts SET told = '[]' WHERE told IS NOT NULL AND NOT EXISTS"
        " (SELECT 1 FROM documents AS n JOIN meetings AS m ON m.reference = n.meeting"
        "   WHERE m.id = confirmation_drafts.meeting AND n.state = to_state"
        "     AND n.forgotten_at IS NULL)"
    )


def empty_besides(conn: sqlite3.Connection, files: Iterable[str], chosen: Selection) -> None:
    """What service and review page write down about files and messages, where they do.

    Nobody is to look at an empty document. A file that still lies in the scanner's folder keeps
    its path, or it would be taken for a new one at every poll.
    """
    tables = {row[0] for row in conn.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if "taken_files" in tables:
        for digest in files:
            rows = conn.execute("SELECT id, path FROM taken_files WHERE sha256 = ?", [digest])
            gone = [[row] for row, path in rows.fetchall() if not Path(path).exists()]
            conn.executemany("DELETE FROM taken_files WHERE id = ?", gone)
    if "releases" in tables:
        conn.executemany(
            "UPDATE releases SET why = ? WHERE message = ?", [[GONE, m] for m in chosen.messages]
        )
    if "mission_addresses" in tables:
        addresses = conn.execute("SELECT id, email FROM mission_addresses").fetchall()
        gone = [[row] for row, email in addresses if chosen.mentioned_in(email)]
        conn.executemany("DELETE FROM mission_addresses WHERE id = ?", gone)
    if "audits" in tables:  # somebody may have typed the name of another row
        typed = conn.execute("SELECT delegate_id, typed FROM audits").fetchall()
        gone = [[row] for row, text in typed if chosen.mentioned_in(" ".join(_texts(text)))]
        conn.executemany("DELETE FROM audits WHERE delegate_id = ?", gone)
    if "unlearnt_words" in tables:
        words = conn.execute("SELECT state, kind, word FROM unlearnt_words").fetchall()
        conn.executemany(
            "DELETE FROM unlearnt_words WHERE state = ? AND kind = ? AND word = ?",
            [word for word in words if chosen.mentioned_in(word[2])],
        )
    if "reviews" in tables:
        conn.executemany(
            "INSERT OR IGNORE INTO reviews (document_id, who, at) VALUES (?, ?, ?)",
            [[document, GONE, sanitize.now()] for document in chosen.documents],
        )
