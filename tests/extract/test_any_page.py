"""Whatever words stand on a page: a note comes out, and its values are words of the page."""

from __future__ import annotations

import tomllib

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extract.facts import states
from extract.judging.calibration import parse_table as parse_calibration
from extract.judging.steps import CalibrationError
from extract.judging.structure import parse_table as parse_structure
from extract.language.phones import find_phones
from extract.language.terms import parse_language
from extract.note import read_note
from tests.extract.conftest import make_page

PIECES = (
    *("NOTE VERBALE", "presents its compliments", "has the honour to nominate", "1.", "2)", "-"),
    *("Mr.", "Ms. Anna", "H.E.", "M.", "Sra.", "г-н", "السيد", "先生", "Head of delegation:"),
    *("Director,", "Ministry of Justice", "e-mail:", "a.b@justice.example.org", "@", "…@", "a@b"),
    *("Tel.: +43 1 234 56 78", "+", "(0)", "00 33", "Vienna, 6 May 2019", "31/02/2019", "1440"),
    *(
        "Name",
        "Title",
        "E-mail",
        "|",
        "Permanent Mission of",
        "Norway",
        "République",
        "中华人民共和国",
    ),
    *("CU 2019/59/(A)/DTA/CEB/CSS", "No.", "12/2019", "regrets", "in replacement of", "\u202e"),
    *("IVANOV", "Пётр", "Li Wei", "van der", "O'", "''", "Q" * 40, "0" * 30),
)
LINES = st.lists(
    st.lists(st.sampled_from(PIECES) | st.text(max_size=6), max_size=6).map(" ".join), max_size=14
)


KEYS = st.sampled_from(("fields", "absent", "doubts", "row", "threshold", "name", "title"))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(LINES, st.sampled_from(("en", "fr", "es", "ru", "ar", "zh")))
def test_any_page_gives_a_note(lines: list[str], language: str) -> None:
    page = make_page(lines, language)
    note = read_note((page,))
    assert len(note.delegates) <= len(lines) * 6 + 1
    assert read_note((page,)) == note


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=200) | st.lists(st.sampled_from(PIECES), max_size=20).map("\n".join))
def test_telephone_numbers_are_where_they_say(text: str) -> None:
    for found in find_phones(text):
        assert text[found.start : found.end].strip()
        assert 0 <= found.start < found.end <= len(text)


@given(st.text(max_size=80))
@settings(deadline=None)
def test_any_text_is_near_a_state_or_none(text: str) -> None:
    found = states.closest(text)
    assert found is None or found.code


@given(st.text(max_size=80))
def test_a_slip_in_a_language_file_is_one_of_two_errors(text: str) -> None:
    with pytest.raises((tomllib.TOMLDecodeError, KeyError)):
        parse_language(text)


SCALARS = st.none() | st.booleans() | st.floats() | st.text(max_size=5)
TABLES = st.recursive(
    SCALARS, lambda c: st.lists(c, max_size=3) | st.dictionaries(KEYS, c, max_size=4), max_leaves=12
)


@given(st.dictionaries(KEYS, TABLES, max_size=6))
def test_an_incomplete_calibration_is_refused(raw: dict[str, object]) -> None:
    with pytest.raises(CalibrationError):
        parse_calibration(raw)
    with pytest.raises(CalibrationError):
        parse_structure(raw)
