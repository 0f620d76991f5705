"""What the checks notice about entries: words nobody claims, a pattern of their own, odd words."""

from __future__ import annotations

import pytest

from extract.note import read_raw
from extract.types import NoteVerbale
from tests.extract.letter import HEAD, TAIL, PageOf

LIST = [
    "1. Mr. John KAMAU, Director, Ministry of Justice, j.kamau@justice.go.ke",
    "2. Ms. Mary WANJIKU, State Counsel, Ministry of Justice, m.wanjiku@justice.go.ke",
    "3. Mr. Peter OTIENO, Registrar, Supreme Court, p.otieno@courts.go.ke",
    "4. Ms. Ann MUTISO, Judge, Supreme Court, a.mutiso@courts.go.ke",
]


def note_of(page_of: PageOf, *entries: str) -> NoteVerbale:
    return read_raw((page_of([*HEAD, *entries, *TAIL]),))


def signs(page_of: PageOf, *entries: str) -> list[set[str]]:
    return [set(p.signs) for p in note_of(page_of, *entries).delegates]


def codes(page_of: PageOf, *entries: str) -> set[str]:
    return {d.code for d in note_of(page_of, *entries).doubts}


def test_entries_of_one_pattern_have_no_sign_of_another(page_of: PageOf) -> None:
    for found in signs(page_of, *LIST):
        assert not {s for s in found if ".has_" in s or s in ("row.order", "row.unclaimed")}


def test_an_entry_without_what_the_others_have_is_unlike_them(page_of: PageOf) -> None:
    found = signs(page_of, *LIST[:3], "4. Ms. Ann MUTISO, Judge, a.mutiso@courts.go.ke")
    assert "organization.has_organization" in found[3]
    assert not any("organization.has_organization" in s for s in found[:3])


def test_a_name_in_capitals_among_others_that_are_not_is_unlike_them(page_of: PageOf) -> None:
    odd = "4. Ms. ANN MUTISO, Judge, Supreme Court, a.mutiso@courts.go.ke"
    assert "name.capitals" in signs(page_of, *LIST[:3], odd)[3]


def test_a_person_who_is_the_whole_list_is_compared_with_nobody(page_of: PageOf) -> None:
    assert "row.alone" in signs(page_of, LIST[0])[0]


def test_a_word_of_the_name_left_in_the_title_is_seen(page_of: PageOf) -> None:
    odd = "4. Ms. Ann MUTISO, Judge mutiso, Supreme Court, a.mutiso@courts.go.ke"
    assert "title.name_inside" in signs(page_of, *LIST[:3], odd)[3]


def test_two_posts_without_a_comma_are_seen(page_of: PageOf) -> None:
    odd = "4. Ms. Ann MUTISO, Director of Treaties Deputy Director, Supreme Court, a.m@courts.go.ke"
    assert "title.two_heads" in signs(page_of, *LIST[:3], odd)[3]


def test_a_post_that_ends_in_the_middle_is_seen(page_of: PageOf) -> None:
    odd = "4. Ms. Ann MUTISO, Director of, Supreme Court, a.mutiso@courts.go.ke"
    assert "title.open" in signs(page_of, *LIST[:3], odd)[3]


def test_an_initial_as_form_of_address_is_seen(page_of: PageOf) -> None:
    odd = "4. M. Ann MUTISO, Judge, Supreme Court, a.mutiso@courts.go.ke"
    found = note_of(page_of, *LIST[:3], odd).delegates[3]
    assert found.honorific is not None
    assert "name.initial" in found.signs


def test_an_entry_of_the_list_without_a_person_is_told(page_of: PageOf) -> None:
    odd = "- ~~ a thing that nobody can read ~~"
    entries = [f"- {e.partition(' ')[2]}" for e in LIST]
    assert codes(page_of, *entries) == set()
    assert "entry_not_understood" in codes(page_of, *entries[:2], odd, *entries[2:])


def test_numbers_with_a_gap_are_told(page_of: PageOf) -> None:
    assert "row_without_name" in codes(page_of, LIST[0], LIST[1], LIST[3])


def test_two_addresses_that_spell_two_parts_of_a_name_are_two_persons(page_of: PageOf) -> None:
    odd = (
        "4. Ms. Ann MUTISO Jane ODHIAMBO, Judge, Supreme Court, a.mutiso@courts.go.ke, "
        "j.odhiambo@courts.go.ke"
    )
    assert "address_without_person" in codes(page_of, *LIST[:3], odd)


def test_a_first_entry_of_which_nobody_was_made_is_told(page_of: PageOf) -> None:
    entries = [
        "(a) ~~ a thing that nobody can read ~~",
        "(b) Ms. Mary WANJIKU, State Counsel, Ministry of Justice, m.wanjiku@justice.go.ke",
    ]
    assert "entry_not_understood" in codes(page_of, *entries)


def test_the_one_of_a_list_without_a_form_of_address_is_doubted(page_of: PageOf) -> None:
    odd = "4. Wgcdx Ann MUTISO, Judge, Supreme Court, a.mutiso@courts.go.ke"
    person = note_of(page_of, *LIST[:3], odd).delegates[3]
    assert "name_without_honorific" in {d.code for d in person.doubts}


@pytest.mark.parametrize("rank", ["Lt-Col", "Lt.-Col.", "Maj-Gen", "Brig Gen"])
def test_a_rank_of_two_abbreviations_is_none_of_the_name(page_of: PageOf, rank: str) -> None:
    odd = f"4. {rank} Ann MUTISO, Judge, Supreme Court, a.mutiso@courts.go.ke"
    person = note_of(page_of, *LIST[:3], odd).delegates[3]
    assert person.honorific is not None
    assert (person.honorific.text, person.name.text) == (rank, "Ann MUTISO")
