"""Two domains of one page that are one, misread."""

from __future__ import annotations

import pytest

from extract.checks.domains import has_misread_label, is_near


@pytest.mark.parametrize(
    ("other", "near"),
    [("rnoj.go.ke", True), ("moj-go.ke", True), ("moi.go.ke", False), ("moj.go.tz", False)],
)
def test_a_misread_domain_is_near_the_right_one(other: str, near: bool) -> None:
    assert is_near("moj.go.ke", other) == is_near(other, "moj.go.ke") == near


@pytest.mark.parametrize(
    ("domain", "odd"),
    [
        ("law.ge.ca", True),
        ("law.goy.uk", True),
        ("law.gc.ca", False),
        ("law.gov.ge", False),
        ("lawgo.zz", False),
    ],
)
def test_a_letter_for_one_alike_in_what_every_domain_of_a_state_ends_with_is_odd(
    domain: str, odd: bool
) -> None:
    assert has_misread_label(domain) == odd
