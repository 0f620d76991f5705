"""Readings kept word for word: pages, notes, and a cache of pages read before.

``reprocess`` of the extraction alone starts from these and needs no OCR.
"""

from __future__ import annotations

from extract.types import NoteVerbale
from ocr.types import Page
from store import sanitize
from store.db import codec
from store.db.codec import KeptPage
from store.db.database import Store


def load_pages(store: Store, document: int) -> tuple[Page, ...]:
    """The document's pages exactly as they were saved, in order."""
    return tuple(
        codec.page_from_bytes(row["body"])
        for row in store.rows(
            "SELECT body FROM pages WHERE document_id = ? ORDER BY number, id", [document]
        )
    )


def load_note(store: Store, document: int) -> NoteVerbale | None:
    """What the extraction said last about the document, before any correction by a person."""
    row = store.one("SELECT note FROM readings WHERE document_id = ?", [document])
    return None if row is None else codec.note_from_json(row["note"])


def get_page(store: Store, sha256: str, page: int, settings_version: str) -> KeptPage | None:
    """A page of a file with these bytes, read earlier with the same settings.

    Args:
        store: where to look.
        sha256: of the file's bytes, hex.
        page: number of the page, from 1.
        settings_version: ``ocr.engines.selection.reading_version``.
    """
    row = store.one(
        "SELECT body FROM page_cache WHERE sha256 = ? AND page = ? AND settings_version = ?",
        [sha256, sanitize.integer(page), sanitize.text(settings_version)],
    )
    return None if row is None else codec.kept_from_bytes(row["body"])


def kept_pages(store: Store, sha256: str, settings_version: str, count: int) -> tuple[bytes, ...]:
    """All pages of a file that has so many, as they are kept; none where one is missing."""
    rows = store.rows(
        "SELECT body FROM page_cache WHERE sha256 = ? AND page BETWEEN 1 AND ?"
        " AND settings_version = ? ORDER BY page",
        [sha256, count, sanitize.text(settings_version)],
    )
    return tuple(row["body"] for row in rows) if len(rows) == count else ()


def put_page(store: Store, sha256: str, page: KeptPage, settings_version: str) -> None:
    """Keep a page's reading; one made with other settings is replaced."""
    with store.writing() as conn:
        conn.execute("DELETE FROM page_cache WHERE sha256 = ? AND page = ?", [sha256, page.number])
        conn.execute(
            "INSERT INTO page_cache (sha256, page, settings_version, body) VALUES (?, ?, ?, ?)",
            [sha256, sanitize.integer(page.number), sanitize.text(settings_version), page.body],
        )
