"""Entries as letters print them: posts over line ends, offices without commas, odd honorifics."""

from __future__ import annotations

import pytest

from extract.note import read_note
from extract.types import Delegate, NoteVerbale
from tests.extract.conftest import make_page

OPENING = [
    "The Permanent Mission of Kenya to the United Nations (Vienna) presents its compliments to the",
    "Secretariat and has the honour to inform that the delegation will be composed as follows:",
    "",
]
CLOSING = [
    "",
    "The Permanent Mission avails itself of this opportunity to renew to the Secretariat the",
    "assurances of its highest consideration.",
    "",
    "Vienna, 5 April 2019",
]


def note(*lines: str, language: str = "en") -> NoteVerbale:
    return read_note((make_page([*OPENING, *lines, *CLOSING], language),))


def people(*lines: str, language: str = "en") -> tuple[Delegate, ...]:
    return note(*lines, language=language).delegates


def facts(person: Delegate) -> tuple[str | None, ...]:
    values = (person.honorific, person.name, person.title, person.organization)
    return tuple(v.text if v else None for v in values)


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (
            ("Mr. SUDARSONO", "Senior Financial Analyst", "Supreme Court", "s@courts.gov.id"),
            ("Mr.", "SUDARSONO", "Senior Financial Analyst", "Supreme Court"),
        ),
        (
            ("1. Ms. Siti binti MOHD SHARIL, Registrar, Supreme Court",),
            ("Ms.", "Siti binti MOHD SHARIL", "Registrar", "Supreme Court"),
        ),
        (
            ("1) Alagie TOURAY (Brig. Gen.)", "Staff Officer to the Inspector General"),
            ("Brig. Gen.", "Alagie TOURAY", "Staff Officer to the Inspector General", None),
        ),
        (
            ("1. H.E. Khalid SAID, Ambassador, Permanent", "Representative, Supreme Court"),
            ("H.E.", "Khalid SAID", "Ambassador, Permanent Representative", "Supreme Court"),
        ),
        (
            ("1. Ms. YOON Tae-", "gon, Judge, Supreme Court"),
            ("Ms.", "YOON Tae-gon", "Judge", "Supreme Court"),
        ),
        (
            ("1. Ms. Ana SOTO, Crown Counsel Attorney General's Office, a.soto@ago.gov.jm",),
            ("Ms.", "Ana SOTO", "Crown Counsel Attorney General's Office", None),
        ),
        (
            ("1. Ms. Shaikha AL SUWAIDAWI, Judge, Supreme Court",),
            ("Ms.", "Shaikha AL SUWAIDAWI", "Judge", "Supreme Court"),
        ),
        (
            ("1. Philippa D. GREAVES, Judge, Supreme Court",),
            (None, "Philippa D. GREAVES", "Judge", "Supreme Court"),
        ),
    ],
)
def test_an_entry_is_read_as_printed(lines: tuple[str, ...], expected: tuple[str | None]) -> None:
    (person,) = people(*lines)
    assert facts(person) == expected


def test_what_the_sender_says_below_a_list_belongs_to_nobody() -> None:
    (person,) = people(
        "1. Full name: Ms. Hilde VAN DAM",
        "Title: First Secretary",
        "Organization: Ministry of Justice",
        "Copies of the passports will be supplied on arrival.",
    )
    assert facts(person)[2:] == ("First Secretary", "Ministry of Justice")


def test_an_unknown_label_ends_the_value_above_it() -> None:
    (person,) = people(
        "Full name: Ms. Hilde VAN DAM",
        "Title: First Secretary",
        "Blood group: A positive",
        "E-mail: h.vandam@mfa.gov.na",
    )
    assert facts(person)[2] == "First Secretary"
    assert person.email is not None


def test_persons_between_semicolons_share_the_verb_of_the_last_part() -> None:
    found = read_note(
        (
            make_page(
                [
                    "The Embassy of Ghana presents its compliments to the Secretariat and has the",
                    "honour to inform that Mr. Emmanuel OSEI, Counsellor, Ministry of Justice,",
                    "E-mail: e.osei@moj.gov.gh; and Ms. Ama MENSAH, Judge, Supreme Court,",
                    "E-mail: a.mensah@courts.gov.gh will attend the meeting.",
                    *CLOSING,
                ]
            ),
        )
    )
    assert [p.name.text for p in found.delegates] == ["Emmanuel OSEI", "Ama MENSAH"]


