"""What Dask costs beside the processes of one machine: processor time and pages a second.

    python benchmarks/engine.py                      # kept pages: reading is trivial
    python benchmarks/engine.py --scans samples      # real pages

Both read the same documents with two workers. Processor time is of everything that runs: the
coordinator, the workers' processes, Dask's own. It hardly depends on what else the machine does.
"""

from __future__ import annotations

import argparse
import shutil
import sqlite3
import sys
import tempfile
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path

from benchmarks import varied
from benchmarks.usage import measured
from store.opening import open_store
from tests.noteverbale.dask_cluster import DaskCluster

WORKERS = 2


@dataclass(frozen=True, slots=True)
class Run:
    """Pages read, seconds by the wall clock, seconds of processor time of all processes."""

    pages: int
    wall_s: float
    cpu_s: float


def main() -> int:
    """Prints both, and the difference a page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=1000)
    parser.add_argument("--scans", type=Path)
    parser.add_argument("--repeat", type=int, default=1)
    asked = parser.parse_args()
    with ExitStack() as held:
        folder = Path(held.enter_context(tempfile.TemporaryDirectory()))
        first = folder / "first.db"
        if asked.scans is None:
            with open_store(first) as store:
                varied.add(store, varied.patterns(), asked.documents)
        cluster = held.enter_context(DaskCluster(folder))
        for _ in range(WORKERS):
            cluster.add_worker()
        for number in range(asked.repeat):
            here = run(folder / f"here{number}", first, asked.scans, ["--jobs", str(WORKERS)], None)
            told("this machine", here)
            more = ["--cluster", cluster.address]
            there = run(folder / f"there{number}", first, asked.scans, more, cluster)
            told("over Dask", there)
            cost = (there.cpu_s / there.pages) / (here.cpu_s / here.pages) - 1
            print(f"Dask: {cost:+.1%} processor time a page")
            print(f"Dask: {there.pages / there.wall_s * here.wall_s / here.pages:.2f} of the pages")
    return 0


def told(where: str, one: Run) -> None:
    """A line of figures."""
    print(
        f"{where}: {one.pages} pages, {one.pages / one.wall_s:.2f} a second,"
        f" {one.cpu_s / one.pages * 1000:.1f} ms of processor time each"
    )


def run(
    folder: Path, first: Path, scans: Path | None, more: list[str], cluster: DaskCluster | None
) -> Run:
    """One reading of everything."""
    folder.mkdir()
    database = folder / "n.db"
    what = ["process", str(scans)] if scans else ["process", "--kept"]
    if scans is None:
        shutil.copy(first, database)
    running = [cluster.scheduler, *cluster.workers] if cluster else []
    command = [sys.executable, "-m", "noteverbale", *what, "--db", str(database), *more]
    usage = measured(command, [process.pid for process in running if process is not None])
    with closing(sqlite3.connect(database)) as db:
        asked = (
            "SELECT count(*) FROM pages AS p JOIN documents AS d ON d.id = p.document_id"
            " WHERE d.outcome <> 'pending'"
        )
        pages = db.execute(asked).fetchone()[0]
    return Run(pages, usage.wall_s, usage.cpu_s)


if __name__ == "__main__":
    sys.exit(main())
