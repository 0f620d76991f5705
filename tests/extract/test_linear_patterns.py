"""No pattern grows faster than the text it reads: hostile lines cost no more than long ones."""

from __future__ import annotations

from benchmarks.linear import LIMIT, measure, patterns

LENGTH = 2000


def test_twice_the_text_takes_twice_the_time() -> None:
    timings = [measure(pattern, name, LENGTH) for name, pattern in patterns()]
    assert len(timings) > 100
    slow = [(t.name, t.seed, round(t.ratio, 1)) for t in timings if t.ratio >= LIMIT]
    assert slow == []
