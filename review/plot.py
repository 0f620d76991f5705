"""Replies over time as a small picture: where its bars and lines go, for the template."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

WIDTH, HEIGHT = 1200.0, 150.0
"""Units of the picture's own coordinates; the style sheet decides how large it is."""

_LEFT, _TOP, _BOTTOM = 34.0, 10.0, 20.0
"""Units kept free for the scale, the highest bar and the dates."""

_WIDEST_BAR = 18.0  # units: few days make no wall
_BAR_SHARE = 0.8  # of a day's width; the rest is the gap to the next


@dataclass(frozen=True, slots=True)
class Bar:
    """The replies of one day."""

    x: float
    y: float
    width: float
    height: float
    day: str
    replies: int


@dataclass(frozen=True, slots=True)
class Plot:
    """Bars a day, the running total as a line, and where the deadline is.

    ``most`` replies came on one day, ``total`` in all.
    """

    bars: tuple[Bar, ...]
    line: str
    deadline: float | None
    most: int
    total: int
    first: str
    last: str


def plot(replies: tuple[tuple[str, int], ...], deadline: str | None) -> Plot | None:
    """The picture of replies by day (ISO dates, in order); None if there are none."""
    days = [(date.fromisoformat(day), count) for day, count in replies if _is_day(day)]
    if not days:
        return None
    ends = [day for day, _ in days] + ([date.fromisoformat(deadline)] if deadline else [])
    first, last = min(ends), max(ends) + timedelta(days=1)
    most, total = max(count for _, count in days), sum(count for _, count in days)
    scale = (WIDTH - _LEFT) / max((last - first).days, 1)
    high = HEIGHT - _TOP - _BOTTOM
    bars, points, so_far = [], [], 0
    for day, count in days:
        x = _LEFT + (day - first).days * scale
        height = high * count / most
        width = max(min(scale * _BAR_SHARE, _WIDEST_BAR), 1.0)
        bars.append(
            Bar(
                round(x, 1),
                round(HEIGHT - _BOTTOM - height, 1),
                round(width, 1),
                round(height, 1),
                day.isoformat(),
                count,
            )
        )
        so_far += count
        points.append(f"{x + width / 2:.1f},{HEIGHT - _BOTTOM - high * so_far / total:.1f}")
    at = None
    if deadline:
        at = round(_LEFT + ((date.fromisoformat(deadline) - first).days + 1) * scale, 1)
    return Plot(
        tuple(bars),
        " ".join(points),
        at,
        most,
        total,
        first.isoformat(),
        (last - timedelta(days=1)).isoformat(),
    )


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
