"""Dates as notes print them: words and digits, six languages, other calendars.

``find`` reads one line. Day comes before month; what cannot be a day of the calendar (31 April)
is no date. A date in another calendar counts only where no Gregorian one stands beside it.
"""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import cache

from hijridate import Hijri

from extract.language import terms
from extract.language.months import hijri_months, is_misread, month_number
from extract.language.normalise import fold

YEARS = range(1990, 2100)
LONGEST_LINE = 400  # characters looked at
_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
# "4 avril 201 9": the last digit of a year stands off; the length of the line is kept
# a stroke of a stamp before the year: "de/2019"
# a stroke before a year, as in "April/2019"; that of "15/VI/2019" stays
_STROKE = re.compile(
    r"(?<=[^\W\d_]{2})(?<!\d/[IVX]{2})(?<!\d/[IVX]{3})(?<!\d/VIII)/(?=(?:19|20)\d\d(?!\d))"
)
_TORN_YEAR = re.compile(r"(?<=[^\W\d_][ ,.])((?:19|20)\d) (\d)(?!\d)")
# a quotation mark that a speck or the sign behind an Arabic year was taken for: "май ‘2019"
_SPECK = re.compile(r"(?<=[^\W\d_] )[«»‘’'\"“”](?=(?:19|20)\d\d(?!\d))")
# letters read for digits between quotation marks: «б» мая
_LOOKALIKES = str.maketrans("бЗзОоOolIi", "6330000111")
_NUMERIC = re.compile(
    r"(?<![\d/.-])(?P<d>\d{1,2})\s?(?P<by>[./-])\s?(?P<m>\d{1,2}|[IVXivx1l]{1,4})\s?(?P=by)\s?"
    r"(?P<y>(?:19|20|25|14)\d{2})(?![\d/])"
)
_SHORT = re.compile(
    r"(?<![\d/.-])(?P<d>\d{1,2})(?P<by>[./])(?P<m>\d{1,2})(?P=by)(?P<y>1[5-9]|[23]\d)(?![\d/.-]?\d)"
)
_ISO = re.compile(
    r"(?<![\d/.-])(?P<y>(?:19|20)\d{2})\s?(?P<by>[./-])\s?(?P<m>\d{1,2})\s?(?P=by)\s?"
    r"(?P<d>\d{1,2})(?![\d/])"
)
# "6 demayo de2019": the small words, too
_GLUED = re.compile(
    r"(?P<d>\d{1,2})(?:st|nd|rd|th)?\s?(?:de\s?)?(?P<m>[^\W\d_]{3,10}?)\.?\s?(?:del?\s?)?"
    r"(?:B\.?\s?E\.?\s?)?(?P<y>(?:19|20|25)\d{2})(?!\d)"
)
_BUDDHIST = 543  # years ahead of the common era
_MINGUO = 1911  # year before the first of the Republic of China
LOST_A_DIGIT = 3  # digits of a year whose first was not read: "٠١٩"
HIJRI_YEARS = range(1400, 1500)


@dataclass(frozen=True, slots=True)
class DateMatch:
    """A date at characters [start, end) of the line; ``calendar`` is ``gregorian`` or another.

    ``mended`` tells that a letter was taken for the digit it looks like, or a month's letters for
    others.
    """

    start: int
    end: int
    day: date
    calendar: str = "gregorian"
    mended: bool = False


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    return (*terms.patterns("date_re"), _NUMERIC, _ISO, _GLUED, _SHORT)


def find_dates(line: str) -> list[DateMatch]:
    """All dates of a line, in order, Gregorian ones before others at the same place.

    Examples: ``3 April 2019``, ``le 1er avril 2019``, ``3-IV-2019``, ``«3» апреля 2019 г.``,
    ``٣ نيسان/أبريل ٢٠١٩``, ``二〇一九年四月三日``, ``3 April B.E. 2562``.
    """
    text = _TORN_YEAR.sub(r"\1\2 ", line[:LONGEST_LINE].translate(_DIGITS))
    text = _SPECK.sub(" ", _STROKE.sub(" ", text))
    found: list[DateMatch] = []
    for pattern in _patterns():
        for match in pattern.finditer(text):
            made = _make(match, text)
            if made is not None and not any(
                f.start < made.end and made.start < f.end for f in found
            ):
                found.append(made)
    return sorted(found, key=lambda f: f.start)


def find_days(line: str, year: int) -> list[date]:
    """Days without a year that can be read: ``31 May this year``, ``5月31日``, ``31 May 20I9``."""
    text = line[:LONGEST_LINE].translate(_DIGITS)
    dated = find_dates(line)
    days: list[date] = []
    for match in (m for pattern in _DAY_AND_MONTH for m in pattern.finditer(text)):
        month = month_number(match["m"])
        if month and not any(d.start < match.end() and match.start() < d.end for d in dated):
            with suppress(ValueError):
                days.append(date(year, month, int(match["d"])))
    return days


