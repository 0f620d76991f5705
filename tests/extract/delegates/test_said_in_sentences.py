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


def test_a_passport_goes_with_the_word_that_leads_it() -> None:
    (person,) = note(
        "1. Ms. Mary WANJIKU",
        "date of birth: 14.09.1985; passport No. АА0000417",
        "Auditor, Ministry of Finance",
    ).delegates
    assert person.title is not None
    assert person.title.text.startswith("Auditor")
    assert "0000417" not in str(person)


def test_a_post_before_a_whole_name_is_none_of_it_and_somebody_looks() -> None:
    (person,) = note(
        "Name: Commissioner Mary Wambui WANJIKU",
        "Position: Deputy Director",
        "Organization: Ministry of Finance",
    ).delegates
    assert person.name.text == "Mary Wambui WANJIKU"
    assert person.honorific is not None
    assert person.honorific.text == "Commissioner"
    assert "name_odd" in {d.code for d in person.doubts}


def test_an_open_bracket_goes_on_in_the_next_line() -> None:
    page = make_page(
        [
            *HEAD[:3],
            "The Embassy of the Republic of Kenya presents its compliments to the Secretariat. The",
            "Republic will be represented by Ms. Mary WANJIKU wa Njoroge, Auditor, Mr. John KAMAU,",
            "Legal Adviser (e-mail addresses:",
            "m.wanjiku@audit.go.ke and j.kamau@justice.go.ke).",
            *TAIL,
        ]
    )
    assert [told(p) for p in read_note((page,)).delegates] == [
        ("Mary WANJIKU wa Njoroge", "Auditor", "m.wanjiku@audit.go.ke"),
        ("John KAMAU", "Legal Adviser", "j.kamau@justice.go.ke"),
    ]


@pytest.mark.parametrize("sentence", ["Both may be reached at", "Ambos podrán ser contactados en"])
def test_an_address_of_both_is_on_both_rows(sentence: str) -> None:
    people = note(
        "1. Ms. Mary WANJIKU, Auditor",
        "2. Mr. John KAMAU, Registrar",
        "",
        f"{sentence} legal@justice.go.ke.",
    ).delegates
    assert [p.email.text if p.email else None for p in people] == ["legal@justice.go.ke"] * 2
    assert all("email_shared" in {d.code for d in p.doubts} for p in people)


def test_an_office_in_the_line_of_the_post_is_part_of_it_above_a_ministry() -> None:
    (person,) = note(
        "Ms. Mary WANJIKU",
        "Coordinator of International Affairs, Anti-Corruption Commission",
        "Ministry of Justice",
        "m.wanjiku@justice.go.ke",
    ).delegates
    assert person.title is not None
    assert person.title.text == "Coordinator of International Affairs, Anti-Corruption Commission"
    assert person.organization is not None
    assert person.organization.text == "Ministry of Justice"


def test_a_day_of_birth_in_words_is_not_kept() -> None:
    (person,) = note(
        "1. Ms. Mary WANJIKU, born 12 March 1980, passport CD334455, Auditor, m.wanjiku@audit.go.ke"
    ).delegates
    assert told(person) == ("Mary WANJIKU", "Auditor", "m.wanjiku@audit.go.ke")


def test_a_day_that_is_no_birth_stays_in_the_post() -> None:
    (person,) = note(
        "1. Ms. Mary WANJIKU, Chair of the 12 March 1998 Fund, m.wanjiku@fund.go.ke"
    ).delegates
    assert person.title is not None
    assert person.title.text == "Chair of the 12 March 1998 Fund"


def test_two_addresses_of_an_entry_are_no_list_of_addresses() -> None:
    people = note(
        "1. Ms. Mary WANJIKU, Auditor, m.wanjiku@audit.go.ke / mary@mail.example",
        "2. Mr. John KAMAU, Registrar, j.kamau@justice.go.ke",
    ).delegates
    assert [told(p) for p in people] == [
        ("Mary WANJIKU", "Auditor", "m.wanjiku@audit.go.ke"),
        ("John KAMAU", "Registrar", "j.kamau@justice.go.ke"),
    ]
    assert "several_emails" in {d.code for d in people[0].doubts}


def test_an_initial_before_a_space_is_of_the_address() -> None:
    (person,) = note("1. Ms. Mary WANJIKU, Auditor, m. wanjiku@audit.go.ke").delegates
    assert told(person) == ("Mary WANJIKU", "Auditor", "m.wanjiku@audit.go.ke")


def test_a_retired_officer_has_a_post() -> None:
    (person,) = note(
        "1. Brig. Gen. John KAMAU (Rtd), CBE - Registrar, High Court (j.kamau@justice.go.ke)"
    ).delegates
    assert told(person) == ("John KAMAU", "Registrar", "j.kamau@justice.go.ke")


