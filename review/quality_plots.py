"""Shares with their intervals as small pictures: where points and lines go, for the template."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from store.reports.quality import Bin, Line, in_words
from store.rules.experience.intervals import Share

SIDE = 320.0
"""Units of a picture of chance against share, each side; the style sheet decides its size."""

WIDE, HIGH = 660.0, 320.0
"""Units of a picture of shares over time."""

LEFT, BOTTOM, TOP, RIGHT = 46.0, 28.0, 12.0, 14.0
"""Units kept free for the scales, the highest point and the last one."""

_LEAST_RADIUS, _MOST_RADIUS = 2.5, 9.0
"""Units: of a point that stands for one value, and for half of all."""


@dataclass(frozen=True, slots=True)
class Dot:
    """A share at its place, and the line of its interval; ``told`` in words."""

    x: float
    y: float
    low: float
    high: float
    radius: float
    told: str


@dataclass(frozen=True, slots=True)
class Picture:
    """``ticks`` are marks of the scale of shares, as (height, text); ``names`` those below."""

    width: float
    height: float
    dots: tuple[Dot, ...]
    line: str
    ticks: tuple[tuple[float, str], ...]
    names: tuple[tuple[float, str], ...]


def chances(bins: Iterable[Bin]) -> Picture | None:
    """Chance against the share that turned out right; None of nothing."""
    found = tuple(bins)
    if not found:
        return None
    total = sum(b.right.of for b in found)
    dots = tuple(
        _dot(LEFT + b.chance * (SIDE - LEFT - RIGHT), b.right, total, SIDE, f"{b.chance:.2f}")
        for b in found
    )
    names = tuple((round(LEFT + n / 4 * (SIDE - LEFT - RIGHT), 1), f"{n / 4:g}") for n in range(5))
    corner = f"{LEFT},{SIDE - BOTTOM} {SIDE - RIGHT},{TOP}"
    return Picture(SIDE, SIDE, dots, corner, _ticks(SIDE), names)


def over_time(lines: Iterable[Line], field: str = "row") -> Picture | None:
    """Shares in the order of the lines; None of fewer than two."""
    found = [(line.value, line.shares[field]) for line in lines if field in line.shares]
    if len(found) < 2:
        return None
    total = sum(share.of for _, share in found)
    step = (WIDE - LEFT - RIGHT) / len(found)
    dots = tuple(
        _dot(LEFT + (n + 0.5) * step, share, total, HIGH, name)
        for n, (name, share) in enumerate(found)
    )
    names = ((dots[0].x, found[0][0]), (dots[-1].x, found[-1][0]))
    line = " ".join(f"{dot.x},{dot.y}" for dot in dots)
    return Picture(WIDE, HIGH, dots, line, _ticks(HIGH), names)


def _dot(x: float, share: Share, total: float, height: float, name: str) -> Dot:
    radius = _LEAST_RADIUS + (_MOST_RADIUS - _LEAST_RADIUS) * min(1.0, 2 * share.of / total)
    return Dot(
        round(x, 1),
        _at(share.share or 0.0, height),
        _at(share.low, height),
        _at(share.high, height),
        round(radius, 1),
        f"{name or 'unknown'}: {in_words(share)}",
    )


def _ticks(height: float) -> tuple[tuple[float, str], ...]:
    return tuple((_at(n / 4, height), f"{25 * n} %") for n in range(5))


def _at(share: float, height: float) -> float:
    return round(height - BOTTOM - share * (height - BOTTOM - TOP), 1)
