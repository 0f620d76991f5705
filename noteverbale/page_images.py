"""Page images for the review page: rendered once from the kept original, then from the disk.

They lie beside the database, under ``page-images/<sha256 of the original>/``, readable for
their owner only. Removing that folder forgets the images of one original; they come back when
they are looked at while the original is kept.
"""

from __future__ import annotations

import os
import secrets
import threading
from pathlib import Path

from ocr.settings import OcrSettings
from store.database import Store
from store.errors import OriginalUnusable, UnknownRecord
from store.readings import load_pages

FOLDER = "page-images"


class PageImages:
    """Gives the PNG of an upright page image, the one that the words' boxes refer to."""

    def __init__(self, database: Path, settings: OcrSettings) -> None:
        self._database = database
        self._settings = settings
        self._folder = database.parent / FOLDER
        self._one_at_a_time = threading.Lock()  # a page takes a core and 200 MB for a moment

    def __call__(self, document: int, page: int) -> bytes:
        """The image of page ``page`` (from 1).

        Raises:
            UnknownRecord: there is no such document, or it has no such page.
            OriginalUnusable: the original is not kept any more.
            OcrError: the file cannot be opened, or takes too long.
        """
        sha256, original, rotation = self._facts(document, page)
        name = f"{page}-{rotation}-{self._settings.version}.png"
        cached = self._folder / sha256 / name
        try:
            return cached.read_bytes()
        except FileNotFoundError:
            pass
        with self._one_at_a_time:
            if cached.exists():  # whoever was before us in the queue wanted the same
                return cached.read_bytes()
            return self._rendered(original, page, rotation, cached)

    def _facts(self, document: int, page: int) -> tuple[str, Path, int]:
        store = Store.open(self._database, check=False)
        try:
            row = store.one("SELECT sha256 FROM documents WHERE id = ?", [document])
            if row is None:
                raise UnknownRecord(f"There is no document {document}.")
            read = {found.number: found for found in load_pages(store, document)}
            original = store.originals.path(row["sha256"])
        finally:
            store.close()
        if not original.is_file():
            raise OriginalUnusable("The original is not kept any more.")
        if page not in read and not (page == 1 and not read):
            raise UnknownRecord(f"Document {document} has no page {page}.")
        return row["sha256"], original, read[page].rotation if page in read else 0

    def _rendered(self, original: Path, page: int, rotation: int, cached: Path) -> bytes:
        from ocr.document import page_png

        pixels = page_png(original, page, self._settings, rotation)
        cached.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._folder.chmod(0o700)
        temporary = cached.with_name(f".{secrets.token_hex(8)}")
        handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(pixels)
            temporary.replace(cached)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise
        return pixels
