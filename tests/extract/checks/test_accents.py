"""Accents that the sender's letters, the page or the lexicon make doubtful."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from extract.note import read_note
from extract.types import Delegate, NoteVerbale
from ocr.types import Page

PageOf = Callable[..., Page]


def _note(page_of: PageOf, state: str, *entries: str, language: str = "en") -> NoteVerbale:
    page = page_of(
        [
            f"EMBASSY OF {state.upper()}",
            "No. 123/2019",
            "",
            f"The Embassy of {state} in Vienna presents its compliments to the Secretariat and has",
            "the honour to inform that the delegation will be composed as follows:",
            "",
            *entries,
            "",
            f"The Embassy of {state} avails itself of this opportunity to renew to the Secretariat",
            "the assurances of its highest consideration.",
            "Vienna, 3 April 2019",
        ],
        language,
    )
    return read_note((page,))


def _only(note: NoteVerbale) -> Delegate:
    assert len(note.delegates) == 1
    return note.delegates[0]


def _fields(person: Delegate) -> set[str | None]:
    return {d.field for d in person.doubts if d.code == "accents_unsure"}


@pytest.mark.parametrize(
    ("state", "name"),
    [
        ("Poland", "Grzegorz DABROWNIK"),
        ("Turkey", "Gulsen CETINKAYALI"),
        ("Brazil", "Luis LEITAOZINHO"),
        ("Niger", "Mariama MAÍGAROU"),
        ("Spain", "Angela ROMVAR"),
    ],
)
def test_a_name_that_may_have_lost_the_accents_of_its_country_is_marked(
    page_of: PageOf, state: str, name: str
) -> None:
    person = _only(_note(page_of, state, f"1. Ms. {name}, Judge, Supreme Court, a.b@courts.gov"))
    assert person.name.text == name
    assert _fields(person) == {"name"}


@pytest.mark.parametrize(
    ("state", "name"), [("Kenya", "Peter OTIENO"), ("Germany", "Jürgen GROSSMANN")]
)
def test_a_name_in_the_letters_of_its_country_is_not_marked(
    page_of: PageOf, state: str, name: str
) -> None:
    person = _only(_note(page_of, state, f"1. Mr. {name}, Judge, Supreme Court, a.b@courts.gov"))
    assert _fields(person) == set()


def test_a_name_of_another_alphabet_keeps_its_letters(page_of: PageOf) -> None:
    person = _only(_note(page_of, "Romania", "1. Ms. Jana KOVÁČOVÁ, Judge, Supreme Court"))
    assert (person.name.text, person.name.original) == ("Jana KOVÁČOVÁ", None)
    assert _fields(person) == {"name"}


def test_a_comma_below_stays_where_the_state_has_neither_sign(page_of: PageOf) -> None:
    person = _only(_note(page_of, "Croatia", "1. Mr. Dan ȚEPEȘ, Judge, Supreme Court"))
    assert person.name.text == "Dan ȚEPEȘ"


def test_a_sharp_s_read_as_a_sign_is_read_as_a_letter(page_of: PageOf) -> None:
    person = _only(_note(page_of, "Germany", "1. Gro&mann Ulrike, Registrar, Supreme Court"))
    assert (person.name.text, person.name.original) == ("Großmann Ulrike", "Gro&mann Ulrike")
    assert _fields(person) == {"name"}


def test_a_post_is_as_printed_and_doubted_where_its_words_have_accents(page_of: PageOf) -> None:
    page = page_of(
        [
            "EMBAJADA DEL PERÚ",
            "Nota N.º 123/2019",
            "",
            "La Embajada del Perú en Austria saluda muy atentamente a la Secretaría y tiene el",
            "honor de informar que la delegación estará integrada por las siguientes personas:",
            "",
            "1. Sr. Pedro Salas, Director de la Etica Publica, POLICIA NACIONAL",
            "",
            "La Embajada aprovecha la oportunidad para reiterar a la Secretaría las seguridades",
            "de su más alta y distinguida consideración.",
            "Viena, 3 de abril de 2019",
        ],
        "es",
    )
    person = _only(read_note((page,)))
    assert person.title is not None
    assert person.title.text == "Director de la Etica Publica"
    assert person.organization is not None
    assert person.organization.text == "POLICIA NACIONAL"
    assert _fields(person) == {"title"}
