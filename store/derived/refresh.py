"""Keeps ``current``, ``supersedes``, ``same_as``, ``reasons`` and ``status`` true after any change.

Triggers and the pipeline note in the table ``stale`` which documents are touched; ``refresh``
works that list off, together with the other notes of the same State for the same meeting.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from extract.types import SAYS_ITSELF
from store.db import codec
from store.db.database import PIPELINE, Store
from store.derived import copies
from store.derived.corrected import edited_fields
from store.rules.reconcile import READING_CHANGED
from store.rules.revisions import GroupNote, Verdict, judge
from store.rules.same_note import COPIES_DIFFER, READS_OTHERWISE, SAME_NOTE_AGAIN, Merged

MEETING_UNKNOWN = "meeting_unknown"
"""Reason: the note could not be matched to any of the registered meetings."""

PAGE_UNREAD = "page_unread"
"""Reason: a page of the document could not be read; somebody may be missing."""

_ACTIVE = ("processed", "pending", "failed")
"""Outcomes under which the rows of a document count; a rejected one nominates nobody."""


@dataclass(frozen=True, slots=True)
class _Document:
    row: sqlite3.Row
    delegates: tuple[sqlite3.Row, ...]
    edited: frozenset[str]

    @property
    def id(self) -> int:
        return int(self.row["id"])

    @property
    def active(self) -> bool:
        return self.row["outcome"] in _ACTIVE

    @property
    def linked_by_hand(self) -> int | None:
        """The document that a person said this one replaces."""
        return self.row["supersedes"] if "supersedes" in self.edited else None


def refresh(store: Store) -> None:
    """Work off the list of touched documents; run inside a transaction."""
    conn = store.conn
    done: set[int] = set()
    with _silent(conn):
        _find_copies(store)
        while waiting := store.one("SELECT min(document_id) AS id FROM stale"):
            if waiting["id"] is None:
                return
            group = _group(store, waiting["id"])
            if waiting["id"] not in done:
                _settle(store, group)
            done.update(document.id for document in group)
            ids = [document.id for document in group] or [waiting["id"]]
            conn.executemany("DELETE FROM stale WHERE document_id = ?", [[i] for i in ids])


def _find_copies(store: Store) -> None:
    """Tell of the touched documents which came twice; scans that depend on that are touched too."""
    waiting = [row["document_id"] for row in store.rows("SELECT document_id FROM stale")]
    done: set[int] = set()
    while waiting:
        document = waiting.pop()
        if document not in done:
            done.add(document)
            waiting.extend(copies.link(store, document))
    store.db.conn.executemany(
        "INSERT OR IGNORE INTO stale (document_id) VALUES (?)", [[d] for d in sorted(done)]
    )


def touch(conn: sqlite3.Connection, document: int) -> None:
    """Note that the document, and the notes beside it, must be looked at again."""
    conn.execute(
        "INSERT OR IGNORE INTO stale (document_id) SELECT id FROM documents WHERE id = :id"
        " UNION SELECT n.id FROM documents AS n JOIN documents AS d"
        "   ON n.meeting = d.meeting AND n.state = d.state WHERE d.id = :id",
        {"id": document},
    )


@contextmanager
def _silent(conn: sqlite3.Connection) -> Iterator[None]:
    """What is computed here is no correction, even if it follows from one."""
    rowid = conn.execute("INSERT INTO writer (who) VALUES (?)", [PIPELINE]).lastrowid
    yield
    conn.execute("DELETE FROM writer WHERE rowid = ?", [rowid])


def _group(store: Store, document: int) -> list[_Document]:
    rows = store.rows(
        "SELECT n.* FROM documents AS d JOIN documents AS n"
        " ON n.meeting = d.meeting AND n.state = d.state WHERE d.id = ? ORDER BY n.id",
        [document],
    ) or store.rows("SELECT * FROM documents WHERE id = ?", [document])
    edited = edited_fields(store, "documents", [row["id"] for row in rows])
    return [
        _Document(
            row,
            tuple(
                store.rows(
                    "SELECT * FROM delegates WHERE document_id = ? ORDER BY seq, id", [row["id"]]
                )
            ),
            frozenset(edited.get(row["id"], ())),
        )
        for row in rows
    ]


def _note(store: Store, document: _Document) -> GroupNote:
    row = document.row
    reading = store.one("SELECT note FROM readings WHERE document_id = ?", [document.id])
    replaced = codec.note_from_json(reading["note"]).replacements if reading else ()
    kind, revision = row["kind"], row["revision"]
    if "supersedes" in document.edited:
        # a person said that it replaces nothing, or named what it replaces: see _settle
        kind, revision = "revision", "adds"
    return GroupNote(
        document=document.id,
        kind=kind,
        revision=revision,
        note_date=row["note_date"],
        received_at=row["received_at"],
        replaced_names=tuple(r.replaced_name for r in replaced),
        people=tuple((d["id"], d["name"]) for d in document.delegates if d["status"] != "rejected"),
        sha256=row["sha256"],
    )


def _whole(document: _Document, active: list[_Document]) -> int:
    """The note that is judged for a document: its own, or the one whose annex it is."""
    note = document.row["part_of"]
    return note if any(other.id == note for other in active) else document.id


def _settle(store: Store, group: list[_Document]) -> None:
    alone = any(d.row["state"] is None or d.row["meeting"] is None for d in group)
    active = [document for document in group if document.active]
    scans = {d.id: copies.merged(store, d.row["part_of"] or d.id) for d in group}
    verdict = Verdict() if alone else judge(_notes(store, active, scans))
    if linked := [d.linked_by_hand for d in active if d.linked_by_hand is not None]:
        for document in group:
            if document.id in linked:
                verdict.replaced.update(d["id"] for d in document.delegates)
    _write_revisions(store.conn, group, verdict)
    meetings = store.one("SELECT 1 FROM meetings LIMIT 1") is not None
    for document in group:
        if "supersedes" not in document.edited:
            store.conn.execute(
                "UPDATE documents SET supersedes = :new WHERE id = :id AND supersedes IS NOT :new",
                {"new": verdict.supersedes.get(document.id), "id": document.id},
            )
        scan = scans[document.id]
        beside = sorted(verdict.reasons.get(_whole(document, active), ()))
        _write_beside(store.conn, document, beside, scan)
        shared = _shared_reasons(store, document, meetings) + beside
        edited = edited_fields(store, "delegates", [d["id"] for d in document.delegates])
        for row in document.delegates:
            gone = row["id"] in verdict.replaced or row["id"] in scan.hidden
            current = document.active and not gone
            reasons = shared + _scan_reasons(row["id"], scan)
            _write(store.conn, row, edited.get(row["id"], set()), reasons, current=current)


def _notes(store: Store, active: list[_Document], scans: dict[int, Merged]) -> list[GroupNote]:
    """The notes as they are judged: with their annexes, and one that came twice is one.

    Persons of annexes and of further scans count for the note that stands for all of them.
    """
    notes = {document.id: _note(store, document) for document in active}
    people: dict[int, list[tuple[int, str]]] = {number: [] for number in notes}
    for number, note in notes.items():
        people[_standing_for(number, active)] += [
            person for person in note.people if person[0] not in scans[number].hidden
        ]
    return [
        replace(note, people=tuple(people[number]))
        for number, note in notes.items()
        if _standing_for(number, active) == number
    ]


def _standing_for(number: int, active: list[_Document]) -> int:
    """The note that counts for a document: whose annex it is, and the first of its scans."""
    beyond = {d.id: (d.row["part_of"], d.row["same_as"]) for d in active}
    seen = {number}  # a person may have written that each of two is the other one
    while True:
        further = next((n for n in beyond[number] if n in beyond and n not in seen), None)
        if further is None:
            return number
        seen.add(further)
        number = further


def _write_beside(
    conn: sqlite3.Connection, document: _Document, beside: list[str], scan: Merged
) -> None:
    """What other notes say about this one; see the view ``note_reasons``."""
    codes = list(beside)
    if document.active and document.row["same_as"] is not None:
        codes.append(SAME_NOTE_AGAIN)
    if scan.single:
        codes.append(COPIES_DIFFER)
    if scan.facts:
        codes.append(READS_OTHERWISE)
    conn.execute(
        "UPDATE documents SET beside = :codes WHERE id = :id AND beside <> :codes",
        {"codes": json.dumps(codes), "id": document.id},
    )


def _scan_reasons(row: int, scan: Merged) -> list[str]:
    found = (
        (SAME_NOTE_AGAIN, scan.hidden),
        (COPIES_DIFFER, scan.single),
        (READS_OTHERWISE, scan.otherwise),
    )
    return [code for code, rows in found if row in rows]


def _write_revisions(conn: sqlite3.Connection, group: list[_Document], verdict: Verdict) -> None:
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


def _shared_reasons(store: Store, document: _Document, meetings: bool) -> list[str]:
    """Reasons that lie in the document and matter to each of its rows."""
    doubts = _open_doubts(document.row["doubts"], document.edited)
    reasons = [code for code in doubts if code not in SAYS_ITSELF]
    if store.one("SELECT 1 FROM pages WHERE document_id = ? AND outcome = 'failed'", [document.id]):
        reasons.append(PAGE_UNREAD)
    if meetings and document.row["meeting"] is None and "meeting" not in document.edited:
        reasons.append(MEETING_UNKNOWN)
    return reasons


def _open_doubts(doubts: str, edited: Iterable[str]) -> list[str]:
    """Codes of the doubts about values that no person has written."""
    settled = set(edited)
    return [d["code"] for d in json.loads(doubts) if d["field"] not in settled]


def _write(
    conn: sqlite3.Connection,
    row: sqlite3.Row,
    edited: set[str],
    shared: list[str],
    *,
    current: bool,
) -> None:
    own = _open_doubts(row["doubts"], edited)
    if READING_CHANGED in json.loads(row["reasons"]):
        own.append(READING_CHANGED)  # until a person has looked
    reasons = list(dict.fromkeys(own + shared))
    status = row["status"]
    if status in ("new", "needs_review") and "status" not in edited:
        # a row that stands in the list from another scan asks nobody to look for that alone
        status = "needs_review" if set(reasons) - {SAME_NOTE_AGAIN} else "new"
    new = {
        "id": row["id"],
        "reasons": json.dumps(reasons),
        "status": status,
        "current": row["current"] if "current" in edited else int(current),
    }
    if any(new[field] != row[field] for field in ("reasons", "status", "current")):
        conn.execute(
            "UPDATE delegates SET reasons = :reasons, status = :status, current = :current"
            " WHERE id = :id",
            new,
        )
