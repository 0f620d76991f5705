"""How far chances are from what turned out right."""

from __future__ import annotations

from collections.abc import Iterable

Judgement = tuple[float, bool]
"""A value's confidence and whether the value is right."""


def error_of(points: Iterable[Judgement], bins: int = 10) -> float:
    """Expected calibration error of confidences (Guo et al. 2017, arXiv 1706.04599)."""
    groups: dict[int, list[Judgement]] = {}
    for confidence, right in points:
        groups.setdefault(min(bins - 1, int(confidence * bins)), []).append((confidence, right))
    gap = sum(abs(sum(c for c, _ in group) - sum(r for _, r in group)) for group in groups.values())
    return gap / max(1, sum(len(group) for group in groups.values()))
