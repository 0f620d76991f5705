"""How a State's numbers look, and which addresses are its mission's."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.rules.experience.of_notes import at_the_edges, counted, shape


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("NV/123/2019", "nv/7/2024"),
        ("OI Viena-4-0-2/938", "OI Viena - 41-3-2 / 1"),
        ("1/2", "3/44"),
    ],
)
def test_numbers_that_look_alike_count_as_one(one: str, other: str) -> None:
    found = counted([("number", str(shape(one)), 1), ("number", str(shape(other)), 2)])
    assert [word.notes for word in found.values()] == [2]


@pytest.mark.parametrize("other", ["NV/123", "NV-123-2019", "MV/123/2019", "NV/123/2019-A"])
def test_other_letters_and_signs_look_otherwise(other: str) -> None:
    assert shape(other) != shape("NV/123/2019")


def test_digits_alone_look_like_nothing() -> None:
    assert [shape(text) for text in ("4711", "No number", "", ". 12")] == [None] * 4


@given(st.text(max_size=40))
def test_a_number_has_no_digits_in_how_it_looks(text: str) -> None:
    assert not any(sign in "0123456789" for sign in shape(text) or "")


def test_one_note_that_says_it_twice_is_one() -> None:
    found = counted([("number", "NV/#", 1), ("number", "nv/#", 1)])
    assert [(word.text, word.notes, word.evidence) for word in found.values()] == [
        ("NV/#", 1, False)
    ]


def test_only_the_letterhead_and_the_foot_have_addresses_of_the_mission() -> None:
    lines = [f"line {number}" for number in range(30)]
    lines[1], lines[15], lines[28] = (
        "pm@Mfa.gov.xx",
        "jane.doe@mfa.gov.xx",
        "Mail: office@mfa.gov.xx",
    )
    assert at_the_edges("\n".join(lines)) == {"pm@mfa.gov.xx", "office@mfa.gov.xx"}
    assert at_the_edges("") == frozenset()
