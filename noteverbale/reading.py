"""One document's bytes in, one reading out: ``ocr`` and ``extract`` composed.

Nothing here knows the database. The pipeline calls the steps one by one, a page a task, and
whoever wants it all in one call (the benchmarks, a cluster) takes ``read_document``. spaCy and
OpenCV are imported by the steps that need them and not before.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from extract.types import DocumentReading
from ocr.children import cpu_time
from ocr.errors import OcrError, Rejected, Unavailable
from ocr.types import Page

if TYPE_CHECKING:
    from extract.types import NoteVerbale
    from ocr.document import ScanInfo
    from ocr.enclosed import Enclosed
    from ocr.settings import OcrSettings
    from store.db.codec import KeptPage

TIMEOUT = "timeout"
"""Reason of pages and documents that were not read, or not looked at twice, for want of time."""


@dataclass(frozen=True, slots=True)
class Hints:
    """What the first page tells of the others: ISO 639-1 codes of text and of names."""

    languages: tuple[str, ...] = ()
    names: tuple[str, ...] = ()


NO_HINTS = Hints()
ReadPage = Callable[[Path, int, "OcrSettings", Hints], Page]


def inspect_document(
    path: Path, media_type: str, settings: OcrSettings, accept: bool = False
) -> ScanInfo | DocumentReading:
    """What the document is, or at once its outcome when it is not to be read.

    Raises:
        Unavailable: the machine lacks what it takes to tell.
    """
    from ocr.document import inspect

    try:
        return inspect(path, media_type, settings, accept)
    except Rejected as error:
        return DocumentReading("rejected", error.reason, (), None)
    except Unavailable:
        raise
    except OcrError as error:
        return DocumentReading("failed", error.reason, (), None)


def enclosed_files(
    path: Path, media_type: str, settings: OcrSettings, folder: Path
) -> tuple[Enclosed, ...]:
    """The files inside a document that can be opened, written to ``folder``.

    Where they cannot be taken out, one item without bytes says why.
    """
    from ocr.enclosed import Enclosed, take_out

    try:
        return take_out(path, media_type, settings, folder)
    except Rejected as error:
        return (Enclosed("enclosed files", "application/octet-stream", None, error.reason),)


def read_one_page(path: Path, number: int, settings: OcrSettings, hints: Hints = NO_HINTS) -> Page:
    """Page ``number`` (from 1) as read; a bad page is an outcome, never an error.

    Raises:
        Unavailable: the machine lacks what it takes.

    The rules for names are asked where the second reader should look, too.
    """
    from extract.second_look import second_look
    from ocr.reader import read_page

    ask = partial(second_look, languages=hints.names)
    return read_page(path, number, settings, hints.languages, ask)


def hints_from(first: Page | KeptPage) -> Hints:
    """Languages to expect on the other pages of a document."""
    return Hints((first.language,) if first.language else (), first.name_languages)


def extract_note(
    pages: tuple[Page, ...],
    accept: bool = False,
    enclosing: NoteVerbale | None = None,
    without: Collection[str] = (),
) -> DocumentReading:
    """What the pages say, and whether they are a note verbale at all.

    Args:
        pages: all pages of the document, in order.
        accept: a person said that this is to be processed whatever it looks like.
        enclosing: the note that this document came in; without formulas it is then its annex.
        without: components of ``extract.pipeline`` that are left out, for measuring.
    """
    from extract.note import read_note

    read = _is_read(pages)
    note = read_note(pages, enclosing if read else None, accept and read, without)
    if note.is_note:
        return DocumentReading("processed", None, pages, note)
    if not any(_is_hard(page) for page in pages):
        return DocumentReading("rejected", "not_a_note_verbale", pages, note)
    reason = _unread_reason(pages)
    if reason is not None:  # it may well be a note; that nobody can tell is no rejection
        return DocumentReading("failed", reason, pages, note if read else None)
    return DocumentReading("rejected", "not_a_note_verbale", pages, note)


def read_document(
    path: Path,
    media_type: str,
    settings: OcrSettings,
    accept: bool = False,
    read: ReadPage = read_one_page,
) -> DocumentReading:
    """The whole of it, in this process and one page after the other.

    Args:
        path: the file.
        media_type: what its bytes look like, see ``ingest.magic``.
        settings: limits and choices.
        accept: a person overruled a rejection.
        read: reads one page; a cache can be put before ``read_one_page``.
    """
    info = inspect_document(path, media_type, settings, accept)
    if isinstance(info, DocumentReading):
        return info
    until = cpu_time.processor_time() + settings.document_cpu_s(info.pages)
    pages: list[Page] = []
    for number in range(1, info.pages + 1):
        if cpu_time.processor_time() > until:
            pages.append(out_of_time(number))
            continue
        pages.append(read(path, number, settings, hints_from(pages[0]) if pages else NO_HINTS))
    return extract_note(tuple(pages), accept)


def out_of_time(number: int) -> Page:
    """A page that was not read because the document had used up its time."""
    return Page(number, 0, 0, 0, "failed", reason=TIMEOUT)


_HARD = frozenset(
    {
        "damaged_image",
        "low_ocr",
        "low_resolution",
        "renderer_warning",
        "timeout",
        "unread_print",
    }
)
"""Reasons of pages on which the words of a note may have been lost."""

_BARELY = frozenset({"low_ocr", "damaged_image"})
"""Those of pages that nobody can be sure to have read at all."""


def _is_hard(page: Page) -> bool:
    return page.outcome == "failed" or page.reason in _HARD


def _is_read(pages: tuple[Page, ...]) -> bool:
    return any(page.outcome != "failed" for page in pages)


def _unread_reason(pages: tuple[Page, ...]) -> str | None:
    """Why nobody can tell what the document is; None where enough of it was read.

    A page that failed may have been the note, whatever the others are. Pages that are barely
    legible count only where no other page was read.
    """
    failed = [page for page in pages if page.outcome == "failed"]
    if failed:
        return failed[0].reason or "unreadable"
    if all(page.reason in _BARELY or page.reason == "blank" for page in pages):
        return next((page.reason for page in pages if page.reason in _BARELY), None)
    return None
