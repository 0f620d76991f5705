"""What holds of all workers: this machine's processes, and those of a Dask cluster."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, wait
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from threading import Event

import pytest

from extract.types import DocumentReading
from noteverbale import reading, scheduler, tasks
from noteverbale.cluster import ClusterWorkers
from noteverbale.job import Job, Task
from noteverbale.service_config import ClusterConfig
from noteverbale.worker_pool import WorkerPool
from noteverbale.workers import About, WorkerDied, Workers, WorkersUnavailable
from ocr.engines.selection import reading_version
from ocr.settings import OcrSettings
from store.db import codec
from store.intake.documents import PendingDocument
from tests import golden_pages
from tests.noteverbale import workload
from tests.noteverbale.dask_cluster import DaskCluster
from tests.noteverbale.sink import CountingSink

SAMPLES = Path(__file__).parents[2] / "samples"
SETTINGS = OcrSettings()
READ = DocumentReading("processed", None, (), None)
LIMIT_S = 300.0


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DaskCluster]:
    with DaskCluster(tmp_path_factory.mktemp("dask")) as running:
        running.add_worker()
        running.add_worker()
        yield running


def of(cluster: DaskCluster, version: str | None = None) -> ClusterWorkers:
    config = ClusterConfig(cluster.address)
    return ClusterWorkers(config, SETTINGS, version or reading_version(SETTINGS))


@pytest.fixture(params=["pool", "cluster"])
def workers(request: pytest.FixtureRequest) -> Iterator[Workers]:
    if request.param == "pool":
        found: Workers = WorkerPool(2)
    else:
        found = of(request.getfixturevalue("cluster"))
    yield found
    found.close()


def result(future: Future[tasks.Done]) -> object:
    return future.result(LIMIT_S).value


def test_each_task_has_its_own_result(workers: Workers) -> None:
    assert workers.at_once == 2
    readings = [DocumentReading("processed", str(n), (), None) for n in range(6)]
    futures = [workers.submit(workload.answer, (reading,), LIMIT_S) for reading in readings]
    assert [result(future) for future in futures] == readings


@pytest.mark.parametrize(
    ("bad", "how", "limit_s"),
    [
        (workload.die, "crashed", LIMIT_S),
        (workload.be_killed, "killed", LIMIT_S),
        (workload.hang, "hung", 2.0),
    ],
)
def test_a_process_that_dies_takes_its_own_task_and_no_other(
    workers: Workers, bad: Callable[[], None], how: str, limit_s: float
) -> None:
    good = [workers.submit(workload.answer, (READ,), LIMIT_S) for _ in range(2)]
    wait(good)
    dying = workers.submit(bad, (), limit_s)
    good = [workers.submit(workload.answer, (READ,), LIMIT_S) for _ in range(4)]
    error = dying.exception(LIMIT_S)
    assert isinstance(error, WorkerDied)
    assert error.how == how
    assert [result(future) for future in good] == [READ] * 4


def test_an_error_of_ours_and_what_the_machine_lacks_come_back(workers: Workers) -> None:
    assert isinstance(workers.submit(workload.fail, (), LIMIT_S).exception(LIMIT_S), ValueError)
    assert result(workers.submit(workload.lack, (), LIMIT_S)) == tasks.Lacking("no_space")


def test_the_bytes_of_a_document_are_where_the_task_looks_for_them(
    workers: Workers, tmp_path: Path
) -> None:
    kept = tmp_path / "kept"
    kept.write_bytes(b"what was sent")
    original = tasks.Original(str(kept), "0" * 64)
    for _ in range(2):
        assert result(workers.submit(workload.contents, (original,), LIMIT_S)) == b"what was sent"


def test_files_from_inside_a_document_come_back_with_what_is_told_of_it(
    workers: Workers, tmp_path: Path
) -> None:
    folder = tmp_path / "inside"
    found = result(workers.submit(workload.take_out, (tasks.Folder(str(folder)),), LIMIT_S))
    assert isinstance(found, tasks.Inspected)
    (file,) = found.enclosed
    assert file.path is not None
    assert Path(file.path).parent == folder
    assert Path(file.path).read_bytes() == b"annex"


SMALL = About("document 1, its rows", small=True)


def test_small_tasks_that_travel_together_share_no_fate(workers: Workers) -> None:
    good: list[tuple[Callable[..., object], tuple[object, ...]]] = [(workload.answer, (READ,))]
    calls = [*good * 5, (workload.die, ()), (workload.fail, ()), *good * 4]
    futures = [workers.submit(call, arguments, LIMIT_S, SMALL) for call, arguments in calls]
    workers.send()
    assert [result(future) for future in futures[:5]] == [READ] * 5
    assert isinstance(futures[5].exception(LIMIT_S), WorkerDied)
    assert isinstance(futures[6].exception(LIMIT_S), ValueError)
    while not all(future.done() for future in futures):
        workers.send()  # the last few wait for company while others are on their way
        wait(futures, 0.1)
    assert [result(future) for future in futures[7:]] == [READ] * 4


def test_pages_that_were_kept_are_enough_to_read_a_note(workers: Workers) -> None:
    pages = golden_pages.pages_of(golden_pages.samples()[0])
    bodies = tuple(map(codec.page_to_bytes, pages))
    future = workers.submit(tasks.extract, (bodies, False, None, 60.0), LIMIT_S, SMALL)
    workers.send()
    found = result(future)
    assert found == replace(reading.extract_note(pages), pages=())
    assert isinstance(found, DocumentReading)
    assert found.note is not None


def test_the_workers_tell_what_they_do(workers: Workers, tmp_path: Path) -> None:
    file = tmp_path / "go"
    about = About("document 7, page 3")
    future = workers.submit(workload.wait_for, (str(file),), LIMIT_S, about)
    until = time.monotonic() + LIMIT_S
    while not any("document 7, page 3" in seen.doing for seen in workers.seen()):
        assert time.monotonic() < until
        time.sleep(0.05)
    file.touch()
    result(future)
    seen = workers.seen()
    assert 1 <= sum(worker.at_once for worker in seen) <= workers.at_once
    assert all(worker.since > 0 and worker.answered > 0 for worker in seen)


def test_a_slow_document_is_overtaken_when_there_is_no_room_behind_it(
    workers: Workers, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "go"

    def call(job: Job, task: Task) -> tuple[Callable[..., object], tuple[object, ...]]:
        slow = task.document == 1
        return (workload.wait_for, (str(file),)) if slow else (workload.answer, (READ,))

    def let_go(sink: CountingSink) -> None:
        if len(sink.outcomes) == 4:
            file.touch()

    monkeypatch.setattr(scheduler, "_call", call)
    monkeypatch.setattr(scheduler, "MOST_ACTIVE", 2)
    sink = CountingSink(after=let_go)
    scheduler.Scheduler(workers, Event()).run(_documents(8), sink)
    assert sorted(sink.outcomes) == [1, 2, 3, 4, 5, 6, 7, 8]
    assert set(sink.outcomes.values()) == {("processed", None)}
    assert list(sink.outcomes).index(1) >= 4


def _documents(count: int) -> list[Job]:
    return [
        Job(
            PendingDocument(number, f"{number:064d}", "a.pdf", "application/pdf", False, None, 0),
            "a.pdf",
            SETTINGS,
            lambda number: None,
        )
        for number in range(1, count + 1)
    ]


def test_a_document_that_kills_its_process_fails_and_the_others_are_read_in_order(
    workers: Workers, monkeypatch: pytest.MonkeyPatch
) -> None:
    def call(job: Job, task: Task) -> tuple[Callable[..., object], tuple[object, ...]]:
        return (workload.die, ()) if task.document == 3 else (workload.answer, (READ,))

    monkeypatch.setattr(scheduler, "_call", call)
    sink = CountingSink()
    scheduler.Scheduler(workers, Event()).run(_documents(6), sink)
    assert list(sink.outcomes) == [1, 2, 3, 4, 5, 6]
    assert sink.outcomes.pop(3) == ("failed", "crashed")
    assert set(sink.outcomes.values()) == {("processed", None)}
    assert sink.lost_over == {3: 3}


def test_workers_of_a_cluster_that_are_killed_cost_nothing_but_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scheduler, "_call", lambda job, task: (workload.answer, (READ,)))
    with DaskCluster(tmp_path) as running:
        for _ in range(2):
            running.add_worker()
        killed: list[int] = []

        def kill(sink: CountingSink) -> None:
            """After every third document the oldest worker goes, and another comes."""
            if len(sink.outcomes) % 3 == 0:
                victim = running.workers[len(killed)]
                os.killpg(victim.pid, signal.SIGKILL)
                killed.append(victim.pid)
                running.add_worker()

        sink = CountingSink(after=kill)
        workers = of(running)
        scheduler.Scheduler(workers, Event()).run(_documents(12), sink)
        assert list(sink.outcomes) == list(range(1, 13))
        assert set(sink.outcomes.values()) == {("processed", None)}
        assert sink.lost_over == {}
        assert len(killed) == 4


def test_a_scheduler_that_goes_away_ends_the_run_and_the_next_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scheduler, "_call", lambda job, task: (workload.answer, (READ,)))
    with DaskCluster(tmp_path) as running:
        running.add_worker()

        def kill(sink: CountingSink) -> None:
            if len(sink.outcomes) == 2 and running.scheduler is not None:
                os.killpg(running.scheduler.pid, signal.SIGKILL)
                running.scheduler.wait()

        sink = CountingSink(after=kill)
        config = ClusterConfig(running.address, timeout_s=2.0)
        workers = ClusterWorkers(config, SETTINGS, reading_version(SETTINGS))
        with pytest.raises(WorkersUnavailable, match="does not answer"):
            scheduler.Scheduler(workers, Event()).run(_documents(5), sink)
        done = list(sink.outcomes)
        assert done == list(range(1, len(done) + 1))
        running.start_scheduler()
        running.add_worker()
        sink.after = lambda sink: None
        scheduler.Scheduler(of(running), Event()).run(_documents(5)[len(done) :], sink)
        assert list(sink.outcomes) == [1, 2, 3, 4, 5]


def test_a_cluster_that_would_read_otherwise_is_not_used(cluster: DaskCluster) -> None:
    with pytest.raises(WorkersUnavailable, match="this machine with 0"):
        of(cluster, "0.9")


def test_a_cluster_without_workers_or_scheduler_is_said(tmp_path: Path) -> None:
    with DaskCluster(tmp_path) as empty, pytest.raises(WorkersUnavailable, match="has no worker"):
        of(empty)
    config = ClusterConfig("tcp://127.0.0.1:9", timeout_s=1.0)
    with pytest.raises(WorkersUnavailable, match="does not answer"):
        ClusterWorkers(config, SETTINGS, "0.9")


def test_the_same_rows_come_out_of_a_cluster(cluster: DaskCluster, tmp_path: Path) -> None:
    scans = sorted(SAMPLES.rglob("*.pdf"))[:2]
    rows = []
    for name, more in (("here", ()), ("there", ("--cluster", cluster.address))):
        database = tmp_path / f"{name}.db"
        done = subprocess.run(
            [sys.executable, "-m", "noteverbale", "process", *scans, "--db", database, *more],
            check=False,
            capture_output=True,
            text=True,
        )
        assert done.returncode in (0, 1), done.stderr
        with closing(sqlite3.connect(database)) as db:
            rows.append(db.execute("SELECT * FROM delegation_list").fetchall())
            assert db.execute("SELECT count(*) FROM pages").fetchone()[0] >= 2
    assert rows[0]
    assert rows[0] == rows[1]
