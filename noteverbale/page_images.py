"""Page images for the review page: rendered once from the kept original, then from the disk.

They lie beside the database, under ``page-images/<sha256 of the original>/``, readable for
their owner only. Removing that folder forgets the images of one original; they come back when
they are looked at while the original is kept.
"""

from __future__ import annotations

import os
import secrets
import threading
import time
from dataclasses import replace
from pathlib import Path

from ocr.errors import OcrError, Unavailable
from ocr.settings import OcrSettings
from store.errors import OriginalUnusable, UnknownRecord
from store.intake import documents
from store.opening import open_store
from store.records.stored import load_pages

FOLDER = "page-images"

AT_ONCE = 2
"""Pages rendered at the same time; each takes a core and 200 MB for a moment."""

IMAGE_S = 10.0
"""Processor seconds for one; an ordinary page needs a tenth of one."""

REMEMBERED_S = 600.0
"""A page that could not be rendered is not tried again for so long."""


class PageImages:
    """Gives the PNG of an upright page image, the one that the words' boxes refer to."""

    def __init__(self, database: Path, settings: OcrSettings) -> None:
        self._database = database
        self._settings = settings
        self._folder = database.parent / FOLDER
        self._places = threading.BoundedSemaphore(AT_ONCE)
        self._bad: dict[Path, tuple[float, OcrError]] = {}

    def __call__(self, document: int, page: int, own_tones: bool = False) -> bytes:
        """The image of page ``page`` (from 1), on request in the tones it was scanned with.

        Raises:
            UnknownRecord: there is no such document, or it has no such page.
            OriginalUnusable: the original is not kept any more.
            OcrError: the file cannot be opened, or takes too long.
        """
        sha256, original, rotation = self._facts(document, page)
        own = "-own" if own_tones else ""
        name = f"{page}-{rotation}-{self._settings.version}{own}.png"
        cached = self._folder / sha256 / name
        try:
            return cached.read_bytes()
        except FileNotFoundError:
            pass
        self._raise_known(cached)
        with self._places:
            self._raise_known(cached)
            if cached.exists():  # whoever was before us in the queue wanted the same
                return cached.read_bytes()
            try:
                return self._rendered(original, page, rotation, cached, own_tones)
            except Unavailable:
                raise
            except OcrError as error:
                self._bad[cached] = (time.monotonic(), error)
                raise

    def _raise_known(self, cached: Path) -> None:
        """A bad page costs its time once, not at every look."""
        for place, (when, _error) in list(self._bad.items()):
            if time.monotonic() - when > REMEMBERED_S:
                self._bad.pop(place, None)
        known = self._bad.get(cached)
        if known is not None:
            raise known[1]

    def _facts(self, document: int, page: int) -> tuple[str, Path, int]:
        store = open_store(self._database, check=False)
        try:
            sha256 = documents.sha256_of(store, document)
            read = {found.number: found for found in load_pages(store, document)}
            original = store.originals.path(sha256)
        finally:
            store.close()
        if not original.is_file():
            raise OriginalUnusable("The original is not kept any more.")
        if read and page not in read:
            raise UnknownRecord(f"Document {document} has no page {page}.")
        return sha256, original, read[page].rotation if page in read else 0

    def _rendered(
        self, original: Path, page: int, rotation: int, cached: Path, own_tones: bool
    ) -> bytes:
        from ocr.document import page_png

        settings = replace(self._settings, page_timeout_s=IMAGE_S)
        pixels = page_png(original, page, settings, rotation, own_tones)
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


def original_of(database: Path, document: int) -> tuple[str, bytes]:
    """The name and the bytes of the file that was sent.

    Raises:
        UnknownRecord: there is no such document.
        OriginalUnusable: it is not kept any more, or its bytes are not those that were kept.
    """
    store = open_store(database, check=False)
    try:
        sha256 = documents.sha256_of(store, document)
        return documents.filename_of(store, document), store.originals.get(sha256)
    finally:
        store.close()
