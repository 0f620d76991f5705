"""What a look is worth: likely errors, weighed; and the numbers the schema has."""

from __future__ import annotations

from importlib import resources

from hypothesis import given
from hypothesis import strategies as st

from store.db.database import Store
from store.review import pace
from store.rules import worth
from store.rules.worth import WEIGHTS

CHANCES = st.dictionaries(st.sampled_from(sorted(WEIGHTS)), st.floats(0, 1), min_size=1)


@given(CHANCES)
def test_nothing_likely_wrong_is_worth_nothing_and_all_wrong_is_worth_all(
    chances: dict[str, float],
) -> None:
    found = worth.row_worth(chances)
    assert 0 <= found <= sum(WEIGHTS[field] for field in chances) + 1e-9
    assert worth.row_worth(dict.fromkeys(chances, 1.0)) == 0


@given(CHANCES, CHANCES)
def test_what_is_worth_more_has_less_halvings(one: dict[str, float], two: dict[str, float]) -> None:
    first, second = worth.row_worth(one), worth.row_worth(two)
    if first > second:
        assert worth.halvings(first) <= worth.halvings(second)


def test_the_schema_has_the_same_numbers(store: Store) -> None:
    sql = resources.files("store").joinpath("sql", "0024_worth.sql").read_text(encoding="utf-8")
    for missing in worth.PERSONS_MISSING:
        assert f" {round(missing * worth.PERSON, 1)}" in sql
    assert f"/ {worth.HALF_DAYS}" in sql
    assert pace.pace(store) == pace.Pace(pace.PLAIN_S, pace.MARKED_S, pace.NOTE_S, 0)
