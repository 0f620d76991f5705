"""The main language of a document."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from extract.facts.main_language import find_language
from extract.layout.document import build_document
from ocr.types import Page

PageOf = Callable[..., Page]

TEXTS = {
    "en": ["The Embassy of Ghana presents its compliments to the Secretariat", "Mr. José Núñez"],
    "fr": ["L'Ambassade du Bénin présente ses compliments au Secrétariat", "Mr. John Smith"],
    "es": ["La Embajada de Cuba saluda muy atentamente a la Secretaría", "Mr. John Smith"],
    "pt": ["A Missão Permanente de Angola apresenta os seus cumprimentos ao Secretariado"],
    "ru": ["Посольство Республики Армения свидетельствует свое уважение", "arm@mfa.example.org"],
    "ar": ["تهدي البعثة الدائمة لدولة قطر أطيب تحياتها إلى الأمانة", "qatar@mofa.example.org"],
    "zh": ["新加坡共和国常驻代表团向秘书处致意", "LIM Wei Ming wm.lim@mfa.example.org"],
}


@pytest.mark.parametrize("code", TEXTS)
def test_script_and_formulae_tell(page_of: PageOf, code: str) -> None:
    page = page_of(TEXTS[code], language=None)
    assert find_language(build_document((page,)), (page,)) == code


def test_a_blank_page_has_no_language(page_of: PageOf) -> None:
    page = page_of([], language=None)
    assert find_language(build_document((page,)), (page,)) is None
