"""Heads of delegation and who stands in for them, named behind a person beside a post."""

from __future__ import annotations

import pytest

from extract.note import read_note
from extract.types import Delegate
from tests.extract.conftest import make_page
from tests.extract.letter import HEAD, TAIL


def _person(line: str, language: str) -> Delegate:
    (person,) = read_note((make_page([*HEAD, line, *TAIL], language),)).delegates
    return person


@pytest.mark.parametrize(
    ("language", "line", "title"),
    [
        (
            "es",
            "Sra. Lucía Pardo Ruiz (Jefa Alterna), Oficial de Enlace Marítimo",
            "Oficial de Enlace Marítimo",
        ),
        ("es", "Sr. Pablo Pardo Ruiz, Jefe Suplente, Fiscal Superior", "Fiscal Superior"),
        ("fr", "Mme Lucie Pardo (cheffe de délégation suppléante), Magistrate", "Magistrate"),
        ("fr", "Mme Lucie Pardo, adjointe au chef de la délégation, Magistrate", "Magistrate"),
        (
            "en",
            "Ms. Lucy Pardo, Alternate to the Head of Delegation, Legal Officer",
            "Legal Officer",
        ),
        ("en", "Ms. Lucy Pardo, Deputy to the Head of Delegation, Legal Officer", "Legal Officer"),
        ("ru", "Г-жа Лариса Пардова, заместитель руководителя делегации, прокурор", "прокурор"),
    ],
)
def test_who_stands_in_for_the_head_is_no_head(language: str, line: str, title: str) -> None:
    person = _person(line, language)
    assert person.title is not None
    assert (person.role and person.role.text, person.title.text) == ("alternate", title)


@pytest.mark.parametrize("said", [" – 团长，", "，团长，", "，代表团团长、", "（团长），"])
def test_a_chinese_head_before_a_post_is_no_part_of_it(said: str) -> None:
    person = _person(f"1. 陈立波先生{said}司法部国际司副司长", "zh")
    assert person.title is not None
    assert (person.role and person.role.text, person.title.text) == ("head", "司法部国际司副司长")


def test_a_deputy_of_an_office_keeps_the_post() -> None:
    person = _person("1. Г-н Азамат Токоев, заместитель главы, Министерство юстиции", "ru")
    assert person.title is not None
    assert person.title.text == "заместитель главы"
