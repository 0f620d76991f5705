"""Faults are put into pages as asked for, and the same ones with the same seed."""

from __future__ import annotations

from benchmarks.disturb import disturbed
from ocr.types import Page
from tests.extract.conftest import make_page


def words(page: Page) -> list[str]:
    return [w.text for line in page.lines for w in line.words]


PAGE = make_page(["Mr. John KAMAU, Director, Ministry of Justice, j.kamau@justice.go.ke"] * 30)


def test_without_faults_both_readers_see_what_is_printed() -> None:
    (page,) = disturbed((PAGE,), 0.0, "seed")
    assert words(page) == words(PAGE)
    assert all(line.second[0].text == line.text for line in page.lines)


def test_faults_are_about_as_many_as_asked_for_and_repeat_with_the_seed() -> None:
    (page,) = disturbed((PAGE,), 0.1, "seed")
    assert (page,) == disturbed((PAGE,), 0.1, "seed")
    assert (page,) != disturbed((PAGE,), 0.1, "other")
    known = set(words(PAGE))
    wrong = sum(w not in known for w in words(page))
    assert 0.03 * len(words(PAGE)) < wrong < 0.2 * len(words(PAGE))


def test_an_address_between_arabic_words_is_seen_alone_by_the_second_reader() -> None:
    page = make_page(["السيد سامر القادري، قاض، s.alqadri@justice.gov.xx"], "ar")
    (seen,) = disturbed((page,), 0.0, "seed")
    assert [reading.text for line in seen.lines for reading in line.second] == [
        "s.alqadri@justice.gov.xx"
    ]
