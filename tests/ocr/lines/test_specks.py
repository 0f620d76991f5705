"""Dots that only a line reader saw are specks."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocr.lines.specks import without_specks


@pytest.mark.parametrize(
    ("seen", "read", "text"),
    [
        ("Exeċutive·Director,", "Executive Director;", "Executive Director,"),
        ("Charġé", "Chargé", "Chargé"),
        ("Ġorġ ŻAMMIT", "Ġorġ ŻAMMIT", "Ġorġ ŻAMMIT"),
        ("Łukasz Müller", "Lukasz Muller", "Łukasz Müller"),
        ("col·legi", "col·legi", "col·legi"),
    ],
)
def test_a_dot_the_page_reader_has_not_is_none(seen: str, read: str, text: str) -> None:
    assert without_specks(seen, read) == text


@given(st.text(max_size=20), st.text(max_size=20))
def test_no_letter_comes_or_goes(seen: str, read: str) -> None:
    def bare(text: str) -> str:
        parts = unicodedata.normalize("NFD", text)
        return "".join(c for c in parts if c not in "\u0307· ")

    assert bare(without_specks(seen, read)) == bare(seen)