@pytest.mark.parametrize(
    ("read", "kept"),
    [
        ("l.kamau@moj-gov.ke", "l.kamau@moj.gov.ke"),
        ("i.kamau@moj.gov.ke", "l.kamau@moj.gov.ke"),
        ("lia.kamauQmoj.gov.ke", "lia.kamau@moj.gov.ke"),
        ("lia.kamau@moj.govke", "lia.kamau@moj.gov.ke"),
    ],
)
def test_a_damaged_address_is_repaired_and_says_so(read: str, kept: str) -> None:
    (person,) = people(f"1. Ms. Lia KAMAU, Judge, Supreme Court, {read}")
    assert person.email is not None
    assert person.email.text == kept
    assert {d.code for d in person.doubts} & {"email_repaired", "email_unverified"}


@pytest.mark.parametrize("cut", ["gov", "go", "go.k"])
def test_a_domain_cut_short_is_completed_from_the_pages_other_addresses(cut: str) -> None:
    label = cut.partition(".")[0]
    found = people(
        f"1. Ms. Lia KAMAU, Judge, Supreme Court, l.kamau@courts.{cut}",
        f"2. Mr. Jan OTIENO, Judge, Supreme Court, j.otieno@courts.{label}.ke",
    )
    assert [p.email.text for p in found if p.email] == [
        f"l.kamau@courts.{label}.ke",
        f"j.otieno@courts.{label}.ke",
    ]
    assert "email_repaired" in {d.code for d in found[0].doubts}


def test_a_word_of_a_post_one_letter_off_is_doubted() -> None:
    (person,) = people("1. Ms. Lia KAMAU, Director of Intemational Cooperation, Supreme Court")
    assert "word_misread" in {d.code for d in person.doubts}


def test_an_empty_number_of_the_note_says_nothing_of_its_persons() -> None:
    found = note("1. Ms. Lia KAMAU, Judge, Supreme Court, l.kamau@courts.gov.ke")
    assert [d.code for d in found.doubts] == ["reference_missing"]


def test_a_date_in_brackets_is_the_meetings() -> None:
    lines = [
        "The Embassy of Ghana presents its compliments to the Secretariat and has the honour to",
        "refer to the eighth meeting of experts on international cooperation",
        "(Vienna, 31 May 2019).",
        "",
        *CLOSING[:-1],
        "Date: 29 April 2019",
    ]
    value = read_note((make_page(lines),)).note_date
    assert value is not None
    assert value.text == "2019-04-29"


def test_the_rest_of_a_telephone_number_is_no_number_of_the_note() -> None:
    found = note(
        "Mr. Edgardo CHACON, Director, Supreme Court, e.chacon@courts.gov.hn, Tel.: +504",
        "9123-4636",
    )
    assert found.note_reference is None


def test_a_rank_before_a_name_is_its_honorific() -> None:
    """Whether or not a form of address stands in the entry, or an address that spells the name."""
    found = people(
        "has the honour to nominate the following delegates:",
        "1. Colonel Byron CHACONEZ URRUTIA",
        "Liaison Officer",
        "National Police",
        "E-mail: bchaconezurrutia@police.example.org",
        "2. Mr. Oscar GUEVARIN",
        "First Secretary",
        "Ministry of Justice",
    )
    assert [(p.honorific.text if p.honorific else None, p.name.text) for p in found] == [
        ("Colonel", "Byron CHACONEZ URRUTIA"),
        ("Mr.", "Oscar GUEVARIN"),
    ]


def test_lines_of_a_sentence_with_an_address_each_are_no_list_of_addresses() -> None:
    found = people(
        "has the honour to inform that the delegation will be headed by Mr. Winston ALLISTER,",
        "Director, Ministry of Justice, and will comprise Mrs. Imogen GREAVE, Adviser (E-mail:",
        "imogen.greave@justice.gov.jm); Mrs. Marva THWAITE, Judge of the Chamber, Supreme",
        "Court (E-mail: marva@courts.gov.jm); and Mrs. Philippa BLACKWOOD, Director,",
        "Ministry of Justice (E-mail: philippa.blackwood@justice.gov.jm).",
    )
    assert [p.name.text for p in found] == [
        "Winston ALLISTER",
        "Imogen GREAVE",
        "Marva THWAITE",
        "Philippa BLACKWOOD",
    ]


def test_particles_may_lead_a_name_over_the_end_of_a_line() -> None:
    found = people(
        "has the honour to inform that the delegation will be headed by Mr. Winston ALLISTER,",
        "Director, Ministry of Justice, and will further comprise Sra. de la",
        "FUENTECILLA Inmaculada, Executive Secretary, Ministry of Justice.",
    )
    assert [p.name.text for p in found] == ["Winston ALLISTER", "de la FUENTECILLA Inmaculada"]


