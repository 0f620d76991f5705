"""What worker processes do: one page, or one document's first look or last, at a time.

Functions of values that cross processes. spaCy and OpenCV are imported here and nowhere in the
coordinator, so that a run with nothing to do costs nothing.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import multiprocessing.connection
import os
import shutil
import signal
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from extract.types import DocumentReading
from ingest import isolation
from noteverbale import reading
from ocr.children import cpu_time
from ocr.children.limits import Limits
from ocr.errors import ChildTimeout, Unavailable

if TYPE_CHECKING:
    from extract.types import NoteVerbale
    from ocr.enclosed import Enclosed
    from ocr.settings import OcrSettings
    from store.db.codec import KeptPage


OPENED = ("not_a_scan", "too_many_pages")
"""Reasons why a document is not read that say nothing about the files inside it."""


@dataclass(frozen=True, slots=True)
class Original:
    """An argument of a task: a kept original, by its place on the coordinator's disk."""

    path: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Folder:
    """An argument of a task: a folder on the coordinator's disk for files that it makes."""

    path: str


@dataclass(frozen=True, slots=True)
class Lacking:
    """The task could not be done now; ``reason`` is one of ``ocr.errors.LACKS``."""

    reason: str


@dataclass(frozen=True, slots=True)
class Done:
    """What a task brought, and the seconds of processor time it took."""

    value: object
    cpu_s: float


def timed(call: Callable[..., object], *arguments: object) -> Done:
    """One task, and what it cost."""
    before = cpu_time.processor_time()
    try:
        value = call(*arguments)
    except Unavailable as error:
        value = Lacking(error.reason)
    return Done(value, cpu_time.processor_time() - before)


def start_worker() -> None:
    """A worker leaves signals to the coordinator: it ends the page in hand and is then told."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    # Out of memory: the kernel shall end a worker, which costs one document an attempt, and not
    # the coordinator (proc_pid_oom_score_adj(5)). A process may always raise its own score.
    with contextlib.suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("500", encoding="ascii")
    isolation.cut_off()  # before the first thread
    threading.Thread(target=_end_with_coordinator, daemon=True).start()


def _end_with_coordinator() -> None:
    """A coordinator that is killed takes its workers with it: they would wait for ever."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        multiprocessing.connection.wait([parent.sentinel])
        os._exit(1)


@dataclass(frozen=True, slots=True)
class Inspected:
    """The number of pages, or why the document is not read, and the files inside it."""

    pages: int
    outcome: DocumentReading | None
    enclosed: tuple[Enclosed, ...] = ()


def inspect(
    path: str, media_type: str, settings: OcrSettings, accept: bool, folder: str | None
) -> Inspected:
    """What the document is; the files inside it are put into ``folder``, where there is one."""
    found = reading.inspect_document(Path(path), media_type, settings, accept)
    outcome = found if isinstance(found, DocumentReading) else None
    if folder is None or (outcome is not None and outcome.reason not in OPENED):
        enclosed: tuple[Enclosed, ...] = ()
    else:
        place = Path(folder)
        shutil.rmtree(place, ignore_errors=True)  # a worker that died may have left some
        place.mkdir(parents=True)
        enclosed = reading.enclosed_files(Path(path), media_type, settings, place)
    return Inspected(0 if isinstance(found, DocumentReading) else found.pages, outcome, enclosed)


def read_page(path: str, number: int, settings: OcrSettings, hints: reading.Hints) -> KeptPage:
    """One page as read by both readers, as it is kept: the coordinator needs none of its words."""
    from store.db import codec

    return codec.kept(reading.read_one_page(Path(path), number, settings, hints))


def extract(
    bodies: tuple[bytes, ...], accept: bool, enclosing: NoteVerbale | None, cpu_s: float
) -> DocumentReading:
    """What the pages say, within so much processor time; they themselves do not come back."""
    from store.db import codec

    pages = tuple(map(codec.page_from_bytes, bodies))
    try:
        with cpu_time.ticking(Limits(cpu_s).from_now().left):
            return replace(reading.extract_note(pages, accept, enclosing), pages=())
    except ChildTimeout:
        return DocumentReading("failed", "timeout", (), None)
