"""Telephone numbers in international form become E.164; others stay as printed."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.language.phones import find_phones


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Tel.: +43 1 234 56 78, Fax", "+4312345678"),
        ("(+254) 20 1234567", "+254201234567"),
        ("00 33 1 23 45 67 89", "+33123456789"),
        ("+43 (0)1 234 5678", "+4312345678"),
        ("tél. +226 70 12 34 56", "+22670123456"),
        ("tel. 01-533 22 11", "01-533 22 11"),
    ],
)
def test_a_number_is_stored_in_its_most_useful_form(text: str, expected: str) -> None:
    assert [p.text for p in find_phones(text)] == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("هاتف: +7104-234-51-966", "+966512347104"),
        ("هاتف: +966-51-234-7104", "+966512347104"),
        ("Tel. +7104-234-51-966", "+710423451966"),
    ],
)
def test_groups_that_an_arabic_line_turned_round_are_turned_back(text: str, expected: str) -> None:
    assert [p.text for p in find_phones(text)] == [expected]


@pytest.mark.parametrize("text", ["03/04/2019", "2019-04-03", "CU 2019/59", "room 12"])
def test_dates_and_symbols_are_no_numbers(text: str) -> None:
    assert find_phones(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("(+41) 78 123 72\n34", "+41781237234"),
        ("Teléfono +54 311\n22 33 44; a.lima@mp.example", "+54311223344"),
        ("Mobile: +47\n40 61 35 41)\nThe delegates", "+4740613541"),
        ("Tel.: +43 1 234 56 78\n2. Mr. Kamau", "+4312345678"),
        ("+43 1 234 56 78\n+43 1 234 56 79", "+4312345678"),
        ("+43 1 234\n56 78\n90\nMs Berg", "+431234567890"),
        ("+43 1 234 56\n78\nlena@minjust.example", "+4312345678"),
        ("+43 1 234 56 78\n2\nMs Berg", "+4312345678"),
        ("+43 1 234 56 78\n12 Ms Berg", "+4312345678"),
    ],
)
def test_a_number_goes_over_a_line_end_only_where_it_needs_to(text: str, expected: str) -> None:
    assert find_phones(text)[0].text == expected


SIGNS = ("+43 1 234 56 78", "+", "(0)", "00 33", "\u202e", "2019", "0" * 30, "Tel.:", "e-mail:")


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=200) | st.lists(st.sampled_from(SIGNS), max_size=20).map("\n".join))
def test_numbers_are_where_they_say(text: str) -> None:
    for found in find_phones(text):
        assert text[found.start : found.end].strip()
        assert 0 <= found.start < found.end <= len(text)


def test_a_number_may_touch_its_label_in_chinese_and_no_letter_else() -> None:
    assert [p.text for p in find_phones("手机0043 664 123 4567和")] == ["+436641234567"]
    assert find_phones("外字第20190412号") == []
    assert find_phones("A20190412") == []
