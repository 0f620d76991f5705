"""What the lexicon tells of words that were misread or lost an accent."""

from __future__ import annotations

import pytest

from extract.language import vocabulary


@pytest.mark.parametrize(
    ("text", "language", "word"),
    [
        ("Ceniral Authority", "en", "central"),
        ("тлавный специалист", "ru", "главныи"),
        ("старший прокурор управлеиия", "ru", "управления"),
    ],
)
def test_a_word_one_letter_from_the_lexicons_may_be_misread(
    text: str, language: str, word: str
) -> None:
    assert vocabulary.misread(text, language) == word


@pytest.mark.parametrize("text", ["главного управления", "Прокурор отдела", "врач"])
def test_another_ending_is_no_misreading(text: str) -> None:
    assert vocabulary.misread(text, "ru") is None


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Jefa de Climatologia", "es"),
        ("Troisiéme Conseiller", "fr"),
        ("Troisiéme Conseiller", "en"),
        ("главныи специалист", "ru"),
    ],
)
def test_a_word_without_the_accent_it_always_has_lost_it(text: str, language: str) -> None:
    assert vocabulary.accents_lost(text, language)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Jefa de Climatología", "es"),
        ("Troisième Conseiller", "fr"),
        ("Troisième Conseiller", "en"),
        ("Secretário Econômico", "en"),
        ("Third Counsellor", "en"),
    ],
)
def test_a_word_with_its_accent_lost_none(text: str, language: str) -> None:
    assert not vocabulary.accents_lost(text, language)


def test_an_arabic_word_of_a_post_with_other_dots_may_be_misread() -> None:
    assert vocabulary.misread("رنيس قسم", "ar") == "رئيس"
    assert vocabulary.misread("محكمة الاستنناف", "ar") == "الاستئناف"
    assert vocabulary.misread("نائب رئيس محكمة الاستئناف", "ar") is None
    assert vocabulary.misread("ملحق دبلوماسى", "ar") is None


def test_of_readings_of_a_word_the_lexicon_knows_the_printed_one() -> None:
    assert vocabulary.knows("Directora")
    assert not vocabulary.knows("Directóra")
    assert vocabulary.knows("эксперт")
    assert not vocabulary.knows("эксиерт")
