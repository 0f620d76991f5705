"""What a run tells: how far it is, and at its end what came of everything."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from extract.types import DocumentReading
    from ingest.errors import IngestError
    from ingest.types import PassedOver


class Progress(Protocol):
    """Shows how far a run is; all numbers count documents."""

    def begin(self, total: int) -> None:
        """So many documents are to be read."""

    def left(self, count: int) -> None:
        """So many documents are still to be read, whatever was said before."""

    def step(self, filename: str, outcome: str, pages: int) -> None:
        """One document is done."""

    def end(self) -> None:
        """Nothing more comes."""


@dataclass(slots=True)
class Tally:
    """What a run did: items taken in or left out, and outcomes of documents read.

    ``problems`` are (document, file name, outcome, reason), ``set_aside`` and ``postponed``
    (message, reason): for a person, or for another attempt. ``waiting`` (document, file name,
    reason): what the machine could not read now. ``lacking`` is what it lacked, if the run ended
    for that. ``left_out`` what a source has and did not deliver.
    ``trouble`` is why the source could not be read to its end.
    """

    kept: int = 0
    known: int = 0
    outcomes: dict[str, int] = field(default_factory=dict)
    problems: list[tuple[int, str, str, str | None]] = field(default_factory=list)
    set_aside: list[tuple[int, str]] = field(default_factory=list)
    postponed: list[tuple[int, str]] = field(default_factory=list)
    left_out: list[PassedOver] = field(default_factory=list)
    trouble: IngestError | None = None
    waiting: list[tuple[int, str, str]] = field(default_factory=list)
    lacking: str | None = None
    _with_problem: set[int] = field(default_factory=set)

    @property
    def all_done(self) -> bool:
        """False when anything was not processed, whatever the reason."""
        missed = any(not item.is_by_name for item in self.left_out)
        troubles = (self.problems, self.set_aside, self.postponed, missed, self.trouble)
        return not any((*troubles, self.waiting, self.lacking))

    def add(self, document: int, filename: str, reading: DocumentReading) -> None:
        """Counts one document; one that is read again in the same run counts once."""
        if document in self._with_problem:
            for before in [problem for problem in self.problems if problem[0] == document]:
                self.problems.remove(before)
                self.outcomes[before[2]] = self.outcomes.get(before[2], 1) - 1
        self.outcomes[reading.outcome] = self.outcomes.get(reading.outcome, 0) + 1
        self.outcomes = {outcome: count for outcome, count in self.outcomes.items() if count > 0}
        if reading.outcome != "processed":
            self._with_problem.add(document)
            self.problems.append((document, filename, reading.outcome, reading.reason))
