"""What a sentence says of a person, and what stands beside a list: verbs, papers, addresses."""

from __future__ import annotations

import pytest

from extract.note import read_note
from extract.types import Delegate, NoteVerbale
from tests.extract.conftest import make_page
from tests.extract.letter import HEAD, TAIL


def note(*lines: str) -> NoteVerbale:
    return read_note((make_page([*HEAD, *lines, *TAIL]),))


def told(person: Delegate) -> tuple[str | None, ...]:
    values = (person.name, person.title, person.email)
    return tuple(v.text if v else None for v in values)


@pytest.mark.parametrize(
    "verb",
    [
        ", who serves as ",
        " holds the post of ",
        ", qui exerce les fonctions de ",
        ", quien se desempeña como ",
        " занимает должность: ",
        "، الذي يشغل منصب ",
    ],
)
def test_a_verb_between_name_and_post_is_of_neither(verb: str) -> None:
    (person,) = note(f"Ms. Mary WANJIKU{verb}Auditor, m.wanjiku@audit.go.ke.").delegates
    assert told(person) == ("Mary WANJIKU", "Auditor", "m.wanjiku@audit.go.ke")


def test_persons_before_such_a_verb_need_no_form_of_address() -> None:
    people = note(
        "Mary Wanjiku holds the post of Auditor; e-mail m.wanjiku@audit.go.ke.",
        "John Kamau holds the post of Registrar; e-mail j.kamau@justice.go.ke.",
    ).delegates
    assert [told(p) for p in people] == [
        ("Mary Wanjiku", "Auditor", "m.wanjiku@audit.go.ke"),
        ("John Kamau", "Registrar", "j.kamau@justice.go.ke"),
    ]


def test_a_word_before_an_address_and_a_colon_is_a_label() -> None:
    (person,) = note("1. Ms. Mary WANJIKU, Auditor; boîte : m.wanjiku@audit.go.ke").delegates
    assert told(person) == ("Mary WANJIKU", "Auditor", "m.wanjiku@audit.go.ke")


def test_papers_and_births_are_not_kept() -> None:
    (person,) = note(
        "1. Ms. Mary WANJIKU, Auditor, Ministry of Finance; Official Passport No. A123456, "
        "issued on 3 May 2017"
    ).delegates
    assert person.organization is not None
    assert person.organization.text == "Ministry of Finance"


def test_addresses_by_family_name_below_a_list_name_nobody_twice() -> None:
    people = note(
        "1. Mr. John KAMAU, Registrar",
        "2. Ms. Mary WANJIKU, Auditor",
        "",
        "The addresses of the delegates are as follows:",
        "Mr. KAMAU j.kamau@justice.go.ke",
        "Ms. WANJIKU m.wanjiku@audit.go.ke",
    ).delegates
    assert [told(p) for p in people] == [
        ("John KAMAU", "Registrar", "j.kamau@justice.go.ke"),
        ("Mary WANJIKU", "Auditor", "m.wanjiku@audit.go.ke"),
    ]


def test_the_last_word_of_a_sentence_begins_no_address() -> None:
    (person,) = note("1. Ms. Mary WANJIKU, Auditor of Crime.", "m.wanjiku@audit.go.ke").delegates
    assert told(person) == ("Mary WANJIKU", "Auditor of Crime", "m.wanjiku@audit.go.ke")


def test_and_below_a_line_goes_on_with_it() -> None:
    (person,) = note(
        "1. Ms. Mary WANJIKU, Auditor, Financial Transaction Reports",
        "and Analysis Centre",
    ).delegates
    offices = [v.text for v in (person.title, person.organization) if v]
    assert any("Financial Transaction Reports and Analysis Centre" in text for text in offices)


def test_a_word_that_leads_every_name_of_a_list_is_none() -> None:
    people = note(
        "1. Thiru Asha Devi Rao, Auditor",
        "2. Thiru Anil Kumar Sen, Registrar",
        "3. Thiru Vijay Singh Negi, Judge",
        "4. Thiru Suresh Babu Nair, Judge",
    ).delegates
    assert [p.name.text for p in people][:2] == ["Asha Devi Rao", "Anil Kumar Sen"]
    assert all(any(d.code == "name_odd" for d in p.doubts) for p in people)
    assert all(p.honorific and p.honorific.text == "Thiru" for p in people)


def test_a_family_name_that_several_have_stays() -> None:
    people = note("1. Nguyen Van Hai, Auditor", "2. Nguyen Thi Lan, Judge").delegates
    assert [p.name.text for p in people] == ["Nguyen Van Hai", "Nguyen Thi Lan"]


def test_a_name_after_mr_keeps_a_word_that_leads_names_elsewhere() -> None:
    (person,) = note("1. Mr. Nana Yaw Agyeman, Auditor").delegates
    assert person.name.text == "Nana Yaw Agyeman"


def test_of_two_offices_behind_one_post_the_first_is_a_part_of_the_last() -> None:
    (person,) = note(
        "1. Ms. Ruth WEKESA, Analyst, Financial Intelligence Unit, Ministry of Lands, r@l.example"
    ).delegates
    assert person.title
    assert person.title.text == "Analyst, Financial Intelligence Unit"
    assert person.organization
    assert person.organization.text == "Ministry of Lands"
