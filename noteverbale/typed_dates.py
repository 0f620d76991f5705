"""Dates as a reviewer types them, to the days they may mean."""

from __future__ import annotations

import re
from datetime import date

_TWO_WAYS = re.compile(r"\s*(\d{1,2})\s?[./-]\s?(\d{1,2})\s?[./-]\s?((?:19|20)?\d{2})\s*")
"""Day and month, or month and day: which of them depends on where one comes from."""


def days(text: str) -> tuple[str, ...]:
    """ISO days, one if it is certain which is meant, none if it is no date.

    >>> days("3 May 2019"), days("2019-05-03"), days("31.5.2019"), days("yesterday")
    (('2019-05-03',), ('2019-05-03',), ('2019-05-31',), ())
    >>> days("03.05.2019")
    ('2019-05-03', '2019-03-05')
    """
    from extract.language.dates import find_dates

    both = _TWO_WAYS.fullmatch(text)
    if both:
        one, other, year = (int(part) for part in both.groups())
        year += 2000 if year < 100 else 0
        found = (_day(year, other, one), _day(year, one, other))
        return tuple(dict.fromkeys(day for day in found if day))
    dates = {match.day.isoformat() for match in find_dates(text)}
    return tuple(dates) if len(dates) == 1 else ()


def _day(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None
