"""Names for comparing."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.rules.names import folded


def _sign_by_sign(name: str) -> str:
    """What folding means, said sign by sign; Chinese apart."""
    decomposed = unicodedata.normalize("NFKD", name.casefold())
    kept = [c if c.isalnum() else " " for c in decomposed if not unicodedata.combining(c)]
    return " ".join("".join(kept).split())


@given(st.text(st.characters(max_codepoint=0x33FF)))
def test_the_quick_way_says_the_same(name: str) -> None:
    assert folded(name) == _sign_by_sign(name)


@given(st.text(st.characters(max_codepoint=0x7F)))
def test_also_of_plain_letters(name: str) -> None:
    assert folded(name) == _sign_by_sign(name)


@pytest.mark.parametrize(
    ("name", "same"),
    [
        ("OUÉDRAOGO, Abdoulaye", "ouedraogo abdoulaye"),
        ("张 小 伟", "张小伟"),
        ("O'Neil-Smith", "o neil smith"),
        ("a_b", "a b"),
        ("İSTANBUL", "istanbul"),
    ],
)
def test_case_accents_and_punctuation_do_not_count(name: str, same: str) -> None:
    assert folded(name) == same
