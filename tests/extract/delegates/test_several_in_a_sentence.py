"""Persons of one sentence: led by a post, in small letters, by one form of address for two."""

from __future__ import annotations

import pytest

from extract.note import read_note
from extract.types import Delegate
from tests.extract.conftest import make_page

OPENING = "The Permanent Mission of Kenya presents its compliments to the Secretariat and has the "
CLOSING = [
    "",
    "The Permanent Mission avails itself of this opportunity to renew",
    "its assurances.",
]


def people(*lines: str, language: str = "es") -> tuple[Delegate, ...]:
    head = [f"{OPENING}honour to refer to the meeting.", ""]
    return read_note((make_page([*head, *lines, *CLOSING], language),)).delegates


def told(*lines: str, language: str = "es") -> list[tuple[str, str | None]]:
    return [
        (p.name.text, p.title.text if p.title else None) for p in people(*lines, language=language)
    ]


def test_one_form_of_address_leads_two_and_each_has_a_post() -> None:
    assert told(
        "La Misión informa que asistirán los Sres. Elio Prado Luna y Dina Roca, Director y",
        "Asesora Legal, respectivamente, del Ministerio de Justicia (e.prado@mj.example.org).",
    ) == [("Elio Prado Luna", "Director"), ("Dina Roca", "Asesora Legal")]


def test_forms_of_address_in_small_letters() -> None:
    found = people(
        "La Misión informa que asistirán la doctora Dina Roca Peña, Asesora Legal, Ministerio de",
        "Justicia (d.roca@mj.example.org), y el licenciado Elio Prado Luna, Fiscal Superior,",
        "Ministerio Público (elio.prado@mp.example.org).",
    )
    assert [(p.honorific.text if p.honorific else None, p.name.text) for p in found] == [
        ("doctora", "Dina Roca Peña"),
        ("licenciado", "Elio Prado Luna"),
    ]


def test_a_post_behind_an_article_leads_to_a_name() -> None:
    found = told(
        "La Misión informa que asistirán la Sra. Dina Roca Peña, Asesora Legal, Ministerio de",
        "Justicia (d.roca@mj.example.org) y el Magistrado Elio Prado Luna, Procurador Adjunto",
        "(elio.prado@mp.example.org).",
    )
    assert found == [("Dina Roca Peña", "Asesora Legal"), ("Elio Prado Luna", "Procurador Adjunto")]


def test_a_term_of_the_text_is_no_person() -> None:
    assert (
        told(
            "La Misión informa que el Director de Asuntos Jurídicos, Ministerio de Justicia, y la",
            "Dirección de Participación Ciudadana, Área Legal, asistirán.",
        )
        == []
    )


def test_a_form_of_address_before_a_post_names_nobody() -> None:
    assert told(
        "La Misión informa que, por instrucciones de la Señora Fiscal General, asistirá el",
        "Sr. Elio Prado Luna, Fiscal Superior (elio.prado@mp.example.org).",
    ) == [("Elio Prado Luna", "Fiscal Superior")]


@pytest.mark.parametrize("sign", ["; и", ", и", ";"])
@pytest.mark.parametrize("mail", [" (a.tokoev@prokuror.kg)", ""])
def test_and_at_the_end_of_a_line_leads_to_the_next_person(sign: str, mail: str) -> None:
    if not mail and sign == ", и":
        pytest.skip("nothing but a comma ends the first person")
    head = "Посольство Кыргызской Республики свидетельствует своё уважение Секретариату и имеет"
    lines = (
        f"{head} честь сообщить, что для участия направляются:",
        f"Токоев Нурбек Садырович, главный специалист, Министерство финансов{mail}{sign}",
        "Садырова Нургуль Болотовна, советник, Министерство юстиции.",
        "",
        "Посольство пользуется случаем, чтобы возобновить уверения.",
    )
    people = read_note((make_page(lines, "ru"),)).delegates
    assert [d.name.text for d in people] == [
        "Токоев Нурбек Садырович",
        "Садырова Нургуль Болотовна",
    ]
