"""Outgoing invitations: the real one, and others in the manner of United Nations offices."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.facts.invitation import date_range, read_invitation

SAMPLE = Path(__file__).parents[3] / "samples" / "invitation.txt"

OTHER = """Reference: CU 2021/144(A)/DTA/OCB/CSS

The United Nations Office on Drugs and Crime presents its compliments to the Permanent Mission
of [xxx] and has the honour to invite the Government to attend the twelfth session of the
Working Group on Trafficking in Persons, to be held in Vienna, Austria, from 28 to 31 May 2021
(Boardroom D).

Replies should reach the Office no later than 7 May 2021 at the following address:
untoc.cop@un.org.

12 March 2021
"""

WHEN_FIRST = """Ref. CU 2020/12/DO/DMB

The Secretariat to the Governing Bodies presents its compliments to the Permanent Missions and
has the honour to inform that the sixty-third session of the Commission on Narcotic Drugs will
be held from 31 May to 2 June 2020 at the Vienna International Centre. It kindly requests the
composition of the delegation, before 15 May 2020, by e-mail to sgb@un.org.

Vienna, 3 February 2020
"""


def test_the_real_invitation() -> None:
    read = read_invitation(SAMPLE.read_text(encoding="utf-8"))
    assert read is not None
    assert read.reference == "CU 2019/59/(A)/DTA/CEB/CSS"
    assert read.title == (
        "eighth open-ended intergovernmental expert meeting on international cooperation"
    )
    assert (read.starts, read.ends) == (date(2019, 5, 31), date(2019, 5, 31))
    assert read.place is not None
    assert read.place.startswith("Vienna, Austria")
    assert read.deadline == date(2019, 5, 10)
    assert read.reply_address == "uncac@un.org"
    assert read.office is not None
    assert read.office.startswith("Secretariat of the Conference of the States Parties")
    assert read.issued == date(2019, 3, 25)


def test_an_invitation_over_several_days() -> None:
    read = read_invitation(OTHER)
    assert read is not None
    assert read.reference == "CU 2021/144(A)/DTA/OCB/CSS"
    assert read.title == "twelfth session of the Working Group on Trafficking in Persons"
    assert (read.starts, read.ends) == (date(2021, 5, 28), date(2021, 5, 31))
    assert read.place == "Vienna, Austria (Boardroom D)"
    assert read.deadline == date(2021, 5, 7)
    assert read.reply_address == "untoc.cop@un.org"
    assert read.office == "United Nations Office on Drugs and Crime"
    assert read.issued == date(2021, 3, 12)


def test_an_invitation_that_names_the_days_first() -> None:
    read = read_invitation(WHEN_FIRST)
    assert read is not None
    assert read.reference == "CU 2020/12/DO/DMB"
    assert read.title == "sixty-third session of the Commission on Narcotic Drugs"
    assert (read.starts, read.ends) == (date(2020, 5, 31), date(2020, 6, 2))
    assert read.place == "Vienna International Centre"
    assert read.deadline == date(2020, 5, 15)
    assert read.reply_address == "sgb@un.org"
    assert read.issued == date(2020, 2, 3)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("31 May 2019", (2019, 5, 31), (2019, 5, 31)),
        ("28 to 31 May 2019", (2019, 5, 28), (2019, 5, 31)),
        ("28-31 May 2019", (2019, 5, 28), (2019, 5, 31)),
        ("28 – 31 May 2019", (2019, 5, 28), (2019, 5, 31)),
        ("31 May to 2 June 2019", (2019, 5, 31), (2019, 6, 2)),
        ("31 May–2 June 2019", (2019, 5, 31), (2019, 6, 2)),
        ("30 December 2019 to 3 January 2020", (2019, 12, 30), (2020, 1, 3)),
        ("May 28-31, 2019", (2019, 5, 28), (2019, 5, 31)),
        ("28 and 29 May 2019", (2019, 5, 28), (2019, 5, 29)),
        ("Monday, 28 May, to Friday, 31 May 2019", (2019, 5, 28), (2019, 5, 31)),
    ],
)
def test_ranges_of_days(text: str, first: tuple[int, int, int], last: tuple[int, int, int]) -> None:
    assert date_range(text) == (date(*first), date(*last))


def test_a_text_without_a_symbol_is_no_invitation() -> None:
    assert read_invitation("Dear colleagues, the meeting is on 31 May 2019.") is None


@settings(max_examples=100, deadline=None)
@given(st.text(st.characters(codec="utf-8"), max_size=400))
def test_any_text_is_read_or_refused(text: str) -> None:
    read = read_invitation("Reference: CU 2019/59/(A)/DTA/CEB/CSS\n" + text)
    assert read is not None
    assert read.starts is None or read.ends is None or read.starts <= read.ends