def test_a_title_that_is_a_form_of_address_is_no_post() -> None:
    (person,) = note(
        "Surname: WANJIKU",
        "Given name(s): Mary",
        "Title: Ms.",
        "Date of birth: 12/03/1980",
        "Position: Auditor",
        "Email: m.wanjiku@audit.go.ke",
    ).delegates
    assert told(person) == ("Mary WANJIKU", "Auditor", "m.wanjiku@audit.go.ke")
    assert person.honorific is not None
    assert person.honorific.text == "Ms."


def test_of_two_offices_behind_one_post_the_first_is_a_part_of_the_last() -> None:
    (person,) = note(
        "1. Ms. Ruth WEKESA, Analyst, Financial Intelligence Unit, Ministry of Lands, r@l.example"
    ).delegates
    assert person.title
    assert person.title.text == "Analyst, Financial Intelligence Unit"
    assert person.organization
    assert person.organization.text == "Ministry of Lands"


def test_a_semicolon_before_a_post_that_names_nobody_is_a_misread_comma() -> None:
    found = note(
        "The meeting will be attended by Mr. John KAMAU, registrar, High Court",
        "(j.kamau@justice.go.ke), and Ms. Mary WANJIKU; auditor for public works, Ministry of",
        "Finance (m.wanjiku@audit.go.ke).",
    ).delegates
    assert [told(p)[1:] for p in found] == [
        ("registrar", "j.kamau@justice.go.ke"),
        ("auditor for public works", "m.wanjiku@audit.go.ke"),
    ]


def test_labels_behind_semicolons_part_no_sentence_and_head_no_list_of_addresses() -> None:
    people = note(
        "Ms. Mary WANJIKU, Auditor, Ministry of Finance; E-mail:",
        "m.wanjiku@audit.go.ke and Mr. John KAMAU, Registrar,",
        "Ministry of Justice; E-mail: j.kamau@justice.go.ke; Ms. Ruth",
        "NJERI, Adviser, Ministry of Works; E-mail: r.njeri@works.go.ke and Mr. Ali",
        "HASSAN, Judge, Supreme Court; E-mail: a.hassan@court.go.ke.",
    ).delegates
    assert [told(p) for p in people] == [
        ("Mary WANJIKU", "Auditor", "m.wanjiku@audit.go.ke"),
        ("John KAMAU", "Registrar", "j.kamau@justice.go.ke"),
        ("Ruth NJERI", "Adviser", "r.njeri@works.go.ke"),
        ("Ali HASSAN", "Judge", "a.hassan@court.go.ke"),
    ]


def test_and_behind_an_address_leads_to_a_person_without_form_of_address() -> None:
    people = note(
        "Mary Wanjiku – Auditor; E-mail: m.wanjiku@audit.go.ke and John Kamau –",
        "Registrar; E-mail: j.kamau@justice.go.ke.",
    ).delegates
    assert [told(p) for p in people] == [
        ("Mary Wanjiku", "Auditor", "m.wanjiku@audit.go.ke"),
        ("John Kamau", "Registrar", "j.kamau@justice.go.ke"),
    ]


def test_a_post_over_a_line_end_is_no_given_name_and_a_comma_may_stand_apart() -> None:
    people = note(
        "The Embassy has the honour to inform that MARY WANJIKU , Auditor, Ministry of Finance",
        "(m.wanjiku@audit.go.ke) and JOHN KAMAU, Deputy",
        "Assistant Minister for Trade (j.kamau@trade.go.ke) will represent Kenya at the meeting.",
    ).delegates
    assert [told(p) for p in people] == [
        ("MARY WANJIKU", "Auditor", "m.wanjiku@audit.go.ke"),
        ("JOHN KAMAU", "Deputy Assistant Minister for Trade", "j.kamau@trade.go.ke"),
    ]


@pytest.mark.parametrize(
    ("printed", "honorific"),
    [("Sra. Dª Lola PRIEGO", "Sra. Dª"), ("Dña Lola PRIEGO", "Dña"), ("Dª. Lola PRIEGO", "Dª.")],
)
def test_spanish_forms_of_address_have_a_raised_letter_or_a_tilde(
    printed: str, honorific: str
) -> None:
    (person,) = note(f"1. {printed}, Auditora, l.priego@audit.go.ke").delegates
    assert person.honorific is not None
    assert person.honorific.text == honorific
    assert told(person) == ("Lola PRIEGO", "Auditora", "l.priego@audit.go.ke")


def test_a_family_name_that_is_such_a_form_without_its_sign_is_a_name() -> None:
    (person,) = note("1. Da Costa Lola, Auditora, l.dacosta@audit.go.ke").delegates
    assert told(person) == ("Da Costa Lola", "Auditora", "l.dacosta@audit.go.ke")


@pytest.mark.parametrize("suffix", ["оглу", "кызы", "углы", "гызы"])
def test_a_small_word_behind_the_fathers_name_ends_a_name(suffix: str) -> None:
    (person,) = note(f"– Керимов Тимур Назим {suffix}, судья, t.kerimov@court.go.ke").delegates
    assert told(person) == (f"Керимов Тимур Назим {suffix}", "судья", "t.kerimov@court.go.ke")
