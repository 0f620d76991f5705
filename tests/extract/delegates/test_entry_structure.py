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
            "Mr. Joao SILVA---------Director of Audits",
            "Ms. Ana LIMA__________Judge",
            "Mr. Rui COSTA ......... Adviser",
        ],
        [("Joao SILVA", "Director of Audits"), ("Ana LIMA", "Judge"), ("Rui COSTA", "Adviser")],
    ),
    (
        [
            "Ms. Ana LIMA",
            "Judge",
            "",
            "The judge will come with her husband, Paulo LIMA, and with",
            "a chauffeur, Karl HUBER, who will not take part in the meeting.",
        ],
        [("Ana LIMA", "Judge")],
    ),
    (
        ["Ms. Ana LIMA", "Deputy Chief, Central Authority Section", "Ministry of Justice"],
        [("Ana LIMA", "Deputy Chief, Central Authority Section")],
    ),
    (
        ["Everything is given below.", "Ana LIMA", "Judge", "a.lima@mj.example"],
        [("Ana LIMA", "Judge")],
    ),
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
    (
        ["Legal adviser, Ministry of Justice:", "Ms. Ana LIMA", "ana.lima@mj.example"],
        [("Ana LIMA", "Legal adviser")],
    ),
    (
        ["1. Ms. Ana LIMA", "Chief", "2. Prof. M. L. Tamm, Judge", "3. Dr. M. Roos, Judge"],
        [("Ana LIMA", "Chief"), ("M. L. Tamm", "Judge"), ("M. Roos", "Judge")],
    ),
    (
        ["Ms. Ana LIMA¹, Judge", "Mr. Joao SILVA², Notary", "", "¹ a.lima@mj.example"],
        [("Ana LIMA", "Judge"), ("Joao SILVA", "Notary")],
    ),
    (
        [
            "1. Sra. Ana Lima Reis vda. de Brito, Judge",
            "2. Mme Awa Tall, née Sarr, Judge",
            "3. Ms. Eva Pinto - Head of Section - Ministry of Works",
            "- eva.pinto@mw.example",
        ],
        [
            ("Ana Lima Reis vda. de Brito", "Judge"),
            ("Awa Tall, née Sarr", "Judge"),
            ("Eva Pinto", "Head of Section"),
        ],
    ),
    (
        ["1. Ms. Aminah binti, Judge", "2. Mr. Joao SILVA, Notary"],
        [("Aminah binti", "Judge"), ("Joao SILVA", "Notary")],
    ),
    (
        ["Ms. Ana LIMA, Head of the Section Crime, drugs, arms, Ministry of Works."],
        [("Ana LIMA", "Head of the Section Crime, drugs, arms")],
    ),
]


@pytest.mark.parametrize(("lines", "rows"), CASES)
def test_posts_go_to_their_person(page_of: PageOf, lines: list[str], rows: list[Row]) -> None:
    people = read_note((page_of([*HEAD, *lines, *FOOT]),)).delegates
    assert [(p.name.text, p.title.text if p.title else None) for p in people] == rows


def test_an_address_below_a_dash_is_no_entry(page_of: PageOf) -> None:
    lines = ["1. Ms. Ana Reis - Judge - Ministry of Works", "- a.reis@mw.example"]
    (person,) = read_note((page_of([*HEAD, *lines, *FOOT]),)).delegates
    assert person.email is not None
    assert person.email.text == "a.reis@mw.example"


def test_what_a_page_behind_the_formula_says_is_none_of_the_last_entry(page_of: PageOf) -> None:
    strip = "Hafenstrasse 3, 1010 Vienna, mission@mne.example"
    first = page_of([*HEAD, "1. Ms. Ana LIMA", "Judge", *FOOT, "", strip])
    second = page_of(["United Nations Office on Drugs and Crime", "", strip], number=2)
    (person,) = read_note((first, second)).delegates
    assert person.email is None
    assert person.organization is None


@pytest.mark.parametrize(
    ("said", "post", "role"),
    [
        ("Judge head of the delegation", "Judge", "head"),
        ("Juge chef de la délégation", "Juge", "head"),
        ("Deputy head of the delegation", None, "alternate"),
    ],
)
def test_a_role_that_no_sign_parts_from_the_post_takes_nothing_of_it(
    page_of: PageOf, said: str, post: str | None, role: str
) -> None:
    row = read_note((page_of([*HEAD, f"1. Ms. Ana LIMA, {said}", *FOOT]),)).delegates[0]
    assert (row.title.text if row.title else None, row.role and row.role.text) == (post, role)
