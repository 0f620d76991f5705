"""Every State of the table is known by its names in six languages."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from extract.facts import states
from extract.facts.sender import find_sender
from extract.facts.states import find_states
from extract.language import terms
from extract.layout.document import build_document
from extract.layout.zones import find_zones
from ocr.types import Page

PageOf = Callable[..., Page]

LETTERHEADS = {
    "en": ["EMBASSY OF {formal_en}", "Permanent Mission of {list_name_en}|Vienna, Austria"],
    "fr": ["AMBASSADE DE {formal_fr}|EN AUTRICHE", "Mission permanente de {short_fr}"],
    "es": ["Embajada de {formal_es}|en Austria", "Misión Permanente de {short_es}"],
    "ru": ["Посольство {genitive_ru}|в Австрийской Республике"],
    "ar": ["سفارة {formal_ar}|لدى النمسا", "البعثة الدائمة {formal_ar_with_li}"],
    "zh": ["{formal_zh}驻奥地利共和国大使馆", "{short_zh}常驻维也纳代表团"],
}


@pytest.mark.parametrize("language", LETTERHEADS)
def test_every_state_is_told_from_its_letterhead(page_of: PageOf, language: str) -> None:
    wrong: list[str] = []
    for row in terms.state_rows():
        for head in LETTERHEADS[language]:
            lines = [*head.format_map(row).split("|"), "", "1010 Vienna, Austria", "Ref. 1/2"]
            document = build_document((page_of(lines),))
            value, _ = find_sender(document, find_zones(document))
            if value is None or value.text != row["iso3"]:
                wrong.append(f"{row['iso3']} {lines[0]}")
    assert not wrong


def test_small_words_are_no_states(page_of: PageOf) -> None:
    text = "let us say that a chad may turn in a car for the uk of it"
    assert find_states(build_document((page_of([text]),))) == ()


def test_country_domains_lead_to_states() -> None:
    table = states.by_top_level_domain()
    assert (table["na"], table["uk"], table["eu"], table["ke"]) == ("NAM", "GBR", "EUN", "KEN")