def _make(match: re.Match[str], text: str) -> DateMatch | None:
    groups = {k: v for k, v in match.groupdict().items() if v}
    if text[match.end() - 1].isdigit() and text[match.end() : match.end() + 1].isdigit():
        return None  # "20109" is no year
    if "yh" in groups:
        return _han(match, groups)
    if "roc" in groups:
        groups["y"] = str(int(groups["roc"]) + _MINGUO)
    year, day = _number(groups.get("y", "")), _number(groups.get("d", ""))
    if year is None or day is None:
        return None
    month_text = groups.get("m", "")
    if year in HIJRI_YEARS:
        return _hijri(match, day, month_text, year)
    calendar = "gregorian" if "roc" not in groups else "minguo"
    if 2500 <= year <= 2643:
        year, calendar = year - _BUDDHIST, "buddhist"
    if year < 100:
        year += 2000
    month = month_number(month_text)
    if month is None or year not in YEARS:
        return None
    try:
        made = date(year, month, day)
    except ValueError:
        return None
    letters = groups.get("d", "")
    mended = len(letters) <= 2 and letters != letters.translate(_LOOKALIKES)
    mended = mended or len(groups["y"]) == LOST_A_DIGIT
    mended = mended or is_misread(month_text)
    return DateMatch(match.start(), match.end(), made, calendar, mended)


def is_impossible(line: str) -> bool:
    """True for a line that prints a day no calendar has: ``31 April 2019``."""
    text = line[:LONGEST_LINE].translate(_DIGITS)
    for pattern in _patterns():
        for match in pattern.finditer(text):
            groups = match.groupdict()
            day, year = _number(groups.get("d") or ""), _number(groups.get("y") or "")
            known = month_number(groups.get("m") or "") in range(1, 13) and year in YEARS
            if known and day in range(29, 32) and _make(match, text) is None:
                return True
    return False


_DAY_AND_MONTH = (
    re.compile(
        r"(?<![\d/.-])(?P<d>\d{1,2})(?:st|nd|rd|th|er|º)?\s(?:(?:of|de)\s)?"
        r"(?P<m>[^\W\d_]{3,12}(?:\s?/\s?[^\W\d_]{3,12})?)"
    ),
    re.compile(r"(?<![^\W_])(?P<m>[^\W\d_]{3,12})\s(?P<d>\d{1,2})(?:st|nd|rd|th)?(?!\w)"),
    re.compile(r"(?P<m>\d{1,2})\s?月\s?(?P<d>\d{1,2})\s?日"),
)
_MONTH_AND_YEAR = re.compile(
    r"(?P<m>[^\W\d_]{3,12}(?:\s?/\s?[^\W\d_]{3,12})?)[.,]?\s{1,3}(?:d[e']l?\s|of\s)?"
    r"(?P<y>20(?:\d\d|[_.…]{1,6}))(?!\d)"
)
_BLANK_AND_YEAR = re.compile(r"(?:_{3}|[….]{4}|-{4})[\s,/]{0,3}20(?:\d\d|_{2})(?!\d)")
_HAN_LEFT_OUT = re.compile(
    r"(?:20\d\d|二.{3})\s{0,3}年\s{0,9}(?:月|(?:\d{1,2}|[一二三四五六七八九十]{1,2})\s{0,3}月\s{0,9}(?:日|$))"
)


def is_left_open(line: str) -> bool:
    """True for a date with room for the pen: ``___ April 2019``, ``«__» мая 2019 г.``, ``4月  日``.

    So is a month with its year and no day: what was written by hand there was not read.
    """
    text = line[:LONGEST_LINE].translate(_DIGITS)
    whole = find_dates(line)
    for match in _MONTH_AND_YEAR.finditer(text):
        known = month_number(match["m"]) is not None and not match["m"].isdigit()
        if known and not any(d.start <= match.start() < d.end for d in whole):
            return True
    return bool(_BLANK_AND_YEAR.search(text)) or (not whole and bool(_HAN_LEFT_OUT.search(text)))


def is_end_of_range(line: str, match: DateMatch) -> bool:
    """``27 to 29 May 2019``: two days with one month are a meeting's."""
    before = fold(line[max(0, match.start - 16) : match.start].translate(_DIGITS))
    return any(p.search(before) for p in terms.patterns("date_range_re"))


def _number(text: str) -> int | None:
    digits = re.match(r"\d+", text.translate(_LOOKALIKES))
    if digits:
        return int(digits.group())
    return 1 if fold(text) in terms.folded("first_day") else None


def _hijri(match: re.Match[str], day: int, month_text: str, year: int) -> DateMatch | None:
    plain = fold(month_text).strip()
    month = int(plain) if plain.isdigit() else hijri_months().get(plain)
    if month is None:
        return None
    try:
        made = Hijri(year, month, day).to_gregorian()
    except (ValueError, OverflowError):
        return None
    return DateMatch(match.start(), match.end(), date(made.year, made.month, made.day), "hijri")


def _han(match: re.Match[str], groups: dict[str, str]) -> DateMatch | None:
    """``二〇一九年四月三日``; readers take the round zero for a letter, or for two signs."""
    digits = {c: int(v) for c, v in terms.normalise_tables()["cjk_digits"].items()} | {"○": 0}
    last = [digits[c] for c in groups["yh"] if c in digits][-2:]
    month, day = (han_number("".join(groups[g].split())) for g in ("mh", "dh"))
    if len(last) < 2 or month is None or day is None:
        return None
    try:
        return DateMatch(
            match.start(), match.end(), date(2000 + last[0] * 10 + last[1], month, day)
        )
    except ValueError:
        return None


def han_number(text: str) -> int | None:
    """A Chinese number below one hundred: ``二十一`` is 21."""
    digits = {c: int(v) for c, v in terms.normalise_tables()["cjk_digits"].items()}
    text = text.replace("廿", "二十").replace("卅", "三十")
    tens, mark, ones = text.partition("十")
    if not mark:
        return digits.get(text) if len(text) == 1 else None
    high = digits.get(tens, 1) if tens else 1
    low = digits.get(ones, 0) if ones else 0
    return high * 10 + low
