"""The note's date where its day or year is printed in Arabic figures, which no reader knows.

``فيينا في YO أبريل ٠.19`` was printed ``٢٥ أبريل ٢٠١٩``: the reader takes the figures for letters
they look like, each for the same ones. The month, and the year of the other dates, are read. Such
a date is a proposal that a person checks.
"""

from __future__ import annotations

import re
from collections import Counter
from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING

from hijridate import Gregorian

from extract.language.dates import DateMatch, find_dates
from extract.language.months import hijri_months, month_number
from extract.language.normalise import fold

if TYPE_CHECKING:
    from extract.layout.document import Document

UNKNOWN = "unknown figures"
"""The calendar's name in the rule of such a date."""
DAYS_APART = 2  # by which the day of the Islamic calendar beside it may differ
# what Arabic figures were read as on scans of three hands; of V and A no other figure was
_LOOKS = str.maketrans("Y¥VAO€£I|l", "2278544111")
_ARABIC = "\u0621-\u064a"
_DATE = re.compile(
    rf"(?<!\S)(?P<d>\S{{1,2}})\s(?P<m>[{_ARABIC}]{{3,9}}(?:\s?/\s?[{_ARABIC}]{{3,9}})?)\s"
    r"(?P<y>[\d.:]{3,5})\s?م?(?!\S)"
)
_ISLAMIC = re.compile(
    rf"(?<!\S)(?P<d>\S{{1,2}})\s(?P<m>[{_ARABIC}]{{3,7}}(?:\s[{_ARABIC}]{{4,7}})?)"
)


def likely_date(document: Document, number: int) -> DateMatch | None:
    """The date that a line gives once its figures are taken for what they look like."""
    text = document.lines[number].text
    match = _DATE.search(text)
    month = month_number(match["m"]) if match else None
    day = _figure(match["d"]) if match else None
    year = _year(document)
    if match is None or month is None or day is None or year is None:
        return None
    with suppress(ValueError):
        made = date(year, month, day)
        if _agrees(text, made):
            return DateMatch(match.start(), match.end(), made, UNKNOWN, mended=True)
    return None


def _year(document: Document) -> int | None:
    """The year that most dates of the note have."""
    years = Counter(m.day.year for line in document.lines for m in find_dates(line.text))
    return max(years, key=lambda y: (years[y], y), default=None)


def _figure(printed: str) -> int | None:
    figures = printed.translate(_LOOKS)
    return int(figures) if figures.isdecimal() else None


def _agrees(text: str, made: date) -> bool:
    """No day of the Islamic calendar beside it says otherwise, as far as it can be read."""
    islamic = Gregorian(made.year, made.month, made.day).to_hijri()
    for match in _ISLAMIC.finditer(text):
        words = fold(match["m"]).split()
        month = hijri_months().get(" ".join(words)) or hijri_months().get(words[0])
        day = _figure(match["d"])
        if month is not None and day is not None:
            return month == islamic.month and abs(day - islamic.day) <= DAYS_APART
    return True
