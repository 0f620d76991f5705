"""Addresses that stand apart: footnotes, a list of their own."""

from __future__ import annotations

import pytest

from extract.note import read_raw
from tests.extract.letter import HEAD, TAIL, PageOf


def addresses(page_of: PageOf, body: list[str], foot: list[str] | None = None) -> dict[str, str]:
    note = read_raw((page_of([*HEAD, *body, *TAIL, *(foot or [])]),))
    return {p.name.text: p.email.text if p.email else "" for p in note.delegates}


@pytest.mark.parametrize("signs", [("*", "**"), ("†", "‡"), ("(1)", "(2)")])
def test_a_footnote_gives_its_address_to_the_person_with_its_sign(
    page_of: PageOf, signs: tuple[str, str]
) -> None:
    one, two = signs
    found = addresses(
        page_of,
        [
            f"1) Mr. John KAMAU {one}",
            "Registrar",
            "Ministry of Justice",
            "",
            f"2) Ms. Mary WANJIKU {two}",
            "Auditor",
            "Ministry of Finance",
        ],
        ["", f"{one} registry7@justice.go.ke", f"{two} audit3@finance.go.ke"],
    )
    assert found == {
        "John KAMAU": "registry7@justice.go.ke",
        "Mary WANJIKU": "audit3@finance.go.ke",
    }


@pytest.mark.parametrize("sign", [".", ".-"])
def test_a_list_of_addresses_is_joined_by_number(page_of: PageOf, sign: str) -> None:
    found = addresses(
        page_of,
        [
            f"1{sign} Mr. John KAMAU, Registrar, Ministry of Justice",
            f"2{sign} Ms. Mary WANJIKU, Auditor, Ministry of Finance",
            "",
            "E-mail addresses of the above:",
            f"1{sign} registry7@justice.go.ke",
            f"2{sign} audit3@finance.go.ke",
        ],
    )
    assert found == {
        "John KAMAU": "registry7@justice.go.ke",
        "Mary WANJIKU": "audit3@finance.go.ke",
    }


def test_a_list_of_addresses_is_joined_by_name_whatever_its_order(page_of: PageOf) -> None:
    found = addresses(
        page_of,
        [
            "1. Mr. John KAMAU, Registrar, Ministry of Justice",
            "2. Ms. Mary WANJIKU, Auditor, Ministry of Finance",
            "",
            "E-mail addresses:",
            "Mary WANJIKU – audit3@finance.go.ke",
            "John KAMAU – registry7@justice.go.ke",
        ],
    )
    assert found == {
        "John KAMAU": "registry7@justice.go.ke",
        "Mary WANJIKU": "audit3@finance.go.ke",
    }


def test_the_missions_own_mailbox_at_the_foot_is_nobodys(page_of: PageOf) -> None:
    found = addresses(
        page_of,
        ["1. Mr. John KAMAU, Registrar, Ministry of Justice"],
        ["", "mission@kenyamission.example.org"],
    )
    assert found == {"John KAMAU": ""}


_ARABIC = [
    "السيدة شهد الناجي، مستشارة قانونية، وزارة العدل",
    "السيد نادر الوهيبي، محقق أول، وزارة المالية",
    "السيد ماجد الدغيثر، مدير عام، وزارة الداخلية",
]


def arabic(page_of: PageOf, *below: str) -> list[str | None]:
    head = ["تهدي سفارة دولة الكويت تحياتها إلى الأمانة وتتشرف بترشيح السادة التالية أسماؤهم:"]
    tail = ["وتغتنم السفارة هذه المناسبة لتعرب عن فائق تقديرها واحترامها."]
    lines = [*head, "", *_ARABIC, "", *below, "", *tail]
    note = read_raw((page_of(lines, "ar"),))
    assert [p.name.text for p in note.delegates] == ["شهد الناجي", "نادر الوهيبي", "ماجد الدغيثر"]
    return [p.email.text if p.email else None for p in note.delegates]


def test_addresses_below_an_arabic_list_go_to_whom_they_spell(page_of: PageOf) -> None:
    below = ("n.alwahibi@mof.gov.xx", "s.alnaji@moj.gov.xx 2", "m.aldughaither@moi.gov.xx 3")
    assert arabic(page_of, *below) == [
        "s.alnaji@moj.gov.xx",
        "n.alwahibi@mof.gov.xx",
        "m.aldughaither@moi.gov.xx",
    ]


