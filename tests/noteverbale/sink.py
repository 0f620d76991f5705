"""Whom the scheduler tells what happens, in place of the database."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from noteverbale.job import Job


def _nothing(sink: CountingSink) -> None:
    del sink


@dataclass(slots=True)
class CountingSink:
    """Counts attempts as the database would: the third that is lost is the last.

    ``after`` is called when a document is done. ``later`` are jobs that come up meanwhile.
    """

    after: Callable[[CountingSink], None] = _nothing
    lost_over: dict[int, int] = field(default_factory=dict)
    outcomes: dict[int, tuple[str, str | None]] = field(default_factory=dict)
    lacking: str | None = None
    later: list[Job] = field(default_factory=list)

    def begun(self, job: Job) -> None:
        """Nothing to note."""

    def lost(self, job: Job) -> bool:
        """One attempt less."""
        number = job.document.id
        self.lost_over[number] = self.lost_over.get(number, 0) + 1
        return self.lost_over[number] < 3

    def page_read(self, job: Job, page: object) -> None:
        """No document here gets as far as a page."""

    def waits(self, job: Job, reason: str) -> None:
        """It goes on waiting."""
        self.outcomes[job.document.id] = ("pending", reason)

    def enclosed(self, job: Job, files: object) -> None:
        """No document here has any."""

    def more(self) -> tuple[Job, ...]:
        """Those that came up."""
        more, self.later = tuple(self.later), []
        return more

    def settle(self, *, now: bool = False) -> None:
        """Nothing is put off."""

    def done(self, job: Job) -> None:
        """With its result."""
        assert job.result is not None
        self.outcomes[job.document.id] = (job.result.outcome, job.result.reason)
        self.after(self)
