"""Invented readings, messages and edits for the store's tests."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path

from extract.types import (
    Delegate,
    DocumentReading,
    Doubt,
    Evidence,
    Invitation,
    Kind,
    NoteVerbale,
    Replacement,
    RevisionMode,
    Value,
)
from ingest.types import Attachment, ItemKey, ParsedMessage, RawItem
from ocr.types import Box, Line, Page, Word
from store.db.database import Store
from store.intake import keeping, messages
from store.records import meetings, saving

MEETING = "CU 2019/59/(A)/DTA/CEB/CSS"
INVITATION = Invitation(
    reference=MEETING,
    title="Eighth open-ended intergovernmental expert meeting on international cooperation",
    starts=date(2019, 5, 31),
    ends=date(2019, 5, 31),
    place="Vienna",
    deadline=date(2019, 5, 10),
)


def value(text: str, confidence: float = 0.9) -> Value:
    return Value(text, confidence, (Evidence(1, text, Box(1, 2, 3, 4), confidence, "rule"),))


def delegate(seq: int, name: str, *doubts: str, **fields: str) -> Delegate:
    values = {field: value(text) for field, text in fields.items()}
    return Delegate(
        seq=seq,
        name=value(name),
        confidence=0.9,
        doubts=tuple(Doubt(code, "name") for code in doubts),
        honorific=values.get("honorific"),
        title=values.get("title"),
        organization=values.get("organization"),
        email=values.get("email"),
        phone=values.get("phone"),
        role=values.get("role"),
    )


def note(
    *delegates: Delegate,
    kind: Kind = "nomination",
    state: str | None = "KEN",
    note_date: str | None = "2019-04-03",
    revision: RevisionMode | None = None,
    replaced: tuple[str, ...] = (),
    doubts: tuple[Doubt, ...] = (),
) -> NoteVerbale:
    return NoteVerbale(
        kind=kind,
        form="note_verbale",
        language="en",
        state=value(state) if state else None,
        note_reference=value("KMV/7/19"),
        note_date=value(note_date) if note_date else None,
        revision=revision,
        replacements=tuple(Replacement(name) for name in replaced),
        delegates=delegates,
        doubts=doubts,
    )


def page(text: str = "Permanent Mission", number: int = 1) -> Page:
    words = tuple(Word(w, Box(0, 0, 9, 9), 0.8) for w in text.split())
    return Page(number, 1000, 1400, 200, "read", (Line(words),), language="en", engine="test")


def reading(read: NoteVerbale | None) -> DocumentReading:
    return DocumentReading("processed" if read else "failed", None, (page(),), read)


def message(
    data: bytes, uid: int, *, uidvalidity: int = 1, received: datetime | None = None
) -> RawItem:
    when = received or datetime(2019, 4, 5, 8, 0, tzinfo=UTC)
    return RawItem(
        ItemKey("user@mail.example:993", "INBOX", uidvalidity, uid), "message", data, when
    )


def parsed(*attachments: Attachment, skip: str | None = None) -> ParsedMessage:
    return ParsedMessage(
        message_id="<1@mission.example>",
        from_address="mission@kenya.example",
        subject="Nomination",
        sent_at=None,
        received_at=None,
        attachments=attachments,
        skip_reason=skip,
    )


def pdf(data: bytes, filename: str = "note.pdf", **facts: str) -> Attachment:
    return Attachment(filename, "application/pdf", data, facts.get("problem"), facts.get("dropped"))


def scan(store: Store, data: bytes, filename: str = "note.pdf") -> int:
    """A scan from a folder, kept; its document's id."""
    kept = keeping.keep(
        store, RawItem(ItemKey("file", filename, 0, 0), "scan", data, filename=filename)
    )
    if kept.document is None:
        raise AssertionError("a scan gives a document")
    return kept.document


def mailed(store: Store, data: bytes, uid: int, received: datetime) -> int:
    """An attachment that came by mail; its document's id."""
    kept = keeping.keep(store, message(b"mail " + data, uid, received=received))
    if kept.message is None:
        raise AssertionError("a message gives a message")
    (document,) = messages.add_parsed(store, kept.message, parsed(pdf(data)))
    return document


def save(
    store: Store, document: int, read: NoteVerbale | None, meeting: str | None = MEETING
) -> None:
    saving.save_reading(store, document, reading(read), meeting, "1")


def nominate(store: Store, *delegates: Delegate) -> int:
    """One scan with a plain nomination, saved; its document's id. Registers the meeting."""
    meetings.add(store, INVITATION)
    document = scan(store, b"nomination")
    save(store, document, note(*delegates))
    return document


def sqlite_utils(store: Store, sql: str) -> subprocess.CompletedProcess[str]:
    """What a person types: the real command, in a process of its own."""
    return run_sqlite_utils(store.path, sql)


def run_sqlite_utils(path: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "sqlite_utils", "query", str(path), *arguments],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def edit(store: Store, sql: str) -> None:
    """The same from another connection in this process: quicker, and just as foreign."""
    with sqlite3.connect(store.path) as conn:
        conn.execute(sql)
    conn.close()


def table(store: Store, columns: str, view: str = "delegation_list") -> list[tuple[object, ...]]:
    return [tuple(row) for row in store.rows(f"SELECT {columns} FROM {view}")]  # noqa: S608
