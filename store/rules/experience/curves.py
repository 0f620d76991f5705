"""Chance as read to the share that turned out right: rising curves, from few decided rows or many.

What decided rows say is pooled until it rises (``isotonic``). Each block moves the chances in it by
what its rows had more or less than was promised, as if ``prior`` more rows of it had been decided
that were right just as often as promised: few rows change little.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from store.rules.experience.isotonic import Block, pooled

PRIOR = 60.0
"""Decided rows that the shipped tables are worth, in each block of a field's chances."""

PRIOR_WHOLE = 30.0
"""The same for what a row's fields make together: there the tables err more, as faults go together.

With 200 rows decided of scans by another generator, the error of a row's confidence on all others
went from 0.115 to 0.055, of name, title and address together from 0.068 to 0.038, of fields from
0.030 to 0.026; the same curves on our own samples: from 0.096 to 0.099, 0.085 to 0.060, 0.015 to
0.016. At 60 the first was 0.066; at 15 the fourth grew to 0.107. By four hands (recalibrate.py of
benchmarks) no error grew by more than 0.005 with 20 rows, and a row's fell from 0.075 to 0.058
with 200.
"""

_KNOTS = tuple(i / 50 for i in range(49)) + tuple(0.98 + i / 500 for i in range(11))
"""Where a curve is kept: finer near 1, where most rows are and a little means much."""

_DIGITS = 4  # of a share as it is kept

_SAME = 3  # digits of chances that are one


@dataclass(frozen=True, slots=True)
class Curve:
    """Shares ``right`` at chances ``at``, both rising, 0 to 1; straight between them.

    ``rows`` is the number of decided rows behind it.

    Raises:
        ValueError: it does not rise, or not from 0 to 1.
    """

    at: tuple[float, ...] = (0.0, 1.0)
    right: tuple[float, ...] = (0.0, 1.0)
    rows: float = 0.0

    def __post_init__(self) -> None:
        ends = len(self.at) == len(self.right) > 1 and (self.at[0], self.at[-1]) == (0.0, 1.0)
        if not ends or any(a >= b for a, b in pairwise(self.at)):
            raise ValueError(f"no chances from 0 to 1: {self.at}")
        falls = any(a > b for a, b in pairwise(self.right))
        if falls or not 0.0 <= self.right[0] <= self.right[-1] <= 1.0:
            raise ValueError(f"no rising shares: {self.right}")

    def of(self, chance: float) -> float:
        """The share right at a chance from 0 to 1.

        >>> Curve((0.0, 0.5, 1.0), (0.0, 0.3, 0.9)).of(0.75)
        0.6
        """
        place = min(max(bisect_right(self.at, chance), 1), len(self.at) - 1)
        low, high = self.at[place - 1], self.at[place]
        part = (min(max(chance, low), high) - low) / (high - low)
        return self.right[place - 1] + part * (self.right[place] - self.right[place - 1])


AS_SHIPPED = Curve()
"""What is promised is what is right."""


@dataclass(frozen=True, slots=True)
class Point:
    """One decided value: its chance, whether it was right, and how much it counts."""

    chance: float
    right: bool
    weight: float = 1.0


def fitted(points: Iterable[Point], prior: float = PRIOR) -> Curve:
    """The curve of these values; ``AS_SHIPPED`` without any."""
    alike: dict[float, Block] = {}
    for point in points:  # values of one chance are one block, whatever their order
        chance = round(point.chance, _SAME)
        block = alike.setdefault(chance, Block(chance, 0.0, 0.0))
        block.values += point.weight
        block.right += point.weight * point.right
    if not alike:
        return AS_SHIPPED
    counted = {chance: block.values for chance, block in alike.items()}
    rows = sum(counted.values())
    blocks = pooled([alike[chance] for chance in sorted(alike)])
    starts = [block.start for block in blocks]
    promised = [0.0 for _ in blocks]
    for chance, values in counted.items():
        promised[max(0, bisect_right(starts, chance) - 1)] += chance * values
    moved = [
        (block.right - promise) / (block.values + prior)
        for block, promise in zip(blocks, promised, strict=True)
    ]
    mixed = [
        min(1.0, max(0.0, knot + moved[max(0, bisect_right(starts, knot) - 1)])) for knot in _KNOTS
    ]
    rising = pooled([Block(k, 1.0, share) for k, share in zip(_KNOTS, mixed, strict=True)])
    starts = [block.start for block in rising]
    means = (rising[bisect_right(starts, knot) - 1] for knot in _KNOTS)
    right = tuple(round(block.right / block.values, _DIGITS) for block in means)
    return Curve(_KNOTS, right, rows)
