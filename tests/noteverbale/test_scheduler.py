"""What the process pool does when a document kills, hangs or trips its worker."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from threading import Event

import pytest

from extract.types import DocumentReading
from noteverbale import scheduler
from noteverbale.job import Job, Task
from noteverbale.worker_pool import WorkerPool
from ocr.settings import ORDINARY_PAGE_S, OcrSettings
from ocr.types import Page
from store.db import codec
from store.intake.documents import PendingDocument
from tests.noteverbale import workload
from tests.noteverbale.sink import CountingSink

READ = DocumentReading("processed", None, (), None)
Call = tuple[Callable[..., object], tuple[object, ...]]


def _run(
    monkeypatch: pytest.MonkeyPatch,
    bad: dict[int, Callable[..., object]],
    count: int,
    settings: OcrSettings | None = None,
    *,
    of_bad: tuple[object, ...] = (),
    good: Call = (workload.answer, (READ,)),
    later: int = 0,
) -> CountingSink:
    def call(job: Job, task: Task) -> Call:
        return (bad[task.document], of_bad) if task.document in bad else good

    monkeypatch.setattr(scheduler, "_call", call)
    sink = CountingSink()
    jobs = [
        Job(
            PendingDocument(number, f"{number:064d}", "a.pdf", "application/pdf", False, None, 0),
            "a.pdf",
            settings or OcrSettings(),
            lambda number: None,
        )
        for number in range(1, count + later + 1)
    ]
    sink.later = jobs[count:]
    sink.lacking = scheduler.Scheduler(WorkerPool(2), Event()).run(jobs[:count], sink)
    return sink


def test_a_document_that_kills_its_worker_fails_and_takes_no_other_with_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sink = _run(monkeypatch, {2: workload.die}, count=6)
    assert list(sink.outcomes) == sorted(sink.outcomes)
    assert sink.outcomes.pop(2) == ("failed", "crashed")
    assert set(sink.outcomes.values()) == {("processed", None)}
    assert sink.lost_over.pop(2) == 3
    assert set(sink.lost_over.values()) <= {1}


def test_two_that_kill_their_workers_are_both_found(monkeypatch: pytest.MonkeyPatch) -> None:
    sink = _run(monkeypatch, {1: workload.die, 2: workload.die}, count=3)
    assert sink.outcomes == {
        1: ("failed", "crashed"),
        2: ("failed", "crashed"),
        3: ("processed", None),
    }


def test_a_worker_that_never_comes_back_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scheduler, "HUNG_PER_CPU", 6.0)
    settings = OcrSettings(page_timeout_s=0.2)
    sink = _run(monkeypatch, {2: workload.hang}, 3, settings)
    assert sink.outcomes.pop(2) == ("failed", "timeout")
    assert set(sink.outcomes.values()) == {("processed", None)}


def test_an_error_of_ours_is_an_outcome_and_its_text_is_not_logged(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    sink = _run(monkeypatch, {1: workload.fail}, count=2)
    assert sink.outcomes == {1: ("failed", "internal_error"), 2: ("processed", None)}
    assert "ValueError" in caplog.text
    assert "Jane Doe" not in caplog.text


def test_what_failed_for_time_alone_is_tried_again_when_nothing_else_is_in_hand(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    log = str(tmp_path / "log")
    sink = _run(monkeypatch, {1: workload.late}, 5, of_bad=(log, 1), good=(workload.noted, (log,)))
    assert set(sink.outcomes.values()) == {("processed", None)}
    assert list(sink.outcomes) == [2, 3, 4, 5, 1]
    lines = (tmp_path / "log").read_text().split()
    assert (lines[-1], lines.count("late"), lines.count("other")) == ("late", 2, 4)


def test_what_fails_for_time_twice_has_failed(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    log = str(tmp_path / "log")
    sink = _run(monkeypatch, {1: workload.late}, 2, of_bad=(log, 99))
    assert sink.outcomes == {2: ("processed", None), 1: ("failed", "timeout")}
    assert (tmp_path / "log").read_text().split() == ["late", "late"]


def test_a_worker_killed_for_memory_is_no_verdict_on_the_document(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sink = _run(monkeypatch, {2: workload.be_killed}, count=4)
    assert sink.outcomes.pop(2) == ("pending", "no_memory")
    assert set(sink.outcomes.values()) == {("processed", None)}
    assert sink.lost_over == {}


def test_a_document_the_machine_cannot_read_waits_and_the_others_are_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sink = _run(monkeypatch, {1: workload.lack}, count=4)
    assert sink.outcomes.pop(1) == ("pending", "no_space")
    assert set(sink.outcomes.values()) == {("processed", None)}
    assert sink.lacking is None


def test_a_machine_that_can_read_nothing_ends_the_run(monkeypatch: pytest.MonkeyPatch) -> None:
    everyone: dict[int, Callable[..., object]] = dict.fromkeys(range(1, 41), workload.lack)
    sink = _run(monkeypatch, everyone, count=40)
    assert sink.lacking == "no_space"
    assert 3 <= len(sink.outcomes) < 10
    assert set(sink.outcomes.values()) == {("pending", "no_space")}


def _job(settings: OcrSettings) -> Job:
    document = PendingDocument(1, "0" * 64, "a.pdf", "application/pdf", False, None, 0)
    return Job(document, "a.pdf", settings, lambda number: None)


def test_a_document_has_so_much_time_beyond_that_of_ordinary_pages() -> None:
    job = _job(OcrSettings(document_timeout_s=60))
    job.inspected(40)
    job.pages[1] = codec.kept(Page(1, 10, 10, 200, "read"))
    for number in (2, 3, 4):
        assert job.next_task() == Task(1, "page", number)
        job.held.clear()
        job.pages[number] = codec.kept(Page(number, 10, 10, 200, "read"))
    job.spent_s = 3 * ORDINARY_PAGE_S + 39
    job.out_of_time()
    assert len(job.pages) == 4
    job.spent_s += 2
    job.out_of_time()
    assert len(job.pages) == 40
    assert {job.pages[n].reason for n in range(5, 41)} == {"timeout"}
    assert job.wants_another_try
    job.try_again()
    job.out_of_time()
    assert len(job.pages) == 4
    assert job.task_s(Task(1, "page", 5)) == pytest.approx(19)
    job.spent_s += 19
    job.out_of_time()
    assert len(job.pages) == 40
    assert not job.wants_another_try


def test_a_page_that_was_not_looked_at_twice_for_time_is_read_again() -> None:
    job = _job(OcrSettings())
    job.inspected(2)
    job.pages[1] = codec.kept(Page(1, 10, 10, 200, "read"))
    job.pages[2] = codec.kept(Page(2, 10, 10, 200, "warned", reason="timeout"))
    assert job.wants_another_try
    job.try_again()
    assert list(job.pages) == [1]
    assert job.next_task() == Task(1, "page", 2)


def test_pages_side_by_side_have_no_more_time_than_the_document() -> None:
    job = _job(OcrSettings(page_timeout_s=20, document_timeout_s=75))
    job.inspected(6)
    job.pages[1] = codec.kept(Page(1, 10, 10, 200, "read"))
    assert job.next_task() == Task(1, "page", 2)
    assert job.next_task() == Task(1, "page", 3)
    assert job.next_task() is None  # 54 s for two pages of 20 s, and not for a third
    job.held.discard(Task(1, "page", 2))
    assert job.next_task() == Task(1, "page", 4)


def test_a_document_that_fails_keeps_the_pages_that_were_read() -> None:
    """An error of the rules is no reason to lose what the page said: a person reads it."""
    job = _job(OcrSettings())
    job.inspected(2)
    job.pages[1] = page = codec.kept(Page(1, 10, 10, 200, "read"))
    job.fail("internal_error")
    assert job.result == DocumentReading("failed", "internal_error", (), None)
    assert job.ordered_pages() == (page,)


def test_what_comes_up_while_others_are_read_is_read_after_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sink = _run(monkeypatch, {}, count=3, later=2)
    assert list(sink.outcomes) == [1, 2, 3, 4, 5]
