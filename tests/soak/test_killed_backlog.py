"""A backlog is read while coordinator, workers and their children are killed, here and over Dask.

The next run goes on each time; at the end the rows are those of a run that nobody disturbed.
"""

from __future__ import annotations

import contextlib
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

import pytest

from noteverbale import pipeline
from noteverbale.config import Config, OcrConfig
from ocr.engines.selection import reading_version
from store.db import codec
from store.intake.document_rows import DocumentRow, add_document
from store.opening import open_store
from store.records import stored
from tests import golden_pages
from tests.noteverbale.dask_cluster import DaskCluster
from tests.soak.conftest import Tell
from tests.soak.killed import LIMIT_S, LOOK_S, Killer
from tests.soak.small_scans import scan

ROOT = Path(__file__).parents[2]
SEED = 1605

SCANS = (("Kari Solberg", "k.solberg"), ("Liv Brekke", "l.brekke"), ("Nils Aas", "n.aas"))

QUESTIONS = (
    "SELECT id, sha256, filename, outcome, reason, attempts, pages FROM documents ORDER BY id",
    "SELECT document_id, seq, name, title, email, status, reasons, current, confidence"
    " FROM delegates ORDER BY document_id, seq",
    "SELECT document_id, number, outcome, text FROM pages ORDER BY document_id, number",
    "SELECT document_id, note FROM readings ORDER BY document_id",
    "SELECT sha256, page FROM page_cache ORDER BY sha256, page",
    "SELECT count(*) FROM corrections",
)


@dataclass(frozen=True, slots=True)
class Place:
    """A database, what is beside it, and the folder of scans that are read into it."""

    folder: Path
    scans: Path
    documents: int
    """Of which all pages are kept; they are read again by the rules alone."""

    @property
    def database(self) -> Path:
        """As the runs know it."""
        return self.folder / "n.db"

    def begin(self, more: list[str]) -> subprocess.Popen[bytes]:
        """A run, in a process group of its own."""
        temporary = self.folder / "tmp"
        temporary.mkdir(exist_ok=True)
        config = self.folder / "config.toml"
        config.write_text("[ocr]\nsecond_reader = false\n")
        where = ["--db", str(self.database), "--config", str(config), *more]
        with (self.folder / "said").open("wb") as said:
            return subprocess.Popen(
                [sys.executable, "-m", "noteverbale", "process", str(self.scans), *where],
                env={**os.environ, "PYTHONPATH": str(ROOT), "TMPDIR": str(temporary)},
                stderr=said,
                start_new_session=True,
            )

    def told(self) -> list[list[tuple[object, ...]]]:
        """What the database says, after a look at its soundness."""
        with contextlib.closing(sqlite3.connect(self.database)) as conn:
            assert conn.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            assert conn.execute("PRAGMA foreign_key_check").fetchall() == []
            assert conn.execute("SELECT count(*) FROM stale").fetchone() == (0,)
            return [conn.execute(question).fetchall() for question in QUESTIONS]

    def writes(self) -> bool:
        """Something that was read is in the database."""
        with contextlib.closing(sqlite3.connect(self.database)) as conn:
            return conn.execute("SELECT 1 FROM readings").fetchone() is not None

    def waiting(self) -> int:
        """Documents that are still to be read, or to be taken in."""
        with contextlib.closing(sqlite3.connect(self.database)) as conn:
            asked = "SELECT count(*), sum(outcome = 'pending') FROM documents"
            there, pending = conn.execute(asked).fetchone()
        return int(self.documents + len(SCANS) - there + pending)


@pytest.fixture
def scans(tmp_path: Path) -> Path:
    """What came in."""
    found = tmp_path / "scans"
    found.mkdir()
    for name, mail in SCANS:
        (found / f"{mail}.png").write_bytes(scan(name, mail))
    return found


