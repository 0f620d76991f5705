"""Lists as other hands print them: signs between fields, footnotes, addresses apart, sentences."""

from __future__ import annotations

import pytest

from tests.extract.delegates.test_delegates import HEAD, _rows


@pytest.mark.parametrize("sign", ["/", "·", "|"])
def test_a_sign_that_parts_the_fields_of_all_entries_holds_commas_together(sign: str) -> None:
    rows = _rows(
        HEAD
        + f"""
1. Mr. Tobin WEXLER {sign} Director, Division of Vents {sign} Department of Lands
2. Ms. Aleen BRIGHT {sign} Judge {sign} Zarb of Plurr
3. Mr. Oswin PATEL {sign} Legal Adviser, Quorl Branch {sign} Ministry of Works
"""
    )
    assert [row[1:4] for row in rows] == [
        ("Tobin WEXLER", "Director, Division of Vents", "Department of Lands"),
        ("Aleen BRIGHT", "Judge", "Zarb of Plurr"),
        ("Oswin PATEL", "Legal Adviser, Quorl Branch", "Ministry of Works"),
    ]


def test_a_sign_of_a_footnote_ends_a_name_and_brings_its_address() -> None:
    rows = _rows(
        HEAD
        + """
Mr. Tobin WEXLER*, Director, Ministry of Vents
Ms. Aleen BRIGHT**, Judge, High Court

* wexler@example.org
** office4@example.org
"""
    )
    assert [(row[1], row[4]) for row in rows] == [
        ("Tobin WEXLER", "wexler@example.org"),
        ("Aleen BRIGHT", "office4@example.org"),
    ]


@pytest.mark.parametrize("sign", ["[{}]", "({})"])
def test_a_footnote_may_say_post_and_office_too(sign: str) -> None:
    one, two = sign.format(1), sign.format(2)
    rows = _rows(
        HEAD
        + f"""
Mr. Tobin WEXLER {one}
Ms. Aleen BRIGHT {two}

{one} Director, Ministry of Vents, wexler7@example.org
{two} Judge, High Court
"""
    )
    assert [row[1:5] for row in rows] == [
        ("Tobin WEXLER", "Director", "Ministry of Vents", "wexler7@example.org"),
        ("Aleen BRIGHT", "Judge", "High Court", None),
    ]


def test_a_number_in_an_address_is_no_sign_of_a_footnote() -> None:
    rows = _rows(
        HEAD
        + """
(1) Mr. Tobin WEXLER, Director, Ministry of Vents, tobin2@example.org
(2) Ms. Aleen BRIGHT, Judge, High Court
"""
    )
    assert [row[1] for row in rows] == ["Tobin WEXLER", "Aleen BRIGHT"]


def test_addresses_in_a_row_below_the_list_go_round_in_its_order() -> None:
    rows = _rows(
        HEAD
        + """
1. Mr. Tobin WEXLER, Director, Ministry of Vents
2. Ms. Aleen BRIGHT, Judge, High Court

E-mail addresses, in the same order: vents7@example.org; court2@example.org
"""
    )
    assert [row[4] for row in rows] == ["vents7@example.org", "court2@example.org"]


def test_who_can_be_reached_where_all_can_is_a_delegate() -> None:
    rows = _rows(
        HEAD
        + """
The following officials have been designated to attend:

Mr. Tobin WEXLER, Director, Ministry of Vents, can be contacted at t.wexler@example.org.

Ms. Aleen BRIGHT, Judge, High Court, can be contacted at a.bright@example.org.
"""
    )
    assert [row[1] for row in rows] == ["Tobin WEXLER", "Aleen BRIGHT"]


@pytest.mark.parametrize("letters", ["أبجده", "أبتثج"])
def test_arabic_letters_count_a_list(letters: str) -> None:
    names = ("سالم المنصوري", "طارق الحداد", "عادل الزيتوني")
    lines = "\n".join(
        f"{letter}. السيد {name}، مستشار قانوني، وزارة العدل; x{n}@example.org"
        for n, (letter, name) in enumerate(zip(letters, names, strict=False))
    )
    rows = _rows(f"يشرفنا ترشيح التالية أسماؤهم:\n{lines}\n")
    assert [(row[0], row[1], row[4]) for row in rows] == [
        ("السيد", name, f"x{n}@example.org") for n, name in enumerate(names)
    ]


