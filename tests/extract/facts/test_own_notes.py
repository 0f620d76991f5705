"""A note that speaks of an earlier one of its sender's is no plain nomination."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from extract.note import read_note
from ocr.types import Page

PageOf = Callable[..., Page]


def codes(page_of: PageOf, number: str, told: str) -> set[str]:
    lines = [
        "EMBASSY OF KENYA",
        number,
        "",
        "The Embassy of Kenya in Vienna presents its compliments to the Secretariat and, with",
        f"reference to {told}, has the honour to",
        "inform that the delegation will be composed as follows:",
        "",
        "1. Mr. John KAMAU, Judge, Supreme Court, j.kamau@courts.go.ke",
        "",
        "The Embassy of Kenya avails itself of this opportunity to renew to the Secretariat the",
        "assurances of its highest consideration.",
        "Vienna, 3 April 2019",
    ]
    return {doubt.code for doubt in read_note((page_of(lines),)).doubts}


@pytest.mark.parametrize(
    ("number", "earlier"),
    [
        ("Ref. KEN/VIE/19/233", "KEN/VIE/19/221 on the same subject"),
        ("No. 77/2019", "Note No. 71/2019 on the same subject"),
        ("No. 77/2019", "Note 71/2019 on the same subject"),
    ],
)
def test_another_number_of_its_shape_makes_the_kind_doubtful(
    page_of: PageOf, number: str, earlier: str
) -> None:
    assert "kind_uncertain" in codes(page_of, number, earlier)


@pytest.mark.parametrize(
    ("number", "told"),
    [
        ("Ref. KEN/VIE/19/233", "note CU 2019/59/(A)/DTA/CEB/CSS of 25 March 2019"),
        ("No. 77/2019", "the meeting of 31/05/2019 (CU 2019/59/(A)/DTA/CEB/CSS)"),
        ("Ref. KEN/VIE/19/233", "its number KEN/VIE/19/233 and the invitation"),
    ],
)
def test_the_invitation_a_date_and_its_own_number_do_not(
    page_of: PageOf, number: str, told: str
) -> None:
    assert "kind_uncertain" not in codes(page_of, number, told)
