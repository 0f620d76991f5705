"""Days as the house writes them: 28 November 2026, 27–31 May 2019.

United Nations Editorial Manual, "Numbers, dates and time": day, month in words, year; an en dash
without spaces between the days of a span.
"""

from __future__ import annotations

from datetime import date

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def written(day: date) -> str:
    """One day.

    >>> written(date(2026, 11, 28))
    '28 November 2026'
    """
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def span(starts: date | None, ends: date | None) -> str:
    """From one day to another, what both share said once; nothing where neither is known.

    >>> span(date(2019, 5, 27), date(2019, 5, 31)), span(date(2019, 5, 31), date(2019, 6, 2))
    ('27–31 May 2019', '31 May–2 June 2019')
    """
    days = sorted({day for day in (starts, ends) if day})
    if not days:
        return ""
    first, last = days[0], days[-1]
    if first == last:
        return written(first)
    if first.year != last.year:
        return f"{written(first)}–{written(last)}"
    if first.month != last.month:
        return f"{first.day} {_MONTHS[first.month - 1]}–{written(last)}"
    return f"{first.day}–{written(last)}"
