"""Specks among the words of a post or a name: taken out where nothing else can be meant."""

from __future__ import annotations

import pytest

from extract.judging.specks import is_specked, with_three_parts, without_specks


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        ("Chef de la Section des. saisies", "Chef de la Section des saisies"),
        ("Head, Unit for .Asset Tracing", "Head, Unit for Asset Tracing"),
        ("Jefe de ¡Planificación", "Jefe de Planificación"),
        ("Jefa de Unidad en ‘Asuntos Penales", "Jefa de Unidad en Asuntos Penales"),
        ("Director. of Public Prosecutions", "Director of Public Prosecutions"),
    ],
)
def test_what_nobody_types_is_taken_out(read: str, printed: str) -> None:
    assert without_specks(read) == printed


@pytest.mark.parametrize(
    "printed",
    [
        "Prof. of Law",
        "Dir. Gral. de Asuntos Jurídicos",
        "Asst. Dir. of Audits",
        "Head of the “Clean Hands” Unit",
        "Directeur du programme « Mains propres »",
        "Director, Ministry of Justice",
    ],
)
def test_what_somebody_may_have_typed_stays(printed: str) -> None:
    assert without_specks(printed) == printed
    assert not is_specked(printed)


def test_a_stop_that_may_part_two_fields_is_doubted_and_stays() -> None:
    text = "Director. Department of Audits"
    assert without_specks(text) == text
    assert is_specked(text)


def test_one_small_word_among_capitals_is_doubted() -> None:
    assert is_specked("Senior Officer for incoming Letters")
    assert not is_specked("Senior Officer for Incoming Letters")
    assert not is_specked("Directeur général des affaires juridiques")
    assert not is_specked("Head of Unit against Money Laundering")


def test_a_name_of_two_parts_with_a_patronymic_has_three() -> None:
    assert with_three_parts("Щербина-Алла Юрьевна") == "Щербина Алла Юрьевна"
    assert with_three_parts("Щербина Алла, Юрьевна") == "Щербина Алла Юрьевна"
    for name in (
        "Щербина, Алла Юрьевна",
        "Щербина-Белова Алла Юрьевна",
        "Анна-Мария Белова",
        "Белова Алла Юрьевна",
    ):
        assert with_three_parts(name) == name


@pytest.mark.parametrize(
    ("read", "typed"),
    [
        ("Desk Officer, ’ Fisheries Section", "Desk Officer, Fisheries Section"),
        ("отдел международно- - правовой помощи", "отдел международно-правовой помощи"),
    ],
)
def test_a_quotation_mark_alone_and_a_hyphen_twice_are_specks(read: str, typed: str) -> None:
    assert without_specks(read) == typed
