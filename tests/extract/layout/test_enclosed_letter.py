"""A letter that came with a note: whom it addresses and who signs it do not go."""

from __future__ import annotations

import pytest

from extract.note import read_note
from extract.second_look import second_look
from tests.extract.conftest import make_page
from tests.extract.letter import HEAD, TAIL

LISTED = ("1. Ms. Mary WANJIKU, Auditor, Ministry of Works, m.wanjiku@works.go.ke", "")
SENTENCE = "With regard to the workshop please find below whom this office has chosen:"
SIGNED = ("Odhiambo OTIENO", "Director General")


def _names(*letter: str) -> list[str]:
    above = [
        *HEAD[:3],
        HEAD[3].replace("nominate the following", "enclose a letter that names the"),
    ]
    pages = (make_page([*above, *TAIL]), make_page(letter, number=2))
    return [d.name.text for d in read_note(pages).delegates if d.name]


@pytest.mark.parametrize(
    "greeting",
    [
        "Dear Ambassador,",
        "Madame, Monsieur l'Ambassadeur,",
        "Monsieur le Directeur,",
        "Señor Embajador:",
        "Estimado señor Director:",
        "Уважаемый господин Посол!",
        "Senhor Embaixador,",
        "سعادة السفير،",
    ],
)
def test_whom_a_letter_addresses_is_nobody(greeting: str) -> None:
    assert _names("National Audit Office", greeting, SENTENCE, *LISTED) == ["Mary WANJIKU"]


@pytest.mark.parametrize(
    "farewell",
    ["Yours sincerely,", "Sin otro particular, le saluda atentamente,", "С глубоким уважением,"],
)
def test_who_signs_a_letter_is_nobody(farewell: str) -> None:
    letter = ("Dear Ambassador,", SENTENCE, *LISTED, farewell, *SIGNED)
    assert _names(*letter) == ["Mary WANJIKU"]


def test_a_list_below_the_last_words_of_a_letter_is_read() -> None:
    more = ("1. Ms. Akinyi ODUYA, Judge, High Court", "2. Mr. Peter KAMAU, Judge, High Court")
    letter = ("Dear Ambassador,", SENTENCE, *LISTED, "Yours sincerely,", *more)
    assert _names(*letter) == ["Mary WANJIKU", "Akinyi ODUYA", "Peter KAMAU"]


@pytest.mark.parametrize("lead", ["Señor Embajador:", "Monsieur l'Ambassadeur,"])
def test_a_word_below_a_form_of_address_is_no_name(lead: str) -> None:
    below = "En relation with the workshop this office has the honour to name:"
    lines = [*HEAD[:3], lead, below, *LISTED, *TAIL]
    names = [d.name.text for d in read_note((make_page(lines),)).delegates if d.name]
    assert names == ["Mary WANJIKU"]


def test_names_in_a_letter_are_read_again_on_its_page_alone() -> None:
    farewell = "Sin otro particular, la Fiscalía saluda atentamente a la Embajada,"
    letter = ("Señor Embajador:", SENTENCE, "", *LISTED, farewell, "Inés QUIROGA", "Fiscal")
    page = make_page(letter, "es", number=2)
    names = [line.box for line in page.lines if "WANJIKU" in line.text]
    asked = second_look(page, ("es",)).boxes
    assert asked
    assert all(names[0].union(box) == names[0] for box in asked)