@pytest.fixture
def first(tmp_path: Path, scans: Path, documents: int) -> Place:
    """So many documents wait of which all pages were read before."""
    place = Place(tmp_path / "first", scans, documents)
    place.folder.mkdir()
    version = reading_version(pipeline.ocr_settings(Config(ocr=OcrConfig(second_reader=False))))
    with open_store(place.database) as store, store.writing() as conn:
        for name in golden_pages.samples()[:documents]:
            pages = golden_pages.pages_of(name)
            digest = sha256(name.encode()).hexdigest()
            row = DocumentRow(f"{name}.pdf", "application/pdf", digest, 1, None)
            number = add_document(conn, row, "2019-04-05T08:00:00Z")
            for page in pages:
                stored.put_page(store, digest, codec.kept(page), version)
            conn.execute("UPDATE documents SET pages = ? WHERE id = ?", [len(pages), number])
    return place


def copied(first: Place, name: str) -> Place:
    """Everything from the beginning."""
    place = replace(first, folder=first.folder.parent / name)
    place.folder.mkdir()
    shutil.copy(first.database, place.database)
    return place


@contextlib.contextmanager
def cluster(folder: Path) -> Iterator[DaskCluster]:
    with DaskCluster(folder) as running:
        for _ in range(2):
            running.add_worker()
        yield running


def _gone(group: int) -> None:
    """Those whom a killed coordinator leaves behind end by themselves."""
    until = time.monotonic() + LIMIT_S
    while time.monotonic() < until:
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return
        time.sleep(0.02)
    raise AssertionError("workers outlive their coordinator")


@pytest.mark.parametrize("kind", ["pool", "cluster"])
@pytest.mark.parametrize(
    ("kills", "documents"),
    [
        pytest.param(2, 10, id="short"),
        pytest.param(50, 24, id="long", marks=[pytest.mark.soak]),
    ],
)
@pytest.mark.timeout(7200)
def test_runs_that_are_killed_lose_nothing_and_double_nothing(
    tmp_path: Path, first: Place, tell: Tell, kind: str, kills: int, documents: int
) -> None:
    with contextlib.ExitStack() as held:
        more = ["--jobs", "2"]
        running = None
        if kind == "cluster":
            (tmp_path / "dask").mkdir()
            running = held.enter_context(cluster(tmp_path / "dask"))
            more = ["--cluster", running.address]
            undisturbed(copied(first, "cold"), more)  # its workers stay, and are quicker then
        whole = copied(first, "whole")
        spread_s, busy_s = undisturbed(whole, more)
        killer = Killer(random.Random(SEED), spread_s, busy_s, kills, lambda: False)
        if running is not None:
            attend(killer, running)
        right = whole.told()
        outcomes = Counter(row[3] for row in right[0])
        assert outcomes["processed"] >= documents // 2 + len(SCANS), outcomes
        assert not outcomes["pending"]
        rounds = 0
        while killer.kills:
            rounds += 1
            place = copied(first, f"round{rounds}")
            killer.busy = place.writes
            finish(place, more, killer)
            assert place.told() == right, rounds
    told = ", ".join(f"{count} times the {what}" for what, count in killer.done.items())
    tell(f"a backlog over the {kind}: killed {told}; {rounds} times all of it was read")
    assert killer.done.total() == kills


def undisturbed(place: Place, more: list[str]) -> tuple[float, float]:
    """A whole run: its seconds, and those from its first row on."""
    began = first = time.monotonic()
    run = place.begin(more)
    while run.poll() is None:
        if not place.writes():
            first = time.monotonic()
        time.sleep(LOOK_S)
    assert run.returncode in (0, 1), (place.folder / "said").read_text()
    return time.monotonic() - began, time.monotonic() - first


def attend(killer: Killer, running: DaskCluster) -> None:
    """Also a cluster's workers are killed; for each another one comes."""

    def living() -> list[int]:
        return [worker.pid for worker in running.workers if worker.poll() is None]

    def kill_machine(chance: random.Random) -> None:
        os.killpg(chance.choice(living()), signal.SIGKILL)
        running.add_worker()

    killer.roots = living
    killer.machine = kill_machine


def finish(place: Place, more: list[str], killer: Killer) -> None:
    """Run after run, until nothing waits."""
    runs = 0
    while place.waiting():
        runs += 1
        assert runs < 100, (place.folder / "said").read_text()
        run = place.begin(more)
        killer.attend(run)
        _gone(run.pid)
        said = (place.folder / "said").read_text()
        assert run.returncode in (0, 1, -signal.SIGKILL), said
        assert "Traceback" not in said