def test_a_sentence_below_a_form_is_none_of_its_values() -> None:
    (person,) = people(
        "Full name: Mr. Winston ALLISTER",
        "Position: Director",
        "Organization: Ministry of Justice",
        "The contact person at the Embassy is Mr. Oscar GUEVARIN, Attaché, Ministry of Works.",
    )
    assert facts(person) == ("Mr.", "Winston ALLISTER", "Director", "Ministry of Justice")


def test_an_office_with_a_colon_above_persons_is_the_office_of_each() -> None:
    told = people(
        "Ministry of Justice:",
        "Mr. Tobin WEXLER, Judge, t.wexler@moj.go.ke",
        "Ms. Aleen BRIGHT, Adviser",
        "Supreme Court:",
        "Mr. Otis RAMBLE, Registrar",
    )
    assert [(facts(p)[1], facts(p)[3]) for p in told] == [
        ("Tobin WEXLER", "Ministry of Justice"),
        ("Aleen BRIGHT", "Ministry of Justice"),
        ("Otis RAMBLE", "Supreme Court"),
    ]


def test_a_ministry_below_an_office_is_no_wrapped_end_of_its_name() -> None:
    wide = (
        "• Rosa QUILAQUEO, Jefa de la Oficina de Transparencia, Gestión Documental y Ética Pública"
    )
    (person,) = people(wide, "Secretaría de la Gestión", "r.quilaqueo@sg.xx", language="es")
    assert facts(person)[2:] == (
        "Jefa de la Oficina de Transparencia, Gestión Documental y Ética Pública",
        "Secretaría de la Gestión",
    )
    (person,) = people("• Sra. Rosa QUILAQUEO, Asesora del", "Ministerio de Obras", language="es")
    assert facts(person)[2] == "Asesora del Ministerio de Obras"


def test_a_dash_that_parts_fields_is_no_mark_at_the_beginning_of_a_line() -> None:
    (person,) = people("Ms. Ana LIMA – Director", "– Court of Appeal –", "a.lima@courts.xx")
    assert facts(person) == ("Ms.", "Ana LIMA", "Director", "Court of Appeal")
    assert person.email is not None


def test_a_post_with_the_words_of_a_role_in_it_is_a_post() -> None:
    (person,) = people(
        "1. Mr. Erik OLSEN, Deputy Head of Mission, Embassy of Norway, e.olsen@mfa.no"
    )
    assert facts(person)[2:] == ("Deputy Head of Mission", "Embassy of Norway")
    assert person.role is None


def test_a_part_of_the_name_behind_a_comma_of_its_own_begins_the_address() -> None:
    (person,) = people("1. Mr. KIM Joon-ho, Judge, Supreme Court, joon kim@courts.go.kr")
    assert person.email is not None
    assert person.email.text == "joon_kim@courts.go.kr"
    assert "email_repaired" in {d.code for d in person.doubts}


def test_entries_behind_semicolons_begin_somebody_each() -> None:
    found = people(
        "ОРЛОВ Иван Петрович — главный специалист Министерства",
        "юстиции;",
        "КОТОВА Анна Львовна — второй секретарь Посольства",
        language="ru",
    )
    assert [p.name.text for p in found] == ["ОРЛОВ Иван Петрович", "КОТОВА Анна Львовна"]


def test_a_dash_that_lost_its_space_begins_an_entry_among_others() -> None:
    found = people("- Rui SILVA, Judge, High Court", "-Ana LIMA, Registrar, High Court")
    assert [p.name.text for p in found] == ["Rui SILVA", "Ana LIMA"]


def test_the_ending_for_a_woman_in_the_word_for_born_leaves_no_post() -> None:
    (person,) = people("• Mme Awa DIOP, né(e) le 03.02.1970, Juge, Cour suprême", language="fr")
    assert person.title is not None
    assert person.title.text.startswith("Juge")


def test_an_address_that_begins_like_a_form_of_address_heads_nobody() -> None:
    found = people(
        "(1) Awa DIOP – Juge, Cour suprême – awa.diop@justice.example",
        "(2) Marie FAYE – Greffière auprès du Ministre d'Etat,",
        "Ministère de la Justice – Adresse électronique :",
        "m.faye@justice.example",
        language="fr",
    )
    assert [p.email.text for p in found if p.email] == [
        "awa.diop@justice.example",
        "m.faye@justice.example",
    ]
