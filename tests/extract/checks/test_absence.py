"""Missing addresses and words taken for names: when a doubt stays and when it goes."""

from __future__ import annotations

from dataclasses import replace

from extract.checks.context import Context
from extract.checks.continuations import doubt_continuations
from extract.checks.lost_accents import doubt_lost_accents
from extract.language import vocabulary
from extract.note import read_raw
from extract.pipeline.reading import ask
from extract.pipeline.stages import CONTEXT
from extract.types import Delegate, Evidence, Value
from tests.extract.letter import HEAD, TAIL, PageOf


def codes(page_of: PageOf, *entries: str) -> list[set[str]]:
    note = read_raw((page_of([*HEAD, *entries, *TAIL]),))
    return [{d.code for d in p.doubts} for p in note.delegates]


def test_a_person_without_an_address_is_not_doubted_where_every_address_has_its_person(
    page_of: PageOf,
) -> None:
    found = codes(
        page_of,
        "1. Mr. John KAMAU, Director, Ministry of Justice, j.kamau@justice.example",
        "2. Ms. Mary WANJIKU, State Counsel, Ministry of Justice",
    )
    assert len(found) == 2
    assert "email_missing" not in found[1]


def test_a_person_beside_an_address_nobody_claims_is_doubted(page_of: PageOf) -> None:
    found = codes(
        page_of,
        "1. Mr. John KAMAU, Director, Ministry of Justice, j.kamau@justice.example",
        "2. Ms. Mary WANJIKU, State Counsel, m.wanjiku0mail.justice.example",
    )
    assert len(found) == 2
    assert "email_missing" in found[1]


def context_of(people: tuple[Delegate, ...], language: str) -> Context:
    """Persons of a note of which nothing else is known."""
    empty = ask(CONTEXT, (), accepted=True)
    facts = replace(empty.facts, language=language)
    return replace(empty, people=people, facts=facts, kind="nomination")


def value(text: str) -> Value:
    return Value(text, 0.99, (Evidence(1, text, None, 0.99, "item.name"),))


def test_a_name_of_the_lexicons_words_is_doubted_and_so_is_the_title_before_it() -> None:
    people = (
        Delegate(1, value("Ndapewa HAIMBODI"), title=value("Staff Officer to the Inspector")),
        Delegate(2, value("National Police")),
        Delegate(3, value("Selma NAKALE")),
    )
    found = doubt_continuations(context_of(people, "en")).people
    assert [[(d.field, d.code) for d in p.doubts] for p in found] == [
        [("title", "odd_signs")],
        [("name", "name_odd")],
        [],
    ]


def test_a_title_that_lost_an_accent_its_word_always_has_is_doubted() -> None:
    assert vocabulary.accents_lost("Asesora Juridica", "es")
    assert not vocabulary.accents_lost("Asesora Jurídica", "es")
    for read in ("Consejero Cientifico-Técnico", "Jefa, Direccién de Fiscalizacion"):
        assert vocabulary.accents_lost(read, "es")
    for printed in (
        "Análisis Estratégico y Lógico",
        "Consejero Científico-Técnico",
        "Jefe, Sección Tácita",
        "Conseillère, direction",
    ):
        assert not vocabulary.accents_lost(printed, "es")
    people = (Delegate(1, value("Ana"), title=value("Asesora Juridica")),)
    assert [d.code for d in doubt_lost_accents(context_of(people, "es")).people[0].doubts] == [
        "accents_unsure"
    ]
    assert doubt_lost_accents(context_of(people, "en")).people[0].doubts == ()


def test_words_the_lexicon_does_not_know_are_told_from_those_it_knows() -> None:
    assert vocabulary.is_known("Director", "en")
    assert not vocabulary.is_known("Head of the Ceniral Authority", "en")
    assert not vocabulary.is_made_of("UN", "en")
