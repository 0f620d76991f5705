"""An office that a post ends with is the organization where nothing else is."""

from __future__ import annotations

import pytest

from tests.extract.delegates.test_where_titles_end import rows


@pytest.mark.parametrize(
    ("language", "post", "office", "joined"),
    [
        ("fr", "Conseillère juridique", "Ministère de la Justice", " au "),
        ("en", "Senior Adviser", "National Audit Court", " at the "),
    ],
)
def test_what_at_joins_to_the_post(language: str, post: str, office: str, joined: str) -> None:
    lines = [
        f"1. Ms. Ann MUTISO, {post}{joined}{office}, a.mutiso@justice.go.ke",
        "2. Mr. Tobin WEXLER, Judge, Supreme Court, t.wexler@courts.go.ke",
    ]
    assert rows(*lines, language=language)[0] == ("Ann MUTISO", post, office)


@pytest.mark.parametrize(
    "post",
    [
        "Head of the National Audit Court",
        "советник отдела экспертизы",
        "советник Посольства",
        "Avocate près la Cour de justice",
        "Senior Adviser, Department of the Sea",
        "Asesora de Asuntos Jurídicos del Ministerio de Justicia",
        "советник отдела экспертизы Министерства юстиции",
        "судья Верховного Суда",
        "старший инспектор отдела проверок Национальной прокуратуры",
    ],
)
def test_a_department_and_an_office_that_of_or_a_case_joins_stay_with_the_post(post: str) -> None:
    assert rows(f"1. Ms. Ann MUTISO, {post}, a.mutiso@justice.go.ke")[0] == (
        "Ann MUTISO",
        post,
        None,
    )