def test_a_line_of_addresses_read_from_the_right_gives_none_by_its_order(page_of: PageOf) -> None:
    """The sign between two is read before the second, and which of them is first is not known."""
    row = (
        "عناوين البريد الإلكتروني: ;s.alnaji@moj.gov.xx ;desk7@mof.gov.xx",
        "desk9@moi.gov.xx ;x@moi.gov.xx",
    )
    assert arabic(page_of, *row) == ["s.alnaji@moj.gov.xx", None, None]
    whole = arabic(page_of, f"{row[0]} ;m.aldughaither@moi.gov.xx")
    assert whole[1:] == ["desk7@mof.gov.xx", "m.aldughaither@moi.gov.xx"]


def test_numbers_of_a_list_of_addresses_may_stand_in_a_column_of_their_own(page_of: PageOf) -> None:
    note = read_raw(
        (
            page_of(
                [
                    *HEAD,
                    "Mr. John KAMAU, Registrar",
                    "Ms. Mary WANJIKU, Auditor",
                    "E-mail addresses (in this order):",
                    *("1.", "desk7@justice.go.ke", "2.", "desk3@finance.go.ke"),
                    *TAIL,
                ]
            ),
        )
    )
    assert [(p.title and p.title.text, p.email and p.email.text) for p in note.delegates] == [
        ("Registrar", "desk7@justice.go.ke"),
        ("Auditor", "desk3@finance.go.ke"),
    ]


def test_a_letter_before_a_domain_of_the_page_is_its_sign(page_of: PageOf) -> None:
    body = [
        "1. Mr. John KAMAU, Registrar, jkamau@justice.go.ke",
        "2. Ms. Mary WANJIKU, Auditor, mwanjikuojustice.go.ke",
    ]
    delegate = read_raw((page_of([*HEAD, *body, *TAIL]),)).delegates[1]
    assert delegate.email is not None
    assert (delegate.email.text, delegate.title and delegate.title.text) == (
        "mwanjiku@justice.go.ke",
        "Auditor",
    )
    assert "email_repaired" in {d.code for d in delegate.doubts}


def test_an_address_said_to_be_everybodys_may_be_the_missions(page_of: PageOf) -> None:
    people = ["1) Mr. John KAMAU, Registrar", "2) Ms. Mary WANJIKU, Auditor"]
    line = "E-mail of all members of the delegation: vienna.mission@mail.example.org"
    found = addresses(page_of, [*people, line])
    assert set(found.values()) == {"vienna.mission@mail.example.org"}


@pytest.mark.parametrize("mark", ["- ", "• "])
def test_an_address_for_both_is_of_the_two_above_it(page_of: PageOf, mark: str) -> None:
    shared = "registry@justice.go.ke"
    found = addresses(
        page_of,
        [
            f"{mark}Ms. Ann OTIENO, Counsellor, Embassy of Kenya.",
            f"{mark}Mr. John KAMAU, Registrar, Ministry of Justice.",
            f"{mark}Ms. Mary WANJIKU, Auditor, Ministry of Finance.",
            f"E-mail (for both): {shared}",
        ],
    )
    assert found == {"Ann OTIENO": "", "John KAMAU": shared, "Mary WANJIKU": shared}


def test_an_address_for_both_is_not_of_who_comes_below(page_of: PageOf) -> None:
    shared = "registry@justice.go.ke"
    found = addresses(
        page_of,
        [
            "1. Mr. John KAMAU, Registrar, Ministry of Justice",
            "2. Ms. Mary WANJIKU, Auditor, Ministry of Finance",
            f"E-mail (for both): {shared}",
            "3. Ms. Ann OTIENO, Counsellor, Embassy of Kenya",
        ],
    )
    assert found == {"John KAMAU": shared, "Mary WANJIKU": shared, "Ann OTIENO": ""}


def test_an_address_of_those_mentioned_is_of_all_in_a_stack(page_of: PageOf) -> None:
    shared = "coop@moj.gov.kw"
    found = addresses(
        page_of,
        [
            "1. السيد سامي فهد الرشود",
            "مدير إدارة التعاون الدولي",
            "2. السيدة هدى يوسف الرميثي",
            "رئيس قسم",
            f"البريد الإلكتروني للمذكورين: {shared}",
        ],
    )
    assert set(found.values()) == {shared}
    assert len(found) == 2
