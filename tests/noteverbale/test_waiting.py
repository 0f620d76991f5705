"""What a machine lacks is no verdict on a document, and one bad original stops no other."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from threading import Event

import pytest

from ingest.folder import FolderSource
from noteverbale import pipeline
from noteverbale.progress import TerminalProgress
from noteverbale.rounds import Result, result_of
from noteverbale.tally import Tally
from noteverbale.worker_pool import WorkerPool
from ocr.children import shortages
from ocr.errors import Unavailable
from ocr.settings import OcrSettings
from store.opening import open_store

ROOT = Path(__file__).resolve().parents[2]
REPLIES = ROOT / "samples" / "replies"
NOTES = (REPLIES / "029-ury-decline.pdf", REPLIES / "030-irl-acknowledgement.pdf")
OTHERS = (REPLIES / "039-mmr-bare.pdf", REPLIES / "034-ecu-first.pdf")

Outcome = tuple[str, str, str | None]


def _outcomes(database: Path) -> list[Outcome]:
    with sqlite3.connect(database) as conn:
        query = "SELECT filename, outcome, reason FROM documents_list ORDER BY document_id"
        found = [(str(row[0]), str(row[1]), row[2]) for row in conn.execute(query)]
    conn.close()
    return found


def _process(
    database: Path, files: tuple[Path, ...], before: tuple[str, ...] = (), **extra: str
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [
            *before,
            *(sys.executable, "-m", "noteverbale", "process", "--jobs", "1"),
            *("--db", str(database), *map(str, files)),
        ],
        env={**os.environ, "PYTHONPATH": str(ROOT), **extra},
        check=False,
        capture_output=True,
        text=True,
    )


def test_a_changed_and_a_missing_original_fail_and_the_rest_goes_on(tmp_path: Path) -> None:
    tally = Tally()
    with open_store(tmp_path / "n.db") as store:
        with FolderSource((*NOTES, OTHERS[0])) as source:
            pipeline.keep(store, source, tally, Event())
        kept = [row["sha256"] for row in store.rows("SELECT sha256 FROM documents ORDER BY id")]
        store.originals.path(kept[0]).unlink()
        store.originals.path(kept[1]).write_bytes(b"%PDF-1.4 something else")
        pipeline.read(
            store, OcrSettings(), lambda *_: WorkerPool(1), tally, TerminalProgress(), Event()
        )
    assert _outcomes(tmp_path / "n.db") == [
        (NOTES[0].name, "failed", "original_missing"),
        (NOTES[1].name, "failed", "original_changed"),
        (OTHERS[0].name, "processed", None),
    ]


def test_without_tesseract_documents_wait_and_are_read_once_it_is_there(tmp_path: Path) -> None:
    tools = tmp_path / "bin"
    tools.mkdir()
    for name in ("env", "sh", "timeout", "prlimit", "pdfinfo", "pdftoppm"):
        found = shutil.which(name)
        assert found is not None
        (tools / name).symlink_to(found)
    database = tmp_path / "n.db"
    first = _process(database, NOTES, PATH=str(tools))
    assert first.returncode == 1
    assert "a program or its data is missing" in first.stderr
    assert _outcomes(database) == [(note.name, "pending", "tool_missing") for note in NOTES]
    second = _process(database, NOTES)
    assert second.returncode == 0
    assert [outcome for _, outcome, _ in _outcomes(database)] == ["processed"] * 2


def test_documents_that_find_the_temporary_folder_full_wait(tmp_path: Path) -> None:
    """In a mount namespace of its own the folder is on a file system of a few pages."""
    full = tmp_path / "full"
    full.mkdir()
    namespace = ("unshare", "--map-root-user", "--mount")
    if subprocess.run([*namespace, "true"], check=False, capture_output=True).returncode:
        pytest.skip("no file system may be mounted here")
    script = f'mount -t tmpfs -o size=2m none {full} && exec "$@"'
    database = tmp_path / "n.db"
    files = (*NOTES, *OTHERS)
    before = (*namespace, "sh", "-c", script, "sh")
    first = _process(database, files, before, TMPDIR=str(full))
    assert first.returncode == 1
    assert "nothing more is read now: no room was left in the temporary folder" in first.stderr
    assert {found[1:] for found in _outcomes(database)} == {("pending", "no_space")}
    second = _process(database, files)
    assert second.returncode == 0
    assert {outcome for _, outcome, _ in _outcomes(database)} == {"processed"}


def test_the_service_waits_longer_after_a_round_that_could_read_nothing() -> None:
    nothing = Tally(waiting=[(1, "a.pdf", "no_space")])
    assert result_of(nothing, Event()) == Result("failed", "no_space")
    some = Tally(waiting=[(1, "a.pdf", "no_space")], outcomes={"processed": 1})
    assert result_of(some, Event()).outcome == "complete"
    assert not some.all_done
    ended = Tally(lacking="tool_missing", outcomes={"processed": 1})
    assert result_of(ended, Event()).reason == "tool_missing"


def _full() -> None:
    """Nothing to do, in a folder without room."""


def _failing() -> None:
    raise OSError(5, "Input/output error")


@pytest.mark.parametrize("work", [_full, _failing])
def test_whatever_comes_out_of_a_full_folder_is_not_believed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, work: Callable[[], None]
) -> None:
    monkeypatch.setattr(shortages, "LEAST_ROOM", 2**62)  # more than any disk has
    with pytest.raises(Unavailable) as caught, shortages.room_in(tmp_path):
        work()
    assert caught.value.reason == "no_space"
