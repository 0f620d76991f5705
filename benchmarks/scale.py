"""What a document costs in a small and in a large archive, and what limits how many are read.

    python benchmarks/scale.py cost --sizes 100 1000 10000 100000
    python benchmarks/scale.py write --sizes 1000 10000 100000
    python benchmarks/scale.py memory --sizes 1000 10000 100000
    python benchmarks/scale.py cores
    python benchmarks/scale.py known --files 1000000
    python benchmarks/scale.py plot

Everything is read from kept pages (``benchmarks.varied``): other persons, numbers and meetings on
each, so that what is searched for grows as it does in an archive. Figures are appended to
``scaling.jsonl`` and drawn into ``docs/images``. Processor time hardly depends on what else the
machine does; the clock does.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import ExitStack, closing
from pathlib import Path
from threading import Event

from benchmarks import charts, large, varied, writing
from benchmarks.usage import Usage, measured
from extract.types import DocumentReading, Invitation
from ingest.listing import Listing
from noteverbale import pipeline, tasks
from noteverbale.service import Quiet
from noteverbale.tally import Tally
from noteverbale.workers import NOTHING, About, Seen
from ocr.settings import OcrSettings
from store.opening import open_store
from store.records import meetings
from tests.noteverbale.dask_cluster import DaskCluster

FIRST, THEN = 52, 520
"""Documents of two runs; the difference is without what a run costs that reads nothing."""

WRITTEN = 1000
"""Documents whose writing is timed."""

REPEATS = 3

NOTEVERBALE = (sys.executable, "-m", "noteverbale")


def main() -> int:
    """Measures one part, or draws what was measured."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("part", choices=sorted(PARTS))
    parser.add_argument("--sizes", type=int, nargs="+", default=[100, 1000, 10_000])
    parser.add_argument("--files", type=int, default=100_000)
    parser.add_argument("--bases", type=Path, help="where large databases are kept for next time")
    parser.add_argument("--out", type=Path, default=Path("scaling.jsonl"))
    asked = parser.parse_args()
    with ExitStack() as held:
        folder = Path(held.enter_context(tempfile.TemporaryDirectory(dir=asked.bases)))
        for figures in PARTS[asked.part](asked, folder):
            line = json.dumps({"part": asked.part, **figures})
            print(line, flush=True)
            with asked.out.open("a", encoding="ascii") as file:
                print(line, file=file)
    return 0


def base(asked: argparse.Namespace, folder: Path, size: int) -> Path:
    """A database of so many documents that were read, of its own."""
    kept = (asked.bases or folder) / f"b{size}.db"
    if not kept.exists():
        command = [sys.executable, large.__file__, "database", kept, "--documents", str(size)]
        subprocess.run(command, check=True, stderr=subprocess.DEVNULL)
    place = folder / str(size)
    place.mkdir()
    shutil.copy(kept, place / "n.db")
    return place / "n.db"


def cost(asked: argparse.Namespace, folder: Path) -> Iterator[dict[str, object]]:
    """Milliseconds of processor a document in an archive of each size, and what status takes."""
    patterns = varied.patterns()
    for size in asked.sizes:
        database = base(asked, folder, size)
        small = read(database, patterns, 0, FIRST)
        whole = read(database, patterns, FIRST, THEN)
        more = THEN - FIRST
        began, told = commands(database)
        yield {
            "documents": size,
            "processor_ms": 1000 * (whole.cpu_s - small.cpu_s) / more,
            "coordinator_ms": 1000 * (whole.own_s - small.own_s) / more,
            "coordinator_mb": whole.own_mb,
            "nothing_new_s": began,
            "status_s": told,
            "bytes_a_page": database.stat().st_size / _count(database, "pages"),
        }
        shutil.rmtree(database.parent)


def read(
    database: Path, patterns: list[varied.Pattern], first: int, count: int, *more: str
) -> Usage:
    """Takes in so many documents whose pages are kept, and reads them."""
    with open_store(database) as store:
        varied.add(store, patterns, count, first)
    return measured([*NOTEVERBALE, "process", "--kept", "--db", database, *(more or JOBS)])


JOBS = ("--jobs", str(os.cpu_count() or 1))


def commands(database: Path) -> tuple[float, float]:
    """Processor seconds of a run with nothing to do, and of ``status``; the least of some."""
    found = []
    for command in ("process", "--kept"), ("status",):
        runs = [measured([*NOTEVERBALE, *command, "--db", database]) for _ in range(REPEATS)]
        found.append(min(run.cpu_s for run in runs))
    return found[0], found[1]


def _count(database: Path, table: str) -> int:
    with closing(sqlite3.connect(database)) as conn:
        return int(conn.execute(f"SELECT count(*) FROM {table}").fetchone()[0])  # noqa: S608


