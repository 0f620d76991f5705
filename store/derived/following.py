"""What follows for a note and its rows: written where it differs from what is there."""

from __future__ import annotations

import json
import sqlite3

from extract.types import SAYS_ITSELF
from store.db.database import Store
from store.db.statements import update
from store.derived import experience
from store.derived.corrected import edited_fields, settled_fields
from store.derived.group import StoredNote
from store.derived.latin import latin_columns
from store.learn import of_notes
from store.rules.experience.judged import ASKS_NOBODY
from store.rules.reconcile import READING_CHANGED
from store.rules.revisions import GroupVerdict
from store.rules.same_note import COPIES_DIFFER, READS_OTHERWISE, SAME_NOTE_AGAIN, MergedScans
from store.rules.worth import halvings, unread_worth

MEETING_UNKNOWN = "meeting_unknown"
"""Reason: the note could not be matched to any of the registered meetings."""

PAGE_UNREAD = "page_unread"
"""Reason: a page of the document could not be read; somebody may be missing."""


def write_revisions(
    conn: sqlite3.Connection, group: list[StoredNote], verdict: GroupVerdict
) -> None:
    """What changes what, for people to look at side by side."""
    links = dict(verdict.revises)
    for document in group:
        if document.active and document.linked_by_hand is not None:
            links[document.id] = (document.linked_by_hand, "by hand")
        elif "supersedes" in document.edited:
            links.pop(document.id, None)
        conn.execute("DELETE FROM revisions WHERE document_id = ?", [document.id])
        conn.execute(
            "DELETE FROM successions WHERE delegate_id IN"
            " (SELECT id FROM delegates WHERE document_id = ?)",
            [document.id],
        )
    conn.executemany(
        "INSERT INTO revisions (document_id, earlier_id, how) VALUES (?, ?, ?)",
        [[document, earlier, how] for document, (earlier, how) in links.items()],
    )
    conn.executemany(
        "INSERT INTO successions (delegate_id, earlier_id, same_person) VALUES (?, ?, ?)",
        [[s.delegate, s.earlier, int(s.same_person)] for s in verdict.successions],
    )


def write_note(
    store: Store,
    document: StoredNote,
    verdict: GroupVerdict,
    beside: list[str],
    scan: MergedScans,
) -> None:
    """What other notes say about this one, and answer; see the view ``note_reasons``."""
    new: dict[str, object] = {}
    if "supersedes" not in document.edited:
        new["supersedes"] = verdict.supersedes.get(document.id)
    codes = list(beside)
    if document.active and document.row["same_as"] is not None:
        codes.append(SAME_NOTE_AGAIN)
    if scan.single:
        codes.append(COPIES_DIFFER)
    if scan.facts:
        codes.append(READS_OTHERWISE)
    new["beside"] = json.dumps(codes)
    new["answered"] = json.dumps(of_notes.answered(store, document.row))
    update(store.conn, "documents", document.id, new, document.row)


def write_rows(
    store: Store,
    document: StoredNote,
    verdict: GroupVerdict,
    beside: list[str],
    scan: MergedScans,
) -> None:
    """Of each row whether it counts, why a person should look at it, and whether one should."""
    shared = _shared_reasons(store, document) + beside
    learnt = experience.experienced(store, document.row, document.delegates, shared)
    for row in document.delegates:
        gone = row["id"] in verdict.replaced or row["id"] in scan.hidden
        reasons = shared + _scan_reasons(row["id"], scan)
        current = document.active and not gone
        found = learnt.get(row["id"], experience.Experienced({}))
        _write_row(store, row, found, reasons, document.row["state"], current)


def _shared_reasons(store: Store, document: StoredNote) -> list[str]:
    """Reasons that lie in the document and matter to each of its rows."""
    doubts = _open_doubts(document.row["doubts"], document.settled)
    reasons = [code for code in doubts if code not in SAYS_ITSELF]
    if store.one("SELECT 1 FROM pages WHERE document_id = ? AND outcome = 'failed'", [document.id]):
        reasons.append(PAGE_UNREAD)
    unmatched = document.row["meeting"] is None and "meeting" not in document.settled
    if unmatched and store.one("SELECT 1 FROM meetings LIMIT 1"):
        reasons.append(MEETING_UNKNOWN)
    return reasons


def _scan_reasons(row: int, scan: MergedScans) -> list[str]:
    found = (
        (SAME_NOTE_AGAIN, scan.hidden),
        (COPIES_DIFFER, scan.single),
        (READS_OTHERWISE, scan.otherwise),
    )
    return [code for code, rows in found if row in rows]


def _write_row(
    store: Store,
    row: sqlite3.Row,
    learnt: experience.Experienced,
    shared: list[str],
    state: str | None,
    current: bool,
) -> None:
    edited = edited_fields(store, "delegates", row["id"])
    settled = settled_fields(store, "delegates", row["id"]) if edited else edited
    judged = {field: row[field] for field in ("confidence", "doubts")} | dict(learnt.columns)
    worth = float(str(judged.pop("worth", unread_worth(row["confidence"]))))
    own = _open_doubts(str(judged["doubts"]), settled)
    if READING_CHANGED in json.loads(row["reasons"]):
        own.append(READING_CHANGED)  # until a person has looked
    reasons = list(dict.fromkeys(own + shared))
    status = row["status"]
    if status in ("new", "needs_review") and "status" not in edited:
        # a row that stands in the list from another scan asks nobody to look for that alone
        asks = set(reasons) - {SAME_NOTE_AGAIN} - ASKS_NOBODY - learnt.left_alone
        status = "needs_review" if asks else "new"
    new = {
        **judged,
        "reasons": json.dumps(reasons),
        "status": status,
        "current": row["current"] if "current" in edited else int(current),
        "worth": worth,
        "halvings": halvings(worth),
        **latin_columns(store, row, state, edited),
    }
    update(store.conn, "delegates", row["id"], new, row)


def _open_doubts(doubts: str, settled: frozenset[str]) -> list[str]:
    """Codes of the doubts about values that stand as they were read."""
    return [d["code"] for d in json.loads(doubts) if d["field"] not in settled]
