"""Readings that were kept in a database, beside the truth of the scans they were made of.

    python -m noteverbale process --db kept.db DIR/1/replies DIR/2/replies DIR/3/replies

reads the scans once; whatever is measured afterwards begins here and takes no OCR.
"""

from __future__ import annotations

import hashlib
import json
import multiprocessing
import sqlite3
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from extract.types import DocumentReading
from noteverbale.reading import extract_note
from ocr.types import Page
from store.db import codec

Truth = dict[str, Any]
A4 = (2480, 3508, 300)
"""Width, height and dots an inch of a page whose words are left out."""


@dataclass(frozen=True, slots=True)
class Kept:
    """One scan: where it lies, what is on it, and what was read."""

    file: Path
    sha256: str
    media_type: str
    truth: Truth
    reading: DocumentReading
    settings_version: str


def load(database: Path, folder: Path, anew: int = 0, *, words: bool = False) -> list[Kept]:
    """The scans of ``folder`` that were read, in the order of their names.

    Args:
        database: as ``noteverbale process`` left it.
        folder: with ``replies/`` and ``truth/``.
        anew: so many processes apply today's rules to the kept pages; 0: the note as it was read.
        words: with the words of the pages, which nothing that comes after the reading asks for.
    """
    conn = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
    conn.row_factory = sqlite3.Row
    kept = list(_found(conn, folder, words=words or bool(anew)))
    conn.close()
    if not anew:
        return kept
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(anew, mp_context=context) as pool:
        readings = pool.map(_again, [one.reading for one in kept], chunksize=8)
        return [replace(one, reading=r) for one, r in zip(kept, readings, strict=True)]


def _again(reading: DocumentReading) -> DocumentReading:
    return extract_note(reading.pages) if reading.pages else reading


def _found(conn: sqlite3.Connection, folder: Path, *, words: bool) -> Iterator[Kept]:
    for truth, path in _truths(folder):
        sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
        row = conn.execute(
            "SELECT d.*, r.note, r.settings_version AS read_with FROM documents AS d"
            " LEFT JOIN readings AS r ON r.document_id = d.id"
            " WHERE d.sha256 = ? AND d.outcome NOT IN ('pending', 'duplicate')",
            [sha256],
        ).fetchone()
        if row is None:
            continue
        pages = conn.execute(
            "SELECT * FROM pages WHERE document_id = ? ORDER BY number, id", [row["id"]]
        )
        reading = DocumentReading(
            row["outcome"],
            row["reason"],
            tuple(codec.page_from_bytes(p["body"]) if words else _outline(p) for p in pages),
            codec.note_from_json(row["note"]) if row["note"] else None,
        )
        yield Kept(path, sha256, row["media_type"], truth, reading, row["read_with"] or "")


def _outline(page: sqlite3.Row) -> Page:
    """A page without its words."""
    return Page(
        page["number"],
        *A4,
        page["outcome"],
        reason=page["reason"],
        language=page["language"],
        mean_confidence=page["mean_confidence"],
    )


def _truths(folder: Path) -> Sequence[tuple[Truth, Path]]:
    found = []
    for file in sorted((folder / "truth").glob("*.json")):
        truth = json.loads(file.read_text(encoding="utf-8"))
        found.append((truth, folder / truth["file"]))
    return found
