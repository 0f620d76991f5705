"""Documents that wait, are begun, are read again: one file, because each is a step of one state."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from store import sanitize
from store.db.database import Store
from store.errors import StoreError, UnknownRecord
from store.intake.messages import AT_ONCE, MAX_ATTEMPTS

MOST_MARKED = 1000
"""Documents in one transaction that marks them."""


@dataclass(frozen=True, slots=True)
class PendingDocument:
    """A document that waits to be read; ``accepted`` when a person overruled a rejection.

    ``size`` is in bytes, ``pages`` what an earlier reading counted.
    """

    id: int
    sha256: str
    filename: str
    media_type: str
    accepted: bool
    received_at: datetime | None
    attempts: int
    size: int = 0
    pages: int | None = None


@dataclass(frozen=True, slots=True)
class RefusedDocument:
    """A document that is not read, and why."""

    id: int
    filename: str
    outcome: str
    reason: str | None


def in_turn(store: Store) -> Iterator[PendingDocument]:
    """Documents to read, oldest first, a few at a time: there may be millions.

    What came inside another one comes after that one was read, by a second call.
    """
    after = 0
    while found := pending_documents(store, after):
        yield from found
        after = found[-1].id


def pending_documents(store: Store, after: int = 0) -> tuple[PendingDocument, ...]:
    """The next documents to read behind the one with the number ``after``, oldest first.

    One that was begun several times and never ended has taken the process down with it: it
    becomes ``failed``, ``crashed``.
    """
    crashed = "outcome = 'pending' AND attempts >= ?"
    if store.one(f"SELECT 1 FROM documents WHERE {crashed}", [MAX_ATTEMPTS]):  # noqa: S608
        with store.writing() as conn:
            conn.execute(
                f"UPDATE documents SET outcome = 'failed', reason = 'crashed' WHERE {crashed}",  # noqa: S608
                [MAX_ATTEMPTS],
            )
    return tuple(
        _pending(row)
        for row in store.rows(
            "SELECT * FROM documents AS n INDEXED BY documents_waiting"
            " WHERE outcome = 'pending' AND id > ? AND NOT EXISTS"
            " (SELECT 1 FROM documents AS a WHERE a.id = n.enclosed_in AND a.outcome = 'pending')"
            " ORDER BY id LIMIT ?",
            [after, AT_ONCE],
        )
    )


def count_pending(store: Store) -> int:
    """How many documents wait to be read."""
    found = store.one("SELECT count(*) FROM documents WHERE outcome = 'pending'")
    return int(found[0]) if found else 0


def is_pending(store: Store, document: int) -> bool:
    """Whether a document waits to be read."""
    asked = "SELECT 1 FROM documents WHERE id = ? AND outcome = 'pending'"
    return store.one(asked, [document]) is not None


def sha256_of(store: Store, document: int) -> str:
    """The digest of a document's bytes, in hex.

    Raises:
        UnknownRecord: there is no such document.
    """
    row = store.one("SELECT sha256 FROM documents WHERE id = ?", [document])
    if row is None:
        raise UnknownRecord(f"There is no document {document}.")
    return str(row["sha256"])


def filename_of(store: Store, document: int) -> str:
    """What the file was called, cleaned for showing.

    Raises:
        UnknownRecord: there is no such document.
    """
    row = store.one("SELECT filename FROM documents WHERE id = ?", [document])
    if row is None:
        raise UnknownRecord(f"There is no document {document}.")
    return str(row["filename"])


def refused(store: Store, ids: tuple[int, ...]) -> tuple[RefusedDocument, ...]:
    """Those of the documents that arrived damaged or locked, and have their outcome already."""
    rows = (
        store.one(
            "SELECT id, filename, outcome, reason FROM documents"
            " WHERE id = ? AND outcome IN ('rejected', 'failed')",
            [document],
        )
        for document in ids
    )
    return tuple(RefusedDocument(*row) for row in rows if row is not None)


def as_pending(store: Store, ids: Iterable[int]) -> Iterator[PendingDocument]:
    """These documents as if they waited, for a reading that is only compared."""
    rows = (store.one("SELECT * FROM documents WHERE id = ?", [document]) for document in ids)
    return (_pending(row) for row in rows if row is not None)


def _pending(row: sqlite3.Row) -> PendingDocument:
    return PendingDocument(
        id=row["id"],
        sha256=row["sha256"],
        filename=row["filename"],
        media_type=row["media_type"],
        accepted=bool(row["accepted"]),
        received_at=sanitize.parsed_moment(row["received_at"]),
        attempts=row["attempts"],
        size=row["bytes"],
        pages=row["pages"],
    )


def set_type(store: Store, document: int, media_type: str) -> None:
    """Record what a document's bytes are, for a scan that came without a type."""
    with store.writing() as conn:
        conn.execute(
            "UPDATE documents SET media_type = ? WHERE id = ? AND media_type IS NOT ?",
            [sanitize.one_line(media_type), document, sanitize.one_line(media_type)],
        )


