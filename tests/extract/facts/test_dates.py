"""Dates in words and digits, six languages, several calendars; and which one is the note's."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.facts.note_date import find_note_date
from extract.language.dates import find_dates, find_days
from extract.layout.document import build_document
from extract.layout.zones import find_zones
from extract.types import Doubt, Value
from ocr.types import Line, Page

PageOf = Callable[..., Page]

THIRD_OF_APRIL = [
    "3 April 2019",
    "3rd April, 2019",
    "3rd of April 2019",
    "April 3, 2019",
    "April 3rd 2019",
    "Wednesday, 3 April 2019",
    "3 Apr 2019",
    "03 APR. 2019",
    "3-Apr-2019",
    "this 3rd day of April 2019",
    "03/04/2019",
    "3.4.2019",
    "03-04-2019",
    "03.04.19",
    "2019-04-03",
    "2019/04/03",
    "3-IV-2019",
    "3/IV/2019",
    "3.IV.2019",
    "3 avril 2019",
    "le 03 avril 2019",
    "le 3 AVR. 2019",
    "3 de abril de 2019",
    "3deabrilde2019",
    "3 deabril de2019",
    "3 de abril del 2019",
    "abril 3 de 2019",
    "3 abril 2019",
    "03 ABR 2019",
    "«3» апреля 2019 г.",
    "«З» апреля 2019 года",
    "3 de abril del. 2019",
    "3 апреля 2019 года",
    "03 апр. 2019",
    "03.04.2019 г.",
    "3 أبريل 2019",
    "٣ نيسان/أبريل ٢٠١٩",
    "3 نيسان 2019م",
    "٣ إبريل ٢٠١٩ م",
    "3 أفريل 2019",
    "٢٠١٩/٤/٣",
    "٠٣/٠٤/٢٠١٩",
    "2019年4月3日",
    "二〇一九年四月三日",
    "二○一九年四月三日",
    "二 O 〇一九年四月三日",
    "二 @ 〇一九年四月三日",
    "二〇一九 年 四 月 三 日",
    "民國108年4月3日",
    "3 April B.E. 2562",
    "3 April 2562",
    "3. April 2019",
    "3 aprile 2019",
    "3 de Abril de 2019",
    "3 Nisan 2019",
    "3 April2019",
    "3April 2019",
    "April 03, 2019",
]


@pytest.mark.parametrize("text", THIRD_OF_APRIL)
def test_a_date_in_many_clothes(text: str) -> None:
    assert [m.day for m in find_dates(f"Vienna, {text}")] == [date(2019, 4, 3)]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("1er avril 2019", date(2019, 4, 1)),
        ("1.º de abril de 2019", date(2019, 4, 1)),
        ("primero de abril de 2019", date(2019, 4, 1)),
        ("premier avril 2019", date(2019, 4, 1)),
        ("1-го апреля 2019 года", date(2019, 4, 1)),
        ("二〇一九年十一月二十一日", date(2019, 11, 21)),
        ("٢٨ رجب ١٤٤٠هـ", date(2019, 4, 4)),
        ("28/7/1440 هـ", date(2019, 4, 4)),
        ("15 غشت 2019", date(2019, 8, 15)),
        ("9 تشرين الثاني/نوفمبر 2019", date(2019, 11, 9)),
        ("5 جويلية 2019", date(2019, 7, 5)),
        ("16 de setiembre de 2019", date(2019, 9, 16)),
        ("12 août 2019", date(2019, 8, 12)),
        ("23 мая 2019", date(2019, 5, 23)),
        ("7 de junio del ‘2021", date(2021, 6, 7)),
        ("7 يونيو »2021", date(2021, 6, 7)),
        ("2 مايو 2019", date(2019, 5, 2)),
        ("三 D 二一年六月七日", date(2021, 6, 7)),
        ("2021 年 :6 月 7 日", date(2021, 6, 7)),
    ],
)
def test_words_and_calendars(text: str, day: date) -> None:
    assert day in [m.day for m in find_dates(text)]


@pytest.mark.parametrize(
    "text",
    [
        "31 April 2019",
        "30.02.2019",
        "00/04/2019",
        "3 Smarch 2019",
        "13/13/2019",
        "+43 1 2019",
        "17-4/1418",
    ],
)
def test_what_no_calendar_knows_is_no_date(text: str) -> None:
    assert not find_dates(text)


@pytest.mark.parametrize(
    "text",
    [
        "7 June this year",
        "June 7th, as",
        "el 7 de junio",
        "于6月7日在",
        "7 يونيو 62021",
        "7 June 20Z1",
    ],
)
def test_a_day_whose_year_is_not_printed_is_of_the_year_given(text: str) -> None:
    assert find_days(text, 2021) == [date(2021, 6, 7)]


def test_a_day_with_its_year_is_of_no_other() -> None:
    assert find_days("7 June 2020 to 8 June", 2021) == [date(2021, 6, 8)]
    assert find_days("31 June, 12 persons", 2021) == []


def test_the_month_in_digits_is_the_second_number() -> None:
    assert find_dates("05/06/2019")[0].day == date(2019, 6, 5)


def test_two_dates_on_a_line() -> None:
    found = find_dates("28 رجب 1440 هـ الموافق 4 أبريل 2019")
    assert {m.day for m in found} == {date(2019, 4, 4)}
    assert any(m.calendar == "gregorian" for m in found)


@settings(max_examples=200, deadline=None)
@given(st.dates(date(2000, 1, 1), date(2060, 12, 31)))
def test_every_day_is_read_back(day: date) -> None:
    for text in (day.strftime("%d/%m/%Y"), day.isoformat(), f"{day.day} {day:%B} {day.year}"):
        assert [m.day for m in find_dates(text)] == [day]


@settings(max_examples=200, deadline=None)
@given(st.text(st.characters(codec="utf-8"), max_size=200))
def test_dates_lie_inside_their_line(text: str) -> None:
    assert all(0 <= m.start < m.end <= len(text) for m in find_dates(text))


OPENING = [
    "The Permanent Mission of Kenya presents its compliments to the Secretariat and, with",
    "reference to its note of 25 March 2019 on the meeting to be held on 31 May 2019 and the",
    "deadline of 10 May 2019, has the honour to nominate Mr. Tom Odera, Director.",
    "The Permanent Mission avails itself of this opportunity to renew to the Secretariat",
    "the assurances of its highest consideration.",
]
ADDRESSEE = ["Secretariat of the Conference of the States Parties", "1400 Vienna"]
HEAD = ["PERMANENT MISSION OF KENYA", "Ref. 77/2019", ""]


UNUSUAL = [
    "The Permanent Mission of Kenya wishes the Secretariat a good day and, with regard to its",
    "invitation sent on 25 March 2019 to the meeting planned for Friday, 31 May 2019, would have",
    "Mr. Tom Odera, Director, registered.",
]


def _date(page: Page) -> tuple[Value | None, tuple[Doubt, ...]]:
    document = build_document((page,))
    return find_note_date(document, find_zones(document))


@pytest.mark.parametrize(
    "lines",
    [
        [*HEAD, *OPENING, "", "Vienna, 3 April 2019", "", *ADDRESSEE],
        [*HEAD, *OPENING, "3 April 2019", *ADDRESSEE],
        [*HEAD, "Vienna, 3 April 2019", "", *OPENING, "", *ADDRESSEE],
        [*HEAD, "Date: 03.04.2019", *OPENING, *ADDRESSEE],
        [*HEAD, *OPENING, *ADDRESSEE, "Done at Vienna on 3 April 2019"],
        [*HEAD, *OPENING, *ADDRESSEE, "Vienna, this 3rd day of April 2019"],
        ["PERMANENT MISSION OF KENYA", "Ref. 77/2019 Vienna, 3 April 2019", *OPENING, *ADDRESSEE],
        [*HEAD, *OPENING, "Vienna, 3 April 2019", "RECEIVED", "05 APR 2019", *ADDRESSEE],
        ["RECEIVED 05 APR 2019", *HEAD, *OPENING, "Vienna, 3 April 2019", *ADDRESSEE],
        [*HEAD, *OPENING, "Vienna, 28 Rajab 1440 / 3 April 2019", *ADDRESSEE],
        [*HEAD, "التاريخ : 27 رجب 1440 هـ الموافق 3 أبريل 2019", *OPENING, *ADDRESSEE],
        ["10/04/2019 10:12 +43 1 512345 P. 01/02", *HEAD, *OPENING, "Vienna, 3 April 2019"],
        ["KENYA", "No. 4-2/88 Vienna, April 3rd, 2019", *UNUSUAL],
        ["KENYA", "03.04.2019", *UNUSUAL],
        # head and sentences are not told apart here: the word for "date" begins its part of a line
        ["Ref. 77/2019\tDate: 3 April 2019", *UNUSUAL],
        ["KENYA", *UNUSUAL, "3-IV-2019"],
    ],
)
def test_the_notes_own_date_wins(page_of: PageOf, lines: list[str]) -> None:
    value, _ = _date(page_of(lines))
    assert value is not None
    assert value.text == "2019-04-03"


def test_dates_in_sentences_are_not_the_notes(page_of: PageOf) -> None:
    value, doubts = _date(page_of([*HEAD, *OPENING, *ADDRESSEE]))
    assert value is None
    assert [d.code for d in doubts] == ["date_missing"]


def test_the_meetings_day_over_a_list_on_the_next_page_is_not_the_notes(page_of: PageOf) -> None:
    listed = ["List of delegates", "Vienna, 31 May 2019", "", "Mr. Tom Odera, Director"]
    document = build_document((page_of([*HEAD, *OPENING, *ADDRESSEE]), page_of(listed, number=2)))
    value, doubts = find_note_date(document, find_zones(document))
    assert value is None
    assert [d.code for d in doubts] == ["date_missing"]


def test_two_dates_of_the_same_standing_are_a_doubt(page_of: PageOf) -> None:
    lines = [*HEAD, *OPENING, "Vienna, 3 April 2019", "", "Vienna, 8 April 2019", *ADDRESSEE]
    _, doubts = _date(page_of(lines))
    assert "date_uncertain" in {d.code for d in doubts}


def test_a_rubber_stamps_date_is_never_taken_without_doubt(page_of: PageOf) -> None:
    lines = ["PERMANENT MISSION OF KENYA", "Ref. 77/2019 19 APR 2019", *OPENING, *ADDRESSEE]
    _, doubts = _date(page_of(lines))
    assert "date_uncertain" in {d.code for d in doubts}


def test_an_impossible_date_is_a_doubt(page_of: PageOf) -> None:
    value, doubts = _date(page_of([*HEAD, *OPENING, "Vienna, 31 April 2019", *ADDRESSEE]))
    assert value is None
    assert [d.code for d in doubts] == ["date_impossible"]


@pytest.mark.parametrize("text", ["Viena, 7-I11-2021", "7 mapta 2021 roga"])
def test_a_month_in_other_signs_is_told(text: str) -> None:
    (match,) = find_dates(text)
    assert (match.day, match.mended) == (date(2021, 3, 7), True)


def test_a_letter_taken_for_a_digit_is_told() -> None:
    (match,) = find_dates("г. Вена, «б» мая 2019 года")
    assert (match.day, match.mended) == (date(2019, 5, 6), True)


@pytest.mark.parametrize("text", ["Lome, May i6, 2019", "May l6, 2019", "May I6th 2019"])
def test_a_letter_for_the_first_digit_of_a_day_behind_its_month_is_told(text: str) -> None:
    (match,) = find_dates(text)
    assert (match.day, match.mended) == (date(2019, 5, 16), True)


def test_a_year_of_five_digits_is_none() -> None:
    assert find_dates("15 APR 20109") == []


def test_a_year_whose_last_digit_stands_off_is_read() -> None:
    (match,) = find_dates("Le 4 avril 201 9 _A")
    assert match.day == date(2019, 4, 4)


OPEN = [
    "Vienna, ___ April 2019",
    "Vienna, April ___, 2019",
    "Vienna, April 2019",
    "Vienna, the __th of April 2019",
    "Vienna, 1_ April 2019",
    "Date: ____________",
    "Port Louis,",
    "____ / 04 / 2019",
    "Viena, .... de abril de 2019",
    "г. Вена, «___» апреля 2019 г.",
    "2019年4月   日",
]


@pytest.mark.parametrize("line", OPEN)
def test_a_day_left_for_the_pen_is_no_date_and_is_said(page_of: PageOf, line: str) -> None:
    value, doubts = _date(page_of([*HEAD, *OPENING, line, *ADDRESSEE]))
    assert value is None
    assert [d.code for d in doubts] == ["date_missing"]


def test_the_time_a_fax_was_sent_is_no_date_of_the_note(page_of: PageOf) -> None:
    header = "21/05/2019 12:03 +43 1 5259910 P. 01/01"
    value, doubts = _date(page_of([header, *HEAD, *OPENING, *ADDRESSEE]))
    assert value is None
    assert [d.code for d in doubts] == ["date_missing"]
    dated, _ = _date(page_of([header, *HEAD, *OPENING, "Vienna, 3 April 2019", *ADDRESSEE]))
    assert dated is not None
    assert dated.text == "2019-04-03"


def test_a_stamp_beside_an_open_date_does_not_fill_it(page_of: PageOf) -> None:
    stamp = ["Vienna, ___ April 2019", "RECEIVED", "17 APR 2019"]
    value, doubts = _date(page_of([*HEAD, *OPENING, *stamp, *ADDRESSEE]))
    assert value is None
    assert [d.code for d in doubts] == ["date_missing"]


def test_a_place_read_apart_from_the_day_beside_it_leaves_none_open(page_of: PageOf) -> None:
    page = page_of([*HEAD, "Vienna, 17 April 2019", *OPENING])
    *above, line = page.lines[:3]
    parts = Line(line.words[:1]), Line(line.words[1:])
    value, _ = _date(replace(page, lines=(*above, *parts, *page.lines[3:])))
    assert value is not None
    assert value.text == "2019-04-17"


def test_a_meetings_days_on_a_line_of_their_own_are_no_date_of_the_note(page_of: PageOf) -> None:
    value, _ = _date(page_of([*HEAD, *OPENING, "Vienna, 27 to 29 May 2019", *ADDRESSEE]))
    assert value is None


ARABIC = [
    "البعثة الدائمة لجمهورية مصر العربية",
    "الرقم: 417",
    "",
    "تهدي البعثة الدائمة لجمهورية مصر العربية أطيب تحياتها إلى الأمانة، وتتشرف بالإشارة إلى",
    "مذكرتها المؤرخة 25 آذار/مارس 2021 بشأن الاجتماع المقرر عقده يوم 31 أيار/مايو 2021.",
    "",
    "وتغتنم البعثة الدائمة هذه المناسبة لتعرب عن فائق تقديرها واحترامها.",
]
TO = ["", "أمانة مؤتمر الدول الأطراف", "فيينا،", "النمسا"]


@pytest.mark.parametrize("place", ["فيينا،", "فييناء", "فيينا."])
def test_an_arabic_comma_read_as_a_letter_parts_place_and_day(page_of: PageOf, place: str) -> None:
    value, doubts = _date(page_of([*ARABIC, f"{place} 7 نيسان/أبريل 2021", *TO], "ar"))
    assert value is not None
    assert (value.text, doubts) == ("2021-04-07", ())


@pytest.mark.parametrize("line", ["عمّان في ٧ أبريل ٠٢١", "فيينا في ٧ أبريل ٠٢١"])
def test_a_year_without_its_first_digit_is_read_and_doubted(page_of: PageOf, line: str) -> None:
    value, doubts = _date(page_of([*ARABIC, line, *TO], "ar"))
    assert value is not None
    assert value.text == "2021-04-07"
    assert [d.code for d in doubts] == ["date_uncertain"]


def test_a_title_with_a_speck_like_a_comma_hides_no_day_but_makes_it_doubted(
    page_of: PageOf,
) -> None:
    head = ["PERMANENT MISSION OF KENYA", "3 April 2019", "", "Note Verbale,", ""]
    value, doubts = _date(page_of([*head, *OPENING, *ADDRESSEE]))
    assert value is not None
    assert value.text == "2019-04-03"
    assert [d.code for d in doubts] == ["date_uncertain"]


def test_a_date_behind_the_number_on_one_line_is_sure_under_its_word(page_of: PageOf) -> None:
    head = [
        ARABIC[0],
        "المرجع: 417\tالتاريخ: ٢٠٢١/٤/٧م",
        "تتقدم سفارة مصر بأطيب التحيات إلى الأمانة",
    ]
    value, doubts = _date(page_of([*head, *ARABIC[4:], *TO], "ar"))
    assert value is not None
    assert (value.text, doubts) == ("2021-04-07", ())


@pytest.mark.parametrize(
    "line",
    [
        "فييناء ١١ رمضان ٠142ه الموافق V أبريل 19١1م",
        "فيينا في WV أبريل ٠.19",
        "فيينا في ” أبريل ٢٠٢١",
    ],
)
def test_a_day_that_nothing_tells_is_missing(page_of: PageOf, line: str) -> None:
    value, doubts = _date(page_of([*ARABIC, line, *TO], "ar"))
    assert value is None
    assert [d.code for d in doubts] == ["date_missing"]
