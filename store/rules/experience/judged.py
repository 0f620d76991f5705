"""A row that no person has decided, as it is judged: how likely each field is right, and doubts.

The reading says what it says; what the office has learnt since changes chances and doubts in steps
from ``Judged`` to ``Judged``. No step changes a value.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from extract.types import Doubt

UNSURE = "low_confidence"
"""Doubt: less likely right than the threshold. It follows from the chances, at the end."""

KNOWN_NEW_ADDRESS = "known_new_address"
"""Said: the person was approved before with another address; this one is not in doubt."""

ASKS_NOBODY = frozenset({KNOWN_NEW_ADDRESS})
"""What is said of a row and is no reason to look at it: of returning persons a tenth have moved."""

REVIEWED = ("name", "title", "email")
"""Fields whose errors matter most; a row is marked for these."""

DECIMALS = 3
"""Of a chance as it is kept."""


@dataclass(frozen=True, slots=True)
class Judged:
    """One row of a note.

    ``values`` are the row's columns as they stand, ``read`` what the kept reading says, None for
    nothing found. ``chances`` says for every field how likely it is right, 0 to 1, also that
    nothing is printed where nothing was found. ``doubts`` are all but ``UNSURE``. ``state`` is an
    ISO 3166-1 alpha-3 code. ``row`` is the chance of the whole row as read.
    """

    delegate: int
    document: int
    state: str | None
    meeting: str | None
    language: str | None
    values: Mapping[str, str | None]
    read: Mapping[str, str | None]
    chances: Mapping[str, float]
    doubts: tuple[Doubt, ...]
    row: float

    @property
    def reviewed(self) -> float:
        """How likely name, title and address are all right."""
        return reviewed(self.chances)

    @property
    def asks(self) -> bool:
        """Whether there is a doubt that a person should look at."""
        return any(doubt.code not in ASKS_NOBODY for doubt in self.doubts)

    def without(self, *codes: str, field: str | None = None) -> Judged:
        """The same without these doubts; of one field alone if it is given."""
        kept = (d for d in self.doubts if d.code not in codes or (field and d.field != field))
        return replace(self, doubts=tuple(kept))

    def doubted(self, *doubts: Doubt) -> Judged:
        """The same with these doubts, each once."""
        return replace(self, doubts=tuple(dict.fromkeys((*self.doubts, *doubts))))

    def likely(self, **chances: float) -> Judged:
        """The same with these chances."""
        return replace(self, chances={**self.chances, **chances})


Lesson = Callable[[Judged], Judged]
"""One thing that was learnt."""


def reviewed(chances: Mapping[str, float]) -> float:
    """How likely name, title and address are all right."""
    return math.prod(chances[field] for field in REVIEWED)


def finished(judged: Judged, *, likely: bool) -> tuple[Doubt, ...]:
    """All doubts of the row: with ``UNSURE`` at its weakest field if it is not likely enough."""
    if likely:
        return judged.doubts
    weakest = min(REVIEWED, key=lambda field: judged.chances[field])
    return judged.doubted(Doubt(UNSURE, weakest)).doubts
