"""Telephone numbers in international form become E.164; others stay as printed."""

from __future__ import annotations

import pytest

from extract import phones


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
    assert [p.text for p in phones.find(text)] == [expected]


@pytest.mark.parametrize("text", ["03/04/2019", "2019-04-03", "CU 2019/59", "room 12"])
def test_dates_and_symbols_are_no_numbers(text: str) -> None:
    assert phones.find(text) == []
