"""Curves rise, few rows move them little, and many rows are believed."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.rules.experience.curves import AS_SHIPPED, PRIOR, Curve, Point, fitted
from store.rules.experience.office import Office, from_json, to_json
from store.rules.experience.trial import lowest

POINTS = st.lists(
    st.builds(Point, st.floats(0, 1), st.booleans(), st.sampled_from([0.25, 1.0, 4.0])), max_size=80
)


@given(POINTS)
def test_every_curve_rises_within_0_and_1(points: list[Point]) -> None:
    curve = fitted(points)
    shares = [curve.of(n / 200) for n in range(201)]
    assert all(a <= b + 1e-9 for a, b in pairwise(shares))
    assert 0 <= shares[0] <= shares[-1] <= 1
    kept = from_json(to_json(Office({"name": curve}, curve, curve, 0.8)), 3)
    assert kept == Office({"name": curve}, curve, curve, 0.8, 3)


@given(POINTS)
def test_few_rows_change_little(points: list[Point]) -> None:
    """Beside the shipped tables, so many rows can move a chance no farther than their share."""
    weight = sum(point.weight for point in points)
    most = weight / (weight + PRIOR)
    curve = fitted(points)
    for n in range(101):
        assert abs(curve.of(n / 100) - n / 100) <= most + 0.021, "a knot's width aside"


def test_many_rows_are_believed() -> None:
    points = [Point(0.95, n % 10 < 7) for n in range(5000)]
    assert fitted(points).of(0.95) == pytest.approx(0.7, abs=0.01)
    assert fitted([]) is AS_SHIPPED


@pytest.mark.parametrize(
    ("at", "right"),
    [
        ((0.0, 1.0), (0.5, 0.4)),
        ((0.1, 1.0), (0.0, 1.0)),
        ((0.0, 1.0), (0.0, 2.0)),
        ((0.0,), (0.0,)),
    ],
)
def test_what_is_no_curve_is_refused(at: tuple[float, ...], right: tuple[float, ...]) -> None:
    with pytest.raises(ValueError, match="no "):
        Curve(at, right)


@given(st.lists(st.floats(0, 1), max_size=30), st.floats(0.001, 0.5))
def test_above_the_threshold_no_more_than_accepted_is_expected_wrong(
    chances: list[float], accepted: float
) -> None:
    threshold, expected = lowest(chances, accepted)
    if threshold is None:
        assert all(1 - chance > accepted for chance in chances)
    else:
        above = [chance for chance in chances if chance >= threshold]
        assert expected <= accepted + 1e-6
        assert sum(1 - c for c in above) / len(above) <= accepted + 1e-6 or len(set(above)) < len(
            above
        )
