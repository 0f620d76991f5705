"""Names of files as strangers sent them, as labels."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest import filenames


@pytest.mark.parametrize(
    "name",
    ["note\t\x00\tverbale.pdf", "note\u2028\u200b verbale.pdf", " note \x07\n verbale.pdf"],
)
def test_what_is_not_seen_between_two_spaces_leaves_one(name: str) -> None:
    assert filenames.label(name) == "note verbale.pdf"


@given(st.text())
def test_a_label_is_its_own_label(name: str) -> None:
    once = filenames.label(name)
    assert filenames.label(once) == once
