"""Two readers of the same words: which is believed, and what that is worth."""

from __future__ import annotations

from dataclasses import replace

import pytest

from extract.judging import chosen
from extract.judging.chosen import ChosenReading
from extract.judging.readers import choose_reading, other_addresses
from extract.language.emails import find_emails
from extract.layout.document import build_document
from extract.layout.text_run import TextRun
from ocr.types import SecondReading
from tests.extract.conftest import make_page


def _run(first: str, second: str | None, score: float = 0.97, confidence: float = 0.96) -> TextRun:
    page = make_page((first,), confidence=confidence)
    if second is not None:
        (line,) = page.lines
        readings = (SecondReading(second, line.box, score, "second"),)
        page = replace(page, lines=(replace(line, second=readings),))
    return TextRun(build_document((page,)), (0,))


def _chosen(first: str, second: str | None, score: float = 0.97) -> ChosenReading:
    run = _run(first, second, score)
    return choose_reading(run, 0, len(run.text))


def test_alone_the_page_readers_words_and_trust_stand() -> None:
    assert _chosen("Amina Diallo", None) == ChosenReading("Amina Diallo", 0.96)


def test_who_agrees_lends_the_higher_trust() -> None:
    found = _chosen("Amina Diallo", "Amina Diallo", score=0.99)
    assert (found.text, found.differs, found.original) == ("Amina Diallo", False, None)
    assert found.confidence == pytest.approx(0.99)


def test_accents_that_only_one_saw_are_kept() -> None:
    found = _chosen("Jose Peña", "José Peña")
    assert (found.text, found.original) == ("José Peña", "Jose Peña")
    assert found.confidence == chosen.ACCENTS_ADDED
    assert _chosen("José Peña", "Jose Pena").text == "José Peña"


def test_accents_that_an_unsure_reader_saw_are_a_disagreement() -> None:
    found = _chosen("Jose Peña", "José Peña", score=0.85)
    assert (found.text, found.differs) == ("Jose Peña", True)
    assert found.confidence == chosen.DIFFERS


def test_other_letters_are_a_disagreement_whoever_is_surer() -> None:
    found = _chosen("Amina Dial1o", "Amina Diallo")
    assert found.differs
    assert found.confidence <= chosen.DIFFERS


def test_other_capitals_are_a_disagreement() -> None:
    assert _chosen("Amina DIALLO", "Amina Diallo").differs
    assert not _chosen("Amina DIALLO", "Amina DIALLO").differs


def test_a_name_in_which_a_letter_may_be_another_is_in_doubt() -> None:
    page = make_page(("Wilmar Kidane",), confidence=0.96)
    (line,) = page.lines
    seen = SecondReading("Wilmar Kidane", line.box, 0.98, "second", unsure=("Wilmar",))
    page = replace(page, lines=(replace(line, second=(seen,)),))
    run = TextRun(build_document((page,)), (0,))
    whole = choose_reading(run, 0, len(run.text), name=True)
    assert (whole.text, whole.confidence) == ("Wilmar Kidane", chosen.DIFFERS)
    assert choose_reading(run, 7, len(run.text), name=True).confidence > chosen.DIFFERS
    assert choose_reading(run, 0, len(run.text)).confidence > chosen.DIFFERS


def test_an_address_of_the_second_reader_comes_with_its_score() -> None:
    run = _run("a.kamau@mfa.go.ke", "a.karnau@mfa.go.ke", score=0.88)
    (mail,) = find_emails(run.text)
    assert other_addresses(run, mail) == (("a.karnau@mfa.go.ke", 0.88),)
    assert other_addresses(_run("a.kamau@mfa.go.ke", None), mail) == ()
