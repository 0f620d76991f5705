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

PART = 1 / 4
"""Of the documents, for the run that tells what starting costs."""


@dataclass(frozen=True, slots=True)
class Run:
    """Pages read, seconds by the wall clock, seconds of processor time of all processes."""

    pages: int
    wall_s: float
    cpu_s: float

    @property
    def each(self) -> float:
        """Seconds of processor time a page."""
        return self.cpu_s / self.pages


def main() -> int:
    """Prints both of a part and of all, and from their difference what starting costs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=1000)
    parser.add_argument("--scans", type=Path)
    parser.add_argument("--repeat", type=int, default=1)
    asked = parser.parse_args()
    with ExitStack() as held:
        folder = Path(held.enter_context(tempfile.TemporaryDirectory()))
        make = _scans if asked.scans else _kept
        part, whole = (make(folder, asked, share) for share in (PART, 1.0))
        cluster = held.enter_context(DaskCluster(folder))
        for _ in range(WORKERS):
            cluster.add_worker()
        more = ["--cluster", cluster.address]
        for number in range(asked.repeat):
            runs = []
            for what in part, whole:
                place = folder / f"{number}-{what.name}"
                runs.append(
                    (
                        run(place, what, ["--jobs", str(WORKERS)], None),
                        run(place, what, more, cluster),
                    )
                )
                told("this machine", runs[-1][0])
                told("over Dask", runs[-1][1])
            compared(*runs)
    return 0


def compared(part: tuple[Run, Run], whole: tuple[Run, Run]) -> None:
    """Dask beside this machine: all in all, and a page without what a run costs that reads none."""
    here, there = whole
    print(f"Dask, with its start: {there.each / here.each - 1:+.1%} processor time a page")
    print(f"Dask: {there.pages / there.wall_s * here.wall_s / here.pages:.2f} of the pages")
    a_page = [
        (all_.cpu_s - some.cpu_s) / (all_.pages - some.pages)
        for some, all_ in zip(part, whole, strict=True)
    ]
    starts = [all_.cpu_s - each * all_.pages for each, all_ in zip(a_page, whole, strict=True)]
    print(
        f"Dask, without: {a_page[1] / a_page[0] - 1:+.1%},"
        f" {1000 * (a_page[1] - a_page[0]):+.1f} ms a page;"
        f" a start {starts[0]:.1f} s here, {starts[1]:.1f} s over Dask"
    )


def _kept(folder: Path, asked: argparse.Namespace, share: float) -> Path:
    """A database of documents whose pages are kept."""
    database = folder / f"{share:.2f}.db"
    with open_store(database) as store:
        varied.add(store, varied.patterns(), round(asked.documents * share))
    return database


def _scans(folder: Path, asked: argparse.Namespace, share: float) -> Path:
    """A folder with so many of the scans, taken evenly."""
    place = folder / f"{share:.2f}"
    place.mkdir()
    files = sorted(file for file in asked.scans.iterdir() if file.is_file())
    for file in files[:: round(1 / share)]:
        shutil.copy(file, place)
    return place


def told(where: str, one: Run) -> None:
    """A line of figures."""
    print(
        f"{where}: {one.pages} pages, {one.pages / one.wall_s:.2f} a second,"
        f" {one.each * 1000:.1f} ms of processor time each"
    )


def run(folder: Path, what: Path, more: list[str], cluster: DaskCluster | None) -> Run:
    """One reading of everything."""
    folder.mkdir(exist_ok=True)
    database = folder / ("there.db" if cluster else "here.db")
    if what.is_dir():
        read = ["process", str(what)]
    else:
        read = ["process", "--kept"]
        shutil.copy(what, database)
    running = [cluster.scheduler, *cluster.workers] if cluster else []
    command = [sys.executable, "-m", "noteverbale", *read, "--db", str(database), *more]
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