@pytest.mark.parametrize(
    ("heads", "marks"),
    [
        (("Ministry of Justice", "Court of Audit"), ("1/", "2/", "1/")),
        (("Ministry of Justice", "Court of Audit"), ("-", "-", "-")),
        (("I. Ministry of Justice", "II. Court of Audit"), ("1.", "2.", "3.")),
    ],
)
def test_an_office_above_several_entries_is_that_of_each(
    heads: tuple[str, str], marks: tuple[str, str, str]
) -> None:
    rows = _rows(
        HEAD
        + f"""
{heads[0]}
{marks[0]} Mr. Tobin WEXLER, Director, t.wexler@example.org
{marks[1]} Ms. Aleen BRIGHT, Judge
{heads[1]}
{marks[2]} Mr. Oswin PATEL, Auditor, o.patel@example.org
"""
    )
    assert [row[1:4] for row in rows] == [
        ("Tobin WEXLER", "Director", "Ministry of Justice"),
        ("Aleen BRIGHT", "Judge", "Ministry of Justice"),
        ("Oswin PATEL", "Auditor", "Court of Audit"),
    ]


def test_an_office_below_every_entry_is_its_own() -> None:
    rows = _rows(
        HEAD
        + """
1. Mr. Tobin WEXLER
Director
Ministry of Justice
2. Ms. Aleen BRIGHT
Judge
Court of Audit
"""
    )
    assert [row[1:4] for row in rows] == [
        ("Tobin WEXLER", "Director", "Ministry of Justice"),
        ("Aleen BRIGHT", "Judge", "Court of Audit"),
    ]


@pytest.mark.parametrize("role", ["Head of Delegation", "Chief Delegate"])
@pytest.mark.parametrize("first", [True, False])
def test_a_line_with_a_role_in_an_entry_is_no_heading(role: str, first: bool) -> None:
    lines = ["Director", "Ministry of Vents", "t.wexler@example.org"]
    lines = [role, *lines] if first else [*lines, role]
    rows = _rows(
        HEAD
        + "\n".join(
            [
                "",
                "- Mr. Tobin WEXLER",
                *lines,
                "- Ms. Aleen BRIGHT",
                "Judge",
                "a.bright@example.org",
                "",
            ]
        )
    )
    assert [(row[1], row[2], row[5]) for row in rows] == [
        ("Tobin WEXLER", "Director", "head"),
        ("Aleen BRIGHT", "Judge", None),
    ]


def test_a_role_above_a_marked_list_stays_the_heading_of_its_persons() -> None:
    rows = _rows(
        HEAD
        + """
Delegates
- Mr. Tobin WEXLER, Director
Head of Delegation
- Ms. Aleen BRIGHT, Judge
"""
    )
    assert [(row[1], row[5]) for row in rows] == [
        ("Tobin WEXLER", "member"),
        ("Aleen BRIGHT", "head"),
    ]


def test_dates_of_birth_and_passports_are_in_no_field() -> None:
    rows = _rows(
        HEAD
        + """
1. Mr. Tobin WEXLER, Director, Ministry of Vents, 16.10.1960, T4638792
2. Ms. Aleen BRIGHT, Judge, High Court, 05.01.1962 A3796453
"""
    )
    assert [row[1:4] for row in rows] == [
        ("Tobin WEXLER", "Director", "Ministry of Vents"),
        ("Aleen BRIGHT", "Judge", "High Court"),
    ]


def test_the_first_of_two_roles_in_the_place_of_the_post_is_the_post() -> None:
    rows = _rows(
        HEAD
        + """
1. Mr. Tobin WEXLER, Director, Ministry of Vents (Head of Delegation)
2. Ms. Aleen BRIGHT, Representative, High Court (Alternate)
"""
    )
    assert [(row[1], row[2], row[5]) for row in rows] == [
        ("Tobin WEXLER", "Director", "head"),
        ("Aleen BRIGHT", "Representative", "alternate"),
    ]


def test_a_name_broken_at_a_lines_end_before_a_sign_is_whole() -> None:
    rows = _rows(HEAD + "\nMinistry of Vents / Ms. BRIGHT\nAleen / First Secretary\n")
    assert [row[1:3] for row in rows] == [("BRIGHT Aleen", "First Secretary")]


def test_an_abbreviation_in_a_header_is_no_form_of_address() -> None:
    rows = _rows(HEAD + "\n1. Mr. Tobin WEXLER, Director\nD.O.B. PASSPORT NO\n")
    assert [row[1] for row in rows] == ["Tobin WEXLER"]


def test_a_post_goes_on_below_where_commas_part_the_fields() -> None:
    rows = _rows(
        HEAD
        + """
1. Mr. Tobin WEXLER, Prosecutor
Extraordinary, tobin.wexler@example.org
2. Ms. Aleen BRIGHT, Judge
Ministry of Justice, aleen.bright@example.org
"""
    )
    assert [row[1:4] for row in rows] == [
        ("Tobin WEXLER", "Prosecutor Extraordinary", None),
        ("Aleen BRIGHT", "Judge", "Ministry of Justice"),
    ]


