"""A Chinese number has the brackets that a reader saw who knows them."""

from __future__ import annotations

from dataclasses import replace

import pytest

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