def write(asked: argparse.Namespace, folder: Path) -> Iterator[dict[str, object]]:
    """Documents a second that are written into an archive of each size."""
    patterns = writing.readings(40)
    for size in asked.sizes:
        database = base(asked, folder, size)
        with open_store(database, check=False) as store:
            for n in range(WRITTEN // writing.REPLIES_A_MEETING + 1):
                meetings.add(store, Invitation(f"CU 2019/{n}", f"Meeting number {n}"))
            states = [row["iso3"] for row in store.rows("SELECT iso3 FROM states WHERE party = 1")]
            made = list(writing.documents(patterns, WRITTEN, states))
            ids = writing.keep(store, 0, WRITTEN)
            wall_s, cpu_s = writing.write(store, ids, made, batch=32)
        yield {
            "documents": size,
            "a_second": WRITTEN / wall_s,
            "a_second_of_processor": WRITTEN / cpu_s,
        }
        shutil.rmtree(database.parent)


class _Instant:
    """Workers that answer at once: what remains is the coordinator."""

    place = "here"
    at_once = 2

    def __init__(self, answer: DocumentReading) -> None:
        self._answer = answer

    def submit(
        self,
        call: Callable[..., object],
        arguments: tuple[object, ...],
        limit_s: float,
        about: About = NOTHING,
    ) -> Future[tasks.Done]:
        """The same reading for all."""
        done: Future[tasks.Done] = Future()
        done.set_result(tasks.Done(self._answer, 0.01))
        return done

    def send(self) -> None:
        """All are there."""

    def seen(self) -> tuple[Seen, ...]:
        """Nobody."""
        return ()

    def close(self) -> None:
        """Nothing to end."""


def memory(asked: argparse.Namespace, folder: Path) -> Iterator[dict[str, object]]:
    """The coordinator's memory with a backlog of each size, and what it does a document."""
    for size in asked.sizes:
        database = base(asked, folder, size)
        with closing(sqlite3.connect(database)) as conn, conn:
            conn.execute("INSERT INTO writer (who, later) VALUES ('pipeline', 1)")
            conn.execute("UPDATE documents SET outcome = 'pending', reason = NULL")
            for waiting in ("writer", "stale", "notes_later", "reviews_later"):
                conn.execute(f"DELETE FROM {waiting}")  # noqa: S608 - our own
        options = ("--bases", folder, "--sizes", str(size), "--out", os.devnull)
        told = subprocess.run(
            (sys.executable, __file__, "backlog", *options),
            check=True,
            stdout=subprocess.PIPE,
            text=True,
        )
        yield {**json.loads(told.stdout), "part": "memory"}
        shutil.rmtree(database.parent)


def backlog(asked: argparse.Namespace, folder: Path) -> Iterator[dict[str, object]]:
    """A part of ``memory``, in a process of its own."""
    del folder
    size = asked.sizes[0]
    with open_store(asked.bases / str(size) / "n.db", check=False) as store:
        used = resource.getrusage(resource.RUSAGE_SELF)
        tally = Tally()
        workers = _Instant(DocumentReading("processed", None, (), None))
        pipeline.read(store, OcrSettings(), lambda *_: workers, tally, Quiet(), Event())
        usage = resource.getrusage(resource.RUSAGE_SELF)
    count = sum(tally.outcomes.values())
    spent = usage.ru_utime + usage.ru_stime - used.ru_utime - used.ru_stime
    yield {
        "documents": count,
        "coordinator_mb": usage.ru_maxrss / 1024,
        "coordinator_ms": 1000 * spent / count,
    }


def cores(asked: argparse.Namespace, folder: Path) -> Iterator[dict[str, object]]:
    """Documents a second with one core to all, on this machine and over Dask."""
    patterns = varied.patterns()
    for jobs in range(1, (os.cpu_count() or 1) + 1):
        for where in ("this machine", "Dask"):
            with ExitStack() as held:
                database = base(asked, folder, 1000)
                with open_store(database) as store:
                    varied.add(store, patterns, THEN)
                more, pids = ["--jobs", str(jobs)], []
                if where == "Dask":
                    cluster = held.enter_context(DaskCluster(folder))
                    for _ in range(jobs):
                        cluster.add_worker()
                    more = ["--cluster", cluster.address]
                    pids = [p.pid for p in (cluster.scheduler, *cluster.workers) if p]
                run = measured([*NOTEVERBALE, "process", "--kept", "--db", database, *more], pids)
            yield {
                "cores": jobs,
                "where": where,
                "a_second": THEN / run.wall_s,
                "processor_ms": 1000 * run.cpu_s / THEN,
            }
            shutil.rmtree(database.parent)


def known(asked: argparse.Namespace, folder: Path) -> Iterator[dict[str, object]]:
    """A run over so many files that were all taken in before: time until "nothing new"."""
    place = folder / "archive"
    large.folder(place, asked.files, size=0)
    database = folder / "n.db"
    with open_store(database) as store, store.writing() as conn:
        listed = Listing(lambda path: False)
        conn.executemany(
            "INSERT INTO known_files (print, items, sha256) VALUES (?, 1, ?)",
            (
                (found.print.hex(), "0" * 64)
                for found in listed.files(place)
                if found.print is not None
            ),
        )
    run = measured([*NOTEVERBALE, "process", place, "--db", database])
    yield {
        "files": asked.files,
        "nothing_new_s": run.wall_s,
        "processor_s": run.cpu_s,
        "coordinator_mb": run.own_mb,
    }


def plot(asked: argparse.Namespace, folder: Path) -> Iterator[dict[str, object]]:
    """Draws the latest figures of each part and size."""
    del folder
    charts.draw(asked.out, Path("docs/images"))
    yield {"drawn": str(asked.out)}


PARTS: dict[str, Callable[[argparse.Namespace, Path], Iterator[dict[str, object]]]] = {
    "cost": cost,
    "write": write,
    "memory": memory,
    "backlog": backlog,
    "cores": cores,
    "known": known,
    "plot": plot,
}

if __name__ == "__main__":
    sys.exit(main())
