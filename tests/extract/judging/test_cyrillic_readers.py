"""Which reading of a Cyrillic word is believed, and whether a person must look."""

from __future__ import annotations

from dataclasses import replace

import pytest

from extract.judging.chosen import AGREED, ChosenReading
from extract.judging.readers import choose_reading
from extract.layout.document import build_document
from extract.layout.text_run import TextRun
from ocr.types import CYRILLIC_LINES, SecondReading
from tests.extract.conftest import make_page


def _chosen(
    page: str,
    lines: str,
    state: str | None = None,
    *,
    sure: float = 0.92,
    score: float = 0.99,
    name: bool = True,
) -> ChosenReading:
    read = make_page((page,), confidence=sure)
    (line,) = read.lines
    seen = [SecondReading(lines, line.box, score, CYRILLIC_LINES, ("ru",))]
    if state is not None:
        seen.insert(0, SecondReading(state, line.box, 0.95, "tesseract 5.3.0", ("kk",)))
    read = replace(read, lines=(replace(line, second=tuple(seen)),))
    run = TextRun(build_document((read,)), (0,))
    return choose_reading(run, 0, len(run.text), name=name)


def test_a_word_that_the_model_for_lines_sees_too_is_sure() -> None:
    found = _chosen("Ерлан Досов", "Ерлан Досов", sure=0.7)
    assert (found.text, found.confidence, found.differs) == ("Ерлан Досов", AGREED, False)


def test_one_of_two_equal_letters_that_the_model_for_lines_drops_is_no_disagreement() -> None:
    found = _chosen("Инна Росси", "Ина Роси")
    assert (found.text, found.confidence, found.differs) == ("Инна Росси", AGREED, False)
    assert _chosen("Ина Роси", "Инна Росси").differs
    assert _chosen("Бат Туруу", "Бат Тұрұ").text == "Бат Тұрұұ"


def test_capitals_that_look_like_small_letters_are_no_disagreement() -> None:
    found = _chosen("Виктор Досов", "Виктор ДосоВ")
    assert (found.text, found.confidence, found.differs) == ("Виктор Досов", AGREED, False)


def test_letters_that_russian_lacks_are_taken_and_marked_unless_the_reading_is_sure() -> None:
    found = _chosen("Касымов Ерлан", "Қасымов Ерлан")
    assert (found.text, found.original) == ("Қасымов Ерлан", "Касымов Ерлан")
    assert not found.differs
    assert found.confidence < AGREED
    unsure = _chosen("Касымов Ерлан", "Қасымов Ерлан", sure=0.6, score=0.96)
    assert (unsure.text, unsure.differs) == ("Қасымов Ерлан", True)
    assert _chosen("Касымов Ерлан", "Қасымов Ерлан", score=0.96).text == "Касымов Ерлан"


def test_letters_that_the_model_of_the_state_saw_too_are_believed() -> None:
    found = _chosen("Касымов Ерлан", "Қасымов Ерлан", "Қасымов Ерлан")
    assert (found.text, found.differs) == ("Қасымов Ерлан", False)


def test_a_letter_that_the_model_of_the_state_alone_saw_is_doubted() -> None:
    found = _chosen("Ралымова Айна", "Ралымова Айна", "Ғалымова Айна")
    assert (found.text, found.differs) == ("Ралымова Айна", True)


def test_a_word_the_page_reader_is_not_sure_of_gives_way_and_is_marked() -> None:
    found = _chosen("Ерлан Досоп", "Ерлан Досов", sure=0.6)
    assert (found.text, found.differs) == ("Ерлан Досов", True)


def test_a_word_the_page_reader_is_sure_of_stays_and_is_marked() -> None:
    found = _chosen("Ерлан Досов", "Ерлан Доcоп")
    assert (found.text, found.differs) == ("Ерлан Досов", True)


def test_a_word_read_as_a_latin_one_is_cyrillic() -> None:
    found = _chosen("Досов Anmac", "Досов Алмас", sure=0.7)
    assert found.text == "Досов Алмас"


@pytest.mark.parametrize("score", [0.4, 0.8])
def test_a_reading_that_is_not_sure_changes_nothing(score: float) -> None:
    found = _chosen("Ерлан Досов", "Ерлан Оков", score=score)
    assert (found.text, found.differs, found.confidence) == ("Ерлан Досов", False, 0.92)


def test_of_readings_of_a_post_the_one_that_the_lexicon_has_is_believed() -> None:
    found = _chosen("эксиерт отдела", "эксперт отдела", name=False)
    assert (found.text, found.differs) == ("эксперт отдела", False)
    assert _chosen("эксперт отдела", "эксиерт отдела", name=False).differs is False
    assert _chosen("эксперт отдела", "эксиерт отдела", name=True).differs
