"""How far a share may be from what was counted, for few rows as for many.

For tables Wilson 1927, doi:10.1080/01621459.1927.10502953; for promises the exact ones: Clopper and
Pearson 1934, doi:10.1093/biomet/26.4.404; of a finite number of rows by the
hypergeometric distribution (Buonaccorsi 1987, doi:10.1080/00031305.1987.10475481); of several
lots with shares of their own by the gamma distribution (Fay and Feuer 1997,
doi:10.1002/(SICI)1097-0258(19970415)16:7<791::AID-SIM500>3.0.CO;2-#).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import accumulate

CONFIDENCE = 0.95
"""Of the intervals; so often, or more often, the true share is within."""

_Z = 1.959964  # of the normal distribution, that 95 % are within on both sides

_HALVINGS = 60  # of [0, 1], or of what a double holds: nothing is left to halve

_TERMS = 1000  # of a sum whose terms fall; the rest is too small for a double


@dataclass(frozen=True, slots=True)
class Share:
    """``right`` of ``of``, or wrong of them; between ``low`` and ``high`` (0 to 1)."""

    count: float
    of: float
    low: float
    high: float

    @property
    def share(self) -> float | None:
        """The share itself, None of nothing."""
        return self.count / self.of if self.of else None


def of_many(count: float, of: float) -> Share:
    """A share of rows that stand for any number of further ones: Wilson's interval of 95 %.

    >>> s = of_many(3, 3)
    >>> round(s.low, 3), s.high
    (0.439, 1.0)
    """
    if of <= 0:
        return Share(0.0, 0.0, 0.0, 1.0)
    share, square = count / of, _Z * _Z
    middle = (share + square / (2 * of)) / (1 + square / of)
    half = _Z / (1 + square / of) * math.sqrt(share * (1 - share) / of + square / (4 * of * of))
    low = 0.0 if count <= 0 else max(0.0, middle - half)
    high = 1.0 if count >= of else min(1.0, middle + half)
    return Share(count, of, low, high)


def upper(count: int, of: int, confidence: float = CONFIDENCE) -> float:
    """No more than this share, one-sided; 1 of nothing."""
    if count >= of:
        return 1.0
    return _at(lambda p: 1 - binomial_above(count + 1, of, p), 1 - confidence)


def needed(share: float, confidence: float = CONFIDENCE) -> int:
    """Rows without a single error that bear out an error of at most this share.

    >>> needed(1 / 500)
    1497
    """
    return math.ceil(math.log(1 - confidence) / math.log1p(-share))


def binomial_above(count: int, of: int, p: float) -> float:
    """The chance of ``count`` or more of ``of``."""
    if count <= 0:
        return 1.0
    if p <= 0.0 or p >= 1.0:
        return float(p >= 1.0)
    logs = (
        _choose(of, k) + k * math.log(p) + (of - k) * math.log1p(-p) for k in range(count, of + 1)
    )
    return min(1.0, math.fsum(map(math.exp, logs)))


def of_finite(count: int, of: int, total: int, confidence: float = CONFIDENCE) -> tuple[int, int]:
    """How many of ``total`` rows, at least and at most, if ``count`` of ``of`` drawn ones are.

    >>> of_finite(0, 20, 20), of_finite(0, 20, 100)
    ((0, 0), (0, 15))
    """
    rest = (1 - confidence) / 2
    least, most = count, total - (of - count)
    low = _first(least, most, lambda k: _above(count, of, k, total) > rest)
    high = _first(least, most, lambda k: 1 - _above(count + 1, of, k, total) <= rest) - 1
    return low, max(high, low) if high >= least else most


def _first(low: int, high: int, holds: Callable[[int], bool]) -> int:
    """The first number from which on it holds; one more than ``high`` if it never does."""
    high += 1
    while low < high:
        middle = (low + high) // 2
        if holds(middle):
            high = middle
        else:
            low = middle + 1
    return low


def _above(count: int, of: int, wrong: int, total: int) -> float:
    """The chance to draw ``count`` or more of the ``wrong`` in ``of`` draws."""
    first, last = max(count, of - (total - wrong), 0), min(of, wrong)
    if count <= max(of - (total - wrong), 0):
        return 1.0
    all_ = _choose(total, of)
    logs = (
        _choose(wrong, k) + _choose(total - wrong, of - k) - all_ for k in range(first, last + 1)
    )
    return min(1.0, math.fsum(map(math.exp, logs)))


@dataclass(frozen=True, slots=True)
class Lot:
    """Rows of which some were drawn: ``wrong`` of ``drawn``, of ``total``."""

    wrong: int
    drawn: int
    total: int


def of_lots(lots: Iterable[Lot], confidence: float = CONFIDENCE) -> Share:
    """Wrong rows among all of several lots: the estimate, and its interval.

    A lot of which nothing was drawn is not among them: nothing is known of it.
    """
    known = [lot for lot in lots if lot.drawn]
    total = sum(lot.total for lot in known)
    if not total:
        return Share(0.0, 0.0, 0.0, 1.0)
    found = sum(lot.wrong for lot in known)
    open_ = [lot for lot in known if lot.drawn < lot.total]
    if len(open_) <= 1:
        one = open_[0] if open_ else Lot(0, 1, 1)
        low, high = of_finite(one.wrong, one.drawn, one.total, confidence) if open_ else (0, 0)
        sure = found - (one.wrong if open_ else 0)
        count = sure + (one.wrong * one.total / one.drawn if open_ else 0)
        return Share(count, float(total), (sure + low) / total, (sure + high) / total)
    # of what was not drawn, each lot's share weighs as much as it has rows left
    weights = [(lot.total - lot.drawn) / lot.drawn for lot in open_]
    wrong = [lot.wrong for lot in open_]
    mean = sum(w * k for w, k in zip(weights, wrong, strict=True))
    spread = sum(w * w * k for w, k in zip(weights, wrong, strict=True))
    least, most = _gamma_interval(mean, spread, max(weights), confidence)
    left = sum(lot.total - lot.drawn for lot in open_)
    most = min(float(left), math.ceil(most))
    return Share(
        found + mean, float(total), (found + math.floor(least)) / total, (found + most) / total
    )


def _gamma_interval(
    mean: float, spread: float, most: float, confidence: float
) -> tuple[float, float]:
    """Fay and Feuer: of a weighted sum of counts, ``most`` being the largest weight."""
    rest = (1 - confidence) / 2
    low = 0.0
    if mean > 0:
        low = gamma_at(mean * mean / spread, rest) * spread / mean
    up, wide = mean + most, spread + most * most
    return low, gamma_at(up * up / wide, 1 - rest) * wide / up


def gamma_at(shape: float, share: float) -> float:
    """Where the gamma distribution of this shape and scale 1 reaches ``share``."""
    high = shape + 1
    while _gamma_below(shape, high) < share:
        high *= 2
    low = 0.0
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if _gamma_below(shape, middle) < share else (low, middle)
    return (low + high) / 2


def _gamma_below(shape: float, x: float) -> float:
    """The regularised lower incomplete gamma function, by its series (DLMF 8.7.1)."""
    if x <= 0:
        return 0.0
    start = math.exp(shape * math.log(x) - x - math.lgamma(shape + 1))
    terms = accumulate(range(1, _TERMS), lambda term, k: term * x / (shape + k), initial=1.0)
    return min(1.0, start * math.fsum(terms))


def _choose(n: int, k: int) -> float:
    """Logarithm of the binomial coefficient."""
    return math.lgamma(n + 1) - math.lgamma(k + 1) - math.lgamma(n - k + 1)


def _at(rises: Callable[[float], float], share: float) -> float:
    """Where a monotone function of 0 to 1 crosses ``share``."""
    low, high = 0.0, 1.0
    up = rises(1.0) > rises(0.0)
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        below = (rises(middle) < share) == up
        low, high = (middle, high) if below else (low, middle)
    return (low + high) / 2
