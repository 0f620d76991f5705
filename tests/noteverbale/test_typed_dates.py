"""What a reviewer types for a date, and what it may mean."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from noteverbale.typed_dates import days


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("3 May 2019", ("2019-05-03",)),
        ("le 3 mai 2019", ("2019-05-03",)),
        ("3 мая 2019 г.", ("2019-05-03",)),
        ("2019-05-03", ("2019-05-03",)),
        ("03.05.2019", ("2019-05-03", "2019-03-05")),
        ("5/3/19", ("2019-03-05", "2019-05-03")),
        ("05.05.2019", ("2019-05-05",)),
        ("31.5.2019", ("2019-05-31",)),
        ("5/31/2019", ("2019-05-31",)),
        ("31.31.2019", ()),
        ("31 April 2019", ()),
        ("3 May 2019 or 4 May 2019", ()),
        ("next week", ()),
        ("", ()),
    ],
)
def test_days(typed: str, meant: tuple[str, ...]) -> None:
    assert days(typed) == meant


@given(st.dates(date(1990, 1, 1), date(2099, 12, 31)))
def test_an_iso_date_is_itself(day: date) -> None:
    assert days(day.isoformat()) == (day.isoformat(),)


@given(st.text(max_size=40))
def test_anything_typed_gives_days_or_none(text: str) -> None:
    assert all(date.fromisoformat(day) for day in days(text))
