"""Whether a document is a note, and what its sentences mean when no set phrase says it."""

from __future__ import annotations

from typing import Any

import pytest

from extract.facts.form import FormReading, accepted
from extract.facts.intents import find_intents
from extract.facts.mission_state import is_host
from extract.layout.document import build_document
from extract.pipeline.reading import ask
from extract.pipeline.stages import FORM
from extract.words import table
from tests.extract.conftest import make_page


def _form(*lines: str) -> FormReading:
    return ask(FORM, (make_page(lines),))


def test_two_signs_of_another_document_are_a_rejection_and_one_is_none() -> None:
    assert _form("INVOICE No. 17", "Total: EUR 1,200.00", "Due date: 1 May 2019").form == "none"
    note = _form(
        "EMBASSY OF PORTUGAL",
        "The Embassy of Portugal presents its compliments to the Secretariat and has the honour to",
        "nominate Ms. Ana LIMA. The invoice will follow.",
    )
    assert note == FormReading("note_verbale", sure=True)


def test_a_list_without_formulas_is_in_doubt() -> None:
    assert not _form("ANNEX", "List of participants", "1. Ms. Ana LIMA, Judge").sure


def test_what_a_person_accepted_is_a_note_in_doubt_and_a_note_stays_what_it_is() -> None:
    assert accepted(FormReading("none"), by_person=True) == FormReading("note_verbale", sure=False)
    assert accepted(FormReading("letter"), by_person=True) == FormReading("letter")
    assert accepted(FormReading("none"), by_person=False) == FormReading("none")


BARE = {
    "fr": (
        "RÉPUBLIQUE GABONAISE",
        "COMMISSION DE CONTRÔLE DES MARCHÉS",
        "N° 31/2019/CCM     Libreville, le 12 avril 2019",
        "La Commission vous fait tenir les noms de ses deux agents :",
        "Mme Odette NZAMBA, Inspectrice, o.nzamba@ccm.ga",
    ),
    "ru": (
        "СЧЁТНАЯ ПАЛАТА",
        "КЫРГЫЗСКОЙ РЕСПУБЛИКИ",
        "12 апреля 2019 г. № 7-3/41",
        "Палата благодарит за письмо и передаёт имена своих сотрудников:",
        "Асанов Тимур, начальник отдела, эл. адрес: t.asanov@esep.kg",
    ),
}


@pytest.mark.parametrize("lines", BARE.values(), ids=BARE)
def test_a_bare_letter_of_a_government_is_a_reply_in_doubt(lines: tuple[str, ...]) -> None:
    form = _form(*lines)
    assert form.form != "none"
    assert not form.sure


@pytest.mark.parametrize(
    "lines",
    [
        (
            "REPUBLIC OF KENYA",
            "MINISTRY OF JUSTICE PRESS RELEASE",
            "No. 14/2019     Nairobi, 3 April 2019",
            "The Director opened the new court house of the county this morning.",
            "Spokesperson: Jane Otieno, Director, press@justice.go.ke",
        ),
        (
            "REPÚBLICA DEL PERÚ",
            "BOLETÍN INFORMATIVO N.º 8     Lima, 3 de abril de 2019",
            "En este número: el Director de la oficina presenta su informe anual.",
            "Escriba a redaccion@boletin.gob.pe",
        ),
        (
            "Nordlicht Catering",
            "To: UNODC, Vienna",
            "Offer No. 88     3 April 2019",
            "We deliver 80 lunches on the day of your meeting.",
            "quotation EUR 920.00, payment within 30 days, sales@nordlicht.at",
        ),
    ],
    ids=["press", "newsletter", "offer"],
)
def test_what_shows_what_else_it_is_is_no_reply(lines: tuple[str, ...]) -> None:
    assert _form(*lines).form == "none"


def _senses(sentence: str) -> set[tuple[str, str]]:
    document = build_document((make_page((sentence,)),))
    return {(sense.rule, sense.meaning) for sense in find_intents(document, (0,))}


@pytest.mark.parametrize("rule", table("patterns")["sense"], ids=lambda r: r["name"])
def test_a_rule_holds_in_its_examples_and_not_in_what_looks_like_it(rule: dict[str, Any]) -> None:
    assert rule["examples"]
    assert rule["no_examples"]
    for sentence in rule["examples"]:
        assert (rule["name"], rule["meaning"]) in _senses(sentence)
    for sentence in rule["no_examples"]:
        assert rule["name"] not in {name for name, _ in _senses(sentence)}


@pytest.mark.parametrize(
    ("sentence", "meaning"),
    [
        ("Kenya does not, for reasons of calendar, plan to attend the meeting.", "decline"),
        ("The names of the participants will follow in due course.", "acknowledgement"),
        ("It requests that the deadline be extended by two weeks.", "extension_request"),
        ("La délégation ne pourra pas participer à la réunion.", "decline"),
        ("The delegation has not yet been designated.", "acknowledgement"),
    ],
)
def test_words_of_two_families_that_meet_mean_something(sentence: str, meaning: str) -> None:
    document = build_document((make_page((sentence,)),))
    assert meaning in {sense.meaning for sense in find_intents(document, (0,))}


@pytest.mark.parametrize(
    "sentence",
    [
        "The delegation will arrive not later than 30 May.",
        "Mr. Ne Win will attend.",
        "The mission has the pleasure of inviting the Secretariat.",
        "More time is asked for, the ministry not having completed the nomination.",
    ],
)
def test_what_only_looks_like_a_no_declines_nothing(sentence: str) -> None:
    document = build_document((make_page((sentence,)),))
    assert "decline" not in {sense.meaning for sense in find_intents(document, (0,))}


@pytest.mark.parametrize(
    ("between", "host"), [("of", False), ("in", True), ("accredited to", True)]
)
def test_the_state_behind_a_word_of_place_is_the_host(between: str, host: bool) -> None:
    assert is_host(between) is host
