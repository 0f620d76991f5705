"""What an entry's lines say by their place: posts above a name, roles, brackets, leaders."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from extract.note import read_note
from ocr.types import Page

PageOf = Callable[..., Page]
HEAD = [
    "EMBASSY OF PORTUGAL",
    "",
    "The Embassy of Portugal presents its compliments to the Secretariat and, with reference to",
    "note CU 2019/59/(A)/DTA/CEB/CSS of 25 March 2019, has the honour to inform that the",
    "following will attend the meeting on 31 May 2019:",
    "",
]
FOOT = [
    "",
    "The Embassy avails itself of this opportunity to renew to the Secretariat the assurances of",
    "its highest consideration.",
]
Row = tuple[str, str | None]
CASES: list[tuple[list[str], list[Row]]] = [
    (
        [
            "Director, Ministry of Justice:",
            "Ms. Ana LIMA",
            "ana.lima@mj.example",
            "First Secretary:",
            "Mr. Joao SILVA",
            "joao.silva@mne.example",
        ],
        [("Ana LIMA", "Director"), ("Joao SILVA", "First Secretary")],
    ),
    (
        ["1. Ms. Ana LIMA", "Adviser", "Judge", "2. Mr. Joao SILVA", "Adviser"],
        [("Ana LIMA", "Judge"), ("Joao SILVA", "Adviser")],
    ),
    (
        ["1. Ms. Ana LIMA, Second Secretary (Political, Legal and Consular Affairs)"],
        [("Ana LIMA", "Second Secretary (Political, Legal and Consular Affairs)")],
    ),
    (
        ["1. U Thein ZAW, Judge", "2. Daw Aye THIDA, Judge"],
        [("Thein ZAW", "Judge"), ("Aye THIDA", "Judge")],
    ),
    (
        ["1. Nurul Huda binti Haji Osman, Judge", "2. Zaki A/L Muniandy, Judge"],
        [("Nurul Huda binti Haji Osman", "Judge"), ("Zaki A/L Muniandy", "Judge")],
    ),
]


@pytest.mark.parametrize(("lines", "rows"), CASES)
def test_posts_go_to_their_person(page_of: PageOf, lines: list[str], rows: list[Row]) -> None:
    people = read_note((page_of([*HEAD, *lines, *FOOT]),)).delegates
    assert [(p.name.text, p.title.text if p.title else None) for p in people] == rows
