"""What the process pool does when a document kills, hangs or trips its worker."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event

import pytest

from extract.types import DocumentReading
from noteverbale import scheduler
from noteverbale.job import Job, Task
from ocr.settings import OcrSettings
from ocr.types import Page
from store.documents import PendingDocument
from tests.noteverbale import workload

READ = DocumentReading("processed", None, (), None)
Call = tuple[Callable[..., object], tuple[object, ...]]


class _Sink:
    """Counts attempts as the database would: the third that is lost is the last."""

    def __init__(self) -> None:
        self.lost_over: dict[int, int] = {}
        self.outcomes: dict[int, tuple[str, str | None]] = {}
        self.later: list[Job] = []

    def begun(self, job: Job) -> None:
        """Nothing to note."""

    def lost(self, job: Job) -> bool:
        number = job.document.id
        self.lost_over[number] = self.lost_over.get(number, 0) + 1
        return self.lost_over[number] < 3

    def page_read(self, job: Job, page: object) -> None:
        """No document here gets as far as a page."""

    def enclosed(self, job: Job, files: object) -> None:
        """No document here has any."""

    def more(self) -> tuple[Job, ...]:
        more, self.later = tuple(self.later), []
        return more

    def done(self, job: Job) -> None:
        assert job.result is not None
        self.outcomes[job.document.id] = (job.result.outcome, job.result.reason)


def _run(
    monkeypatch: pytest.MonkeyPatch,
    bad: dict[int, Callable[[], None]],
    count: int,
    settings: OcrSettings | None = None,
    later: int = 0,
) -> _Sink:
    def call(job: Job, task: Task) -> Call:
        if task.document in bad:
            return bad[task.document], ()
        return workload.answer, (READ,)

    monkeypatch.setattr(scheduler, "_call", call)
    sink = _Sink()
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
    scheduler.Scheduler(2, Event()).run(jobs[:count], sink)
    assert list(sink.outcomes) == sorted(sink.outcomes)
    return sink


def test_a_document_that_kills_its_worker_fails_and_takes_no_other_with_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sink = _run(monkeypatch, {2: workload.die}, count=6)
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
    settings = OcrSettings(document_timeout_s=4.0)
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


def test_a_document_behind_a_long_backlog_keeps_its_time(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = [1000.0]
    monkeypatch.setattr("noteverbale.job.time.monotonic", lambda: clock[0])
    document = PendingDocument(1, "0" * 64, "a.pdf", "application/pdf", False, None, 0)
    job = Job(document, "a.pdf", OcrSettings(document_timeout_s=60), lambda number: None)
    clock[0] += 10_000
    assert job.next_task() == Task(1, "inspect")
    job.inspected(2)
    job.out_of_time()
    assert job.pages == {}
    clock[0] += 61
    job.out_of_time()
    assert {p.reason for p in job.pages.values()} == {"timeout"}


def test_a_document_that_fails_keeps_the_pages_that_were_read() -> None:
    """An error of the rules is no reason to lose what the page said: a person reads it."""
    page = Page(1, 10, 10, 200, "read")
    document = PendingDocument(1, "0" * 64, "a.pdf", "application/pdf", False, None, 0)
    job = Job(document, "a.pdf", OcrSettings(), {1: page}.get)
    job.inspected(2)
    job.fail("internal_error")
    assert job.result == DocumentReading("failed", "internal_error", (page,), None)


def test_what_comes_up_while_others_are_read_is_read_after_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sink = _run(monkeypatch, {}, count=3, later=2)
    assert list(sink.outcomes) == [1, 2, 3, 4, 5]
