"""A Chinese number has the brackets that a reader saw who knows them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from extract.facts.look_alikes import UNSURE
from extract.facts.references import find_own_reference
from extract.layout.document import build_document
from extract.layout.zones import find_zones
from ocr.types import SecondReading
from tests.extract.conftest import make_page


@pytest.mark.parametrize(
    ("read", "seen", "number"),
    [
        ("外字(2021)417号", "外字〔2021〕417号", "外字〔2021〕417号"),
        ("外字【2021]417号", "外字〔2021〕417号", "外字〔2021〕417号"),
        ("外字(2021)417号", "外字〔2021〕477号", "外字(2021)417号"),
        ("外字(2021)417号", "外字（2021）417号", "外字（2021）417号"),
        ("外字（2021）417号", "外字(2021)417号", "外字（2021）417号"),
    ],
)
def test_the_brackets_another_reader_saw_round_the_same_signs_are_printed(
    read: str, seen: str, number: str
) -> None:
    page = make_page((read, "", "普通照会"), "zh")
    first = page.lines[0]
    first = replace(first, second=(SecondReading(seen, first.box, 0.97, "other"),))
    document = build_document((replace(page, lines=(first, *page.lines[1:])),))
    value = find_own_reference(document, find_zones(document))
    assert value is not None
    assert value.text == number


@pytest.mark.parametrize(
    ("seen", "doubted"), [("7/2", False), ("7/2204/6", True), ("7/22", True), ("712", True)]
)
def test_other_figures_in_the_number_s_own_place_are_a_doubt(seen: str, doubted: bool) -> None:
    page = make_page(("Ref. 7/2", "", "Note verbale"), "en")
    first = page.lines[0]
    first = replace(first, second=(SecondReading(seen, first.words[1].box, 0.97, "other"),))
    document = build_document((replace(page, lines=(first, *page.lines[1:])),))
    value = find_own_reference(document, find_zones(document))
    assert value is not None
    assert (value.confidence <= UNSURE) == doubted


@pytest.mark.parametrize(("number", "doubted"), [("奧字第41号", True), ("奥字第41号", False)])
def test_a_traditional_character_in_a_number_is_a_doubt(number: str, doubted: bool) -> None:
    document = build_document((make_page((number, "", "普通照会"), "zh"),))
    value = find_own_reference(document, find_zones(document))
    assert value is not None
    assert value.text == number
    assert (value.confidence <= UNSURE) == doubted