def test_a_number_read_as_a_line_of_its_own_begins_an_entry() -> None:
    rows = _rows(
        HEAD
        + """
Tobin WEXLER, Judge, tobin.wexler@example.org
4.
Aleen BRIGHT, Registrar,
aleen.bright@example.org
Oswin PATEL, Counsellor, oswin.patel@example.org
"""
    )
    assert [row[1:3] for row in rows] == [
        ("Tobin WEXLER", "Judge"),
        ("Aleen BRIGHT", "Registrar"),
        ("Oswin PATEL", "Counsellor"),
    ]


def test_entries_whose_addresses_stand_on_the_next_line_are_no_list_of_addresses() -> None:
    rows = _rows(
        HEAD
        + """
= Mr. Tobin WEXLER, Judge, Email:
tobin.wexler@example.org - Head
= Ms. Aleen BRIGHT, Registrar, Email: aleen.bright@example.org
= Mr. Oswin PATEL, Counsellor, Email: oswin.patel@example.org
"""
    )
    assert [(row[1], row[4]) for row in rows] == [
        ("Tobin WEXLER", "tobin.wexler@example.org"),
        ("Aleen BRIGHT", "aleen.bright@example.org"),
        ("Oswin PATEL", "oswin.patel@example.org"),
    ]


def test_an_office_below_a_post_is_no_part_of_it_though_both_make_a_phrase() -> None:
    rows = _rows(
        HEAD
        + """
1. Mr. Tobin WEXLER
Director of Vent Audit
Office of the Wexler General
tobin.wexler@example.org
"""
    )
    assert rows[0][2:4] == ("Director of Vent Audit", "Office of the Wexler General")


def test_a_mark_alone_on_its_line_begins_the_entry_below_it() -> None:
    rows = _rows(
        HEAD
        + """
Supreme Court

- Ms. Ann MUTISO, Judge, a.mutiso@courts.go.ke

- Mr. Tobin WEXLER, Registrar, t.wexler@courts.go.ke

Ministry of Lands

-

Ms. Aleen BRIGHT, Director of the Registry of Deeds and Titles, a.bright@lands.go.ke
"""
    )
    assert [(r[1], r[3], r[4]) for r in rows] == [
        ("Ann MUTISO", "Supreme Court", "a.mutiso@courts.go.ke"),
        ("Tobin WEXLER", "Supreme Court", "t.wexler@courts.go.ke"),
        ("Aleen BRIGHT", "Ministry of Lands", "a.bright@lands.go.ke"),
    ]


def test_letters_that_count_a_list_are_no_initials_before_a_form_of_address() -> None:
    rows = _rows(
        HEAD
        + """
A. M. Tobin Wexler, Director, Ministry of Vents
B. M. Aleen Bright, Judge, High Court
C. Mme Orla Stone, Registrar, High Court
"""
    )
    assert [row[:2] for row in rows] == [
        ("M.", "Tobin Wexler"),
        ("M.", "Aleen Bright"),
        ("Mme", "Orla Stone"),
    ]


def test_a_role_between_a_name_and_a_post_that_is_a_rank_too_is_no_heading() -> None:
    rows = _rows(
        HEAD
        + """
Ms. Aleen BRIGHT
Head of delegation
Ambassador
Ministry of Vents
a.bright@example.org

Mr. Tobin WEXLER
Director
Ministry of Vents
"""
    )
    assert [(row[1], row[2], row[5]) for row in rows] == [
        ("Aleen BRIGHT", "Ambassador", "head"),
        ("Tobin WEXLER", "Director", None),
    ]


def test_persons_with_their_posts_below_each_other_need_no_mark() -> None:
    rows = _rows(
        HEAD
        + """
WEXLER Tobin – Counsellor – Permanent Mission of the Republic to the International
Organizations
BRIGHT Aleen – Director – Ministry of Vents
"""
    )
    assert [row[1:4] for row in rows] == [
        (
            "WEXLER Tobin",
            "Counsellor",
            "Permanent Mission of the Republic to the International Organizations",
        ),
        ("BRIGHT Aleen", "Director", "Ministry of Vents"),
    ]


@pytest.mark.parametrize(("read", "typed"), [("WEXLEŠé", "WEXLEŠÉ"), ("McWEXLER", "McWEXLER")])
def test_a_letter_that_an_accent_made_small_among_capitals_is_one(read: str, typed: str) -> None:
    ((_, name, *_),) = _rows(HEAD + f"\nMr. Tobin {read}, Director, Ministry of Vents\n")
    assert name == f"Tobin {typed}"
