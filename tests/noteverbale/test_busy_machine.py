"""What is read does not depend on how busy the machine is."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event

import pytest

from ingest.folder import FolderSource
from noteverbale import pipeline
from noteverbale.progress import TerminalProgress
from noteverbale.tally import Tally
from noteverbale.worker_pool import WorkerPool
from ocr.settings import OcrSettings
from store.opening import open_store

REPLIES = Path(__file__).resolve().parents[2] / "samples" / "replies"
TEN = tuple(
    next(REPLIES.glob(f"{number:03d}-*"))
    for number in (1, 3, 4, 9, 10, 16, 22, 29, 45, 50)  # all six languages, tables, a fax
)
ONE = tuple(path for path in TEN if path.name.startswith("003-"))  # a table, on a grey scan
BUSY = 8


@contextmanager
def busy_machine() -> Iterator[None]:
    """Eight processes, as important as ours, that want all the processor time they can get."""
    work = [sys.executable, "-S", "-c", "while True: pass"]
    others = [subprocess.Popen(work) for _ in range(BUSY)]
    try:
        yield
    finally:
        for other in others:
            other.kill()
            other.wait()


def read(database: Path, samples: tuple[Path, ...]) -> list[tuple[object, ...]]:
    """Everything that was read of the samples: words, places, confidences, rows, reasons."""
    jobs = len(os.sched_getaffinity(0))
    tally = Tally()
    with open_store(database) as store:
        with FolderSource(samples) as source:
            pipeline.keep(store, source, tally, Event())
        pipeline.read(
            store, OcrSettings(), lambda *_: WorkerPool(jobs), tally, TerminalProgress(), Event()
        )
        pages = store.rows("SELECT document_id, number, outcome, reason, text, body FROM pages")
        notes = store.rows("SELECT document_id, note FROM readings")
        rows = store.rows("SELECT * FROM delegation_list")
        outcomes = store.rows("SELECT document_id, outcome, reason FROM documents_list")
        return sorted(map(tuple, (*pages, *notes, *rows, *outcomes)), key=repr)


@pytest.mark.timeout(1800)  # it is slow by intent
@pytest.mark.parametrize(
    "samples",
    [pytest.param(ONE, id="one"), pytest.param(TEN, id="ten", marks=pytest.mark.soak)],
)
def test_samples_are_read_alike_beside_eight_busy_processes(
    tmp_path: Path, samples: tuple[Path, ...]
) -> None:
    alone = read(tmp_path / "alone.db", samples)
    assert len(alone) > 4 * len(samples)
    with busy_machine():
        assert read(tmp_path / "busy.db", samples) == alone
