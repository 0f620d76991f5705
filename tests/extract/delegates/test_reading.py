"""Paragraphs one after the other: headings, lines below an entry, sentences with lines below."""

from __future__ import annotations

from tests.extract.delegates.test_printed_entries import facts, note, people


def test_lines_of_their_own_below_an_entry_are_said_of_its_person() -> None:
    found = people("1. Mr. Tobin WEXLER", "", "Quorler, Plurr Agency", "", "t.wexler@example.org")
    assert [p.email.text for p in found if p.email] == ["t.wexler@example.org"]


def test_a_heading_gives_its_role_to_those_below() -> None:
    found = people("Alternates:", "- Mr. Tobin WEXLER, Judge", "- Ms. Aleen BRIGHT, Judge")
    assert [p.role.text for p in found if p.role] == ["alternate", "alternate"]


def test_an_entry_in_which_nobody_is_found_is_said() -> None:
    codes = {
        d.code for d in note("1. Mr. Tobin WEXLER, Judge", "2. to be told, x@example.org").doubts
    }
    assert "row_without_name" in codes


def test_lines_below_one_person_are_not_the_next_ones() -> None:
    found = people("Mr. Tobin WEXLER", "Judge", "", "Ms. Aleen BRIGHT", "Registrar")
    assert [facts(p)[1:3] for p in found] == [
        ("Tobin WEXLER", "Judge"),
        ("Aleen BRIGHT", "Registrar"),
    ]
