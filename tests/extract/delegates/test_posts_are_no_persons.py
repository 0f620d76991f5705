"""Words that are both a form of address and a post: one person an entry, and the whole post."""

from __future__ import annotations

import pytest

from tests.extract.delegates.test_printed_entries import facts, people


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (
            "1. Mr. Tobin WEXLER, General Director, Dept. for Air, t.wexler@example.org",
            ("Mr.", "Tobin WEXLER", "General Director, Dept. for Air", None),
        ),
        (
            "- Ms. Aleen BRIGHT – Ambassador / Permanent Representative – a.bright@example.org",
            ("Ms.", "Aleen BRIGHT", "Ambassador / Permanent Representative", None),
        ),
        (
            "1. Mr. Oswin PATEL, Professor, Faculty of Law <o.patel@example.org>",
            ("Mr.", "Oswin PATEL", "Professor, Faculty of Law", None),
        ),
        (
            "1. M. Rémi AUBIN, Commissaire divisionnaire, Ministère de l'Intérieur",
            ("M.", "Rémi AUBIN", "Commissaire divisionnaire", "Ministère de l'Intérieur"),
        ),
        (
            "1. Tobin Wexler – General Manager, t.wexler@example.org",
            (None, "Tobin Wexler", "General Manager", None),
        ),
    ],
)
def test_a_post_behind_a_person_is_nobody(line: str, expected: tuple[str | None, ...]) -> None:
    assert [facts(p) for p in people(line)] == [expected]


def test_persons_who_are_all_led_by_their_posts_are_several() -> None:
    found = people(
        "Ambassador Lee WONG, Permanent Representative, and Judge Anna BELL, Supreme Court"
    )
    assert [p.name.text for p in found] == ["Lee WONG", "Anna BELL"]


def test_a_line_that_its_writer_ended_ends_the_post() -> None:
    found = people(
        "Mr. Tobin WEXLER", "Director", "General National Weather Service", "t@example.org"
    )
    assert [facts(p)[2:] for p in found] == [("Director", "General National Weather Service")]


def test_a_rank_above_its_office_is_nobody() -> None:
    found = people(
        "Dr. Tobin WEXLER",
        "Chief Superintendent",
        "Economic Crimes Department, Supreme Court",
        "t.wexler@example.org",
    )
    assert [p.name.text for p in found] == ["Tobin WEXLER"]
    assert found[0].title is not None
    assert found[0].title.text.startswith("Chief Superintendent")


def test_a_label_without_its_address_is_no_part_of_the_office() -> None:
    found = people(
        "Г.жа Злата Перова",
        "судья",
        "Верховный суд Республики Зембла",
        "Электронный адрес",
        "Г.н Егор Чернилин",
        "советник",
        "Министерство юстиции",
        "Электронный адрес",
        language="ru",
    )
    assert [facts(p) for p in found] == [
        ("Г-жа", "Злата Перова", "судья", "Верховный суд Республики Зембла"),
        ("Г-н", "Егор Чернилин", "советник", "Министерство юстиции"),
    ]


def test_an_address_read_once_more_is_no_part_of_the_post() -> None:
    found = people(
        "Lic. Zoila PLUMARES",
        "Magistrate",
        "plumareszo@courts.example.org",
        "lumareszo@ countsexampls arg",
    )
    assert [p.title.text for p in found if p.title] == ["Magistrate"]


def test_russian_initials_are_no_form_of_address() -> None:
    found = people(
        "1. Г.Н. Чернилин, советник, Министерство юстиции",
        "2. г-жа Н.Г. Перова, судья, Верховный суд",
        language="ru",
    )
    assert [(p.honorific.text if p.honorific else None, p.name.text) for p in found] == [
        (None, "Г.Н. Чернилин"),
        ("г-жа", "Н.Г. Перова"),
    ]
