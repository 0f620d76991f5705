"""The facts of whole notes: form, announced number, replaced persons, doubts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.facts.note_facts import NoteFacts
from extract.note import read_note
from extract.pipeline.reading import ask
from extract.pipeline.stages import FACTS
from ocr.types import Page

PageOf = Callable[..., Page]

HEAD = ["PERMANENT MISSION OF GHANA", "Ref. GHA/VIE/77/2019", ""]
OPENING = [
    "The Permanent Mission of Ghana presents its compliments to the Secretariat and, with",
    "reference to its note CU 2019/59/(A)/DTA/CEB/CSS of 25 March 2019 on the expert meeting on",
    "international cooperation to be held on 31 May 2019,",
]
CLOSING = [
    "The Permanent Mission avails itself of this opportunity to renew to the Secretariat",
    "the assurances of its highest consideration.",
    "",
    "Vienna, 3 April 2019",
]


def _facts(page: Page) -> NoteFacts:
    return ask(FACTS, (page,))


def _note(page_of: PageOf, *body: str) -> NoteFacts:
    return _facts(_page(page_of, *body))


def _page(page_of: PageOf, *body: str) -> Page:
    return page_of([*HEAD, *OPENING, *body, "", *CLOSING])


def test_all_facts_of_an_ordinary_note(page_of: PageOf) -> None:
    facts = _note(
        page_of,
        "has the honour to nominate the following two experts:",
        "1. Mr. Kofi Asante, Director, Ministry of Justice, k.asante@mj.example.org",
        "2. Ms. Ama Boateng, State Attorney, Ministry of Justice, a.boateng@mj.example.org",
    )
    assert (facts.kind, facts.form, facts.language) == ("nomination", "note_verbale", "en")
    assert facts.state is not None
    assert facts.state.text == "GHA"
    assert facts.note_reference is not None
    assert facts.note_reference.text == "GHA/VIE/77/2019"
    assert facts.note_date is not None
    assert facts.note_date.text == "2019-04-03"
    assert facts.quoted_reference is not None
    assert facts.quoted_reference.text == "CU 2019/59/(A)/DTA/CEB/CSS"
    assert date(2019, 5, 31) in facts.meeting_dates
    assert facts.announced == 2
    assert facts.revision is None
    assert facts.doubts == ()


def test_a_note_that_answers_two_invitations_says_so(page_of: PageOf) -> None:
    one = "has the honour to nominate, also with reference to note CU 2019/{}/(A)/DTA/CEB/ISS,"
    person = "Mr. Kofi Asante, Director, Ministry of Justice, k.asante@mj.example.org"
    said = [[d.code for d in _note(page_of, one.format(n), person).doubts] for n in (71, 59)]
    assert said == [["two_meetings"], []]


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        (2, "has the honour to nominate the following two experts:"),
        (3, "will be represented by a delegation of three members:"),
        (4, "has nominated four (4) officials:"),
        (5, "informs that the delegation will comprise 5 persons:"),
        (2, "a désigné les deux experts suivants :"),
        (3, "l'informe que la délégation comprendra trois membres :"),
        (2, "ha designado a los dos funcionarios siguientes:"),
        (4, "una delegación integrada por cuatro personas:"),
        (3, "направляет делегацию в составе трех человек:"),
        (2, "примут участие два представителя:"),
        (5, "в составе 5 человек:"),
        (3, "ترشيح ثلاثة خبراء:"),
        (3, "将派代表团一行3人出席会议："),
        (4, "将派四人代表团出席会议："),
        (None, "has the honour to nominate the following experts:"),
        (None, "refers to resolution 7 and article 12 and nominates the experts:"),
    ],
)
def test_the_number_announced(page_of: PageOf, number: int | None, sentence: str) -> None:
    assert _note(page_of, sentence).announced == number


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("Kofi Asante", "informs that Mr. Kofi Asante will be replaced by Ms. Ama Boateng."),
        ("Kofi Asante", "informs that Ms. Ama Boateng will attend instead of Mr. Kofi Asante."),
        ("ASANTE Kofi", "nominates Ms. Ama Boateng in replacement of Mr. ASANTE Kofi."),
        ("Paul DIOP", "l'informe que M. Paul DIOP sera remplacé par Mme Awa NDOYE."),
        ("Paul DIOP", "désigne Mme Awa NDOYE en remplacement de M. Paul DIOP."),
        ("Juan Pérez", "informa que el Sr. Juan Pérez será reemplazado por la Sra. Ana Ruiz."),
        ("Juan Pérez", "designa a la Sra. Ana Ruiz en sustitución del Sr. Juan Pérez."),
        (
            "Kofi Asante",
            "withdraws one name (Mr. Kofi Asante). In his place will come: Ama Boateng.",
        ),
        ("Juan Pérez", "retira un nombre (Sr. Juan Pérez). En su lugar asistirá: Ana Ruiz."),
        ("Иван Петров", "сообщает о замене (г-н Иван Петров). Вместо него будет: Анна Лис."),
    ],
)
def test_who_is_replaced(page_of: PageOf, name: str, sentence: str) -> None:
    note = read_note((_page(page_of, sentence),))
    assert note.kind == "revision"
    assert note.revision == "substitutes"
    assert [r.replaced_name for r in note.replacements] == [name]


def test_persons_in_a_note_that_seems_to_name_nobody_are_a_doubt(page_of: PageOf) -> None:
    person = "Ms. Ama Boateng, State Attorney, a.boateng@mj.example.org"
    facts = _note(page_of, "acknowledges receipt of the invitation.", "", person)
    assert [d.code for d in facts.unnamed_doubts] == ["kind_uncertain"]
    contact = f"For further information please contact {person}"
    assert not _note(page_of, "acknowledges receipt of the invitation.", contact).unnamed_doubts


LETTER = [
    "EMBASSY OF GHANA",
    "Vienna, 3 April 2019",
    "Excellency,",
    "I have the honour to refer to your letter and to inform you that Ghana will be",
    "represented at the meeting of 31 May 2019 by Mr. Kofi Asante, Director.",
    "Please accept, Excellency, the assurances of my highest consideration.",
    "Yaw Mensah",
    "Ambassador",
]
OTHERS = [
    [
        "Bright Print Ltd",
        "INVOICE No. 2019-0417",
        "Date: 3 April 2019",
        "150 badges EUR 180.00",
        "VAT 20 % EUR 36.00",
        "Total due EUR 216.00",
        "Please pay to IBAN AT00 0000 0000 within 30 days",
    ],
    [
        "REGISTRATION FORM",
        "Expert meeting, 31 May 2019",
        "Family name: Asante",
        "First name: Kofi",
        "Passport No.: G0000000",
        "Please complete in block letters and return by e-mail",
        "Signature of participant",
    ],
    [
        "Hotel Donaublick",
        "Reservation confirmation",
        "Dear Mr. Asante, we are pleased to confirm your booking from 30 May 2019",
        "Room rate EUR 120 per night",
        "Kind regards",
    ],
    [
        "CURRICULUM VITAE",
        "Kofi Asante",
        "Director, Ministry of Justice",
        "2010-2019 State Attorney",
        "Languages: English, French",
    ],
    [
        "Transparency Newsletter, April 2019",
        "In this issue: the ministry of justice of Ghana launches a portal",
        "To unsubscribe write to news@example.org",
    ],
    [
        "Boarding pass",
        "ASANTE/KOFI MR",
        "ACC - VIE 30 MAY 2019",
    ],
]


def test_a_letter_in_the_first_person_is_a_letter(page_of: PageOf) -> None:
    facts = _facts(page_of(LETTER))
    assert facts.form == "letter"
    assert facts.kind == "nomination"
    assert "not_in_form_of_note_verbale" in {d.code for d in facts.doubts}


@pytest.mark.parametrize("lines", OTHERS, ids=[o[0] for o in OTHERS])
def test_other_documents_are_no_notes(page_of: PageOf, lines: list[str]) -> None:
    assert _facts(page_of(lines)).form == "none"


def test_damaged_formulae_still_make_a_note(page_of: PageOf) -> None:
    facts = _facts(
        page_of(
            [
                "PERMANEMT MISS1ON OF GHANA",
                "The Permament Mission of Ghana presents jts complimonts to the Secretarjat and",
                "has the hohour to nominate for the expert meeting Mr. Kofi Asante, Director.",
                "The Permanent Mission avai1s itself of this opportunlty to renew to the Office",
                "the assuramces of its hlghest considerat1on.",
            ]
        )
    )
    assert facts.form == "note_verbale"


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(st.characters(codec="utf-8"), max_size=60), max_size=15))
def test_any_page_gives_facts(page_of: PageOf, lines: list[str]) -> None:
    page = page_of(lines)
    facts = _facts(page)
    for value in (facts.note_reference, facts.quoted_reference, facts.note_date, facts.state):
        assert value is None or all(e.text and e.text in page.text for e in value.evidence)
    if facts.note_date is not None:
        date.fromisoformat(facts.note_date.text)


def test_a_meeting_named_above_any_opening_is_seen(page_of: PageOf) -> None:
    lines = [
        *HEAD,
        "Accra, 4 May 2021",
        "Respecto de la novena reunión intergubernamental de expertos sobre recuperación de",
        "activos, que se celebrará en Viena el 7 de junio del año en curso, se registrará a",
        "Sr. Kofi Asante, Director",
    ]
    facts = _facts(page_of(lines))
    assert any("novena reunión" in title for title in facts.meeting_titles)
    assert date(2021, 6, 7) in facts.meeting_dates


def test_a_day_without_a_year_comes_after_the_note(page_of: PageOf) -> None:
    lines = [
        *HEAD,
        *OPENING[:2],
        "to be held on 14 January,",
        *CLOSING[:3],
        "Accra, 3 November 2020",
    ]
    days = _facts(page_of(lines)).meeting_dates
    assert date(2021, 1, 14) in days
    assert date(2020, 1, 14) not in days


def test_a_note_older_than_its_invitation_is_doubted(page_of: PageOf) -> None:
    facts = _facts(page_of([*HEAD, *OPENING, "", *CLOSING[:3], "Vienna, 3 April 2009"]))
    assert "date_uncertain" in {d.code for d in facts.doubts}


def test_the_date_of_an_earlier_note_before_a_list_is_not_the_notes(page_of: PageOf) -> None:
    body = ["which cancels and replaces the list sent by the note", "No. 24/2019 of 1 April 2019:"]
    lines = [*HEAD, *OPENING, *body, "1. Mr. John KAMAU, Judge, Supreme Court", "", *CLOSING[:2]]
    assert _facts(page_of(lines)).note_date is None
