"""What several readings of a text come to, and what it is worth that they agree or differ."""

from __future__ import annotations

from dataclasses import dataclass

AGREED = 0.985  # trust where both readers agree
ACCENTS_ADDED = 0.93  # trust in accents that only one of them saw
SETTLED = 0.88  # trust where two of three see the same letters
DIFFERS = 0.55  # most trust where they differ
SURE_SECOND = 0.9  # score from which the second reader may be believed


@dataclass(frozen=True, slots=True)
class ChosenReading:
    """A text, the trust in it (0 to 1), and whether two readers disagree about its letters.

    ``original`` is the page reader's text when the other reader was believed. ``covered`` tells
    that other ink lies across it, or that a reader nearly took one of its letters for another, so
    that no witness makes it sure.
    """

    text: str
    confidence: float
    differs: bool = False
    original: str | None = None
    covered: bool = False