def begin(store: Store, document: int, media_type: str | None = None) -> int:
    """Record that reading begins, before it does.

    Args:
        store: where the document is.
        document: its id.
        media_type: told from the bytes, if the row does not know it yet.

    Returns:
        Which attempt this is, from 1.
    """
    with store.writing() as conn:
        conn.execute(
            "UPDATE documents SET attempts = attempts + 1, media_type = coalesce(?, media_type)"
            " WHERE id = ?",
            [sanitize.one_line(media_type), document],
        )
        row = conn.execute("SELECT attempts FROM documents WHERE id = ?", [document]).fetchone()
    if row is None:
        raise UnknownRecord(f"There is no document {document}.")
    return int(row[0])


def wait(store: Store, reason: str, document: int | None = None) -> None:
    """A document that could not be read now, or all that wait; ``reason`` says for what."""
    with store.writing() as conn:
        conn.execute(
            "UPDATE documents SET reason = :reason"
            " WHERE outcome = 'pending' AND (id = :id OR :id IS NULL)",
            {"reason": sanitize.one_line(reason), "id": document},
        )


def ids_for_reprocess(
    store: Store,
    ids: tuple[int, ...] = (),
    since: date | None = None,
    everything: bool = False,
) -> tuple[int, ...]:
    """Which documents to read again: those named, those received since a day, or all.

    Duplicates are left out unless named: their first copy stands for them; so are attachments
    that arrived damaged.

    Raises:
        UnknownRecord: a named document does not exist.
        StoreError: it was forgotten; there is nothing to read.
    """
    found = set()
    for document in ids:
        row = store.one("SELECT forgotten_at FROM documents WHERE id = ?", [document])
        if row is None:
            raise UnknownRecord(f"There is no document {document}.")
        _refuse_forgotten(document, row["forgotten_at"])
        found.add(document)
        found.update(
            row["id"]  # an annex has State, number and date from its note
            for row in store.rows("SELECT id FROM documents WHERE part_of = ?", [document])
        )
    if everything or since is not None:
        for some in _received_since(store, None if everything else since):
            found.update(some)
    return tuple(sorted(found))


def _received_since(store: Store, since: date | None) -> Iterator[tuple[int, ...]]:
    """Documents that can be read again, a thousand at a time: those since a day, or all."""
    after = 0
    while rows := store.rows(
        "SELECT id FROM documents WHERE outcome <> 'duplicate' AND problem IS NULL"
        " AND forgotten_at IS NULL AND id > :after"
        " AND (:since IS NULL OR coalesce(received_at, kept_at) >= :since) ORDER BY id LIMIT :most",
        {"since": since.isoformat() if since else None, "after": after, "most": MOST_MARKED},
    ):
        yield tuple(row["id"] for row in rows)
        after = rows[-1]["id"]


def mark_pending_since(store: Store, since: date | None) -> None:
    """Let all documents be read again that were received since a day, None: all.

    A thousand a transaction; killed in the middle, those that are marked are read by the next run.
    """
    for some in _received_since(store, since):
        mark_pending(store, some)


def is_since(store: Store, document: int, since: date) -> bool:
    """Whether a document was received since a day."""
    asked = "SELECT 1 FROM documents WHERE id = ? AND coalesce(received_at, kept_at) >= ?"
    return store.one(asked, [document, since.isoformat()]) is not None


def _refuse_forgotten(document: int, forgotten_at: str | None) -> None:
    if forgotten_at is not None:
        raise StoreError(
            f"Document {document} was forgotten; `noteverbale process --again FILE` takes it up.",
            reason="forgotten",
        )


def mark_pending(store: Store, ids: tuple[int, ...]) -> None:
    """Let documents be read again; their present records stay until then."""
    with store.writing() as conn:
        conn.executemany(
            "UPDATE documents SET outcome = 'pending', reason = NULL, attempts = 0 WHERE id = ?",
            [[document] for document in ids],
        )


def accept(store: Store, document: int, who: str | None = None) -> None:
    """A person overrules a rejection or a failure: the document is read after all.

    One that waits to be read because of that already stays so.

    Args:
        store: where it is.
        document: its id.
        who: the person's name; None takes the one in the table ``reviewer``.

    Raises:
        UnknownRecord: there is no such document.
        StoreError: it was neither rejected nor did it fail.
    """
    with store.writing() as conn:
        row = store.one("SELECT * FROM documents WHERE id = ?", [document])
        if row is None:
            raise UnknownRecord(f"There is no document {document}.")
        _refuse_forgotten(document, row["forgotten_at"])
        if row["outcome"] == "pending" and row["accepted"]:
            return
        if row["outcome"] not in ("rejected", "failed"):
            raise StoreError(
                f"Document {document} was not rejected (it is {row['outcome']}).",
                reason="not_rejected",
            )
        conn.execute(
            "UPDATE documents SET accepted = 1, outcome = 'pending', reason = NULL, attempts = 0"
            " WHERE id = ?",
            [document],
        )
        conn.execute(
            "INSERT INTO corrections (table_name, row_id, document_id, action, field, old, new,"
            " who, at) SELECT 'documents', :id, :id, 'update', 'accepted', :old, 1,"
            " coalesce(:who, nullif(trim(name), ''), 'command line'), :at FROM reviewer",
            {"id": document, "old": row["reason"], "who": who, "at": sanitize.now()},
        )
